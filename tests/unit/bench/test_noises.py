from __future__ import annotations

import numpy as np
import pytest
from tests.bench.voice.noises import BURSTS, LASTING, LOUDNESS, PEAK, rendered


@pytest.mark.parametrize("name", [*LASTING, *BURSTS])
def test_a_noise_is_the_same_every_time(name):
    assert (rendered(name, 1.0) == rendered(name, 1.0)).all()


@pytest.mark.parametrize("name", sorted(LASTING.keys() - {"silence"}))
def test_what_goes_on_is_as_loud_as_speech(name):
    samples = rendered(name, 2.0).astype(np.float64)
    assert 0.5 * LOUDNESS < np.sqrt((samples**2).mean()) <= 1.05 * LOUDNESS


@pytest.mark.parametrize("name", BURSTS)
def test_what_is_short_is_over_within_a_second(name):
    samples = np.abs(rendered(name, 1.0).astype(np.int32))
    assert samples.max() == pytest.approx(PEAK, rel=0.01)
    assert samples[-800:].max() < 0.02 * PEAK


def test_silence_is_silent():
    assert not rendered("silence", 0.5).any()
