from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world
from tests.unit.arion_host.turns.follow_ups import LANGUAGE

pytestmark = pytest.mark.thorough

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    return lambda **options: a_world(tmp_path, LANGUAGE, **options)


async def test_what_is_missing_is_asked_for_and_then_it_is_done(enter: Enter):
    async with enter() as world:
        asked = await world.say("메모해줘")
        done = await world.say("우유 사기로 해줘")
    assert (asked.needs_human, asked.calls) == ("무엇을 메모할까요?", [])
    assert done.answer.startswith("적어 뒀어요.")
    assert done.calls[-1].arguments["title"] == "우유 사기"
    assert [it.verdict for it in done.validation] == ["pass"]


async def test_an_english_answer_fills_it_in_as_well(enter: Enter):
    async with enter() as world:
        asked = await world.say("take a note", language="en")
        done = await world.say("it's buy bread please", language="en")
    assert asked.needs_human == "What should I note?"
    assert done.calls[-1].arguments["title"] == "buy bread"


async def test_the_answer_may_come_after_a_restart(enter: Enter):
    async with enter() as world:
        await world.say("메모해줘")
    async with enter() as replica:
        done = await replica.say("우유 사기")
    assert done.calls[-1].arguments["title"] == "우유 사기"


async def test_a_thing_that_is_missing_is_looked_up_by_the_answer(enter: Enter):
    async with enter() as world:
        asked = await world.say("메모 지워줘")
        which = await world.say("세탁소")
        done = await world.say("응")
    assert asked.needs_human == "어느 메모를 지울까요?"
    assert which.needs_human == "'세탁소' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    assert done.answer == "지웠어요."
    assert "세탁소" not in world.notebook.notes.values()


async def test_an_answer_that_means_several_is_asked_about(enter: Enter):
    async with enter() as world:
        await world.say("메모 지워줘")
        which = await world.say("세탁")
        asked = await world.say("두 번째 거")
    assert "첫 번째는 세탁소, 두 번째는 세탁기 수리예요" in which.needs_human
    assert asked.needs_human.startswith("'세탁기 수리' 메모를 지울까요?")


async def test_several_that_are_missing_are_asked_for_one_after_the_other(enter: Enter):
    async with enter() as world:
        first = await world.say("알림 맞춰줘")
        second = await world.say("내일 오후 세 시")
        done = await world.say("약 먹기")
    assert first.needs_human == "몇 시에 알려 드릴까요?"
    assert second.needs_human == "무엇을 알려 드릴까요?"
    assert done.calls[-1].arguments["title"] == "2026-11-24T15:00:00+09:00 약 먹기"


async def test_an_hour_joins_the_day_that_was_said(enter: Enter):
    async with enter() as world:
        asked = await world.say("내일 약 먹기 알림 맞춰줘")
        done = await world.say("오후 네 시로")
    assert asked.needs_human == "몇 시에 알려 드릴까요?"
    assert done.calls[-1].arguments["title"] == "2026-11-24T16:00:00+09:00 약 먹기"


@pytest.mark.parametrize("no", ["아니야", "됐어", "취소", "never mind", "cancel"])
async def test_a_no_drops_the_command(enter: Enter, no: str):
    async with enter() as world:
        await world.say("메모해줘", language="ko")
        dropped = await world.say(no)
        after = await world.say("우유 사기")
    assert dropped.answer == "네, 하지 않을게요."
    assert after.calls == []
    assert len(world.notebook.notes) == 3


async def test_a_yes_is_no_answer_and_the_question_comes_again(enter: Enter):
    async with enter() as world:
        await world.say("메모해줘")
        again = await world.say("응")
        tapped = await world.say("", confirm=True)
        done = await world.say("우유 사기")
    assert (again.needs_human, tapped.needs_human) == ("무엇을 메모할까요?", "무엇을 메모할까요?")
    assert done.calls[-1].arguments["title"] == "우유 사기"


async def test_a_new_command_is_taken_instead_of_an_answer(enter: Enter):
    async with enter() as world:
        await world.say("메모해줘")
        listed = await world.say("메모 보여줘")
        after = await world.say("우유 사기")
    assert listed.answer == "메모가 3개 있어요."
    assert after.calls == []


async def test_an_answer_in_another_conversation_answers_nothing(enter: Enter):
    async with enter() as world:
        await world.say("메모해줘", session="one")
        other = await world.say("우유 사기", session="two")
        here = await world.say("우유 사기", session="one")
    assert other.calls == []
    assert here.calls[-1].arguments["title"] == "우유 사기"


async def test_an_answer_that_comes_too_late_answers_nothing(enter: Enter):
    async with enter() as world:
        await world.say("메모해줘")
        world.clock[0] += timedelta(minutes=3)
        late = await world.say("우유 사기")
    assert late.calls == []
    assert len(world.notebook.notes) == 3


async def test_what_was_filled_in_can_be_corrected(enter: Enter):
    async with enter() as world:
        await world.say("내일 약 먹기 알림 맞춰줘")
        await world.say("오후 네 시")
        instead = await world.say("아니 다섯 시로")
    titles = set(world.notebook.notes.values())
    assert instead.calls[0].arguments["title"] == "2026-11-24T17:00:00+09:00 약 먹기"
    assert "2026-11-24T16:00:00+09:00 약 먹기" not in titles


async def test_nobody_is_asked_for_the_hour_of_a_day_that_is_over(enter: Enter):
    async with enter() as world:
        refused = await world.say("어제 약 먹기 알림 맞춰줘")
        asked = await world.say("약 먹기 알림 맞춰줘")
        late = await world.say("어제 오후 세 시")
    assert refused.needs_human is None
    assert refused.answer == "어제는 이미 지났어요. 앞으로의 시간을 말해 주세요."
    assert asked.needs_human == "몇 시에 알려 드릴까요?"
    assert late.answer == "어제 오후 3시는 이미 지났어요. 앞으로의 시간을 말해 주세요."
    assert len(world.notebook.notes) == 3
