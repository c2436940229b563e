"""The Realtime API over a session, judged by the types of OpenAI's own SDK."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerPart, AnswerText, Utterance
from arion_voice.realtime.transport import RealtimeTransport
from arion_voice.session import VoiceSession
from arion_voice.testing import (
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    SteppedClock,
    ToneSynthesizer,
)
from arion_voice.transport import Disconnected

SERVER_EVENT: TypeAdapter[Any] = TypeAdapter(RealtimeServerEvent)


def echo(utterance: Utterance) -> Iterable[AnswerPart]:
    return [AnswerText(f"{utterance.text}, 알겠어요.", utterance.language)]


class Wire:
    """A connection whose far end is the test; what is sent has to be what the SDK expects."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self._incoming: asyncio.Queue[str | None] = asyncio.Queue()
        self._changed = asyncio.Condition()

    def say(self, *events: dict[str, Any] | str) -> None:
        for event in events:
            self._incoming.put_nowait(event if isinstance(event, str) else json.dumps(event))

    def hang_up(self) -> None:
        self._incoming.put_nowait(None)

    async def until(self, kind: str, count: int = 1) -> dict[str, Any]:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[count - 1]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.sent if event["type"] == kind]

    async def receive_text(self) -> str:
        text = await self._incoming.get()
        if text is None:
            raise Disconnected
        return text

    async def send_text(self, text: str) -> None:
        event = json.loads(text)
        parsed = SERVER_EVENT.validate_python(event)
        assert parsed.type == event["type"]
        self.sent.append(event)
        async with self._changed:
            self._changed.notify_all()

    async def close(self) -> None:
        return


@dataclass
class Line:
    wire: Wire = field(default_factory=Wire)
    recognizer: ScriptedRecognizer = field(default_factory=ScriptedRecognizer)
    synthesizer: ToneSynthesizer = field(default_factory=ToneSynthesizer)
    responder: ScriptedResponder = field(default_factory=lambda: ScriptedResponder(echo))
    clock: SteppedClock = field(default_factory=SteppedClock)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Wire]:
        session = VoiceSession(
            RealtimeTransport(self.wire), self.recognizer, self.synthesizer, self.responder,
            SessionOptions(), activity=LoudActivity(), clock=self.clock,
        )  # fmt: skip
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            tasks.create_task(session.run())
            await self.wire.until("session.created")
            yield self.wire
            self.wire.hang_up()


@pytest.fixture
def line() -> Line:
    return Line()


def sound(value: bytes, seconds: float) -> list[dict[str, Any]]:
    """The microphone in stretches of 20 ms."""
    audio = base64.b64encode(value * 480).decode()
    return [{"type": "input_audio_buffer.append", "audio": audio}] * round(seconds * 50)


def speech(seconds: float) -> list[dict[str, Any]]:
    return sound(b"\x00\x40", seconds)


def silence(seconds: float) -> list[dict[str, Any]]:
    return sound(b"\x00\x00", seconds)


def typed(text: str) -> list[dict[str, Any]]:
    content = [{"type": "input_text", "text": text}]
    item = {"type": "message", "role": "user", "content": content}
    return [{"type": "conversation.item.create", "item": item}, {"type": "response.create"}]


async def test_a_spoken_turn_comes_as_the_sdk_expects_it(line: Line) -> None:
    line.recognizer.script = ["내일 일정 알려줘"]
    async with line.open() as wire:
        wire.say(*speech(1), *silence(1))
        done = await wire.until("response.done")
    kinds = [event["type"] for event in wire.sent]
    assert list(dict.fromkeys(kinds)) == [
        "session.created",
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
        "conversation.item.input_audio_transcription.completed",
        "response.created",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.done",
    ]
    (heard,) = wire.of("conversation.item.input_audio_transcription.completed")
    assert heard["transcript"] == "내일 일정 알려줘"
    assert done["response"]["status"] == "completed"
    (item,) = done["response"]["output"]
    assert item["content"][0]["transcript"] == "내일 일정 알려줘, 알겠어요."
    pcm = b"".join(base64.b64decode(it["delta"]) for it in wire.of("response.output_audio.delta"))
    assert len(pcm) == 2 * 2 * 0.2 * 24_000
    assert line.responder.asked[0].spoken


