from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest

from arion_voice.room import Room
from arion_voice.turn_detection import TurnChange, TurnDetector, TurnOptions
from arion_voice.vad import FRAME, FRAME_S, SileroVad

pytestmark = pytest.mark.slow

AUDIO = Path(os.environ.get("ARION_TEST_AUDIO", Path(__file__).parents[4] / "shared" / "audio"))


def judge(samples: np.ndarray) -> list[float]:
    vad = SileroVad()
    frames = samples[: len(samples) // FRAME * FRAME].astype(np.float32).reshape(-1, FRAME)
    return [vad.probability(frame) for frame in frames]


def test_silence_noise_and_a_tone_are_no_speech() -> None:
    noise = np.random.default_rng(5).normal(0, 1, 160_000)
    for samples in (np.zeros(160_000), noise * 0.01, np.sin(np.arange(160_000) / 6) * 0.3):
        assert max(judge(samples)) < 0.35


def spoken(name: str) -> np.ndarray:
    path = AUDIO / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def first_start(samples: np.ndarray) -> int | None:
    """The frame in which the first utterance begins."""
    detector = TurnDetector(TurnOptions())
    for number, odds in enumerate(judge(samples)):
        if detector.feed(odds, FRAME_S) is TurnChange.STARTED:
            return number
    return None


@pytest.mark.parametrize("name", ["leopard_ko.wav", "leopard_en.wav", "azure_ko_30s.wav"])
@pytest.mark.parametrize("loudness", [0.5, 0.02])
@pytest.mark.parametrize("snr_db", [30, 6, 0])
def test_passing_over_a_quiet_room_misses_no_soft_onset(
    monkeypatch: pytest.MonkeyPatch, name: str, loudness: float, snr_db: int
) -> None:
    speech = spoken(name)[: FRAME * 100] * loudness
    room_rms = np.sqrt(np.mean(speech**2)) * 10 ** (-snr_db / 20)
    heard = np.random.default_rng(7).normal(0, room_rms, FRAME * 250)
    heard[FRAME * 150 :] += speech
    begun = first_start(heard)
    monkeypatch.setattr(Room, "explains", lambda *_: False)
    expected = first_start(heard)
    assert begun is not None
    assert expected is not None
    assert begun <= expected + 1


def test_a_quiet_room_costs_an_eighth(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[float] = []
    learn = Room.learn
    monkeypatch.setattr(
        Room,
        "learn",
        lambda room, frame, odds: (looked_at.append(odds), learn(room, frame, odds)),
    )
    judge(np.random.default_rng(5).normal(0, 0.0004, FRAME * 1_000))
    assert len(looked_at) < 62 + 1_000 / 8


def test_speech_is_found_where_it_is() -> None:
    speech = spoken("leopard_ko.wav")
    silence = np.zeros(FRAME * 30)
    odds = judge(np.concatenate((silence, speech, silence)))
    assert max(odds[:30]) < 0.1
    assert np.mean(np.array(odds[30:-30]) > 0.5) > 0.6
    assert max(odds[-20:]) < 0.1


def test_streams_do_not_disturb_each_other() -> None:
    noise = np.random.default_rng(5).normal(0, 0.3, FRAME * 20).astype(np.float32)
    alone = judge(noise)
    one, other = SileroVad(), SileroVad()
    both = []
    for at in range(0, len(noise), FRAME):
        both.append(one.probability(noise[at : at + FRAME]))
        other.probability(np.zeros(FRAME, np.float32))
    assert both == alone
