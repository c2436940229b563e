"""A session that has to be called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
from arion_voice.protocol import Answer, Listen, NothingHeard, TranscriptEvent, TurnEnded
from arion_voice.testing import silent_frames, speech_frames
from arion_voice.wake import SpokenWakeWord


@pytest.fixture
def called(call):
    call.options = replace(SessionOptions(), wake=SpokenWakeWord("아리온"))
    return call


def utterance():
    return (*speech_frames(1), *silent_frames(1.3))


def heard(call) -> list[str]:
    return [one.text for one in call.responder.asked]


async def test_without_its_name_nothing_is_heard(called, under_way) -> None:
    called.recognizer.script = ["내일 일정 알려줘"]
    async with under_way(called):
        called.transport.say(*utterance())
        await called.transport.until(NothingHeard)
    assert heard(called) == []
    assert called.transport.of(TranscriptEvent) == []


async def test_its_name_is_no_part_of_what_is_asked(called, under_way) -> None:
    called.recognizer.script = ["아리언, 내일 일정 알려줘"]
    async with under_way(called):
        called.transport.say(*utterance())
        await called.transport.until(TurnEnded)
    assert heard(called) == ["내일 일정 알려줘"]
    assert called.transport.of(TranscriptEvent)[0].text == "내일 일정 알려줘"


async def test_in_a_conversation_it_is_not_needed(called, under_way) -> None:
    called.recognizer.script = ["아리온 내일 일정 알려줘", "모레는?"]
    async with under_way(called):
        called.transport.say(*utterance())
        await called.transport.until(TurnEnded)
        called.transport.say(*utterance())
        await called.transport.until(TurnEnded, 2)
    assert heard(called) == ["내일 일정 알려줘", "모레는?"]


async def talk_twice(call, answer: str, later_s: float, until: type, count: int) -> None:
    call.recognizer.script = ["아리온 회의 잡아줘", "세 시"]
    call.responder.answer = lambda _: [AnswerText(answer, "ko")]
    call.transport.say(*utterance())
    await call.transport.until(TurnEnded)
    await call.clock.sleep(later_s)
    call.transport.say(*utterance())
    await call.transport.until(until, count)


@pytest.mark.parametrize(("answer", "later_s"), [("알겠어요.", 14), ("몇 시에요?", 59)])
async def test_a_conversation_lasts_a_while_and_longer_after_a_question(
    called, under_way, answer: str, later_s: float
) -> None:
    async with under_way(called):
        await talk_twice(called, answer, later_s, TurnEnded, 2)
    assert heard(called) == ["회의 잡아줘", "세 시"]


@pytest.mark.parametrize(("answer", "later_s"), [("알겠어요.", 16), ("몇 시에요?", 61)])
async def test_then_the_name_is_needed_again(
    called, under_way, answer: str, later_s: float
) -> None:
    async with under_way(called):
        await talk_twice(called, answer, later_s, NothingHeard, 1)
    assert heard(called) == ["회의 잡아줘"]


async def test_its_name_alone_is_answered_and_opens_a_conversation(called, under_way) -> None:
    called.recognizer.script = ["아리온", "내일 일정 알려줘"]
    async with under_way(called):
        called.transport.say(*utterance())
        await called.transport.until(TurnEnded)
        called.transport.say(*utterance())
        await called.transport.until(TurnEnded, 2)
    assert next(it.text for it in called.transport.of(Answer)) == "네?"
    assert heard(called) == ["내일 일정 알려줘"]


async def test_a_button_needs_no_name(called, under_way) -> None:
    called.recognizer.script = ["내일 일정 알려줘"]
    async with under_way(called):
        called.transport.say(Listen(on=True), *speech_frames(1), Listen(on=False))
        await called.transport.until(TurnEnded)
    assert heard(called) == ["내일 일정 알려줘"]
