from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest

from arion_voice.vad import FRAME, SileroVad

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


def test_speech_is_found_where_it_is() -> None:
    path = AUDIO / "leopard_ko.wav"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with wave.open(str(path)) as file:
        speech = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
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
