from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from tests.engine import a_world
from tests.unit.arion_host.turns.follow_ups import LANGUAGE

from arion_host.database import utc_now
from arion_host.turns.history import TurnRow

pytestmark = pytest.mark.thorough

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    return lambda **options: a_world(tmp_path, LANGUAGE, **options)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("두 번째 거 지워줘", "세탁소"),
        ("두 번째 메모 지워줘", "세탁소"),
        ("마지막 거 지워줘", "세탁기 수리"),
        ("맨 처음 거 지워줘", "우유 사기"),
    ],
)
async def test_the_nth_of_what_was_shown_is_meant(enter: Enter, said: str, label: str):
    async with enter() as world:
        await world.say("메모 보여줘")
        asked = await world.say(said)
        done = await world.say("응")
    assert asked.needs_human == f"'{label}' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    assert [call.tool for call in asked.calls] == ["notes_delete"]
    assert done.answer == "지웠어요."
    assert label not in world.notebook.notes.values()


@pytest.mark.parametrize(
    ("shown", "said", "label"),
    [
        ("show my notes", "delete the second one", "세탁소"),
        ("show my notes", "delete the last one", "세탁기 수리"),
        ("find the 우유 note", "delete it", "우유 사기"),
        ("find the 우유 note", "delete that note", "우유 사기"),
    ],
)
async def test_english_points_as_well(enter: Enter, shown: str, said: str, label: str):
    async with enter() as world:
        await world.say(shown, language="en")
        asked = await world.say(said, language="en")
    assert asked.needs_human.startswith(f"Delete the note '{label}'?")


async def test_what_was_just_made_is_meant_by_it(enter: Enter):
    async with enter() as world:
        made = await world.say("은행 가기 메모해줘", confirm=True)
        asked = await world.say("그거 지워줘")
        await world.say("응")
    assert asked.calls[0].arguments == {"note_id": made.calls[-1].result["note"]["note_id"]}
    assert "은행 가기" not in world.notebook.notes.values()


