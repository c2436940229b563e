"""The one database of the host: opening it, and the failures everything on it shares.

It is a SQLite file, or PostgreSQL where several replicas share it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, cast

from pydantic import SecretStr
from sqlalchemy import DateTime, Dialect, TypeDecorator, event, text
from sqlalchemy import Table as PlainTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from arion_host.clock import utc_now
from arion_host.errors import StorageFailed
from arion_host.migrations import HEAD, NewerVersion, upgrade
from arion_kit.words import ErrorKind

__all__ = ["Database", "Moment", "Table", "insert_into", "open_database", "utc_now"]

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another process to finish, in seconds."""

ANSWER_TIMEOUT_S = 10.0
"""Longest wait for PostgreSQL to let Arion in, or to answer one statement, in seconds."""

_SCHEMES = ("postgresql://", "postgres://", "postgresql+asyncpg://")
_MIGRATING = 0x4152494F4E
"""Key of the PostgreSQL lock that a process holds while it migrates: `ARION` in ASCII."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite keeps no time zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write it as UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read it as UTC."""
        return value and value.replace(tzinfo=value.tzinfo or UTC)


class Table(DeclarativeBase):
    """Base of everything that is stored."""

    type_annotation_map: ClassVar = {datetime: Moment()}

    @classmethod
    def plain(cls) -> PlainTable:
        """The table itself, for what is run often: through its class it takes 40 % longer."""
        return cast("PlainTable", cls.__table__)


@dataclass(frozen=True)
class _Place:
    """Where the database is, and how people are told of it."""

    url: str = field(repr=False)
    options: Mapping[str, object] = field(repr=False)
    trouble: str
    """Begins the sentence about a failure."""
    next_step: str

    def failed(self, cause: object) -> StorageFailed:
        """The failure, with what the database says."""
        message = f"{self.trouble}: {cause}."
        return StorageFailed(ErrorKind.UNAVAILABLE, message, next_step=self.next_step)


class Database:
    """An open database. Every transaction that fails raises `StorageFailed`."""

    def __init__(self, engine: AsyncEngine, place: _Place) -> None:
        self._engine = engine
        self._place = place

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that commits at its end, or rolls back when it fails.

        Raises:
            StorageFailed: the disk is full, the file is read-only, damaged or locked for too long,
                the server cannot be reached.
            IntegrityError: there is a row of that key already.
        """
        async with (
            _told(self._place),
            AsyncSession(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session


@asynccontextmanager
async def _told(place: _Place) -> AsyncGenerator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise place.failed(error.orig) from error
    except (OSError, NoConnectionFree) as error:
        # asyncpg passes on what the socket says; a timeout says nothing.
        raise place.failed(str(error) or "no answer in time") from error


@asynccontextmanager
async def open_database(where: Path | SecretStr) -> AsyncGenerator[Database]:
    """Open the SQLite file or the PostgreSQL URL, and bring its tables up to date.

    A file that is missing is created, with its folder.

    Raises:
        StorageFailed: it cannot be opened or created, is no database, or was written by a newer
            version.
    """
    place = _in_file(where) if isinstance(where, Path) else _at_url(where)
    engine = _engine(place)
    try:
        async with _told(place):
            await _bring_up_to_date(engine, place)
        yield Database(engine, place)
    finally:
        await engine.dispose()


def insert_into(session: AsyncSession, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that can say what to do when a row of that key is there already.

    Whoever looks first and inserts then finds that another process did the same in between.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table.plain()) if on_sqlite else postgresql.insert(table.plain())


def _in_file(file: Path) -> _Place:
    place = _Place(
        url=f"sqlite+aiosqlite:///{file}",
        options={"connect_args": {"timeout": BUSY_TIMEOUT_S}},
        trouble=f"Arion cannot write its records at {file}",
        next_step="Free some disk space, or make the folder writable, then try again.",
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise place.failed(error) from error
    return place


def _at_url(secret: SecretStr) -> _Place:
    # asyncpg reads the URL itself, as libpq does: `sslmode`, a socket folder, several hosts.
    url = secret.get_secret_value()
    scheme = next((scheme for scheme in _SCHEMES if url.startswith(scheme)), None)
    if scheme is None:
        raise _wrong_url()
    given = {
        "dsn": f"postgresql://{url.removeprefix(scheme)}",
        "timeout": ANSWER_TIMEOUT_S,
        "command_timeout": ANSWER_TIMEOUT_S,
    }
    return _Place(
        url="postgresql+asyncpg://",
        # A replica outlives a restart of the database.
        options={"connect_args": given, "pool_pre_ping": True},
        trouble="Arion cannot reach its records in the database of ARION_DATABASE_URL",
        next_step="Start that database, or correct ARION_DATABASE_URL, then try again.",
    )


def _wrong_url() -> StorageFailed:
    # What is wrong in it may be a part of the password, so nothing of it is repeated.
    return StorageFailed(
        ErrorKind.BAD_INPUT,
        "ARION_DATABASE_URL is not a URL such as postgresql://user:password@host:5432/name.",
        next_step="Correct it; write @, / and : in a password as %40, %2F and %3A.",
    )


def _engine(place: _Place) -> AsyncEngine:
    try:
        # What is written down is a person's; it does not belong in the text of errors.
        engine = create_async_engine(place.url, hide_parameters=True, **place.options)
    except ModuleNotFoundError as error:
        raise StorageFailed(
            ErrorKind.UNAVAILABLE,
            f"Arion needs {error.name} for the database of ARION_DATABASE_URL.",
            next_step="Install arion-hub[postgres], then try again.",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _set_durability)
    return engine


def _set_durability(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # A row that was committed before a write must still be there after a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _bring_up_to_date(engine: AsyncEngine, place: _Place) -> None:
    async with _first_connection(engine) as connection:
        if await _version(connection) == HEAD:
            return
    try:
        async with engine.begin() as connection:
            # Of several processes one migrates; the others wait here and then find it done.
            await connection.exec_driver_sql(
                "BEGIN IMMEDIATE"
                if engine.dialect.name == "sqlite"
                else f"SELECT pg_advisory_xact_lock({_MIGRATING})"
            )
            await connection.run_sync(upgrade)
    except NewerVersion as error:
        raise place.failed(error) from error


@asynccontextmanager
async def _first_connection(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    try:
        connection = await engine.connect()
    except ValueError:
        raise _wrong_url() from None
    except DBAPIError as error:
        # asyncpg's error about a URL is a ValueError too.
        if error.orig is not None and isinstance(error.orig.__cause__, ValueError):
            raise _wrong_url() from None
        raise
    try:
        yield connection
    finally:
        await connection.close()


async def _version(connection: AsyncConnection) -> str | None:
    """The version of the tables; None where there are none, or none that were migrated."""
    try:
        return await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return None
