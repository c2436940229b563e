from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world

Enter = Callable[..., Any]

BOTH = "내일까지 치과 전화 메모하고 우유 사기 메모 지워줘"


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


async def test_two_commands_in_one_sentence_are_asked_about_once(enter: Enter):
    async with enter() as world:
        asked = await world.say(BOTH)
        before = dict(world.notebook.notes)
        done = await world.say("응")
    assert len(before) == 3
    assert [call.tool for call in asked.confirmation.calls] == ["notes_add", "notes_delete"]
    assert "치과 전화" in asked.needs_human
    assert "'우유 사기' 메모를 지울까요?" in asked.needs_human
    assert done.answer == "적어 뒀어요. 지웠어요."
    assert sorted(world.notebook.notes.values()) == ["세탁기 수리", "세탁소", "치과 전화"]


async def test_where_one_of_several_fails_those_before_it_can_be_taken_back(enter: Enter):
    async with enter() as world:
        await world.say(BOTH)
        del world.notebook.notes["n1"]
        failed = await world.say("응")
        between = list(world.notebook.notes.values())
        undone = await world.say("응")
    assert "치과 전화" in between
    assert failed.needs_human == "그 앞에 한 일 1개는 이미 됐어요. 그것도 되돌릴까요?"
    assert undone.answer == "되돌렸어요. 지웠어요."
    assert "치과 전화" not in world.notebook.notes.values()


async def test_what_was_done_before_a_failure_stays_when_the_person_wants_it(enter: Enter):
    async with enter() as world:
        await world.say(BOTH)
        del world.notebook.notes["n1"]
        await world.say("응")
        await world.say("아니")
    assert "치과 전화" in world.notebook.notes.values()


async def test_nothing_of_a_plan_happens_before_the_yes_or_after_a_no(enter: Enter):
    async with enter() as world:
        await world.say(BOTH)
        await world.say("아니")
        nothing = await world.say("응")
    assert nothing.calls == []
    assert list(world.notebook.notes.values()) == ["우유 사기", "세탁소", "세탁기 수리"]


async def test_several_writes_are_taken_back_the_latest_first_after_one_question(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        await world.say("내일까지 여권 찾기 메모해줘")
        asked = await world.say("방금 두 개 되돌려줘")
        kept = len(world.notebook.notes)
        undone = await world.say("응")
    assert kept == 5
    assert "치과 전화" in asked.needs_human
    assert "여권 찾기" in asked.needs_human
    assert undone.answer == "2개를 모두 되돌렸어요."
    assert [call.arguments["note_id"] for call in undone.calls] != []
    assert len(world.notebook.notes) == 3


async def test_an_earlier_write_is_taken_back_by_what_it_was_about(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘", session="phone")
        await world.say("내일까지 여권 찾기 메모해줘", session="phone")
        undone = await world.say("아까 만든 치과 전화 메모 지워줘", session="desk")
    assert undone.answer == "되돌렸어요. 지웠어요."
    assert "치과 전화" not in world.notebook.notes.values()
    assert "여권 찾기" in world.notebook.notes.values()


async def test_where_several_earlier_writes_fit_the_person_says_which(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        await world.say("내일까지 치과 예약 메모해줘")
        which = await world.say("아까 만든 치과 메모 지워줘")
        undone = await world.say("치과 예약")
    assert "치과 전화" in which.needs_human
    assert undone.answer == "되돌렸어요. 지웠어요."
    assert "치과 전화" in world.notebook.notes.values()
    assert "치과 예약" not in world.notebook.notes.values()
