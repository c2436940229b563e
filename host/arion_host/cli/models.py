"""`arion models pull`: fetches the speech models."""

from __future__ import annotations

import sys

from pydantic import JsonValue

from arion_host.cli.output import note
from arion_host.errors import PartFailed
from arion_kit.words import ErrorKind, Language
from arion_voice.errors import ModelsError
from arion_voice.messages import explain
from arion_voice.models.pull import PullProgress, pull_all

_MEGABYTE = 1_000_000


def pull(language: Language) -> dict[str, JsonValue]:
    """Fetch every model that is not here, showing how far it is.

    Raises:
        PartFailed: a model cannot be fetched or stored.
    """
    meter = _Meter()
    try:
        pull_all(meter.show)
    except ModelsError as error:
        meter.end_line()
        words = explain(error.kind, language)
        raise PartFailed(
            ErrorKind.UNAVAILABLE, f"{words.text} ({error.message})", next_step=words.next_step
        ) from error
    return {"models": [{"name": name, "bytes": size} for name, size in meter.here.items()]}


class _Meter:
    """Shows progress on a terminal, and each model once where there is none."""

    def __init__(self) -> None:
        self.here: dict[str, int] = {}
        self._line_open = False

    def show(self, progress: PullProgress) -> None:
        """Show how far a model is."""
        model = progress.model
        if progress.source == "here":
            self.end_line()
            self.here[model.name] = progress.total
            note(f"{model.title}: here ({progress.total / _MEGABYTE:.0f} MB)")
        elif sys.stderr.isatty():
            done, total = progress.done / _MEGABYTE, progress.total / _MEGABYTE
            text = f"{model.title}: {done:.0f} of {total:.0f} MB from the {progress.source}"
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            self._line_open = True

    def end_line(self) -> None:
        """Leave the line that is being rewritten."""
        if self._line_open:
            print(file=sys.stderr)
            self._line_open = False
