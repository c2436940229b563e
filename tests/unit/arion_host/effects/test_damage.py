from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from tests.databases import Where, change

from arion_host.cli.doctor import examine
from arion_host.database import Database, open_database
from arion_host.effects.history import History
from arion_host.effects.ledger import Action, EffectRow, EffectState, Ledger
from arion_host.effects.recovery import Recovery, RecoveryOptions
from arion_host.settings import HostSettings
from arion_kit.words import EffectClass

pytestmark = pytest.mark.thorough

SOUND = Action(
    principal="local",
    session="s1",
    turn="t1",
    step=0,
    server="notes",
    tool="notes_add",
    arguments={"title": "우유"},
    effect_class=EffectClass.KEYED,
)
SPOILT = replace(SOUND, turn="t2")

DAMAGE = {
    "cut arguments": "arguments = '{\"title'",
    "arguments of another kind": "arguments = '[1]'",
    "an unknown state": "state = 'exploded'",
    "an unknown class": "effect_class = 'sometimes'",
    "a result of another kind": "result = '[1]'",
    "an inverse of another kind": "inverse = '\"x\"'",
}
ONLY_SQLITE = {
    "a cut result": "result = '{\"say'",
    "a cut inverse": "inverse = '{'",
    "no text": "tool = x'00ff'",
    "text of no encoding": "arguments = CAST(x'ff80' AS TEXT)",
    "no time": "changed_at = 'yesterday'",
    "a number for a time": "created_at = 5",
    "a number for a result": "result = 5",
}


@pytest.fixture
async def database(where: Where) -> AsyncGenerator[Database]:
    async with open_database(where) as database:
        yield database


async def spoil(database: Database, how: str) -> None:
    await change(database, f"UPDATE effects SET {how} WHERE action_id = '{SPOILT.id}'")  # noqa: S608


async def raw(database: Database) -> list[object]:
    async with database.transaction() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql(
            "SELECT arguments, state, effect_class, tool FROM effects ORDER BY turn"
        )
        return [tuple(row) for row in rows]


async def add_both(database: Database, state: EffectState) -> Ledger:
    ledger = Ledger(database)
    for action in (SPOILT, SOUND):
        await ledger.add(action, EffectState.ATTEMPTING)
        if state != EffectState.ATTEMPTING:
            await ledger.move(action.id, state)
    return ledger


async def check_isolated(database: Database, how: str, caplog: pytest.LogCaptureFixture) -> None:
    ledger = await add_both(database, EffectState.ATTEMPTING)
    await spoil(database, how)
    before = (await raw(database))[1:] if "ff" not in how else None
    sent: list[str] = []

    async def finish(row: EffectRow) -> EffectState:
        sent.append(row.action_id)
        await ledger.move(row.action_id, EffectState.DONE)
        return EffectState.DONE

    recovery = Recovery(ledger, finish, RecoveryOptions(left_after_s=0.0))
    assert await recovery.look() == {SOUND.id: EffectState.DONE}
    assert await recovery.look() == {}
    assert sent == [SOUND.id]
    assert await ledger.get(SPOILT.id) is None
    assert await ledger.damaged() == [SPOILT.id]
    assert [row.action_id for row in await History(database).done("local")] == [SOUND.id]
    named = [record for record in caplog.records if SPOILT.id in record.getMessage()]
    assert len([record for record in named if record.levelname == "ERROR"]) in (1, 2)
    assert before is None or (await raw(database))[1:] == before


@pytest.mark.parametrize("how", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_row_is_named_and_left_and_the_others_go_on(
    database: Database, how: str, caplog: pytest.LogCaptureFixture
):
    await check_isolated(database, how, caplog)


@pytest.mark.parametrize("how", ONLY_SQLITE.values(), ids=ONLY_SQLITE)
@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_what_only_sqlite_lets_in_is_left_too(
    database: Database, how: str, caplog: pytest.LogCaptureFixture
):
    await check_isolated(database, how, caplog)


async def test_the_person_is_asked_about_the_next_unknown_write(database: Database):
    ledger = await add_both(database, EffectState.UNKNOWN)
    await spoil(database, DAMAGE["cut arguments"])
    untold = await ledger.untold("local")
    assert untold is not None
    assert untold.action_id == SOUND.id


async def test_what_came_before_a_damaged_row_can_be_undone(database: Database):
    await add_both(database, EffectState.DONE)
    await spoil(database, DAMAGE["an inverse of another kind"])
    assert [row.action_id for row in await History(database).done("local", "s1")] == [SOUND.id]


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_doctor_names_damaged_rows_and_says_that_arion_works(
    database: Database, where: Where, monkeypatch: pytest.MonkeyPatch
):
    async def nothing(*_: object) -> list[object]:
        return []

    monkeypatch.setattr("arion_host.cli.doctor._servers", nothing)
    await add_both(database, EffectState.DONE)
    await spoil(database, ONLY_SQLITE["a cut result"])
    settings = HostSettings(data_dir=where.parent)
    checks = {check.name: check for check in await examine(settings)}
    assert checks["database"].ok
    assert not checks["records"].ok
    assert not checks["records"].needed
    assert SPOILT.id in checks["records"].message
