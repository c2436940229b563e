from __future__ import annotations

from pathlib import Path

import pytest

from arion_kit.store import data_dir


def test_files_are_kept_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ARION_DATA_DIR", str(tmp_path))
    assert data_dir() == tmp_path


def test_without_a_setting_they_are_where_the_platform_wants_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("ARION_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert data_dir() == tmp_path / "arion"
