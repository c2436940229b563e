from __future__ import annotations

import asyncio
import sqlite3
import sys
import traceback
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import Connection
from tests.databases import Where, change

from arion_host.database import Database, Table, open_database
from arion_host.effects.ledger import EffectState, Ledger
from arion_host.errors import HostError, StorageFailed
from arion_host.migrations import HEAD

HOST = Path(__file__).resolve().parents[3] / "host"

FIRST_RELEASE = """
CREATE TABLE effects (
  action_id VARCHAR(32) NOT NULL, principal VARCHAR NOT NULL, session VARCHAR NOT NULL,
  turn VARCHAR NOT NULL, server VARCHAR NOT NULL, tool VARCHAR NOT NULL,
  arguments VARCHAR NOT NULL, effect_class VARCHAR NOT NULL, state VARCHAR NOT NULL,
  result JSON, inverse JSON, created_at DATETIME NOT NULL, changed_at DATETIME NOT NULL,
  PRIMARY KEY (action_id)
);
CREATE INDEX ix_effects_principal ON effects (principal);
CREATE INDEX ix_effects_state ON effects (state);
CREATE TABLE open_questions (
  principal VARCHAR NOT NULL, session VARCHAR NOT NULL, question VARCHAR NOT NULL,
  asked_at DATETIME NOT NULL, PRIMARY KEY (principal, session)
);
INSERT INTO effects VALUES (
  'a1', 'local', 's1', 't1', 'notes', 'notes_add', '{"title":"우유"}', 'keyed', 'done',
  '{"say":"적었어요"}', NULL, '2026-11-20 10:00:00.000000', '2026-11-20 10:00:01.000000'
);
"""


def load_every_model() -> None:
    for file in sorted(HOST.rglob("*.py")):
        if "__tablename__" in file.read_text("utf-8"):
            import_module(".".join(file.relative_to(HOST).with_suffix("").parts))


def differences(connection: Connection) -> list[object]:
    load_every_model()
    return list(compare_metadata(MigrationContext.configure(connection), Table.metadata))


async def in_sync(database: Database) -> list[object]:
    async with database.transaction() as session:
        return await (await session.connection()).run_sync(differences)


async def version(database: Database) -> list[str]:
    async with database.transaction() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        return [row[0] for row in rows]


async def test_a_new_database_has_exactly_the_tables_of_the_models(where: Where):
    async with open_database(where) as database:
        assert await version(database) == [HEAD]
        assert await in_sync(database) == []


def test_the_version_known_without_alembic_is_the_newest_script():
    config = Config()
    config.set_main_option("script_location", "arion_host:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_a_database_from_before_there_were_versions_keeps_its_rows(tmp_path: Path):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.executescript(FIRST_RELEASE)
    connection.close()
    async with open_database(tmp_path / "a.db") as database:
        row = await Ledger(database).get("a1")
        assert await version(database) == [HEAD]
        assert await in_sync(database) == []
    assert row is not None
    assert (row.state, row.arguments) == (EffectState.DONE, '{"title":"우유"}')
    assert row.changed_at.isoformat() == "2026-11-20T10:00:01+00:00"


async def test_a_database_that_is_up_to_date_is_opened_without_migrating(
    where: Where, monkeypatch: pytest.MonkeyPatch
):
    async with open_database(where):
        pass
    monkeypatch.setattr("arion_host.database.upgrade", None)
    async with open_database(where) as database:
        assert await version(database) == [HEAD]


async def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(where: Where):
    async with open_database(where) as database:
        await change(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageFailed, match="a newer version of Arion"):
        async with open_database(where):
            pass


async def test_several_that_open_a_new_database_at_once_find_one(where: Where):
    async def opened() -> list[str]:
        async with open_database(where) as database:
            return await version(database)

    assert await asyncio.gather(*(opened() for _ in range(4))) == [[HEAD]] * 4


SECRET = "hunter2-geheim"
WRONG_URLS = [
    "",
    "mysql://arion:hunter2-geheim@localhost/arion",
    "localhost/arion?password=hunter2-geheim",
    "postgresql://arion:12/hunter2-geheim@localhost/arion",
    "postgresql://arion:x/hunter2-geheim@localhost/arion",
    "postgresql://arion:hunter2-geheim@localhost:port/arion",
    "postgresql://arion:hunter2-geheim@localhost/arion?sslmode=perhaps",
]


def everything_said(error: HostError) -> str:
    return "".join((error.message, error.next_step or "", *traceback.format_exception(error)))


@pytest.mark.parametrize("url", WRONG_URLS)
async def test_a_wrong_url_is_told_without_repeating_it(url: str):
    with pytest.raises(StorageFailed) as raised:
        async with open_database(SecretStr(url)):
            pass
    assert "ARION_DATABASE_URL" in raised.value.message
    assert raised.value.next_step is not None
    assert SECRET not in everything_said(raised.value)


async def test_a_refused_connection_is_told_without_the_password(free_port: int):
    url = SecretStr(f"postgres://arion:{SECRET}@127.0.0.1:{free_port}/arion")
    with pytest.raises(StorageFailed, match="Connect call failed") as raised:
        async with open_database(url):
            pass
    assert SECRET not in everything_said(raised.value)


async def test_a_missing_driver_names_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(StorageFailed, match="needs asyncpg") as raised:
        async with open_database(SecretStr("postgresql://localhost/arion")):
            pass
    assert raised.value.next_step == "Install arion-hub[postgres], then try again."
