"""The action log: what was done for a person, in a chain that shows any change made to it later.

Each entry holds the hash of itself and of the entry before it, and the head says how long the
chain is, so that an entry that was changed, left out, added or cut off at the end is found.
Entries are only ever added, in the transaction that moves the ledger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, insert_into, utc_now

_BEGINNING = "0" * 64
"""Stands for the hash before the first entry."""

_PAGE = 500
"""Entries that are read at a time."""


class LogRow(Table):
    """One entry."""

    __tablename__ = "action_log"

    principal: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """From 1, without gaps."""
    at: Mapped[str]
    """RFC 3339, UTC."""
    event: Mapped[str]
    """The state of the ledger that was entered."""
    action_id: Mapped[str]
    server: Mapped[str]
    tool: Mapped[str]
    content: Mapped[str]
    """Canonical JSON: the arguments when it was planned, later what came of it."""
    hash: Mapped[str]


class LogHead(Table):
    """The last entry of a person's chain."""

    __tablename__ = "action_log_heads"

    principal: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]


@dataclass(frozen=True)
class Entry:
    """What is written down."""

    principal: str
    event: str
    action_id: str
    server: str
    tool: str
    content: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold."""

    number: int
    """The first entry that is not as it was written."""
    reason: str


async def append(session: AsyncSession, *entries: Entry) -> None:
    """Add entries of one person in their order, within the caller's transaction."""
    principal, count = entries[0].principal, len(entries)
    # Taking the next numbers locks the head, so that two writers take turns.
    taken = await session.execute(
        insert_into(session, LogHead)
        .values(principal=principal, number=count, hash=_BEGINNING)
        .on_conflict_do_update(
            index_elements=[LogHead.principal], set_={"number": LogHead.number + count}
        )
        .returning(LogHead.number, LogHead.hash)
    )
    last, before = taken.one()
    rows: list[dict[str, object]] = []
    for number, entry in enumerate(entries, last - count + 1):
        row = _row(entry, number)
        row.hash = before = _hash(row, before)
        rows.append({column.name: getattr(row, column.name) for column in LogRow.plain().columns})
    await session.execute(insert(LogRow.plain()), rows)
    await session.execute(
        update(LogHead.plain()).where(LogHead.principal == principal).values(hash=before)
    )


def _row(entry: Entry, number: int) -> LogRow:
    return LogRow(
        principal=entry.principal,
        number=number,
        at=utc_now().isoformat(timespec="milliseconds"),
        event=entry.event,
        action_id=entry.action_id,
        server=entry.server,
        tool=entry.tool,
        content=json.dumps(entry.content, ensure_ascii=False, sort_keys=True),
        hash="",
    )


class ActionLog:
    """Reads the log. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entries(self, principal: str) -> AsyncGenerator[LogRow]:
        """Give every entry of a person, oldest first."""
        last = 0
        while True:
            statement = (
                select(LogRow)
                .where(LogRow.principal == principal, LogRow.number > last)
                .order_by(LogRow.number)
                .limit(_PAGE)
            )
            async with self._database.transaction() as session:
                rows = list(await session.scalars(statement))
            for row in rows:
                yield row
            if len(rows) < _PAGE:
                return
            last = rows[-1].number

    async def verify(self, principal: str) -> Broken | None:
        """Walk the whole chain; say where it first does not hold, or None."""
        async with self._database.transaction() as session:
            head = await session.get(LogHead, principal)
        number, before = 0, _BEGINNING
        async for row in self.entries(principal):
            number += 1
            if row.number != number:
                return Broken(number, "it is missing")
            if row.hash != _hash(row, before):
                return Broken(number, "it is not as it was written")
            before = row.hash
        ends = (head.number, head.hash) if head else (0, _BEGINNING)
        if ends != (number, before):
            return Broken(number + 1, f"the log ends at {number}, but its head is at {ends[0]}")
        return None


def _hash(row: LogRow, before: str) -> str:
    parts = (
        before, row.principal, row.number, row.at, row.event,
        row.action_id, row.server, row.tool, row.content,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
