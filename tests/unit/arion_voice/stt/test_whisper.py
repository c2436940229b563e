from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from ctranslate2 import get_cuda_device_count

from arion_voice.engines import Language, Stretch, Transcript
from arion_voice.errors import ModelsError, SpeechError, VoiceErrorKind
from arion_voice.models.manifest import WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.stt import decode
from arion_voice.stt.whisper import WhisperRecognizer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

AUDIO = Path(os.environ.get("ARION_TEST_AUDIO", Path(__file__).parents[5] / "shared" / "audio"))


@pytest.fixture
def store() -> ModelStore:
    store = ModelStore(VoiceSettings())
    if store.find(WHISPER) is None:
        pytest.skip("the speech model is not here: arion models pull")
    return store


@pytest.fixture
def transcribe(store: ModelStore) -> Callable[[np.ndarray, Language | None], Transcript]:
    """The recognition itself, in this process, so that the model is loaded once."""
    return functools.partial(decode.transcribe, store.require(WHISPER), 2, hints={})


def read_wav(path: Path) -> np.ndarray:
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels()) == (16_000, 1)
        data = file.readframes(file.getnframes())
    return np.frombuffer(data, "<i2").astype(np.float32) / 32768


def reference(name: str) -> str:
    """The transcript of a file, from the table of the folder's README."""
    table = (AUDIO / "README.md").read_text(encoding="utf-8")
    return next(
        line.split("|")[2].strip() for line in table.splitlines() if line.startswith(f"| {name}")
    )


def error_rate(heard: str, said: str) -> float:
    """Character error rate without spaces and punctuation."""
    heard, said = (re.sub(r"[\W_]", "", text.lower()) for text in (heard, said))
    row = list(range(len(heard) + 1))
    for i, one in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
    return row[-1] / len(said)


@pytest.mark.parametrize(
    ("name", "language", "worst"),
    [
        # Nineteen syllables, of which the model mishears one word however it is run.
        ("leopard_ko.wav", "ko", 0.32),
        ("leopard_en.wav", "en", 0.02),
        ("azure_ko_30s.wav", "ko", 0.12),
    ],
)
def test_real_speech_is_recognised_in_its_language(
    transcribe, name: str, language: str, worst: float
) -> None:
    transcript = transcribe(read_wav(AUDIO / name), None)
    assert transcript.language == language
    assert error_rate(transcript.text, reference(name)) <= worst
    assert transcript.no_speech < 0.45


def test_synthetic_english_is_recognised(transcribe, tmp_path: Path) -> None:
    espeak = shutil.which("espeak-ng")
    if espeak is None:
        pytest.skip("espeak-ng is not installed")
    spoken = tmp_path / "spoken.wav"
    subprocess.run(
        [espeak, "-v", "en-us", "-w", str(spoken), "What is on my calendar tomorrow afternoon?"],
        check=True,
    )
    with wave.open(str(spoken)) as file:
        rate, data = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(data, "<i2").astype(np.float32) / 32768
    at = np.arange(0, len(samples), rate / 16_000)
    heard = np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
    transcript = transcribe(heard, None)
    assert transcript.language == "en"
    assert error_rate(transcript.text, "What is on my calendar tomorrow afternoon?") <= 0.05


@pytest.mark.parametrize("language", ["ko", "en", None])
def test_silence_and_noise_hold_no_words(transcribe, language) -> None:
    noise = np.random.default_rng(3)
    for samples in (
        np.zeros(0),
        np.zeros(8 * 16_000),
        noise.normal(0, 0.01, 3 * 16_000),
        noise.normal(0, 0.2, 6 * 16_000),
        np.sin(np.arange(32_000) / 6) * 0.3,
    ):
        transcript = transcribe(samples.astype(np.float32), language)
        assert transcript.text == ""


async def test_a_recogniser_that_is_killed_comes_back(store: ModelStore) -> None:
    recognizer = WhisperRecognizer(store)
    try:
        await recognizer.warm()
        with pytest.raises(SpeechError):
            await recognizer._workers[0].call(os._exit, 9)
        silence = np.zeros(16_000, np.float32)
        assert (await recognizer.transcribe(Stretch(silence, "ko", {}))).text == ""
    finally:
        await recognizer.aclose()


async def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"no model")
    settings = VoiceSettings().model_copy(update={"whisper_path": tmp_path})
    recognizer = WhisperRecognizer(ModelStore(settings))
    try:
        with pytest.raises(SpeechError) as failure:
            await recognizer.warm()
        assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    finally:
        await recognizer.aclose()


async def test_without_model_files_the_error_says_so(tmp_path: Path) -> None:
    settings = VoiceSettings().model_copy(update={"models_dir": tmp_path})
    with pytest.raises(ModelsError) as failure:
        await WhisperRecognizer(ModelStore(settings)).warm()
    assert failure.value.kind is VoiceErrorKind.NO_MODELS


def test_without_a_gpu_the_device_that_is_found_is_the_cpu(store: ModelStore) -> None:
    engine = decode.load(store.require(WHISPER), 1, "auto")
    assert engine.device == ("cuda" if get_cuda_device_count() else "cpu")


async def test_a_gpu_that_is_not_there_is_told(store: ModelStore) -> None:
    if get_cuda_device_count():
        pytest.skip("there is a GPU here")
    recognizer = WhisperRecognizer(store, threads=1, device="cuda")
    try:
        with pytest.raises(SpeechError, match="CUDA") as failure:
            await recognizer.warm()
        assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    finally:
        await recognizer.aclose()
