"""What holds on PostgreSQL alone; what holds on both databases is tested beside its module."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from pydantic import SecretStr
from tests.databases import change, new_schema

from arion_host.database import Database, open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.effects.log import ActionLog
from arion_host.errors import StorageFailed
from arion_kit.words import EffectClass

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

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
OPEN = """
import asyncio, sys
from pydantic import SecretStr
from arion_host.database import open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_kit.words import EffectClass

async def main(url, turn):
    async with open_database(SecretStr(url)) as database:
        action = Action("local", "s1", turn, 0, "notes", "notes_add", {}, EffectClass.KEYED)
        await Ledger(database).add(action, EffectState.PLANNED)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
async def url() -> SecretStr:
    return await new_schema()


@pytest.fixture
async def database(url: SecretStr) -> AsyncGenerator[Database]:
    async with open_database(url) as database:
        yield database


def also(url: SecretStr, setting: str) -> SecretStr:
    return SecretStr(f"{url.get_secret_value()}&{setting}")


async def test_processes_that_start_at_once_migrate_once_and_share_one_log(url: SecretStr):
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPEN, url.get_secret_value(), f"t{number}"
        )
        for number in range(2)
    ]
    assert [await process.wait() for process in processes] == [0, 0]
    async with open_database(url) as database:
        assert [row.number async for row in ActionLog(database).entries("local")] == [1, 2]
        assert await ActionLog(database).verify("local") is None


async def test_a_database_that_dropped_the_connection_is_reached_again(database: Database):
    ledger = Ledger(database)
    await ledger.add(ACTION, EffectState.PLANNED)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    here = await new_schema()
    async with open_database(here) as other:
        await change(other, f"{others} AND query LIKE '%action_log%'")
    await ledger.move(ACTION.id, EffectState.CONFIRMED)


async def test_a_write_that_the_database_drops_is_a_failure_and_leaves_nothing(
    database: Database,
):
    with pytest.raises(StorageFailed, match="ARION_DATABASE_URL"):
        await change(database, "SELECT pg_terminate_backend(pg_backend_pid())")
    await Ledger(database).add(ACTION, EffectState.PLANNED)


async def test_a_database_that_may_only_be_read_is_told_as_such(url: SecretStr):
    async with open_database(url):
        pass
    async with open_database(also(url, "default_transaction_read_only=on")) as database:
        ledger = Ledger(database)
        with pytest.raises(StorageFailed, match="read-only transaction"):
            await ledger.add(ACTION, EffectState.PLANNED)
        assert await ledger.get(ACTION.id) is None


async def test_a_lock_that_nobody_gives_back_is_told_as_such(
    url: SecretStr, database: Database, monkeypatch: pytest.MonkeyPatch
):
    await Ledger(database).add(ACTION, EffectState.PLANNED)
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("SELECT * FROM action_log_heads FOR UPDATE")
        monkeypatch.setattr("arion_host.database.ANSWER_TIMEOUT_S", 0.5)
        async with open_database(url) as other:
            with pytest.raises(StorageFailed, match="no answer in time"):
                await Ledger(other).add(replace(ACTION, turn="t2"), EffectState.PLANNED)


async def test_a_database_that_is_not_there_is_told_as_such(url: SecretStr):
    elsewhere = SecretStr(url.get_secret_value().replace("/postgres?", "/nowhere?"))
    with pytest.raises(StorageFailed, match='"nowhere" does not exist'):
        async with open_database(elsewhere):
            pass
