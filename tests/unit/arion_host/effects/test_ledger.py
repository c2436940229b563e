from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.databases import Where

from arion_host.database import open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.errors import EffectConflict, StorageFailed
from arion_kit.words import EffectClass

ACTION = Action(
    principal="local",
    session="s1",
    turn="t1",
    step=0,
    server="calendar",
    tool="calendar_create_event",
    arguments={"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00"},
    effect_class=EffectClass.KEYED,
)


@pytest.fixture
async def ledger(where: Where) -> AsyncGenerator[Ledger]:
    async with open_database(where) as database:
        yield Ledger(database)


def test_the_action_id_depends_on_everything_but_the_order_of_arguments():
    swapped = replace(ACTION, arguments=dict(reversed(list(ACTION.arguments.items()))))
    others = [
        replace(ACTION, principal="other"),
        replace(ACTION, session="s2"),
        replace(ACTION, turn="t2"),
        replace(ACTION, step=1),
        replace(ACTION, tool="calendar_delete_event"),
        replace(ACTION, arguments={"summary": "치과"}),
    ]
    assert swapped.id == ACTION.id
    assert len({ACTION.id, *(other.id for other in others)}) == 7


def test_the_action_id_is_a_valid_google_event_id():
    assert re.fullmatch("[0-9a-v]{5,1024}", ACTION.id)


async def test_a_write_passes_through_its_states_and_keeps_its_result(ledger: Ledger):
    await ledger.add(ACTION, EffectState.PLANNED)
    await ledger.move(ACTION.id, EffectState.CONFIRMED)
    await ledger.move(ACTION.id, EffectState.ATTEMPTING)
    await ledger.move(
        ACTION.id, EffectState.DONE, result={"say": "잡았어요"}, inverse={"tool": "x"}
    )
    row = await ledger.get(ACTION.id)
    assert row is not None
    assert (row.state, row.result, row.inverse) == ("done", {"say": "잡았어요"}, {"tool": "x"})
    assert row.arguments == '{"start":"2026-11-24T15:00:00+09:00","summary":"치과 예약"}'


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ([], EffectState.DONE),
        ([], EffectState.ATTEMPTING),
        ([EffectState.CONFIRMED], EffectState.CONFIRMED),
        ([EffectState.CONFIRMED, EffectState.ATTEMPTING], EffectState.CONFIRMED),
        ([EffectState.CONFIRMED, EffectState.ATTEMPTING, EffectState.DONE], EffectState.ATTEMPTING),
        ([EffectState.CONFIRMED, EffectState.ATTEMPTING, EffectState.DONE], EffectState.FAILED),
    ],
)
async def test_state_moves_forward_only(
    ledger: Ledger, path: list[EffectState], refused: EffectState
):
    await ledger.add(ACTION, EffectState.PLANNED)
    for state in path:
        await ledger.move(ACTION.id, state)
    with pytest.raises(EffectConflict, match=f"but it is {path[-1] if path else 'planned'}"):
        await ledger.move(ACTION.id, refused)
    row = await ledger.get(ACTION.id)
    assert row is not None
    assert row.state == (path[-1] if path else "planned")


async def test_what_was_unknown_can_be_found_out(ledger: Ledger):
    await ledger.add(ACTION, EffectState.ATTEMPTING)
    await ledger.move(ACTION.id, EffectState.UNKNOWN)
    await ledger.move(ACTION.id, EffectState.DONE)


async def test_of_two_confirmations_at_once_one_wins(ledger: Ledger):
    await ledger.add(ACTION, EffectState.PLANNED)
    both = await asyncio.gather(
        *(ledger.move(ACTION.id, EffectState.CONFIRMED) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in both) == ["EffectConflict", "NoneType"]


async def test_the_same_action_is_not_planned_twice(ledger: Ledger):
    await ledger.add(ACTION, EffectState.PLANNED)
    with pytest.raises(EffectConflict, match="planned before"):
        await ledger.add(ACTION, EffectState.ATTEMPTING)


async def test_rows_are_there_after_a_restart(where: Where):
    async with open_database(where) as database:
        await Ledger(database).add(ACTION, EffectState.ATTEMPTING)
    async with open_database(where) as database:
        row = await Ledger(database).get(ACTION.id)
    assert row is not None
    assert row.state == "attempting"


async def test_rows_are_written_through_to_the_disk(tmp_path: Path):
    async with open_database(tmp_path / "a.db") as database, database.transaction() as session:
        connection = await session.connection()
        journal = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar()
        synchronous = (await connection.exec_driver_sql("PRAGMA synchronous")).scalar()
    assert (journal, synchronous) == ("wal", 2)


async def test_a_full_disk_is_told_as_such(tmp_path: Path):
    large = replace(ACTION, arguments={"title": "치과" * 10_000})
    async with open_database(tmp_path / "a.db") as database:
        ledger = Ledger(database)
        async with database.transaction() as session:
            connection = await session.connection()
            # SQLite may not take another page, as when the disk has none.
            await connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(StorageFailed, match="full") as raised:
            await ledger.add(large, EffectState.PLANNED)
        assert raised.value.next_step is not None
        assert await ledger.get(large.id) is None


async def test_a_database_that_another_process_locks_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arion_host.database.BUSY_TIMEOUT_S", 0.01)
    async with open_database(tmp_path / "a.db") as database:
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="locked"):
            await Ledger(database).add(ACTION, EffectState.PLANNED)
        other.close()


async def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path):
    (tmp_path / "a.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageFailed, match="not a database"):
        async with open_database(tmp_path / "a.db"):
            pass


async def test_a_folder_that_cannot_be_made_is_told_as_such(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed):
        async with open_database(tmp_path / "file" / "a.db"):
            pass
