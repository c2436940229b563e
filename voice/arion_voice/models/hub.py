"""Fetching a model from the Hugging Face hub, with the hub's own loader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import httpx2

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.manifest import Model
from arion_voice.models.verify import check_file

if TYPE_CHECKING:
    from tqdm import tqdm

_PATIENCE_S = 4.0
"""Time in which a hub that can be reached answers, in seconds."""


def fetch_from_hub(model: Model, into: Path, *, hub_url: str, done: Callable[[int], None]) -> None:
    """Put the model's files into a folder. What an earlier try left there is used.

    Args:
        model: what to fetch; it has a hub repository.
        into: an existing folder.
        hub_url: the hub.
        done: told the bytes that are there.

    Raises:
        ModelsError: `no_network` the hub cannot be reached, `no_models` it has no such files,
            `corrupt` its files are others than those Arion was tested with.
        OSError: a file cannot be written.
    """
    if model.hub is None:
        raise ModelsError(VoiceErrorKind.NO_MODELS, f"no model hub holds {model.name}")
    # The loader itself takes minutes of retries to notice that there is no network.
    try:
        httpx2.head(hub_url, timeout=_PATIENCE_S)
    except httpx2.HTTPError as error:
        raise ModelsError(
            VoiceErrorKind.NO_NETWORK, f"{hub_url} cannot be reached: {error}"
        ) from error
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    before = 0
    for file in model.files:
        try:
            path = _download(model, file.name, into, hub_url, _reporting(before, done))
        except LocalEntryNotFoundError as error:
            raise ModelsError(
                VoiceErrorKind.NO_NETWORK, f"{hub_url} cannot be used: {error}"
            ) from error
        except (HfHubHTTPError, httpx2.HTTPError, ValueError) as error:
            raise ModelsError(
                VoiceErrorKind.NO_MODELS, f"{model.hub} at {hub_url} failed: {error}"
            ) from error
        check_file(path, file.sha256)
        before += file.size
        done(before)


def _download(model: Model, name: str, into: Path, hub_url: str, bar: type[tqdm[NoReturn]]) -> Path:
    from huggingface_hub import hf_hub_download  # pyright: ignore[reportUnknownVariableType]

    return Path(
        hf_hub_download(
            model.hub or "",
            name,
            revision=model.revision,
            local_dir=into,
            endpoint=hub_url,
            etag_timeout=_PATIENCE_S,
            tqdm_class=bar,
        )
    )


def _reporting(before: int, done: Callable[[int], None]) -> type[tqdm[NoReturn]]:
    """A progress bar that is not drawn: the loader knows no other way to tell its progress."""
    from tqdm import tqdm

    class Reporting(tqdm):  # pyright: ignore[reportMissingTypeArgument]
        def __init__(self, *, initial: int = 0, **_: object) -> None:
            self._here = initial
            super().__init__(disable=True)  # pyright: ignore[reportUnknownMemberType]

        def update(self, n: float | None = 1) -> None:
            self._here += int(n or 0)
            done(before + self._here)

    return Reporting
