from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arion_voice.engines import Language, SpeechChunk, VoiceName
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.tts import worker
from arion_voice.tts.synthesizer import SAMPLE_RATE, SpeechSynthesizer, TtsOptions
from arion_voice.worker import Worker

OPTIONS = TtsOptions(
    korean_voice="ko_voice", english_voice="en_voice", speed=1.0, threads=1, warm="natural"
)


class ScriptedProcess(Worker):
    """Says what it is asked to say, and fails where it is told to."""

    def __init__(self) -> None:
        super().__init__("scripted")
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.broken: set[Callable[..., Any]] = set()

    async def call(self, function: Callable[..., Any], *args: Any) -> Any:
        self.calls.append((function.__name__, args))
        if function in self.broken:
            raise SpeechError(VoiceErrorKind.ENGINE_FAILED, f"{function.__name__} broke")
        if function is worker.symbols:
            return args[0].split(", ")
        return f"{function.__name__}: {args[0]}".encode() if args else None

    def said(self) -> list[str]:
        return [name for name, _ in self.calls]


@pytest.fixture
def process() -> ScriptedProcess:
    return ScriptedProcess()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").touch()
    return tmp_path


@pytest.fixture
def synthesizer(process: ScriptedProcess, model: Path) -> SpeechSynthesizer:
    store = ModelStore(VoiceSettings(kokoro_path=model))
    return SpeechSynthesizer(store, OPTIONS, process)


async def speak(
    synthesizer: SpeechSynthesizer,
    text: str,
    language: Language = "ko",
    voice: VoiceName = "natural",
) -> list[str]:
    chunks: list[SpeechChunk] = [
        chunk async for chunk in synthesizer.synthesize(text, language=language, voice=voice)
    ]
    assert {chunk.sample_rate for chunk in chunks} <= {SAMPLE_RATE}
    return [chunk.pcm.decode() for chunk in chunks]


async def test_the_natural_voice_speaks_line_by_line(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess, model: Path
) -> None:
    assert await speak(synthesizer, "네, 3시예요.") == [
        "speak_natural: 네",
        "speak_natural: 세 시예요.",
    ]
    assert process.calls[-1][1][1:] == (model, 1, "ko_voice", 0.95)
    assert synthesizer.fallback_reason == ""


async def test_the_fast_voice_needs_no_model(process: ScriptedProcess, tmp_path: Path) -> None:
    store = ModelStore(VoiceSettings(models_dir=tmp_path))
    synthesizer = SpeechSynthesizer(store, OPTIONS, process)
    assert await speak(synthesizer, "At 15:00.", "en", "fast") == ["speak_fast: At 3 PM."]
    assert process.said() == ["speak_fast"]
    assert synthesizer.fallback_reason == ""


async def test_without_the_model_the_fast_voice_speaks_and_says_why(
    process: ScriptedProcess, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = ModelStore(VoiceSettings(ARION_MODELS_DIR=tmp_path))
    synthesizer = SpeechSynthesizer(store, OPTIONS, process)
    await synthesizer.warm()
    assert await speak(synthesizer, "네.") == ["speak_fast: 네."]
    assert await speak(synthesizer, "네.") == ["speak_fast: 네."]
    assert "arion models pull" in synthesizer.fallback_reason
    assert caplog.text.count("fast voice speaks") == 1


async def test_when_kokoro_fails_the_fast_voice_says_the_whole_sentence(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess
) -> None:
    process.broken = {worker.speak_natural}
    assert await speak(synthesizer, "네, 알겠어요.") == ["speak_fast: 네, 알겠어요."]
    assert synthesizer.fallback_reason == "speak_natural broke"
    process.broken = set()
    assert await speak(synthesizer, "네.") == ["speak_natural: 네."]
    assert synthesizer.fallback_reason == ""


async def test_when_every_engine_fails_it_is_an_error(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess
) -> None:
    process.broken = {worker.speak_natural, worker.speak_fast}
    with pytest.raises(SpeechError) as failure:
        await speak(synthesizer, "네.")
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED


async def test_a_phrase_is_made_once_for_each_language(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess
) -> None:
    first = await speak(synthesizer, "OK, 네.")
    made = process.said()
    assert await speak(synthesizer, "OK, 네.") == first
    assert process.said() == made
    await speak(synthesizer, "OK, 네.", "en")
    assert process.said() != made


async def test_only_the_latest_short_phrases_are_kept(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess
) -> None:
    for text in ("가" * 41, "처음", *(f"다음 {'아' * n}" for n in range(32)), "처음", "가" * 41):
        await speak(synthesizer, text)
    assert process.said().count("speak_natural") == 36


@pytest.mark.parametrize("text", ["", "😀", "...", "\n"])
async def test_what_cannot_be_said_makes_no_audio(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess, text: str
) -> None:
    assert await speak(synthesizer, text) == []
    assert await speak(synthesizer, text, "en", "fast") == []
    assert process.calls == []


async def test_warming_for_the_fast_voice_leaves_kokoro_alone(
    process: ScriptedProcess, model: Path
) -> None:
    options = TtsOptions("ko_voice", "en_voice", speed=1.0, threads=1, warm="fast")
    store = ModelStore(VoiceSettings(kokoro_path=model))
    await SpeechSynthesizer(store, options, process).warm()
    assert process.said() == ["warm_fast"]


async def test_closing_early_abandons_the_rest(
    synthesizer: SpeechSynthesizer, process: ScriptedProcess
) -> None:
    stream = synthesizer.synthesize("하나, 둘, 셋", language="ko", voice="natural")
    assert (await anext(stream)).pcm.decode() == "speak_natural: 하나"
    await stream.aclose()
    assert process.said() == ["symbols", "speak_natural"]
