"""The one database of the host: opening it, and the failures everything on it shares."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from arion_host.errors import StorageFailed
from arion_kit.words import ErrorKind

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another process to finish, in seconds."""


class Table(DeclarativeBase):
    """Base of everything that is stored."""


class Database:
    """An open database. Every transaction that fails raises `StorageFailed`."""

    def __init__(self, engine: AsyncEngine, file: Path) -> None:
        self._engine = engine
        self._file = file

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that commits at its end, or rolls back when it fails.

        Raises:
            StorageFailed: the disk is full, the file is read-only, damaged or locked for too long.
        """
        try:
            async with (
                AsyncSession(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        except DBAPIError as error:
            raise _storage_failed(self._file, error.orig) from error


@asynccontextmanager
async def open_database(file: Path) -> AsyncGenerator[Database]:
    """Open the SQLite file, creating it, its folder and its tables where they are missing.

    Raises:
        StorageFailed: the file cannot be created or is no database.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _storage_failed(file, error) from error
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file}", connect_args={"timeout": BUSY_TIMEOUT_S}
    )
    event.listen(engine.sync_engine, "connect", _set_durability)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Table.metadata.create_all)
    except DBAPIError as error:
        await engine.dispose()
        raise _storage_failed(file, error.orig) from error
    try:
        yield Database(engine, file)
    finally:
        await engine.dispose()


def utc_now() -> datetime:
    """Return the time as it is stored."""
    return datetime.now(UTC)


def _set_durability(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # A row that was committed before a write must still be there after a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _storage_failed(file: Path, cause: BaseException | None) -> StorageFailed:
    return StorageFailed(
        ErrorKind.UNAVAILABLE,
        f"Arion cannot write its records at {file}: {cause}.",
        next_step="Free some disk space, or make the folder writable, then try again.",
    )
