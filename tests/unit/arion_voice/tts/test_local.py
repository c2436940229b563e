from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arion_voice.engines import Language
from arion_voice.errors import ModelsError, SpeechError, VoiceErrorKind
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.tts import worker
from arion_voice.tts.local import SAMPLE_RATE, FastVoice, NaturalOptions, NaturalVoice
from arion_voice.tts.synthesizer import SpeechEngine
from arion_voice.worker import Worker

OPTIONS = NaturalOptions("ko_voice", "en_voice", threads=1)


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


@pytest.fixture
def process() -> ScriptedProcess:
    return ScriptedProcess()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").touch()
    return tmp_path


@pytest.fixture
def natural(process: ScriptedProcess, model: Path) -> NaturalVoice:
    return NaturalVoice(ModelStore(VoiceSettings(kokoro_path=model)), process, OPTIONS)


async def speak(
    voice: SpeechEngine, text: str, language: Language = "ko", speed: float = 1.0
) -> list[str]:
    chunks = [it async for it in voice.speak(text, language=language, speed=speed)]
    assert {chunk.sample_rate for chunk in chunks} <= {SAMPLE_RATE}
    return [chunk.pcm.decode() for chunk in chunks]


async def test_the_natural_voice_speaks_line_by_line(
    natural: NaturalVoice, process: ScriptedProcess, model: Path
) -> None:
    assert await speak(natural, "네, 세 시예요.") == [
        "speak_natural: 네",
        "speak_natural: 세 시예요.",
    ]
    assert process.calls[-1][1][1:4] == (model, 1, "ko_voice")


async def test_each_language_has_its_voice_and_all_keep_the_pace_that_is_asked(
    natural: NaturalVoice, process: ScriptedProcess
) -> None:
    for language in ("ko", "en"):
        await speak(natural, "네.", language)
        *_, voice, usual = process.calls[-1][1]
        await speak(natural, "네.", language, speed=1.5)
        *_, same, faster = process.calls[-1][1]
        assert voice == same == f"{language}_voice"
        assert faster == pytest.approx(1.5 * usual)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("내일 오후 세 시에", "내일 오후 세 시에,"),
        ("일정이 있고,", "일정이 있고,"),
        ("알겠어요", "알겠어요"),
        ("'네.'", "'네.'"),
        ("I moved the meeting", "I moved the meeting,"),
    ],
)
async def test_the_voice_falls_at_the_end_of_a_sentence_only(
    natural: NaturalVoice, text: str, line: str
) -> None:
    assert await speak(natural, text) == [f"speak_natural: {line}"]


async def test_the_fast_voice_speaks_in_one_go(process: ScriptedProcess) -> None:
    assert await speak(FastVoice(process), "At 3 PM.", "en", 1.2) == ["speak_fast: At 3 PM."]
    assert process.calls == [("speak_fast", ("At 3 PM.", "en", 1.2))]


async def test_without_its_model_the_natural_voice_says_what_to_do(
    process: ScriptedProcess, tmp_path: Path
) -> None:
    store = ModelStore(VoiceSettings.model_validate({"ARION_MODELS_DIR": tmp_path}))
    voice = NaturalVoice(store, process, OPTIONS)
    with pytest.raises(ModelsError, match="arion models pull"):
        await speak(voice, "네.")
    with pytest.raises(ModelsError, match="arion models pull"):
        await voice.warm()
    assert process.calls == []


async def test_closing_early_abandons_the_rest(
    natural: NaturalVoice, process: ScriptedProcess
) -> None:
    stream = natural.speak("하나, 둘, 셋", language="ko", speed=1.0)
    assert (await anext(stream)).pcm.decode() == "speak_natural: 하나"
    await stream.aclose()
    assert [name for name, _ in process.calls] == ["symbols", "speak_natural"]


async def test_warming_loads_what_the_voice_needs(
    natural: NaturalVoice, process: ScriptedProcess, model: Path
) -> None:
    await natural.warm()
    await FastVoice(process).warm()
    assert process.calls == [("warm_natural", (model, 1, "ko_voice")), ("warm_fast", ())]
