"""Engines that die, hang or fail, and clocks that jump: told with a kind, and over with it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from tests.e2e.voice_line import Line, calling, serving

from arion_voice.engines import (
    SAMPLE_RATE,
    Language,
    SpeechChunk,
    Stretch,
    Transcript,
    Urgency,
    VoiceName,
)
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.testing import ScriptedRecognizer
from arion_voice.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@dataclass
class Faulty:
    """Hears and speaks in a real process, which is to hang in its first call."""

    worker: Worker
    hangs: bool = True
    is_hanging: asyncio.Event = field(default_factory=asyncio.Event)

    async def _work(self) -> None:
        if self.hangs:
            self.hangs = False
            self.is_hanging.set()
            await self.worker.call(time.sleep, 600)
        await self.worker.call(time.sleep, 0)

    async def transcribe(self, stretch: Stretch) -> Transcript:
        if stretch.urgency is Urgency.PARTIAL:
            raise SpeechError(VoiceErrorKind.BUSY, "none are shown")
        await self._work()
        return Transcript("내일 일정", "ko", 0.0, -0.1, len(stretch.samples) / SAMPLE_RATE, 0.0)

    async def synthesize(
        self,
        text: str,
        *,
        language: Language,
        voice: VoiceName,
        speed: float = 1.0,
        answer: object | None = None,
    ) -> AsyncIterator[SpeechChunk]:
        await self._work()
        yield SpeechChunk(b"\x00\x10" * 2_400, 24_000)

    async def aclose(self) -> None:
        await self.worker.aclose()


@pytest.fixture
async def faulty() -> AsyncIterator[Faulty]:
    faulty = Faulty(Worker("test"))
    yield faulty
    await faulty.aclose()


async def test_a_recogniser_killed_in_a_call_is_told_and_the_next_utterance_is_heard(
    faulty: Faulty,
) -> None:
    pid = await faulty.worker.call(os.getpid)
    async with serving(Line(faulty)) as line, calling(line) as client:
        await client.utter()
        await faulty.is_hanging.wait()
        os.kill(pid, signal.SIGKILL)
        error = await client.until("error")
        assert (error["kind"], error["fatal"]) == ("engine_failed", False)
        await client.utter()
        await client.until("transcript", final=True, text="내일 일정")


async def test_a_voice_killed_in_a_call_is_told_and_the_next_answer_is_spoken(
    faulty: Faulty,
) -> None:
    pid = await faulty.worker.call(os.getpid)
    async with serving(Line(synthesizer=faulty)) as line, calling(line) as client:
        await client.say({"type": "text", "text": "메일"})
        await faulty.is_hanging.wait()
        os.kill(pid, signal.SIGKILL)
        error = await client.until("error")
        assert (error["kind"], error["fatal"]) == ("engine_failed", False)
        await client.until("turn_ended")
        answer = [event["text"] for event in client.events if event["type"] == "answer"]
        assert "".join(answer) == "메일, 알겠어요."
        await client.say({"type": "text", "text": "일정"})
        await client.until("audio_started")


async def test_a_recogniser_that_hangs_is_killed_and_the_next_utterance_is_heard() -> None:
    faulty = Faulty(Worker("test", limit_s=3.0))
    try:
        await faulty.worker.call(time.sleep, 0)
        async with serving(Line(faulty)) as line, calling(line) as client:
            await client.utter()
            assert (await client.until("error"))["kind"] == "engine_failed"
            await client.utter()
            await client.until("transcript", final=True, text="내일 일정")
    finally:
        await faulty.aclose()


async def test_more_utterances_than_are_taken_are_refused_as_busy() -> None:
    gate = asyncio.Event()
    recognizer = ScriptedRecognizer([f"{number}번" for number in range(20)], gate=gate)
    async with serving(Line(recognizer)) as line, calling(line) as client:
        for _ in range(8):
            await client.utter()
        assert (await client.until("error"))["kind"] == "busy"
        gate.set()
        await client.until("transcript", final=True)
        await client.until("turn_ended")
        assert await client.type("메일") == "메일, 알겠어요."
