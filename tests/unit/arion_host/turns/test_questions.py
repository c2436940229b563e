from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest
from tests.databases import Where, change

from arion_host.clock import SteadyClock
from arion_host.database import open_database
from arion_host.turns.questions import (
    Conversations,
    OpenChoice,
    OpenConfirmation,
    Option,
    PlannedCall,
)
from arion_kit.words import EffectClass

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DELETE = OpenConfirmation(
    id="q1",
    question="'치과 예약' 일정을 지울까요?",
    language="ko",
    calls=(
        PlannedCall(
            action_id="a1",
            turn="t1",
            step=0,
            server="calendar",
            tool="calendar_delete_event",
            arguments={"event_id": "e1"},
            effect_class=EffectClass.KEYED,
        ),
    ),
    utterance="치과 예약 지워줘",
    now=datetime(2026, 11, 23, 10, tzinfo=UTC),
)
WHICH = OpenChoice(
    question="어느 일정이요?",
    language="ko",
    utterance="회의 지워줘",
    now=NOW,
    resolved={},
    slot="event",
    options=(
        Option(value="e1", label="주간 회의", row={"id": "e1"}),
        Option(value="e2", label="팀 회의", row={"id": "e2"}),
    ),
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def conversations(where: Where, clock: Clock) -> AsyncGenerator[Conversations]:
    async with open_database(where) as database:
        yield Conversations(database, clock)


@pytest.mark.parametrize("question", [DELETE, WHICH], ids=["confirmation", "choice"])
async def test_an_open_question_is_taken_once_as_it_was_asked(
    conversations: Conversations, question: OpenConfirmation | OpenChoice
):
    await conversations.ask("local", "s1", question)
    assert await conversations.take("local", "s1") == question
    assert await conversations.take("local", "s1") is None


async def test_a_question_is_open_in_its_own_session_of_its_own_person_only(
    conversations: Conversations,
):
    await conversations.ask("local", "s1", DELETE)
    assert await conversations.take("local", "s2") is None
    assert await conversations.take("other", "s1") is None
    assert await conversations.take("local", "s1") == DELETE


async def test_a_question_is_void_after_two_minutes(conversations: Conversations, clock: Clock):
    await conversations.ask("local", "s1", DELETE)
    clock.now += timedelta(minutes=2, seconds=1)
    assert await conversations.take("local", "s1") is None


async def test_a_newer_question_takes_the_place_of_the_older(conversations: Conversations):
    await conversations.ask("local", "s1", DELETE)
    await conversations.ask("local", "s1", WHICH)
    assert await conversations.take("local", "s1") == WHICH


async def test_a_question_survives_a_restart(where: Where):
    async with open_database(where) as database:
        await Conversations(database).ask("local", "s1", DELETE)
    async with open_database(where) as database:
        assert await Conversations(database).take("local", "s1") == DELETE


async def test_of_two_answers_at_once_one_gets_the_question(conversations: Conversations):
    await conversations.ask("local", "s1", DELETE)
    both = await asyncio.gather(*(conversations.take("local", "s1") for _ in range(2)))
    assert sorted(question is None for question in both) == [False, True]


async def test_a_question_is_void_when_the_clock_was_set_forward(
    conversations: Conversations, clock: Clock
):
    await conversations.ask("local", "s1", DELETE)
    clock.now += timedelta(hours=1)
    assert await conversations.take("local", "s1") is None


async def test_a_question_from_the_future_is_void_but_replicas_may_differ_by_seconds(
    conversations: Conversations, clock: Clock
):
    await conversations.ask("local", "s1", DELETE)
    clock.now -= timedelta(seconds=4)
    assert await conversations.take("local", "s1") == DELETE
    await conversations.ask("local", "s1", DELETE)
    clock.now -= timedelta(seconds=6)
    assert await conversations.take("local", "s1") is None


async def test_an_old_question_does_not_become_fresh_when_the_clock_is_set_back(where: Where):
    wall, running_s = [NOW], [0.0]
    clock = SteadyClock(lambda: wall[0], lambda: running_s[0])
    async with open_database(where) as database:
        conversations = Conversations(database, clock)
        await conversations.ask("local", "s1", DELETE)
        running_s[0] += 600
        wall[0] += timedelta(seconds=1)
        assert await conversations.take("local", "s1") is None


async def test_two_questions_at_once_leave_one_open(where: Where):
    async with open_database(where) as one, open_database(where) as other:
        await asyncio.gather(
            Conversations(one).ask("local", "s1", DELETE),
            Conversations(other).ask("local", "s1", WHICH),
        )
        assert await Conversations(one).take("local", "s1") in (DELETE, WHICH)
        assert await Conversations(other).take("local", "s1") is None


async def test_a_question_of_another_version_is_void(where: Where):
    async with open_database(where) as database:
        conversations = Conversations(database)
        await conversations.ask("local", "s1", DELETE)
        await change(database, """UPDATE open_questions SET question = '{"kind": "riddle"}'""")
        assert await conversations.take("local", "s1", only="q1") is None
        assert await conversations.take("local", "s1") is None
        await conversations.ask("local", "s1", DELETE)
        assert await conversations.take("local", "s1") == DELETE