async def test_speech_of_another_rate_is_resampled_whole(line: Line) -> None:
    line.synthesizer.sample_rate, line.synthesizer.seconds = 22_050, 1.0
    async with line.open() as wire:
        wire.say(*typed("안녕"))
        await wire.until("response.done")
    pcm = b"".join(base64.b64decode(it["delta"]) for it in wire.of("response.output_audio.delta"))
    assert len(pcm) / 2 / 24_000 == pytest.approx(1, abs=0.001)


async def test_what_is_typed_is_answered_when_an_answer_is_asked_for(line: Line) -> None:
    async with line.open() as wire:
        create, ask = typed("내일 일정")
        wire.say(create)
        item = (await wire.until("conversation.item.done"))["item"]
        assert line.responder.asked == []
        wire.say(ask)
        await wire.until("response.done")
        wire.say({"type": "conversation.item.retrieve", "item_id": item["id"]})
        told = await wire.until("conversation.item.retrieved")
    assert told["item"]["content"] == [{"type": "input_text", "text": "내일 일정"}]
    assert [one.text for one in line.responder.asked] == ["내일 일정"]
    assert not line.responder.asked[0].spoken


async def test_words_over_an_answer_cancel_it_and_what_was_played_is_kept(line: Line) -> None:
    numbers = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
    line.responder.answer = lambda _: [AnswerText(" ".join(numbers), "ko")]
    line.synthesizer.seconds = 10
    line.recognizer.script = ["아니 날씨 알려줘"]
    async with line.open() as wire:
        wire.say(*typed("세어 봐"))
        await wire.until("response.output_audio.delta", 100)
        line.clock.running.clear()
        wire.say(*speech(0.4), *silence(1))
        await wire.until("input_audio_buffer.speech_started")
        item_id = wire.of("response.output_item.added")[0]["item"]["id"]
        wire.say(
            {
                "type": "conversation.item.truncate",
                "item_id": item_id,
                "content_index": 0,
                "audio_end_ms": 3100,
            }
        )
        assert (await wire.until("conversation.item.truncated"))["audio_end_ms"] == 3100
        done = await wire.until("response.done")
        line.clock.running.set()
        await wire.until("response.done", 2)
    assert done["response"]["status"] == "cancelled"
    assert line.responder.cut[-1][1] == "하나 둘 셋"
    assert [one.text for one in line.responder.asked] == ["세어 봐", "아니 날씨 알려줘"]


async def test_a_nod_over_an_answer_is_not_told_of(line: Line) -> None:
    line.synthesizer.seconds = 5
    line.recognizer.script = ["응"]
    line.clock.running.clear()
    async with line.open() as wire:
        wire.say(*typed("이야기"))
        await wire.until("response.output_audio.delta", 5)
        wire.say(*speech(0.4), *silence(1))
        await line.recognizer.called.wait()
        line.clock.running.set()
        done = await wire.until("response.done")
    assert wire.of("input_audio_buffer.speech_started") == []
    assert done["response"]["status"] == "completed"


async def test_noise_is_an_utterance_without_words(line: Line) -> None:
    line.recognizer.script = [""]
    async with line.open() as wire:
        wire.say(*speech(0.5), *silence(1.3))
        heard = await wire.until("conversation.item.input_audio_transcription.completed")
    assert heard["transcript"] == ""
    assert wire.of("response.created") == []


DELTA = "conversation.item.input_audio_transcription.delta"
COMPLETED = "conversation.item.input_audio_transcription.completed"


async def test_what_is_being_said_comes_word_by_word_and_then_as_a_whole(line: Line) -> None:
    line.recognizer.partials = [
        "내일 오후",
        "내일 오후 세 시에 회의",
        "내일 오후 세 시에 회의 자바",
    ]
    line.recognizer.script = ["내일 오후 세 시에 회의 잡아줘"]
    async with line.open() as wire:
        wire.say(*speech(12), *silence(0.7))
        await wire.until("response.done")
    (heard,) = wire.of(COMPLETED)
    deltas = [event["delta"] for event in wire.of(DELTA)]
    assert deltas == ["내일 오후", " 세 시에 회의", " 잡아줘"]
    assert "".join(deltas) == heard["transcript"] == "내일 오후 세 시에 회의 잡아줘"
    assert {event["item_id"] for event in wire.of(DELTA)} == {heard["item_id"]}


