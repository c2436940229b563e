from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.databases import Where
from tests.engine import NOW, World, a_world
from tests.toy import unreachable

from arion_host.agents.executor import CallContext
from arion_host.clock import SteadyClock
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.effects.log import ActionLog
from arion_host.effects.recovery import Recovery, RecoveryOptions
from arion_kit.words import EffectClass

pytestmark = pytest.mark.thorough

Enter = Callable[..., Any]
CONTEXT = CallContext("ko", "Asia/Seoul", NOW)


@pytest.fixture
def enter(tmp_path: Path, notes_language: str, where: Where) -> Enter:
    return lambda: a_world(tmp_path, notes_language, where=where)


def action(tool: str, effect_class: EffectClass, **arguments: str) -> Action:
    return Action(
        principal="local",
        session="s1",
        turn="t1",
        step=0,
        server="notes",
        tool=tool,
        arguments=arguments,
        effect_class=effect_class,
    )


ADD = action("notes_add", EffectClass.KEYED, title="치과 전화")
DELETE = action("notes_delete", EffectClass.ASK, note_id="n1")


def recovery(world: World, **options: float) -> Recovery:
    finish = partial(world.executor.finish, context=CONTEXT)
    return Recovery(world.ledger, finish, RecoveryOptions(left_after_s=0.0, **options))


async def test_a_keyed_write_that_was_left_behind_is_finished(enter: Enter):
    async with enter() as world:
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        assert await recovery(world).look() == {ADD.id: EffectState.DONE}
        assert await recovery(world).look() == {}
        undone = await world.say("되돌려줘")
    assert world.notebook.notes.get(ADD.id) is None
    assert undone.answer.startswith("되돌렸어요. 지웠어요.")


async def test_a_keyed_write_that_had_happened_does_not_happen_again(enter: Enter):
    async with enter() as world:
        world.notebook.notes[ADD.id] = "치과 전화"
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        assert await recovery(world).look() == {ADD.id: EffectState.DONE}
    assert list(world.notebook.notes.values()).count("치과 전화") == 1


async def test_a_write_that_may_not_be_repeated_is_asked_about_once(enter: Enter):
    async with enter() as world:
        await world.ledger.add(DELETE, EffectState.ATTEMPTING)
        assert await recovery(world).look() == {DELETE.id: EffectState.UNKNOWN}
        asked = await world.say("메모 보여줘")
        noted = await world.say("응")
        row = await world.ledger.get(DELETE.id)
        after = await world.say("메모 보여줘")
    assert "n1" in world.notebook.notes
    assert asked.answer.startswith("메모가 3개 있어요. 그리고 아까 notes에 부탁하신 일이")
    assert asked.needs_human is not None
    assert noted.answer == "네, 처리된 것으로 적어 둘게요."
    assert row is not None
    assert row.state == "done"
    assert after.needs_human is None


async def test_a_no_to_that_question_is_kept_too(enter: Enter):
    async with enter() as world:
        await world.ledger.add(DELETE, EffectState.ATTEMPTING)
        await recovery(world).look()
        await world.say("메모 보여줘")
        noted = await world.say("아니")
        row = await world.ledger.get(DELETE.id)
    assert noted.answer == "네, 안 된 것으로 적어 둘게요. 필요하시면 다시 말씀해 주세요."
    assert row is not None
    assert row.state == "failed"


async def test_while_the_upstream_is_away_it_is_tried_again_and_then_asked_about(enter: Enter):
    async with enter() as world:
        world.notebook.trouble = unreachable()
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        states = [(await recovery(world, most_attempts=3).look())[ADD.id] for _ in range(3)]
    assert states == [EffectState.ATTEMPTING, EffectState.ATTEMPTING, EffectState.UNKNOWN]


async def test_a_fresh_write_is_left_to_who_makes_it(enter: Enter):
    async with enter() as world:
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        finish = partial(world.executor.finish, context=CONTEXT)
        assert await Recovery(world.ledger, finish).look() == {}


async def test_two_processes_do_not_take_up_the_same_write(enter: Enter):
    async with enter() as world:
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        row = await world.ledger.get(ADD.id)
        assert row is not None
        assert await world.ledger.claim(row) == 1
        assert await world.ledger.claim(row) is None


async def test_a_write_that_was_agreed_to_is_finished_without_asking_again(enter: Enter):
    lend = action("notes_lend", EffectClass.PROBE, note_id="n1")
    async with enter() as world:
        await world.ledger.add(lend, EffectState.PLANNED)
        await world.ledger.move(lend.id, EffectState.CONFIRMED)
        await world.ledger.move(lend.id, EffectState.ATTEMPTING)
        assert await recovery(world).look() == {lend.id: EffectState.DONE}
    assert [call.key for call in world.notebook.calls] == [lend.id]


async def test_a_write_that_nobody_agreed_to_is_not_made(enter: Enter):
    lend = action("notes_lend", EffectClass.PROBE, note_id="n1")
    async with enter() as world:
        await world.ledger.add(lend, EffectState.ATTEMPTING)
        assert await recovery(world).look() == {lend.id: EffectState.FAILED}
    assert world.notebook.calls == []


