"""Holding files against their checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

from arion_voice.errors import ModelsError, VoiceErrorKind


def check_file(path: Path, sha256: str) -> None:
    """Compare a file with its SHA-256.

    Raises:
        ModelsError: `corrupt`, they differ; the file is gone afterwards, so that it is fetched
            anew the next time.
    """
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        path.unlink()
        raise ModelsError(
            VoiceErrorKind.CORRUPT, f"{path.name} has SHA-256 {found}, expected {sha256}"
        )