async def test_words_that_turn_out_otherwise_are_right_in_the_whole(line: Line) -> None:
    line.recognizer.partials = ["매일 오후", "매일 오후 세 시에", "내일 오후 세 시에 회의"]
    line.recognizer.script = ["내일 오후 세 시에 회의 잡아줘"]
    async with line.open() as wire:
        wire.say(*speech(12), *silence(0.7))
        await wire.until("response.done")
    assert [event["delta"] for event in wire.of(DELTA)] == ["매일 오후"]
    assert wire.of(COMPLETED)[0]["transcript"] == "내일 오후 세 시에 회의 잡아줘"


async def test_without_turn_detection_the_client_says_when_it_is_over(line: Line) -> None:
    line.recognizer.script = ["내일 일정", "내일 일정 알려줘"]
    async with line.open() as wire:
        update = {"audio": {"input": {"turn_detection": None}}, "type": "realtime"}
        wire.say({"type": "session.update", "session": update})
        updated = await wire.until("session.updated")
        assert updated["session"]["audio"]["input"]["turn_detection"] is None
        wire.say(*speech(0.5), *silence(2), *speech(0.5))
        wire.say({"type": "input_audio_buffer.commit"}, {"type": "response.create"})
        await wire.until("response.done")
    assert [one.text for one in line.responder.asked] == ["내일 일정 알려줘"]


async def test_the_language_and_the_voice_that_are_set_first_hold_from_the_start(
    line: Line,
) -> None:
    line.recognizer.script = ["what's up"]
    audio = {
        "input": {"transcription": {"model": "whisper-1", "language": "en"}},
        "output": {"voice": "fast"},
    }
    async with line.open() as wire:
        wire.say({"type": "session.update", "session": {"type": "realtime", "audio": audio}})
        wire.say(*speech(1), *silence(1))
        await wire.until("response.done")
    assert line.responder.asked[0].language == "en"
    assert {voice for _, _, voice in line.synthesizer.spoken} == {"fast"}


BAD = {
    "no json": ("{", "bad_frame"),
    "another event": ({"type": "conversation.item.explode"}, "bad_frame"),
    "no base64": ({"type": "input_audio_buffer.append", "audio": "!!!"}, "bad_frame"),
    "half a sample": ({"type": "input_audio_buffer.append", "audio": "AAAA"}, "bad_frame"),
    "an unknown item": ({"type": "conversation.item.retrieve", "item_id": "x"}, "bad_frame"),
    "a result of a tool": (
        {"type": "conversation.item.create", "item": {"type": "function_call_output"}},
        "unsupported",
    ),
    "too much": ({"type": "input_audio_buffer.append", "audio": "A" * 1_100_000}, "too_large"),
    "another format": (
        {"type": "session.update", "session": {"audio": {"input": {"format": {"rate": 8000}}}}},
        "bad_frame",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_is_not_understood_is_refused_and_the_next_is_heard(
    name: str, line: Line
) -> None:
    event, kind = BAD[name]
    async with line.open() as wire:
        wire.say(event | {"event_id": "mine"} if isinstance(event, dict) else event)
        error = (await wire.until("error"))["error"]
        wire.say(*typed("안녕"))
        await wire.until("response.done")
    assert (error["type"], error["code"]) == ("invalid_request_error", kind)
    assert error["event_id"] == (None if name in {"no json", "too much"} else "mine")


async def test_a_synthesiser_that_fails_leaves_the_answer_as_text(line: Line) -> None:
    line.synthesizer.failure = RuntimeError("?")
    async with line.open() as wire:
        wire.say(*typed("안녕"))
        done = await wire.until("response.done")
    (error,) = wire.of("error")
    assert error["error"]["type"] == "server_error"
    assert done["response"]["output"][0]["content"][0]["transcript"] == "안녕, 알겠어요."
