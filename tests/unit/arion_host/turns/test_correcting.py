from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world

pytestmark = pytest.mark.thorough

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


async def test_a_correction_changes_what_is_asked_about_and_asks_again(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        again = await world.say("아니, 우유 사기 말고 세탁소")
        waiting = dict(world.notebook.notes)
        done = await world.say("응")
        first = await world.ledger.get(asked.calls[-1].effect_id)
    assert again.needs_human == "'세탁소' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    assert again.confirmation.id != asked.confirmation.id
    assert len(waiting) == 3
    assert done.answer == "지웠어요."
    assert sorted(world.notebook.notes.values()) == ["세탁기 수리", "우유 사기"]
    assert first.state == "planned"


async def test_an_answer_to_the_corrected_question_does_not_start_the_first_call(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        await world.say("아니, 우유 사기 말고 세탁소")
        old = await world.say("", confirm=True, question=asked.confirmation.id)
    assert old.calls == []
    assert len(world.notebook.notes) == 3


async def test_what_was_just_made_is_made_anew_and_the_first_taken_back(enter: Enter):
    async with enter() as world:
        made = await world.say("내일까지 치과 전화 메모해줘")
        instead = await world.say("아니, 치과 말고 안과")
        row = await world.ledger.get(instead.calls[0].effect_id)
    assert [call.tool for call in instead.calls] == ["notes_add", "notes_delete"]
    assert instead.answer == "적어 뒀어요. 앞의 것은 되돌렸어요."
    assert "안과 전화" in world.notebook.notes.values()
    assert "치과 전화" not in world.notebook.notes.values()
    assert row.action_id != made.calls[0].effect_id


async def test_a_new_command_after_a_write_is_no_correction(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        listed = await world.say("메모 보여줘")
    assert listed.answer == "메모가 4개 있어요."
    assert "치과 전화" in world.notebook.notes.values()


async def test_what_cannot_be_taken_back_is_not_done_again_by_a_correction(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘", confirm=True)
        again = await world.say("아니, 우유 사기 말고 세탁소")
    assert again.calls == []
    assert "세탁소" in world.notebook.notes.values()


async def test_a_second_thought_takes_back_what_was_just_made(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        gone = await world.say("아니 취소해")
    assert [call.tool for call in gone.calls] == ["notes_delete"]
    assert "치과 전화" not in world.notebook.notes.values()


async def test_a_thing_that_was_said_wrongly_is_made_by_its_right_name(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        await world.say("아니 안과 전화")
    assert "안과 전화" in world.notebook.notes.values()
    assert "치과 전화" not in world.notebook.notes.values()


async def test_what_narrows_a_search_in_an_unknown_way_is_no_wish_of_its_own(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        narrowed = await world.say("빨간 것만")
    assert narrowed.calls == []
    assert narrowed.answer.startswith("이해하지 못했어요.")
