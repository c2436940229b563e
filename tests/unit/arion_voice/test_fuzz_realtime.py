"""Whatever a Realtime client sends in whatever order, it is answered in the API's own words."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
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

pytestmark = pytest.mark.thorough

SOUND = st.sampled_from([b"\x00\x40" * 12_000, bytes(48_000), b"\x00", b"\x01\x02\x03", b""])
IDS = st.sampled_from(["item_1", "item_2", "", "x" * 65])
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["message", "function_call"])},
    optional={
        "id": IDS,
        "role": st.sampled_from(["user", "assistant", "system"]),
        "content": st.lists(
            st.fixed_dictionaries({"type": st.just("input_text"), "text": st.text(max_size=9)}),
            max_size=2,
        ),
    },
)
KINDS = st.sampled_from(
    ["session.update", "input_audio_buffer.append", "input_audio_buffer.commit",
     "input_audio_buffer.clear", "conversation.item.create", "conversation.item.truncate",
     "conversation.item.retrieve", "conversation.item.delete", "response.create",
     "response.cancel", "output_audio_buffer.clear", "nothing", ""]
)  # fmt: skip
DETECTION = st.none() | st.just({"type": "server_vad"}) | st.just({"type": "nothing"})
SESSIONS = DETECTION.map(lambda it: {"audio": {"input": {"turn_detection": it}}})
EVENTS = st.fixed_dictionaries(
    {"type": KINDS},
    optional={
        "event_id": st.text(max_size=3),
        "audio": SOUND.map(lambda pcm: base64.b64encode(pcm).decode()) | st.text(max_size=5),
        "item": ITEMS,
        "item_id": IDS,
        "audio_end_ms": st.integers(-5, 10**12),
        "content_index": st.integers(),
        "session": SESSIONS,
    },
).map(json.dumps)
RUBBISH = st.text(max_size=20) | st.sampled_from(["[" * 9_000, "null", "{}", '{"type":[]}'])


class Wire:
    """A client that says everything at once, waits for its last answer, and is gone."""

    def __init__(self, said: Sequence[str]) -> None:
        self._said = list(said)
        self.told: list[dict[str, Any]] = []
        self.closed = False
        self._is_done = asyncio.Event()

    async def receive_text(self) -> str:
        if self._said:
            return self._said.pop(0)
        await self._is_done.wait()
        raise Disconnected

    async def send_text(self, text: str) -> None:
        event = json.loads(text)
        self.told.append(event)
        if event["type"] == "session.updated" and not self._said:
            self._is_done.set()

    async def close(self) -> None:
        self.closed = True


def session(wire: Wire) -> VoiceSession:
    return VoiceSession(
        RealtimeTransport(wire), ScriptedRecognizer(["내일 일정"] * 9), ToneSynthesizer(),
        ScriptedResponder(lambda utterance: [AnswerText(f"{utterance.text}.", "ko")]),
        SessionOptions(), activity=LoudActivity(), clock=SteppedClock(),
    )  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(EVENTS | RUBBISH, max_size=25))
async def test_a_realtime_session_survives_whatever_is_said(said: list[str]) -> None:
    wire = Wire([*said, '{"type":"session.update","session":{}}'])
    async with asyncio.timeout(10):
        await session(wire).run()
    assert wire.closed
    assert wire.told[0]["type"] == "session.created"
    assert "session.updated" in [event["type"] for event in wire.told]
    errors = [event["error"] for event in wire.told if event["type"] == "error"]
    kinds = {"bad_frame", "bad_state", "too_large", "unsupported", "busy"}
    assert all(error["code"] in kinds and error["message"] for error in errors)


async def test_rubbish_without_end_does_not_keep_others_waiting() -> None:
    wire = Wire(["{"] * 1_000)
    talking = asyncio.create_task(session(wire).run())
    await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(wire.told) < 100
    talking.cancel()
    await asyncio.wait([talking])
