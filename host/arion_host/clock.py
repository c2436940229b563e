"""The wall clock, which may be set forward or back while Arion runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SKEW = timedelta(seconds=5)
"""How far the clocks of two replicas may differ."""


def utc_now() -> datetime:
    """Return the time as it is stored."""
    return datetime.now(UTC)


class SteadyClock:
    """A wall clock that never runs back, and knows when it was set.

    A wait that is measured with it never seems shorter than it was. Where the machine slept, or
    the clock was set forward, it goes along, so a wait may seem longer.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._begun = self._shown = wall(), monotonic()
        self._leapt = False

    def __call__(self) -> datetime:
        """Return the time, in UTC."""
        wall, at = self._wall(), self._monotonic()
        self._leapt |= abs(wall - _after(self._begun, at)) > SKEW
        self._shown = max(wall, _after(self._shown, at)), at
        return self._shown[0]

    @property
    def leapt(self) -> bool:
        """Whether the wall clock was set since this began, as far as any reading has shown."""
        return self._leapt

    @property
    def running_s(self) -> float:
        """Time since some moment, in seconds, which no setting of the clock changes."""
        return self._monotonic()


def _after(reading: tuple[datetime, float], at: float) -> datetime:
    """What the wall clock shows at `at` if it has not been set since `reading`."""
    return reading[0] + timedelta(seconds=at - reading[1])
