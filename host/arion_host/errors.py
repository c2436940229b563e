"""The one error tree of the host.

HostError
├── StorageFailed      the database cannot be read or written
├── EffectConflict     an effect is not in the state this step needs
├── PartFailed         a child process or a configured part did not start
└── RequestRefused     what a client sent is not acceptable
"""

from __future__ import annotations

from arion_kit.words import ErrorKind


class HostError(Exception):
    """A failure a person can be told about."""

    def __init__(self, kind: ErrorKind, message: str, *, next_step: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        """One sentence for the person."""
        self.next_step = next_step
        """What to do next, as a sentence."""


class StorageFailed(HostError):
    """The database cannot be read or written."""


class EffectConflict(HostError):
    """An effect is not in the state this step needs."""

    def __init__(self, message: str) -> None:
        super().__init__(ErrorKind.CONFLICT, message)


class PartFailed(HostError):
    """A child process or a configured part did not start."""


class RequestRefused(HostError):
    """What a client sent is not acceptable."""
