"""What the command line prints: answers on standard output, everything else beside it."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import typer
from pydantic import JsonValue

from arion_host.errors import HostError, PartFailed
from arion_host.settings import HostSettings, load_settings
from arion_kit.words import ErrorKind

Result = TypeVar("Result")


def configure_logging(*, verbose: bool) -> None:
    """Send logs to standard error, warnings only unless asked for more."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )


def note(text: str) -> None:
    """Tell the person something that is not the answer."""
    print(text, file=sys.stderr, flush=True)


def show(result: Mapping[str, JsonValue], text: str, *, as_json: bool) -> None:
    """Print the answer of a command: one JSON object, or the text that stands for it."""
    print(json.dumps(result, ensure_ascii=False) if as_json else text, flush=True)


@contextmanager
def telling_errors(*, as_json: bool) -> Generator[None]:
    """Turn a failure a person can be told about into a sentence and exit code 1."""
    try:
        with _needing_extras():
            yield
    except HostError as error:
        text = f"{error.message} {error.next_step or ''}".strip()
        note(text)
        if as_json:
            content = {"kind": error.kind, "message": error.message, "next_step": error.next_step}
            show({"error": {**content}}, text, as_json=True)
        raise typer.Exit(1) from None


@contextmanager
def _needing_extras() -> Generator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("arion_"):
            raise
        raise PartFailed(
            ErrorKind.UNAVAILABLE,
            f"This needs the package {error.name.partition('.')[0]}, which is not installed.",
            next_step="Install it with: pip install 'arion-hub[all]'",
        ) from error


def run(
    command: Callable[[HostSettings], Coroutine[object, object, Result]],
    *,
    as_json: bool,
    **given: str | int | Path | None,
) -> Result:
    """Run a command over the settings (`given` wins over them) and return what it returns.

    Its errors are told; Ctrl-C ends it quietly.
    """
    with telling_errors(as_json=as_json):
        try:
            return asyncio.run(command(load_settings(**given)))
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
