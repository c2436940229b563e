"""How long an engine takes to make speech, against how long it is heard."""

from __future__ import annotations

from collections import deque

from arion_voice.timing import Clock

_KEPT = 8
_ENOUGH = 3
"""Chunks that tell something: the first of a process holds its start."""
_VALID_S = 60.0
"""How long that holds: a machine that was busy is given another chance, in seconds."""


class Pace:
    """The last chunks of one engine."""

    def __init__(self, clock: Clock) -> None:
        """Know nothing yet."""
        self._clock = clock
        self._chunks: deque[tuple[float, float, float]] = deque(maxlen=_KEPT)
        """When each was made, what it took and its length, in seconds."""

    def note(self, took_s: float, audio_s: float) -> None:
        """Take note of a chunk that was made now."""
        self._chunks.append((self._clock.now(), took_s, audio_s))

    @property
    def real_time_factor(self) -> float | None:
        """Seconds for a second of speech, waiting included; None where too little is known."""
        since = self._clock.now() - _VALID_S
        recent = [chunk for chunk in self._chunks if chunk[0] >= since]
        if len(recent) < _ENOUGH:
            return None
        return sum(took for _, took, _ in recent) / max(1e-6, sum(audio for *_, audio in recent))
