from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arion_host.conversation import (
    Conversations,
    OpenChoice,
    OpenConfirmation,
    Option,
)
from arion_host.database import open_database
from arion_kit.words import EffectClass

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DELETE = OpenConfirmation(
    question="'치과 예약' 일정을 지울까요?",
    language="ko",
    action_id="a1",
    turn="t1",
    step=0,
    server="calendar",
    tool="calendar_delete_event",
    arguments={"event_id": "e1"},
    effect_class=EffectClass.KEYED,
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
async def conversations(tmp_path: Path, clock: Clock) -> AsyncGenerator[Conversations]:
    async with open_database(tmp_path / "a.db") as database:
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


async def test_a_question_survives_a_restart(tmp_path: Path):
    async with open_database(tmp_path / "a.db") as database:
        await Conversations(database).ask("local", "s1", DELETE)
    async with open_database(tmp_path / "a.db") as database:
        assert await Conversations(database).take("local", "s1") == DELETE


async def test_of_two_answers_at_once_one_gets_the_question(conversations: Conversations):
    await conversations.ask("local", "s1", DELETE)
    both = await asyncio.gather(*(conversations.take("local", "s1") for _ in range(2)))
    assert sorted(question is None for question in both) == [False, True]
