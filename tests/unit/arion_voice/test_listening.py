from __future__ import annotations

import numpy as np
import pytest

from arion_voice.frames import AudioFrame
from arion_voice.listening import Ear, Heard
from arion_voice.testing import LoudActivity, silent_frames, speech_frames
from arion_voice.turn_detection import TurnChange, TurnOptions


def hear(ear: Ear, frames: list[AudioFrame]) -> list[Heard]:
    return [heard for frame in frames for heard in ear.hear(frame.pcm)]


@pytest.fixture
def ear() -> Ear:
    return Ear(LoudActivity(), TurnOptions(max_s=5.0))


def test_an_utterance_holds_the_speech_and_a_little_before_it(ear: Ear) -> None:
    heard = hear(ear, silent_frames(2) + speech_frames(1) + silent_frames(1.3))
    assert [one.change for one in heard] == [
        TurnChange.STARTED,
        TurnChange.PAUSED,
        TurnChange.ENDED,
    ]
    samples = heard[-1].samples
    first = int(np.flatnonzero(samples)[0])
    assert first / 16_000 == pytest.approx(0.3, abs=0.05)
    assert np.count_nonzero(samples) == 16_000
    assert heard[-1].silence_s == pytest.approx(1.2, abs=0.04)


def test_samples_are_scaled_to_one(ear: Ear) -> None:
    (*_, ended) = hear(ear, speech_frames(1) + silent_frames(1.3))
    assert ended.samples.dtype == np.float32
    assert float(ended.samples.max()) == pytest.approx(0.5)


def test_frames_of_any_size_are_heard_the_same() -> None:
    pcm = b"".join(frame.pcm for frame in speech_frames(1) + silent_frames(1.3))
    utterances: list[int] = []
    for size in (2, 640, 5000, len(pcm)):
        ear = Ear(LoudActivity(), TurnOptions())
        frames = [AudioFrame(pcm[at : at + size]) for at in range(0, len(pcm), size)]
        utterances.append(len(hear(ear, frames)[-1].samples))
    assert len(set(utterances)) == 1


def test_an_endless_utterance_is_dropped_and_not_kept_in_memory(ear: Ear) -> None:
    heard = hear(ear, speech_frames(60))
    assert [one.change for one in heard] == [TurnChange.STARTED, TurnChange.TOO_LONG]
    assert heard[-1].samples.size == 0
    assert not ear.is_open


def test_a_held_utterance_ends_with_release(ear: Ear) -> None:
    ear.hold()
    heard = hear(ear, speech_frames(1) + silent_frames(2))
    assert [one.change for one in heard] == [TurnChange.PAUSED]
    heard = ear.release()
    assert heard is not None
    assert len(heard.samples) / 16_000 == pytest.approx(3, abs=0.04)
    assert not ear.is_open


def test_audio_whose_words_are_kept_does_not_come_again(ear: Ear) -> None:
    hear(ear, speech_frames(2) + silent_frames(0.6))
    (resumed,) = hear(ear, speech_frames(0.1))
    assert resumed.change is TurnChange.RESUMED
    assert resumed.silence_s == pytest.approx(0.6, abs=0.04)
    ear.keep()
    heard = hear(ear, speech_frames(0.9) + silent_frames(1.3))[-1]
    assert np.count_nonzero(heard.samples) == 16_000
    assert len(heard.samples) / 16_000 == pytest.approx(0.4 + 1 + 1.2, abs=0.07)


def test_holding_without_a_word_gives_nothing(ear: Ear) -> None:
    ear.hold()
    hear(ear, silent_frames(1))
    assert ear.release() is None


def test_release_without_an_utterance_gives_nothing(ear: Ear) -> None:
    assert ear.release() is None


def test_release_ends_an_utterance_found_by_ear(ear: Ear) -> None:
    hear(ear, speech_frames(1))
    heard = ear.release()
    assert heard is not None
    assert heard.change is TurnChange.ENDED
    assert np.count_nonzero(heard.samples) > 15_000