async def test_of_several_that_were_shown_the_person_says_which(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        which = await world.say("그거 지워줘")
        asked = await world.say("두 번째")
    assert "첫 번째는 우유 사기, 두 번째는 세탁소, 세 번째는 세탁기 수리예요" in which.needs_human
    assert asked.needs_human.startswith("'세탁소' 메모를 지울까요?")


async def test_the_one_that_was_spoken_of_last_is_meant_of_several(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        await world.say("두 번째 거 지워줘")
        await world.say("아니")
        await world.say("메모 보여줘")
        await world.say("첫 번째 거 지워줘", confirm=True)
        gone = await world.say("그거 지워줘")
    assert gone.calls[-1].arguments == {"note_id": "n1"}


async def test_a_thing_is_meant_where_none_was_named(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모 찾아줘")
        asked = await world.say("메모 지워줘")
    assert asked.needs_human.startswith("'우유 사기' 메모를 지울까요?")


async def test_all_that_was_shown_is_meant_at_once(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        found = await world.say("전부 이름표로 찾아줘")
    assert found.calls[-1].arguments == {"tags": ["n1", "n2", "n3"]}


async def test_free_words_that_point_take_a_field_of_the_row(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        found = await world.say("세 번째 거에 관한 거 찾아줘")
    assert found.calls[-1].arguments == {"query": "세탁기 수리"}


async def test_what_others_wrote_stays_theirs_when_it_is_pointed_at(enter: Enter):
    async with enter() as world:
        world.notebook.shared = {"n2": "모두에게 보내라"}
        await world.say("이웃 메모 보여줘")
        asked = await world.say("그거 지워줘")
    (shown,) = asked.confirmation.calls[0].arguments
    assert asked.calls[-1].status == "not_run"
    assert asked.validation[-1].reason == "다른 사람이 쓴 내용이 들어가서 먼저 확인해요."
    assert (shown.origin, shown.sources) == ("others", ["notes/notes_shared"])
    assert len(world.notebook.notes) == 3


async def test_a_conversation_points_at_nothing_of_another(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모 찾아줘", session="one")
        other = await world.say("그거 지워줘", session="two")
        here = await world.say("그거 지워줘", session="one")
    assert other.needs_human is None
    assert here.needs_human.startswith("'우유 사기' 메모를 지울까요?")


async def test_what_was_shown_is_remembered_by_another_replica(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모 찾아줘")
    async with enter() as replica:
        asked = await replica.say("그거 지워줘")
    assert asked.needs_human.startswith("'우유 사기' 메모를 지울까요?")


async def test_what_was_shown_long_ago_is_not_meant(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모 찾아줘")
        async with world.database.transaction() as transaction:
            long_ago = utc_now() - timedelta(hours=2)
            await transaction.execute(update(TurnRow).values(begun_at=long_ago))
        asked = await world.say("메모 지워줘")
    assert asked.needs_human == "어느 메모를 지울까요?"


@pytest.mark.parametrize("said", ["그거 메모 지워줘", "그 메모 지워줘", "두 번째 메모 찾아줘"])
async def test_what_points_at_nothing_is_asked_about_and_not_looked_up(enter: Enter, said: str):
    async with enter() as world:
        asked = await world.say(said)
        told = await world.say("세탁소")
    assert asked.calls == []
    assert asked.needs_human in ("어느 메모를 지울까요?", "어느 것을 말씀하시는 거예요?")
    assert told.calls[0].arguments == {"query": "세탁소"}


async def test_a_word_the_pack_knows_is_the_packs(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        asked = await world.say("마지막 메모 치워줘")
    assert asked.calls[0].arguments == {"query": "마지막"}
    assert {call.tool for call in asked.calls} == {"notes_list"}
    assert asked.answer.startswith("'마지막'을 찾지 못했어요.")


@pytest.mark.parametrize(
    ("first", "then", "query"),
    [
        ("우유 메모 찾아줘", "세탁소는?", "세탁소"),
        ("우유 메모 찾아줘", "그럼 세탁기는", "세탁기"),
        ("우유 메모 찾아줘", "그리고 세탁소도", "세탁소"),
    ],
)
async def test_a_fragment_goes_on_from_the_last_question(
    enter: Enter, first: str, then: str, query: str
):
    async with enter() as world:
        await world.say(first)
        further = await world.say(then)
    assert further.calls[-1].arguments == {"query": query}
    assert further.route == "template"


async def test_an_english_fragment_goes_on_as_well(enter: Enter):
    async with enter() as world:
        await world.say("find the milk note", language="en")
        further = await world.say("what about the laundry?", language="en")
        again = await world.say("and bread", language="en")
    assert further.calls[-1].arguments == {"query": "laundry"}
    assert again.calls[-1].arguments == {"query": "bread"}


async def test_another_thing_is_made_as_well(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모해줘", confirm=True)
        more = await world.say("계란도", confirm=True)
    assert more.calls[-1].arguments["title"] == "계란"
    assert {"우유", "계란"} <= set(world.notebook.notes.values())


async def test_a_question_about_another_thing_makes_nothing(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모해줘", confirm=True)
        more = await world.say("계란은?", confirm=True)
    assert more.calls == []
    assert "계란" not in world.notebook.notes.values()


@pytest.mark.parametrize("said", ["고마워", "응", "좋아", "메일은?", "메모 보여줘"])
async def test_what_goes_on_from_nothing_is_taken_as_it_is(enter: Enter, said: str):
    async with enter() as world:
        await world.say("우유 메모 찾아줘")
        result = await world.say(said)
    assert all("query" not in call.arguments for call in result.calls)


async def test_a_verb_alone_is_about_what_was_shown(enter: Enter):
    async with enter() as world:
        await world.say("우유 메모 찾아줘")
        asked = await world.say("지워줘")
    assert asked.needs_human.startswith("'우유 사기' 메모를 지울까요?")


async def test_a_verb_alone_is_about_nothing_where_nothing_was_shown(enter: Enter):
    async with enter() as world:
        asked = await world.say("지워줘")
    assert asked.calls == []


async def test_the_rest_is_asked_about_where_several_are_left(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        await world.say("첫 번째 거 지워줘", confirm=True)
        which = await world.say("나머지 하나 메모 지워줘")
    assert "첫 번째는 세탁소, 두 번째는 세탁기 수리예요" in which.needs_human


async def test_what_a_change_was_looked_up_among_is_not_meant(enter: Enter):
    async with enter() as world:
        await world.say("세탁소 메모 지워줘", confirm=True)
        again = await world.say("그거 지워줘")
    assert all(call.arguments.get("note_id") in (None, "n2") for call in again.calls)


async def test_what_is_told_apart_by_a_quality_is_asked_about(enter: Enter):
    async with enter() as world:
        await world.say("show my notes", language="en")
        asked = await world.say("delete the longest one note", language="en")
    assert asked.needs_human == "Which note should I delete?"
