"""A loudspeaker that is simulated: when each stretch of sound that came would be heard."""

from __future__ import annotations

AUDIBLE = 300
"""Samples from which on something is heard, of 32,768: -40 dB."""
_SLACK_S = 0.005
"""A gap this short is nobody's: the sound card's buffer bridges it."""


class Player:
    """Plays what comes in order, as soon as it can. Times are seconds of one clock."""

    def __init__(self) -> None:
        self.underruns = 0
        """Gaps between stretches, the silence before the first left out."""
        self._until: float | None = None
        """When all that came is played."""
        self._paused_at: float | None = None

    def take(self, at: float, length_s: float) -> float:
        """Gives when a stretch that came `at` begins to be heard."""
        begins = at
        if self._until is not None:
            if at > self._until + _SLACK_S and self._paused_at is None:
                self.underruns += 1
            else:
                begins = self._until
        self._until = begins + length_s
        return begins

    def heard_s(self, now: float, began: float) -> float:
        """How much of what came after `began` was played by `now`; pauses count."""
        return 0.0 if self._until is None else max(0.0, min(now, self._until) - began)

    def pause(self, at: float) -> None:
        """Stands still."""
        if self._paused_at is None:
            self._paused_at = at

    def resume(self, at: float) -> None:
        """Goes on from there."""
        if self._paused_at is not None and self._until is not None:
            self._until = at + max(0.0, self._until - self._paused_at)
        self._paused_at = None
