"""Stops calling a vendor that keeps failing, so that people get an answer at once."""

from __future__ import annotations

from enum import StrEnum

from arion_kit.clock import SYSTEM_CLOCK, Clock


class BreakerState(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """Opens after `threshold` failures in a row; `cool_s` later lets one call try."""

    def __init__(
        self, *, threshold: int = 5, cool_s: float = 15.0, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        self._threshold = threshold
        self._cool_s = cool_s
        self._clock = clock
        self._failures = 0
        self._opened_at = 0.0

    @property
    def state(self) -> BreakerState:
        """Whether calls go through now."""
        if self._failures < self._threshold:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self._left_s() > 0 else BreakerState.HALF_OPEN

    def refused_for_s(self) -> float:
        """Asks to make a call: 0 when it may go, else the seconds until it is worth asking again.

        In the half-open state the first caller becomes the trial and the others are refused. A
        trial that never reports (its caller was cancelled) holds the others back for `cool_s`.
        """
        if self.state is BreakerState.CLOSED:
            return 0.0
        left_s = self._left_s()
        if left_s > 0:
            return left_s
        self._opened_at = self._clock.monotonic()
        return 0.0

    def record(self, *, healthy: bool) -> None:
        """Counts a call that went through; healthy is any answer, be it a refusal."""
        self._failures = 0 if healthy else self._failures + 1
        if self._failures >= self._threshold:
            self._opened_at = self._clock.monotonic()

    def _left_s(self) -> float:
        return self._opened_at + self._cool_s - self._clock.monotonic()
