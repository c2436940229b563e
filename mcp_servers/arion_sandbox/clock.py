"""The time the stand-ins go by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the time with its offset."""


class SettableClock:
    """Another clock's time until it is stopped."""

    def __init__(self, running: Clock) -> None:
        self._running = running
        self._stopped: datetime | None = None

    def __call__(self) -> datetime:
        """The time with its offset."""
        return self._stopped or self._running()

    def stop(self, moment: str) -> None:
        """Stand still at a time from now on.

        Raises:
            ValueError: it is no ISO 8601 time with an offset.
        """
        stopped = datetime.fromisoformat(moment)
        if stopped.tzinfo is None:
            raise ValueError(f"{moment} has no offset")
        self._stopped = stopped
