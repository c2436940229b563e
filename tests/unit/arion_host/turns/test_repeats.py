from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.engine import NOW, a_world

from arion_auth import LOCAL
from arion_host.exchange import TurnRequest

Enter = Callable[..., Any]

ADD = "내일까지 치과 전화 메모해줘"


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


def written(world: Any) -> int:
    return list(world.notebook.notes.values()).count("치과 전화")


async def test_a_request_that_is_sent_again_gets_the_answer_it_had(enter: Enter):
    async with enter() as world:
        first = await world.say(ADD, id="request-1")
        again = await world.say(ADD, id="request-1")
        elsewhere = await world.say("메모 보여줘", session="s2", id="request-1")
    assert again == first
    assert written(world) == 1
    assert elsewhere.answer == "메모가 4개 있어요."


async def test_a_request_that_is_sent_again_while_it_runs_acts_once(enter: Enter):
    async with enter() as world:
        world.watching.release.clear()
        async with asyncio.TaskGroup() as group:
            first = group.create_task(world.say(ADD, id="request-1"))
            await world.watching.arrived.wait()
            again = await world.say(ADD, id="request-1")
            world.watching.release.set()
    assert again.calls == []
    assert again.answer == "그 일은 이미 했거나 하고 있어요."
    assert first.result().answer.startswith("적어 뒀어요.")
    assert written(world) == 1


async def test_the_same_write_said_twice_is_asked_about_the_second_time(enter: Enter):
    async with enter() as world:
        await world.say(ADD)
        again = await world.say(ADD)
        before = written(world)
        done = await world.say("응")
    assert again.validation[-1].reason == "조금 전에 똑같은 일을 했어요."
    assert before == 1
    assert done.answer == "적어 뒀어요."
    assert written(world) == 2


async def test_what_was_taken_back_can_be_done_again_without_a_question(enter: Enter):
    async with enter() as world:
        await world.say(ADD)
        await world.say("되돌려줘")
        again = await world.say(ADD)
    assert again.needs_human is None
    assert written(world) == 1


async def test_a_yes_twice_acts_once(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        tap = {"confirm": True, "question": asked.confirmation.id}
        both = await asyncio.gather(world.say("", **tap), world.say("", **tap))
        later = await world.say("", **tap)
    assert sorted(len(result.calls) for result in (*both, later)) == [0, 0, 1]


async def test_a_yes_of_somebody_else_starts_nothing(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        stranger = replace(LOCAL, id="minsu")
        tap = TurnRequest(session="s1", confirm=True, question=asked.confirmation.id, now=NOW)
        theirs = await world.engine.run(stranger, tap)
        other_session = await world.say("", session="s2", confirm=True)
        kept = dict(world.notebook.notes)
        mine = await world.say("", confirm=True, question=asked.confirmation.id)
    assert theirs.calls == other_session.calls == []
    assert "n1" in kept
    assert mine.answer == "지웠어요."


async def test_a_tap_on_an_old_card_leaves_the_newer_question_open(enter: Enter):
    async with enter() as world:
        old = await world.say("우유 사기 메모 지워줘")
        await world.say("세탁소 메모 지워줘")
        tapped = await world.say("", confirm=True, question=old.confirmation.id)
        done = await world.say("응")
    assert tapped.calls == []
    assert done.answer == "지웠어요."
    assert sorted(world.notebook.notes.values()) == ["세탁기 수리", "우유 사기"]


async def test_the_card_shows_every_argument_and_until_when_it_counts(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
    [call] = asked.confirmation.calls
    [argument] = call.arguments
    assert (call.tool, call.reason) == ("notes_delete", "되돌릴 수 없는 일이라서 먼저 확인해요.")
    assert (argument.name, argument.value, argument.words) == ("note_id", "n1", "우유 사기")
    assert (argument.origin, argument.sources) == ("own", ["notes/notes_list"])
    left = asked.confirmation.expires_at - world.clock[0]
    assert timedelta(minutes=1) < left < timedelta(minutes=3)


async def test_the_question_of_a_server_that_previews_is_what_is_read_back(enter: Enter):
    async with enter() as world:
        asked = await world.say("세탁소 메모 붙여줘")
        posted = list(world.notebook.posted)
        done = await world.say("응")
    assert asked.needs_human == "게시판에 '세탁소' 메모를 붙일까요? 하고 나면 되돌릴 수 없어요."
    assert asked.confirmation.calls[0].preview == {"title": "세탁소"}
    assert posted == []
    assert done.answer == "붙였어요."
    assert world.notebook.posted == ["세탁소"]


async def test_what_changed_after_the_question_is_asked_about_anew(enter: Enter):
    async with enter() as world:
        await world.say("세탁소 메모 붙여줘")
        world.notebook.notes["n2"] = "비밀번호 1234"
        anew = await world.say("응")
        posted = list(world.notebook.posted)
        done = await world.say("응")
    assert (
        anew.needs_human == "게시판에 '비밀번호 1234' 메모를 붙일까요? 하고 나면 되돌릴 수 없어요."
    )
    assert posted == []
    assert done.answer == "붙였어요."
    assert world.notebook.posted == ["비밀번호 1234"]


async def test_what_cannot_be_previewed_is_told_before_anything_is_asked(enter: Enter):
    async with enter() as world:
        world.notebook.trouble = None
        asked = await world.say("세탁소 메모 붙여줘")
    assert asked.needs_human
