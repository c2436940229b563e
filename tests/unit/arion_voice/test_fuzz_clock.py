"""A clock that jumps, as after a sleep of the machine, loses no word and no sound."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    AudioEnded,
    Error,
    Hello,
    Interrupted,
    Ready,
    Text,
    TranscriptEvent,
    TurnEnded,
)
from arion_voice.session import VoiceSession
from arion_voice.testing import (
    LoopTransport,
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    ToneSynthesizer,
    silent_frames,
    speech_frames,
)

pytestmark = pytest.mark.thorough

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",))
SECONDS = 0.3
"""Of sound for each of the two sentences of an answer."""


class JumpingClock:
    """Goes on by what is slept, and by a jump whenever it is looked at."""

    def __init__(self, jumps: list[float]) -> None:
        self._now = 0.0
        self._jumps = itertools.cycle(jumps)

    def now(self) -> float:
        self._now += next(self._jumps)
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += seconds
        await asyncio.sleep(0)


async def two_turns(clock: JumpingClock) -> LoopTransport:
    """One typed, one spoken; gives what was sent."""
    transport = LoopTransport()
    session = VoiceSession(
        transport, ScriptedRecognizer(["내일 일정 알려줘"]), ToneSynthesizer(SECONDS),
        ScriptedResponder(lambda _: [AnswerText("알겠어요. 바로 찾아볼게요.", "ko")]),
        SessionOptions(), activity=LoudActivity(), clock=clock,
    )  # fmt: skip
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(session.run())
        transport.say(HELLO)
        await transport.until(Ready)
        transport.say(Text(text="메일"))
        await transport.until(TurnEnded)
        transport.say(*speech_frames(1), *silent_frames(2))
        await transport.until(TurnEnded, 2)
        transport.hang_up()
    return transport


def is_whole(transport: LoopTransport) -> bool:
    said = [event.text for event in transport.of(TranscriptEvent) if event.final]
    sound = sum(len(frame.pcm) for frame in transport.of(AudioFrame))
    return (
        said == ["메일", "내일 일정 알려줘"]
        and sound >= 2 * 2 * round(SECONDS * 24_000) * 2
        and len(transport.of(AudioEnded)) == 2
        and not transport.of(Interrupted)
        and not transport.of(Error)
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.4, 30.0, 86_400.0]), min_size=1, max_size=20))
async def test_a_clock_that_leaps_ahead_loses_nothing(jumps: list[float]) -> None:
    transport = await two_turns(JumpingClock(jumps))
    assert is_whole(transport)
    assert all(ms >= 0 for end in transport.of(TurnEnded) for ms in end.timings_ms.values())


@pytest.mark.parametrize("set_to", [0.0, 4e9])
async def test_setting_the_wall_clock_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, set_to: float
) -> None:
    ticks = itertools.count()
    honest = time.time()
    monkeypatch.setattr(time, "time", lambda: honest if next(ticks) % 2 else set_to)
    assert is_whole(await two_turns(JumpingClock([0.0])))
