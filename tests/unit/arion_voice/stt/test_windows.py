from __future__ import annotations

import numpy as np
import pytest

from arion_voice.engines import SAMPLE_RATE
from arion_voice.stt.windows import split_at_silence


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(7).normal(0, 0.1, round(seconds * SAMPLE_RATE)).astype(np.float32)


def test_short_audio_is_one_window() -> None:
    samples = noise(20)
    (window,) = split_at_silence(samples, limit_s=26)
    assert window is samples


def test_no_audio_is_one_empty_window() -> None:
    (window,) = split_at_silence(noise(0), limit_s=26)
    assert len(window) == 0


def test_long_audio_is_cut_in_its_silences_and_loses_nothing() -> None:
    samples = noise(60)
    for second in (22, 43):
        samples[second * SAMPLE_RATE : int((second + 0.4) * SAMPLE_RATE)] = 0
    windows = split_at_silence(samples, limit_s=26)
    assert np.array_equal(np.concatenate(windows), samples)
    assert [len(window) / SAMPLE_RATE for window in windows] == pytest.approx(
        [22.2, 21, 16.8], abs=0.15
    )


def test_audio_without_a_silence_is_cut_within_the_limit_all_the_same() -> None:
    windows = split_at_silence(noise(120), limit_s=26)
    assert all(17 * SAMPLE_RATE < len(window) <= 26 * SAMPLE_RATE for window in windows[:-1])
    assert sum(len(window) for window in windows) == 120 * SAMPLE_RATE
