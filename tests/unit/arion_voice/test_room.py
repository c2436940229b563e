from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.engines import Samples
from arion_voice.room import Room

FRAME = 512


def noise(rms: float, seed: int = 0) -> Samples:
    return np.random.default_rng(seed).normal(0, rms, FRAME).astype(np.float32)


def seen(room: Room, frames: list[Samples], probability: float = 0.02) -> list[bool]:
    """Which of the frames were looked at; there, the network finds this."""
    looked_at: list[bool] = []
    for frame in frames:
        looked_at.append(not room.explains(frame))
        if looked_at[-1]:
            room.learn(frame, probability)
    return looked_at


def settled(rms: float) -> Room:
    room = Room()
    seen(room, [noise(rms, seed) for seed in range(100)])
    return room


def test_everything_is_looked_at_for_two_seconds_and_then_one_frame_in_eight():
    looked_at = seen(Room(), [noise(0.001, seed) for seed in range(142)])
    assert all(looked_at[:62])
    assert sum(looked_at[62:]) == 10


def test_digital_silence_is_a_room_too():
    assert sum(seen(Room(), [np.zeros(FRAME, np.float32)] * 142)) == 72


@given(st.floats(1e-5, 0.3), st.floats(1.1, 100))
def test_a_sound_as_loud_as_the_room_is_looked_at_at_once(rms: float, times: float):
    room = settled(rms)
    tone = np.sin(np.arange(FRAME) / 7).astype(np.float32) * rms * np.float32(2**0.5 * times)
    assert seen(room, [noise(rms) + tone]) == [True]


def test_a_frame_that_may_be_speech_has_the_next_two_seconds_looked_at():
    room = settled(0.001)
    room.learn(noise(0.01), 0.3)
    assert all(seen(room, [noise(0.001, seed) for seed in range(62)]))


def test_a_room_that_gets_louder_is_known_again_after_a_while():
    room = settled(0.001)
    louder = seen(room, [noise(0.01, seed) for seed in range(200)])
    assert all(louder[:10])
    assert sum(louder[-80:]) == 10


def test_a_room_that_gets_quieter_does_not_hide_a_voice_as_loud_as_it_was():
    room = settled(0.01)
    seen(room, [noise(0.0001, seed) for seed in range(40)])
    assert seen(room, [noise(0.01)]) == [True]
