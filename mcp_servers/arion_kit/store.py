"""Where a server keeps files of its own."""

from __future__ import annotations

from pathlib import Path

from arion_kit.settings import StoreSettings, load


def data_dir() -> Path:
    """The folder for a server's files; it may not exist yet.

    Raises:
        SettingsError: `ARION_DATA_DIR` is wrong.
    """
    return load(StoreSettings).data_dir