async def test_what_was_agreed_to_and_never_sent_is_sent_while_the_yes_is_fresh(enter: Enter):
    async with enter() as world:
        await world.ledger.add(DELETE, EffectState.PLANNED)
        await world.ledger.move(DELETE.id, EffectState.CONFIRMED)
        assert await recovery(world).look() == {DELETE.id: EffectState.DONE}
    assert "n1" not in world.notebook.notes


async def test_an_old_yes_is_not_acted_on(enter: Enter):
    async with enter() as world:
        await world.ledger.add(DELETE, EffectState.PLANNED)
        await world.ledger.move(DELETE.id, EffectState.CONFIRMED)
        assert await recovery(world, fresh_s=0.0).look() == {DELETE.id: EffectState.UNKNOWN}
    assert "n1" in world.notebook.notes


async def test_what_nobody_has_agreed_to_yet_is_left_alone(enter: Enter):
    async with enter() as world:
        await world.ledger.add(DELETE, EffectState.PLANNED)
        assert await recovery(world).look() == {}


class Machine:
    """The clocks of a machine on which Arion runs."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
        self.running_s = 0.0

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.running_s += seconds

    def is_set(self, by: timedelta) -> None:
        self.wall += by

    def ledger(self, world: World) -> Ledger:
        return Ledger(world.database, lambda: self.wall)

    def recovery(self, world: World) -> Recovery:
        """As after a start of the host at this moment."""
        clock = SteadyClock(lambda: self.wall, lambda: self.running_s)
        finish = partial(world.executor.finish, context=CONTEXT)
        return Recovery(self.ledger(world), finish, RecoveryOptions(), clock)


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(hours=-1)])
async def test_a_write_that_runs_is_not_made_again_when_the_clock_is_set(
    enter: Enter, by: timedelta
):
    machine = Machine()
    async with enter() as world:
        recovery = machine.recovery(world)
        await machine.ledger(world).add(ADD, EffectState.ATTEMPTING)
        machine.is_set(by)
        machine.passes(30)
        first = await recovery.look()
        machine.passes(30)
        assert (first, await recovery.look()) == ({}, {})
        assert ADD.id not in world.notebook.notes
        machine.passes(31)
        assert await recovery.look() == {ADD.id: EffectState.DONE}


async def test_what_was_left_behind_long_ago_is_taken_up_at_once_after_a_start(enter: Enter):
    machine = Machine()
    async with enter() as world:
        await machine.ledger(world).add(ADD, EffectState.ATTEMPTING)
        machine.passes(3_600)
        assert await machine.recovery(world).look() == {ADD.id: EffectState.DONE}


async def test_a_write_of_the_future_is_taken_up_once_it_has_lain_still(enter: Enter):
    machine = Machine()
    async with enter() as world:
        await machine.ledger(world).add(ADD, EffectState.ATTEMPTING)
        machine.is_set(timedelta(days=-30))
        recovery = machine.recovery(world)
        assert await recovery.look() == {}
        machine.passes(61)
        assert await recovery.look() == {ADD.id: EffectState.DONE}


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        (3_600, timedelta(seconds=-3_500), 0),
        (1, timedelta(hours=-1), 61),
        (1, timedelta(hours=1), 61),
    ],
    ids=["back to a fresh moment", "back beyond the yes", "forward"],
)
async def test_a_yes_is_not_acted_on_when_the_clock_was_set_since(
    enter: Enter, before: float, by: timedelta, after: float
):
    machine = Machine()
    async with enter() as world:
        recovery, ledger = machine.recovery(world), machine.ledger(world)
        await ledger.add(DELETE, EffectState.PLANNED)
        await ledger.move(DELETE.id, EffectState.CONFIRMED)
        assert await recovery.look() == {}
        machine.passes(before)
        machine.is_set(by)
        await recovery.look()
        machine.passes(after)
        await recovery.look()
        row = await ledger.get(DELETE.id)
    assert row is not None
    assert row.state == EffectState.UNKNOWN
    assert "n1" in world.notebook.notes


async def test_a_yes_of_the_future_is_not_acted_on_after_a_restart(enter: Enter):
    machine = Machine()
    async with enter() as world:
        ledger = machine.ledger(world)
        await ledger.add(DELETE, EffectState.PLANNED)
        await ledger.move(DELETE.id, EffectState.CONFIRMED)
        machine.is_set(timedelta(hours=-1))
        recovery = machine.recovery(world)
        await recovery.look()
        machine.passes(61)
        assert await recovery.look() == {DELETE.id: EffectState.UNKNOWN}
    assert "n1" in world.notebook.notes


async def test_the_log_keeps_its_order_and_holds_when_the_clock_is_set_back(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
):
    machine = Machine()
    monkeypatch.setattr("arion_host.effects.log.utc_now", lambda: machine.wall)
    async with enter() as world:
        ledger = machine.ledger(world)
        await ledger.add(ADD, EffectState.ATTEMPTING)
        machine.is_set(timedelta(days=-1))
        await ledger.move(ADD.id, EffectState.DONE)
        rows = [row async for row in ActionLog(world.database).entries("local")]
        assert await ActionLog(world.database).verify("local") is None
    assert [row.event for row in rows] == ["attempting", "done"]
    assert rows[0].at > rows[1].at
