from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from arion_voice.engines import Language, Samples
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.models.manifest import KOKORO, WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.stt import decode
from arion_voice.tts import worker
from arion_voice.tts.kokoro import SAMPLE_RATE, Kokoro, to_pcm
from arion_voice.tts.load import load_synthesizer

SETTINGS = VoiceSettings()


def found(model) -> Path:
    folder = ModelStore(SETTINGS).find(model)
    if folder is None:
        pytest.skip("the speech models are not here: arion models pull")
    return folder


@pytest.fixture(scope="module")
def kokoro() -> Kokoro:
    return Kokoro(found(KOKORO), threads=2)


def speak(kokoro: Kokoro, text: str, language: Language) -> Samples:
    voice = SETTINGS.korean_voice if language == "ko" else SETTINGS.english_voice
    return np.concatenate(
        [kokoro.speak(line, voice, 0.95) for line in worker.symbols(text, language)]
    )


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("text", "language", "shortest_s", "longest_s"),
    [
        ("네, 확인했어요.", "ko", 0.8, 3),
        ("You have a meeting with 김민수 at 3 PM.", "en", 1.5, 5),
    ],
)
def test_speech_is_audible_unclipped_and_as_long_as_its_text(
    kokoro: Kokoro, text: str, language: Language, shortest_s: float, longest_s: float
) -> None:
    heard = speak(kokoro, text, language)
    assert shortest_s < heard.size / SAMPLE_RATE < longest_s
    assert np.sqrt(np.mean(heard**2)) > 0.02
    assert np.abs(heard).max() < 1
    # No second of silence before the first sound.
    assert np.abs(heard[: SAMPLE_RATE // 10]).max() > 0.01


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("강남역 근처 맛집 찾아줘", "ko", ["강남역", "근처"]),
        ("You have three meetings tomorrow.", "en", ["meetings", "tomorrow"]),
    ],
)
def test_a_recogniser_understands_the_voice(
    kokoro: Kokoro, text: str, language: Language, words: list[str]
) -> None:
    heard = np.interp(
        np.arange(0, (samples := speak(kokoro, text, language)).size, SAMPLE_RATE / 16_000),
        np.arange(samples.size),
        samples,
    )
    said = decode.transcribe(found(WHISPER), 2, heard.astype(np.float32), language, {}).text
    assert [word for word in words if word in said] == words


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_voice_can_be_the_mean_of_two_and_an_unknown_one_is_named(kokoro: Kokoro) -> None:
    assert kokoro.speak("ne.", "jf_nezumi+jf_alpha", 1.0).size
    with pytest.raises(SpeechError, match="no voice 'nobody'; there are jf_alpha"):
        kokoro.speak("ne.", "nobody", 1.0)


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_the_speech_process_speaks_with_both_engines() -> None:
    found(KOKORO)
    synthesizer = load_synthesizer(SETTINGS, ModelStore(SETTINGS))
    try:
        await synthesizer.warm()
        for voice in ("fast", "natural"):
            chunks = [
                chunk async for chunk in synthesizer.synthesize("네.", language="ko", voice=voice)
            ]
            assert sum(len(chunk.pcm) for chunk in chunks) > SAMPLE_RATE // 2
            assert {chunk.sample_rate for chunk in chunks} == {SAMPLE_RATE}
        assert synthesizer.fallback_reason == ""
    finally:
        await synthesizer.aclose()


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(SpeechError) as failure:
        Kokoro(tmp_path, threads=1)
    assert failure.value.kind is VoiceErrorKind.NO_MODELS


def test_loud_samples_are_held_at_full_scale() -> None:
    pcm = np.frombuffer(to_pcm(np.array([0, 2, -2, 0.5], np.float32)), "<i2")
    assert pcm.tolist() == [0, 32767, -32767, 16383]
