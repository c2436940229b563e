from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.engine import NOW, World, a_world

from arion_host.agents.executor import CallContext
from arion_host.effects.ledger import Action, EffectState
from arion_host.effects.log import ActionLog
from arion_host.effects.recovery import Recovery, RecoveryOptions
from arion_host.errors import StorageFailed
from arion_kit.words import META_KEY, EffectClass

Enter = Callable[..., Any]
FILLER = Action(
    principal="filler",
    session="s",
    turn="t",
    step=0,
    server="notes",
    tool="notes_add",
    arguments={"title": "x"},
    effect_class=EffectClass.KEYED,
)


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda: a_world(tmp_path, notes_language)


async def fill(world: World) -> None:
    """Let the file take no further page, and use up the room in those it has."""
    await pragma(world, "max_page_count=1")
    for size in (900, 300, 100, 10):
        number = 0
        while await fits(world, replace(FILLER, turn=f"{size}-{number}" + "x" * size)):
            number += 1


async def fits(world: World, action: Action) -> bool:
    try:
        await world.ledger.add(action, EffectState.PLANNED)
    except StorageFailed:
        return False
    return True


async def pragma(world: World, setting: str) -> None:
    async with world.database.transaction() as session:
        await (await session.connection()).exec_driver_sql(f"PRAGMA {setting}")


async def break_read_only(world: World) -> None:
    await pragma(world, "query_only=ON")


async def mend(world: World) -> None:
    await pragma(world, "max_page_count=1000000")
    await pragma(world, "query_only=OFF")


BREAK = {"full": fill, "read-only": break_read_only}


@pytest.mark.parametrize("how", BREAK.values(), ids=BREAK)
async def test_a_write_that_cannot_be_noted_is_not_made_and_the_person_is_told(
    enter: Enter, how: Callable[[World], Any]
):
    async with enter() as world:
        await how(world)
        refused = await world.say("내일까지 치과 전화 메모해줘")
        before = dict(world.notebook.notes)
        keys = [meta[META_KEY] for meta in world.watching.metas if META_KEY in meta]
        await mend(world)
        done = await world.say("내일까지 치과 전화 메모해줘")
        broken = await ActionLog(world.database).verify("local")
    assert "치과 전화" not in before.values()
    assert keys == []
    assert "기록" in refused.answer
    assert done.calls[-1].status == "ok"
    assert broken is None


async def test_a_yes_that_cannot_be_noted_is_not_acted_on(enter: Enter):
    async with enter() as world:
        asked = await world.say("우유 사기 메모 지워줘")
        await break_read_only(world)
        refused = await world.say("응")
        row = await world.ledger.get(asked.calls[-1].effect_id)
    assert "n1" in world.notebook.notes
    assert "기록" in refused.answer
    assert row.state == EffectState.PLANNED


async def test_an_outcome_for_which_there_is_no_room_is_told_and_found_out_later(enter: Enter):
    async with enter() as world:
        world.watching.release.clear()
        writing = asyncio.create_task(world.say("내일까지 치과 전화 메모해줘"))
        await world.watching.arrived.wait()
        await break_read_only(world)
        world.watching.release.set()
        told = await writing
        await mend(world)
        action_id = told.calls[-1].effect_id
        left = await world.ledger.get(action_id)
        finish = partial(world.executor.finish, context=CallContext("ko", "Asia/Seoul", NOW))
        recovery = Recovery(world.ledger, finish, RecoveryOptions(left_after_s=0.0))
        settled = await recovery.look()
    assert told.calls[-1].status == "ok"
    assert left.state == EffectState.ATTEMPTING
    assert settled == {action_id: EffectState.DONE}
    assert list(world.notebook.notes.values()).count("치과 전화") == 1
