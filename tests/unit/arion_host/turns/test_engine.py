from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.engine import NOW, a_world
from tests.toy import unreachable

from arion_auth import LOCAL
from arion_host.exchange import TurnRequest
from arion_kit.words import META_LANGUAGE, META_NOW, META_TIMEZONE

Enter = Callable[..., Any]


async def test_a_question_of_the_server_goes_to_the_person_and_their_yes_back(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 빌려줘")
        before = list(world.notebook.calls)
        done = await world.say("응")
        again = await world.say("응")
        row = await world.ledger.get(done.calls[-1].effect_id)
    assert (
        asked.needs_human == "이웃에게 '우유 사기' 메모를 빌려줄까요? 하고 나면 되돌릴 수 없어요."
    )
    assert not any(call.key for call in before)
    assert done.answer == "빌려줬어요."
    assert again.calls == []
    lent = [call for call in world.notebook.calls if call.key]
    assert [call.key for call in lent] == [row.action_id]
    assert row.state == "done"


async def test_a_yes_in_advance_answers_the_question_of_the_server_too(enter: Enter):
    async with enter() as world:
        done = await world.say("우유 사기 메모 빌려줘", confirm=True)
    assert (done.answer, done.needs_human) == ("빌려줬어요.", None)


async def test_a_no_to_the_question_of_the_server_ends_it(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 빌려줘")
        declined = await world.say("아니")
        nothing = await world.say("응")
    assert declined.calls == nothing.calls == []
    assert not any(call.key for call in world.notebook.calls)


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


async def test_a_reading_command_is_answered_in_the_words_of_the_server(enter: Enter):
    async with enter() as world:
        result = await world.say("메모 보여줘")
    assert result.answer == "메모가 3개 있어요."
    assert (result.route, result.language, result.needs_human) == ("template", "ko", None)
    [call] = result.calls
    assert (call.server, call.tool, call.status) == ("notes", "notes_list", "ok")
    assert call.effect_id is None
    assert call.result is not None
    assert list(call.result) == ["notes"]


async def test_the_answer_is_in_the_language_of_the_command(enter: Enter):
    async with enter() as world:
        result = await world.say("Show my notes")
    assert result.answer == "3 notes."
    assert result.language == "en"


async def test_servers_learn_language_zone_and_time_of_a_turn(enter: Enter):
    async with enter() as world:
        principal = replace(LOCAL, timezone="America/New_York")
        await world.engine.run(principal, TurnRequest(text="메모 보여줘", now=NOW))
    meta = world.watching.metas[-1]
    assert meta[META_LANGUAGE] == "ko"
    assert meta[META_TIMEZONE] == "America/New_York"
    assert meta[META_NOW] == "2026-11-22T20:00:00-05:00"


async def test_the_result_has_the_fields_that_every_door_promises(enter: Enter):
    async with enter() as world:
        result = json.loads((await world.say("메모 보여줘")).model_dump_json())
    assert list(result) == [
        "turn_id", "text", "language", "answer", "route", "calls", "validation", "needs_human",
        "confirmation", "cost_usd", "stopped", "timings_ms",
    ]  # fmt: skip
    assert list(result["timings_ms"]) == ["route", "tools", "validate", "describe", "total"]
    assert list(result["calls"][0]) == [
        "server", "tool", "arguments", "status", "effect_id", "result",
    ]  # fmt: skip
    assert list(result["validation"][0]) == ["stage", "verdict", "reason"]
    assert result["timings_ms"]["total"] >= result["timings_ms"]["tools"] > 0


async def test_a_write_is_in_the_ledger_under_the_key_the_upstream_got(enter: Enter):
    async with enter() as world:
        result = await world.say("내일까지 치과 전화 메모해줘")
        [call] = result.calls
        row = await world.ledger.get(call.effect_id)
    assert call.status == "ok"
    assert world.notebook.notes[call.effect_id] == "치과 전화"
    assert (row.state, row.tool, row.principal, row.session) == (
        "done",
        "notes_add",
        "local",
        "s1",
    )
    assert row.turn == result.turn_id
    assert row.inverse == {"tool": "notes_delete", "arguments": {"note_id": call.effect_id}}


async def test_the_row_is_there_before_the_server_is_asked(enter: Enter):
    async with enter() as world:
        world.watching.release.clear()
        async with asyncio.TaskGroup() as group:
            turn = group.create_task(world.say("내일까지 치과 전화 메모해줘"))
            await world.watching.arrived.wait()
            world.watching.release.set()
        [call] = turn.result().calls
        row = await world.ledger.get(call.effect_id)
    assert row.created_at <= row.changed_at
    assert row.state == "done"


async def test_a_write_that_has_begun_is_finished_when_the_turn_is_cut_off(enter: Enter):
    async with enter() as world:
        world.watching.release.clear()
        turn = asyncio.ensure_future(world.say("내일까지 치과 전화 메모해줘"))
        await world.watching.arrived.wait()
        turn.cancel()
        world.watching.release.set()
        with pytest.raises(asyncio.CancelledError):
            await turn
    assert "치과 전화" in world.notebook.notes.values()


async def test_a_write_that_may_have_happened_is_unknown_and_said_so(enter: Enter):
    async with enter() as world:
        world.notebook.trouble = RuntimeError("broken in the middle")
        result = await world.say("내일까지 치과 전화 메모해줘")
        row = await world.ledger.get(result.calls[0].effect_id)
    assert result.calls[0].status == "unknown"
    assert row.state == "unknown"
    assert row.result["kind"] == "internal"
    assert "확인" in result.answer


async def test_a_read_that_fails_is_told_and_changes_nothing(enter: Enter):
    async with enter() as world:
        world.notebook.trouble = unreachable()
        result = await world.say("메모 보여줘")
    assert (result.calls[0].status, result.calls[0].result) == ("failed", None)
    assert result.answer


async def test_nothing_is_written_when_the_ledger_cannot_be(enter: Enter):
    async with enter() as world:
        await world.say("메모 보여줘")
        async with world.database.transaction() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("PRAGMA query_only=ON")
        write = await world.say("내일까지 치과 전화 메모해줘")
        read = await world.say("메모 보여줘")
    assert write.calls[0].status == "not_run"
    assert write.answer
    assert "치과 전화" not in world.notebook.notes.values()
    assert read.answer == "메모가 3개 있어요."


async def test_a_destructive_call_waits_for_a_yes(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        waiting = dict(world.notebook.notes)
        planned = await world.ledger.get(asked.calls[-1].effect_id)
        answered = await world.say("응")
        done = await world.ledger.get(asked.calls[-1].effect_id)
    assert (
        asked.needs_human
        == asked.answer
        == "'우유 사기' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    )
    assert asked.validation[-1].verdict == "confirm"
    assert asked.calls[-1].status == "not_run"
    assert "n1" in waiting
    assert planned.state == "planned"
    assert answered.answer == "지웠어요."
    assert answered.calls[0].effect_id == asked.calls[-1].effect_id
    assert done.state == "done"
    assert "n1" not in world.notebook.notes


@pytest.mark.parametrize("no", ["아니", "취소해", "no"])
async def test_a_no_drops_the_call(enter: Enter, no: str):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘")
        answered = await world.say(no, language="ko" if no != "no" else "en")
        later = await world.say("응")
    assert answered.calls == later.calls == []
    assert "n1" in world.notebook.notes


async def test_a_yes_that_comes_late_does_nothing(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘")
        world.clock[0] += timedelta(minutes=2, seconds=1)
        answered = await world.say("응")
    assert answered.calls == []
    assert "n1" in world.notebook.notes


async def test_a_yes_in_another_session_does_nothing(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘", session="s1")
        await world.say("응", session="s2")
    assert "n1" in world.notebook.notes


async def test_a_new_command_drops_the_question(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘")
        other = await world.say("메모 보여줘")
        await world.say("응")
    assert other.answer == "메모가 3개 있어요."
    assert "n1" in world.notebook.notes


async def test_two_yeses_at_once_act_once(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘")
        both = await asyncio.gather(world.say("응"), world.say("응"))
    assert sorted(len(result.calls) for result in both) == [0, 1]
    assert "n1" not in world.notebook.notes


async def test_a_tap_answers_the_question_as_a_word_does(enter: Enter):
    async with enter() as world:
        await world.say("우유 사기 메모 지워줘")
        answered = await world.say("", confirm=True)
        nothing = await world.say("", confirm=True)
    assert answered.answer == "지웠어요."
    assert nothing.calls == []
    assert nothing.answer


async def test_a_yes_in_advance_answers_the_question_of_this_turn(enter: Enter):
    async with enter() as world:
        result = await world.say("우유 사기 메모 지워줘", confirm=True)
        row = await world.ledger.get(result.calls[-1].effect_id)
    assert result.answer == "지웠어요."
    assert result.needs_human is None
    assert row.state == "done"


async def test_words_that_fit_several_things_are_asked_about(enter: Enter):
    async with enter() as world:
        which = await world.say("세탁 메모 지워줘")
        sure = await world.say("두 번째")
        done = await world.say("네")
    assert "세탁소" in which.needs_human
    assert "세탁기 수리" in which.needs_human
    assert sure.needs_human == "'세탁기 수리' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    assert done.answer == "지웠어요."
    assert sorted(world.notebook.notes) == ["n1", "n2"]


async def test_words_that_fit_nothing_are_told_so(enter: Enter):
    async with enter() as world:
        result = await world.say("자전거 메모 지워줘")
    assert "자전거" in result.answer
    assert result.needs_human is None
    assert {call.tool for call in result.calls} == {"notes_list"}


async def test_what_is_not_understood_is_answered_with_what_would_be(enter: Enter):
    async with enter() as world:
        result = await world.say("메모 좀 볼 수 있을까 싶은데")
    assert (result.route, result.calls) == ("none", [])
    assert "메모 보여줘" in result.answer


@pytest.mark.parametrize(
    "text",
    ["", " \n", "가" * 5_000, "메모\0보여줘", "\ud800"],
    ids=["", "blank", "long", "nul", "half"],
)
async def test_a_text_that_is_no_command_is_refused_plainly(enter: Enter, text: str):
    async with enter() as world:
        result = await world.say(text)
    assert (result.route, result.calls, result.needs_human) == ("none", [], None)
    assert result.answer


async def test_a_server_that_is_not_trusted_routes_nothing(enter: Enter):
    async with enter(trusted=False) as world:
        result = await world.say("메모 보여줘")
    assert (result.route, result.calls) == ("none", [])


async def test_a_turn_in_which_something_breaks_still_answers(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr("arion_host.turns.gate.check_call", broken)
    async with enter() as world:
        result = await world.say("메모 보여줘")
    assert result.answer
    assert "a bug" not in result.answer


async def test_a_misheard_question_is_taken_for_the_example_it_sounds_like(enter: Enter):
    async with enter() as world:
        heard = await world.say("매모 보여져", spoken=True)
        typed = await world.say("매모 보여져")
    assert (heard.route, heard.text) == ("nearest", "매모 보여져")
    assert [call.tool for call in heard.calls] == ["notes_list"]
    assert (typed.route, typed.calls) == ("none", [])


async def test_a_misheard_command_that_writes_is_not_carried_out(enter: Enter):
    async with enter() as world:
        result = await world.say("우유 사귀 매모 지월줘", spoken=True)
    assert (result.route, result.calls) == ("none", [])
