from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from arion_voice.conversation import SessionOptions
from arion_voice.endings import Ending
from arion_voice.engines import Samples
from arion_voice.models.store import ModelStore
from arion_voice.protocol import TurnEnded
from arion_voice.settings import VoiceSettings
from arion_voice.testing import silent_frames, speech_frames
from arion_voice.turn_model import SmartTurn, features, heard_as


class Melody:
    """Hears the same in every pause."""

    def __init__(self, ending: Ending) -> None:
        self._ending = ending
        self.heard: list[Samples] = []

    async def ending(self, samples: Samples) -> Ending:
        self.heard.append(samples)
        return self._ending


def noise(seconds: float) -> Samples:
    return np.random.default_rng(1).normal(0, 0.1, round(seconds * 16_000)).astype(np.float32)


def test_the_network_sees_what_whisper_sees() -> None:
    seen = noise(8)
    level = (seen - seen.mean()) / np.sqrt(seen.var() + 1e-7)
    expected = FeatureExtractor()(level, padding=0)
    assert features(seen).shape == (80, 800)
    np.testing.assert_allclose(features(seen), expected, atol=1e-3)


def test_of_long_speech_its_end_is_seen_and_before_short_speech_is_silence() -> None:
    sound = noise(10)
    np.testing.assert_array_equal(features(sound), features(sound[-8 * 16_000 :]))
    short = features(sound[: 2 * 16_000])
    assert short[:, :590].max() < short[:, 610:].min()


@pytest.mark.parametrize(
    ("completeness", "ending"),
    [
        (0.99, Ending.FINISHED),
        (0.9, Ending.UNSURE),
        (0.1, Ending.UNSURE),
        (0.01, Ending.UNFINISHED),
    ],
)
def test_only_what_is_clear_counts(completeness: float, ending: Ending) -> None:
    assert heard_as(completeness) is ending


async def test_without_its_weights_nothing_is_told_and_it_is_said_once(tmp_path, caplog) -> None:
    model = SmartTurn(ModelStore(VoiceSettings(ARION_MODELS_DIR=tmp_path)))
    assert [await model.ending(noise(1)) for _ in range(2)] == [Ending.UNSURE] * 2
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("words", "melody", "silence_ms"),
    [
        ("내일 세 시", Ending.FINISHED, 320),
        ("내일 세 시", Ending.UNSURE, 608),
        ("내일 세 시", Ending.UNFINISHED, 1216),
        ("내일 알려줘", Ending.UNFINISHED, 320),
        ("내일 일정을", Ending.FINISHED, 1216),
    ],
)
async def test_the_melody_counts_where_the_words_do_not_tell(
    call, under_way, words: str, melody: Ending, silence_ms: int
) -> None:
    heard = Melody(melody)
    call.options = replace(SessionOptions(), turn_model=heard)
    call.recognizer.script = [words]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(1.3))
        ended = await call.transport.until(TurnEnded)
    assert ended.timings_ms["endpoint"] == pytest.approx(silence_ms, abs=1)
    assert len(heard.heard) == 1
