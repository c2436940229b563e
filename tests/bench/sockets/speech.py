"""What the microphones hear: a room, and commands whose onset a detector has found in calm."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arion_voice.listening import Ear
from arion_voice.turn_detection import TurnChange, TurnOptions
from arion_voice.vad import SileroVad
from tests.bench.voice.microphone import FRAME, FRAME_S, ROOM
from tests.bench.voice.recordings import Recording

__all__ = ["FRAME_S", "HEARD_EVERY", "Said", "room", "said"]

HEARD_EVERY = 50
"""Frames between two acknowledgements."""
CYCLE = 997
"""Frames after which the noise of the room comes again."""
SETTLED = 160
"""Frames of room before a command, whole ones of the detector too."""


@dataclass(frozen=True)
class Said:
    """A command as its frames."""

    frames: Sequence[bytes]
    onset: int
    """The frame at which the detector says that somebody speaks."""

    def as_json(self) -> str:
        """One line."""
        frames = base64.b64encode(b"".join(self.frames)).decode()
        return json.dumps({"frames": frames, "onset": self.onset})

    @classmethod
    def from_json(cls, line: str) -> Said:
        """Reads what `as_json` wrote."""
        data = json.loads(line)
        return cls(_cut(base64.b64decode(data["frames"])), data["onset"])


def room() -> Iterator[bytes]:
    """The frames of a quiet room, without end; the same in every run."""
    return itertools.cycle(_cut(_pcm(_noise(CYCLE))))


def said(recording: Recording) -> Said:
    """A recorded command, in a room.

    Raises:
        ValueError: the detector finds no speech in it.
    """
    sound = _noise(-(-recording.samples.size // FRAME))
    sound[: recording.samples.size] += recording.samples
    frames = _cut(_pcm(sound))
    ear = Ear(SileroVad(), TurnOptions())
    for frame in itertools.islice(room(), SETTLED):
        _ = list(ear.hear(frame))
    for number, frame in enumerate(frames):
        if any(heard.change is TurnChange.STARTED for heard in ear.hear(frame)):
            return Said(frames, number)
    raise ValueError(f"no speech is found in {recording.text!r}")


def _noise(frames: int) -> NDArray[np.float64]:
    return np.random.default_rng(20).normal(0, ROOM, frames * FRAME)


def _pcm(samples: NDArray[np.float64]) -> bytes:
    return np.clip(np.rint(samples), -32_768, 32_767).astype("<i2").tobytes()


def _cut(pcm: bytes) -> list[bytes]:
    return [pcm[start : start + 2 * FRAME] for start in range(0, len(pcm), 2 * FRAME)]
