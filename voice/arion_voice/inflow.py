"""How fast a client may send its microphone."""

from __future__ import annotations

from arion_voice.engines import SAMPLE_RATE

_BURST_S = 20.0
"""Audio that is taken at once, in seconds: what was kept over a drop, twice."""

_PACE = 4.0
"""Seconds of audio that are taken a second after that."""


class Inflow:
    """Counts the audio of one connection. What is too fast is read later, and costs only itself."""

    def __init__(self) -> None:
        self._owed_s = 0.0
        """Audio that came before its time."""
        self._since_s = 0.0

    def take(self, pcm_bytes: int, now_s: float) -> None:
        """Count 16 kHz PCM16 that came."""
        self._settle(now_s)
        self._owed_s += pcm_bytes / 2 / SAMPLE_RATE

    def wait_s(self, now_s: float) -> float:
        """How long to read nothing now, in seconds."""
        self._settle(now_s)
        return max(0.0, (self._owed_s - _BURST_S) / _PACE)

    def _settle(self, now_s: float) -> None:
        self._owed_s = max(0.0, self._owed_s - (now_s - self._since_s) * _PACE)
        self._since_s = now_s
