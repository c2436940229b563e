"""Whatever a client says in whatever order, its session goes on, or ends with a reason."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
from arion_voice.errors import ProtocolError, SpeechError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Ack,
    Confirm,
    Error,
    Hello,
    Interrupt,
    Listen,
    Played,
    Ready,
    Text,
    TurnEnded,
    Voice,
)
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.testing import (
    LoopTransport,
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    SteppedClock,
    ToneSynthesizer,
    silent_frames,
    speech_frames,
)

pytestmark = pytest.mark.thorough

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",))
BIG = st.integers(0, 86_400_000)
SAID = st.one_of(
    st.builds(Text, text=st.sampled_from(["그만", "내일 일정", "?", "a" * 2000])),
    st.builds(Text, text=st.just("메일"), id=st.sampled_from(["message-1", "message-2"])),
    st.builds(Confirm, answer=st.booleans()),
    st.builds(Listen, on=st.booleans()),
    st.builds(Played, turn=BIG, ms=BIG),
    st.builds(Ack, seq=BIG),
    st.builds(Voice, voice=st.sampled_from(["best", "natural", "fast"])),
    st.just(Interrupt()),
    st.just(HELLO),
    st.just(ProtocolError(VoiceErrorKind.BAD_FRAME, "a frame that is nothing")),
)
SOUND = st.one_of(
    st.sampled_from([0.02, 0.3, 2.0]).map(speech_frames),
    st.sampled_from([0.02, 0.3, 2.0]).map(silent_frames),
    st.binary(max_size=3000)
    .filter(lambda pcm: len(pcm) % 2 == 0)
    .map(lambda pcm: [AudioFrame(pcm)]),
)
NUMBERING = st.sampled_from(["in order", "twice", "backwards", "all the same", "with gaps"])


def numbered(frames: list[AudioFrame], start: int, how: str) -> list[AudioFrame]:
    numbers = {
        "in order": range(start, start + len(frames)),
        "twice": [start + at // 2 for at in range(len(frames))],
        "backwards": range(start + len(frames), start, -1),
        "all the same": [start] * len(frames),
        "with gaps": range(start, start + 5 * len(frames), 5),
    }[how]
    return [AudioFrame(it.pcm, 0, at) for it, at in zip(frames, numbers, strict=True)]


@st.composite
def messages(draw: st.DrawFn) -> list[Any]:
    said: list[Any] = []
    start = 0
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.booleans()):
            said.append(draw(SAID))
        else:
            frames = numbered(draw(SOUND), start, draw(NUMBERING))
            start += draw(st.sampled_from([0, 5 * len(frames) + 1]))
            said += frames
    return said


async def talk(said: list[Any], recognizer: ScriptedRecognizer, sessions: Sessions | None) -> Any:
    transport, clock = LoopTransport(), SteppedClock()
    session = VoiceSession(
        transport, recognizer, ToneSynthesizer(),
        ScriptedResponder(lambda utterance: [AnswerText(f"{utterance.text}.", "ko")]),
        SessionOptions(), activity=LoudActivity(), clock=clock, sessions=sessions, owner="me",
    )  # fmt: skip
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(session.run())
        transport.say(HELLO)
        await transport.until(Ready)
        transport.say(*said)
        if sum(isinstance(it, ProtocolError) for it in said) <= 10:
            before = len(transport.of(TurnEnded))
            transport.say(Interrupt(), Text(text="끝", id="the-last-one"))
            await transport.until(TurnEnded, before + 1)
        transport.hang_up()
    if sessions is not None:
        await sessions.aclose()
    return transport


@settings(deadline=None, max_examples=60)
@given(
    messages(),
    st.lists(st.sampled_from(["내일 일정 알려줘", "", SpeechError(VoiceErrorKind.BUSY, "!")])),
    st.booleans(),
)
async def test_a_session_survives_whatever_is_said(
    said: list[Any], heard: list[Any], resumable: bool
) -> None:
    transport = await talk(said, ScriptedRecognizer(heard), Sessions() if resumable else None)
    assert transport.closed
    assert all(error.kind != VoiceErrorKind.RESPONDER_FAILED for error in transport.of(Error))
    left = asyncio.all_tasks() - {asyncio.current_task()}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1):
            await asyncio.gather(*left, return_exceptions=True)
    assert asyncio.all_tasks() == {asyncio.current_task()}
