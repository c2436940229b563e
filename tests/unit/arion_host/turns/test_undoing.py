from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world

from arion_host.agents.replies import asks_undo
from arion_host.effects.log import ActionLog

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


@pytest.mark.parametrize(
    "text",
    [
        "방금 거 취소해",
        "방금 한 거 취소해 줘",
        "아까 만든 거 취소해주세요",
        "되돌려줘",
        "그거 되돌려 줘",
        "방금 일은 없던 일로 해줘",
        "원래대로 돌려놔",
        "방금 건 물러줘",
    ],
)
def test_asking_to_undo_is_understood(text: str):
    assert asks_undo(text, "ko")


@pytest.mark.parametrize("text", ["undo that", "Undo", "please undo the last thing", "Revert it."])
def test_asking_to_undo_is_understood_in_english(text: str):
    assert asks_undo(text, "en")


@pytest.mark.parametrize(
    "text", ["취소해", "내일 회의 취소해줘", "방금 온 메일 읽어줘", "치과 예약 취소", "그거 지워줘"]
)
def test_another_command_is_no_undo(text: str):
    assert not asks_undo(text, "ko")


async def test_the_last_write_is_taken_back_by_a_write_of_its_own(enter: Enter):
    async with enter() as world:
        made = await world.say("내일까지 치과 전화 메모해줘")
        undone = await world.say("방금 거 취소해")
        rows = [row async for row in ActionLog(world.database).entries("local")]
    assert undone.answer == "되돌렸어요. 지웠어요."
    assert "치과 전화" not in world.notebook.notes.values()
    [call] = undone.calls
    assert (call.tool, call.status) == ("notes_delete", "ok")
    assert call.effect_id != made.calls[0].effect_id
    assert [row.event for row in rows if row.action_id == call.effect_id] == [
        "planned", "confirmed", "attempting", "done",
    ]  # fmt: skip


async def test_what_was_undone_is_not_undone_again(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        await world.say("내일까지 여권 찾기 메모해줘")
        await world.say("되돌려줘")
        assert "치과 전화" in world.notebook.notes.values()
        await world.say("되돌려줘")
        third = await world.say("되돌려줘")
    assert third.answer == "되돌릴 일이 없어요. 이 대화에서 바꾼 것이 없어요."
    assert len(world.notebook.notes) == 3


async def test_what_cannot_be_undone_is_said_to_be(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘", confirm=True)
        undone = await world.say("Undo that")
    assert undone.calls == []
    assert undone.answer == ("What I just did can't be undone. Please check it in notes yourself.")


async def test_an_undo_that_fails_leaves_it_to_be_tried_again(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        kept = dict(world.notebook.notes)
        world.notebook.notes.clear()
        failed = await world.say("되돌려줘")
        world.notebook.notes |= kept
        again = await world.say("되돌려줘")
    assert failed.answer == "그런 메모는 없어요."
    assert again.answer == "되돌렸어요. 지웠어요."


async def test_another_session_has_its_own_last_write(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘", session="phone")
        elsewhere = await world.say("되돌려줘", session="desk")
    assert elsewhere.calls == []
    assert "치과 전화" in world.notebook.notes.values()


async def test_how_to_undo_is_said_with_the_first_new_thing_and_with_every_change(enter: Enter):
    async with enter() as world:
        first = await world.say("내일까지 치과 전화 메모해줘")
        second = await world.say("내일까지 여권 찾기 메모해줘")
    assert first.answer == "적어 뒀어요. 되돌리려면 '되돌려줘'라고 말해 주세요."
    assert second.answer == "적어 뒀어요."
