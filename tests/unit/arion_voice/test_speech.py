"""The engines that the settings ask for, with the cloud's stand-in and with real local ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from tests.sandbox import Sandbox, sandbox
from tests.unit.arion_voice.cloud.engines import VOICE

from arion_voice.answering import FILLERS, LATER_FILLERS
from arion_voice.engines import SAMPLE_RATE, Stretch, VoiceName
from arion_voice.settings import VoiceSettings
from arion_voice.speech import Speech, SpeechState, load_speech

__all__ = ["sandbox"]

pytestmark = pytest.mark.thorough

ALL_FILLERS = (*FILLERS.values(), *LATER_FILLERS.values())
CLOSED = "http://127.0.0.1:9"
NOISE = np.random.default_rng(1).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)

Opened = Callable[..., AbstractAsyncContextManager[Speech]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Speech that is warm, on a machine without models."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    @asynccontextmanager
    async def _opened(**given: Any) -> AsyncIterator[Speech]:
        speech = load_speech(VoiceSettings(**given))
        try:
            await speech.warm()
            yield speech
        finally:
            await speech.aclose()

    return _opened


def cloud(url: str) -> dict[str, str]:
    """Both ears and voice of ElevenLabs."""
    return {
        "stt": "elevenlabs",
        "elevenlabs_url": f"{url}/elevenlabs",
        "elevenlabs_key": "sandbox",
        "elevenlabs_voice": VOICE,
    }


async def say(speech: Speech, text: str, voice: VoiceName = "best") -> int:
    """Speaks, and returns how many samples came."""
    stream = speech.synthesizer.synthesize(text, language="ko", voice=voice)
    return sum([len(chunk.pcm) // 2 async for chunk in stream])


def spoken_by(sandbox: Sandbox) -> list[str]:
    """Paths of what the cloud was asked to speak."""
    return [it["path"] for it in sandbox.requests() if "text-to-speech" in it["path"]]


async def test_where_the_cloud_hears_and_speaks_no_model_is_needed(
    sandbox: Sandbox, opened: Opened
) -> None:
    async with opened(**cloud(sandbox.url)) as speech:
        assert (speech.status.state, speech.status.reason) == (SpeechState.READY, "")
        async with httpx2.AsyncClient() as client:
            await client.post(f"{sandbox.url}/_sandbox/hears", content="내일 일정".encode())
        heard = await speech.recognizer.transcribe(Stretch(NOISE, "ko", {}))
        assert heard.text == "내일 일정"
        before = len(spoken_by(sandbox))
        assert await say(speech, "알겠어요.") > 0
        assert len(spoken_by(sandbox)) == before + 1


async def test_the_fillers_are_there_before_anybody_waits(sandbox: Sandbox, opened: Opened) -> None:
    async with opened(**cloud(sandbox.url)) as speech:
        before = len(spoken_by(sandbox))
        assert before == len(ALL_FILLERS)
        assert await say(speech, FILLERS["ko"]) > 0
        assert len(spoken_by(sandbox)) == before


async def test_a_restart_remembers_what_the_cloud_spoke(sandbox: Sandbox, opened: Opened) -> None:
    fillers = sum(map(len, ALL_FILLERS))
    given = cloud(sandbox.url) | {"cloud_chars_per_day": fillers + 20}
    for _ in range(2):
        async with opened(**given) as speech:
            assert await say(speech, "이 문장이 오늘의 마지막이에요.") > 0
            assert len(spoken_by(sandbox)) == len(ALL_FILLERS) + 1


async def test_a_cloud_that_cannot_be_reached_leaves_the_fast_voice(opened: Opened) -> None:
    async with opened(tts_url=CLOSED, stt="openai", stt_url=CLOSED) as speech:
        assert speech.status.state is SpeechState.FAILED
        assert "not reached" in speech.status.reason
        assert await say(speech, "알겠어요.") > 0


async def test_without_any_model_and_any_cloud_speech_is_absent(opened: Opened) -> None:
    async with opened() as speech:
        assert speech.status.state is SpeechState.ABSENT
        assert "arion models pull" in speech.status.reason
        assert await say(speech, "알겠어요.") > 0


async def test_a_refused_key_is_told(sandbox: Sandbox, opened: Opened) -> None:
    async with opened(**cloud(sandbox.url) | {"elevenlabs_key": "wrong"}) as speech:
        assert speech.status.state is SpeechState.FAILED
        assert "wrong" not in speech.status.reason
