from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from tests.databases import Where, change

from arion_host.database import Database, open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.effects.log import ActionLog
from arion_kit.words import EffectClass

ACTION = Action(
    principal="local",
    session="s1",
    turn="t1",
    step=0,
    server="notes",
    tool="notes_add",
    arguments={"title": "우유"},
    effect_class=EffectClass.KEYED,
)


@pytest.fixture
async def database(where: Where) -> AsyncGenerator[Database]:
    async with open_database(where) as database:
        yield database


async def write_three(database: Database) -> None:
    ledger = Ledger(database)
    for turn in ("t1", "t2", "t3"):
        action = replace(ACTION, turn=turn)
        await ledger.add(action, EffectState.ATTEMPTING)
        await ledger.move(action.id, EffectState.DONE, result={"say": "적었어요", "id": turn})


async def test_every_step_of_a_write_is_an_entry_with_its_content(database: Database):
    await write_three(database)
    rows = [row async for row in ActionLog(database).entries("local")]
    assert [(row.number, row.event) for row in rows] == [
        (1, "attempting"), (2, "done"), (3, "attempting"), (4, "done"), (5, "attempting"),
        (6, "done"),
    ]  # fmt: skip
    assert rows[0].content == '{"title": "우유"}'
    assert rows[1].content == '{"id": "t1", "say": "적었어요"}'
    assert await ActionLog(database).verify("local") is None


async def test_an_untouched_log_and_an_empty_one_hold(database: Database):
    assert await ActionLog(database).verify("nobody") is None


COLUMNS = ["at", "event", "action_id", "server", "tool", "content", "hash"]


@pytest.mark.thorough
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [1, 4, 6])
async def test_a_changed_byte_is_found_and_named(column: str, number: int, database: Database):
    await write_three(database)
    text = f"substr({column}, 1, 3) || '#' || substr({column}, 5)"
    statement = f"UPDATE action_log SET {column} = {text} WHERE number = {number}"  # noqa: S608
    await change(database, statement)
    broken = await ActionLog(database).verify("local")
    assert broken is not None
    assert (broken.number, broken.reason) == (number, "it is not as it was written")


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("DELETE FROM action_log WHERE number = 3", 3),
        ("DELETE FROM action_log WHERE number = 6", 6),
        ("DELETE FROM action_log", 1),
        ("UPDATE action_log_heads SET number = 5", 7),
        ("UPDATE action_log_heads SET hash = 'x'", 7),
        ("DELETE FROM action_log_heads", 7),
        ("UPDATE action_log SET principal = 'other' WHERE number = 6", 6),
    ],
)
async def test_a_missing_or_foreign_entry_is_found(statement: str, number: int, database: Database):
    await write_three(database)
    await change(database, statement)
    broken = await ActionLog(database).verify("local")
    assert broken is not None
    assert broken.number == number


async def test_writers_at_the_same_time_make_one_chain(database: Database):
    ledger = Ledger(database)
    await ledger.add(ACTION, EffectState.PLANNED)
    actions = [replace(ACTION, turn=f"t{n}", step=1) for n in range(20)]
    await asyncio.gather(*(ledger.add(action, EffectState.PLANNED) for action in actions))
    assert len([row async for row in ActionLog(database).entries("local")]) == 21
    assert await ActionLog(database).verify("local") is None
