"""The clock of a session, and how long the steps of a turn took."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Time that passes. Tests bring their own."""

    def now(self) -> float:
        """Seconds since some moment in the past; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after so long."""
        ...


class MonotonicClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after so long."""
        await asyncio.sleep(seconds)


class TurnTimer:
    """When each step of one turn was done, counted from the end of the speech."""

    def __init__(self, clock: Clock, *, speech_ended: float) -> None:
        """Begin to count.

        Args:
            clock: the session's.
            speech_ended: when the person fell silent (or sent their text), by that clock.
        """
        self._clock = clock
        self._origin = speech_ended
        self._marks: dict[str, float] = {}

    def mark(self, step: str) -> None:
        """Note that a step is done. The first time counts."""
        self._marks.setdefault(step, self._clock.now())

    def milliseconds(self) -> dict[str, float]:
        """Every step that was done, in ms since the end of the speech."""
        return {
            step: round((moment - self._origin) * 1000, 1) for step, moment in self._marks.items()
        }


class Pacer:
    """Keeps what is sent a little ahead of what is played."""

    def __init__(self, clock: Clock, *, ahead_s: float) -> None:
        self._clock = clock
        self._ahead_s = ahead_s
        self._began: float | None = None
        self._from_s = 0.0
        """The position it begins at."""
        self._paused: float | None = None
        """Since when nothing is played."""
        self._going = asyncio.Event()
        self._going.set()

    @property
    def played_s(self) -> float:
        """How much the player has played, or could have, in seconds."""
        if self._began is None:
            return self._from_s
        return (self._clock.now() if self._paused is None else self._paused) - self._began

    def pause(self) -> None:
        """The player stops where it is; nothing may be sent."""
        if self._paused is None:
            self._paused = self._clock.now()
            self._going.clear()

    def resume(self) -> None:
        """The player goes on where it stopped."""
        if self._paused is not None:
            if self._began is not None:
                self._began += self._clock.now() - self._paused
            self._paused = None
            self._going.set()

    def restart(self, position_s: float) -> None:
        """Another player takes over, from a position. A pause goes on."""
        self._began, self._from_s = None, position_s

    async def wait(self, position_s: float) -> None:
        """Return when the audio at a position may be sent.

        Args:
            position_s: seconds of audio sent before it.
        """
        while True:
            await self._going.wait()
            now = self._clock.now()
            if self._began is None or now > self._began + position_s:
                # The player ran dry, or never began: it starts from here.
                self._began = now - position_s
            early = self._began + position_s - self._ahead_s - now
            if early > 0:
                await self._clock.sleep(early)
            if self._going.is_set():
                return
