"""Takes of scenes, made by hand."""

from __future__ import annotations

import base64
from collections.abc import Callable

import numpy as np
import pytest
from tests.bench.voice.recordings import Recording
from tests.bench.voice.scenes import Cue, Scene, Seen, Take

RATE = 24_000


def sound(at: float, *levels: int, turn: int = 1) -> Seen:
    """Audio that came: 10 ms of each level."""
    samples = np.repeat(np.array(levels, "<i2"), RATE // 100)
    return Seen("audio", at, turn=turn, rate=RATE, pcm=base64.b64encode(samples.tobytes()).decode())


def final(at: float, turn: int = 1) -> Seen:
    """The text that opens a turn."""
    return Seen("final", at, turn=turn, text="내일 일정 알려줘")


@pytest.fixture
def recording() -> Recording:
    """Speech between 0.5 and 3 s."""
    return Recording("내일 일정 알려줘", np.zeros(0, np.int16), 0.5, 3.0)


@pytest.fixture
def take() -> Callable[..., Take]:
    """A take in which the last sound begins at 100 s."""

    def made(*seen: Seen, late_ms: float = 1.0) -> Take:
        closed = Seen("closed", 200, more={"late_ms": late_ms})
        scene = Scene("scene", (Cue("sound.wav"),), ("final",))
        return Take(scene, (Seen("cue", 100), *seen, Seen("parting", 190), closed))

    return made
