"""Keeps track of whether a tool call may have changed something before it failed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from arion_kit.words import ErrorKind

UNCERTAIN = frozenset(
    {
        ErrorKind.UNAVAILABLE,
        ErrorKind.TIMEOUT,
        ErrorKind.TOO_LARGE,
        ErrorKind.BAD_RESPONSE,
        ErrorKind.INTERNAL,
    }
)
"""Kinds that leave open whether a request was carried out; the others are refusals."""


@dataclass
class Changes:
    """What one tool call has asked of the vendor so far."""

    asked: bool = False
    """It has asked for anything at all."""
    possible: bool = False
    """Something that changes things was carried out, or may have been."""

    def open_after(self, kind: ErrorKind) -> bool:
        """Whether something may have changed, now that the call has failed with `kind`.

        What asks no vendor is judged by the kind alone.
        """
        return self.possible if self.asked else kind in UNCERTAIN


_current: ContextVar[Changes | None] = ContextVar("changes", default=None)


@contextmanager
def watched_changes() -> Generator[Changes]:
    """Follows what the calls inside of it ask of their vendor."""
    changes = Changes()
    token = _current.set(changes)
    try:
        yield changes
    finally:
        _current.reset(token)


def current_changes() -> Changes:
    """Those of the tool call that is running, if one is."""
    return _current.get() or Changes()
