"""Whether a microphone hears nothing but its room, by loudness alone: that is cheap to tell."""

from __future__ import annotations

import numpy as np

from arion_voice.engines import Samples

_CALM_FRAMES = 62
"""Frames in a row without speech before loudness may tell alone: two seconds, so that nothing is
passed over within an utterance."""

_CLEARLY_SILENT = 0.1
"""Likelihood of speech under which a frame is of the room."""

_ABOVE = 1.3
"""Power of a frame, over that of the room, from which on it is looked at: 1 dB. Speech that is
5 dB softer than the noise of the room still adds as much."""

_LOOK_EVERY = 8
"""A quiet frame in so many is looked at all the same: a quarter of a second."""

_PACE = 0.1
"""How far each frame moves what is known of the room."""


class Room:
    """The noise of one microphone's room."""

    def __init__(self) -> None:
        self._power = 0.0
        """Mean square of the room's noise."""
        self._calm = 0
        """Frames since speech was likely."""
        self._passed = 0
        """Frames since one was looked at."""

    def explains(self, frame: Samples) -> bool:
        """Whether a frame is as quiet as the room has been, and need not be looked at."""
        power = float(np.dot(frame, frame)) / frame.size
        if self._calm < _CALM_FRAMES or self._passed + 1 >= _LOOK_EVERY:
            return False
        if power > self._power * _ABOVE:
            return False
        self._passed += 1
        self._note(power)
        return True

    def learn(self, frame: Samples, probability: float) -> None:
        """Take what was found in a frame that was looked at: how likely it holds speech, 0..1."""
        self._passed = 0
        if probability >= _CLEARLY_SILENT:
            self._calm = 0
            return
        self._calm += 1
        self._note(float(np.dot(frame, frame)) / frame.size)

    def _note(self, power: float) -> None:
        self._power += (power - self._power) * _PACE
