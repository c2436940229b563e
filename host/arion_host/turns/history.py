"""Turns that are remembered: what a person may come back to, and what a client may send again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Index, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, insert_into, utc_now
from arion_host.exchange import CallStatus, TurnResult

RUNS_AT_MOST = timedelta(minutes=2)
"""A turn without an outcome after this has died with its process."""

_REMEMBERED = 20
"""Turns of a conversation that a language model gets to see."""


class TurnRow(Table):
    """One turn of one conversation."""

    __tablename__ = "turns"
    __table_args__ = (Index("ix_turns_conversation", "principal", "session", "begun_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    principal: Mapped[str] = mapped_column(index=True)
    session: Mapped[str]
    said: Mapped[str]
    now: Mapped[str]
    """The moment that counted as now, RFC 3339."""
    begun_at: Mapped[datetime]
    tainted: Mapped[bool] = mapped_column(default=False)
    """What others wrote was read in it, so that its answer may hold some of that."""
    result: Mapped[str | None]
    """`TurnResult` as JSON; None while it runs."""
    heard: Mapped[str | None]
    """What was heard of its answer, where that was spoken and cut short."""

    @property
    def told(self) -> str | None:
        """What the person has got of its answer; None while it runs."""
        answer = self.outcome and self.outcome.answer
        return answer if self.heard is None else f"{self.heard}…"

    @property
    def sources(self) -> list[str]:
        """The tools that were called, as `server/tool`."""
        calls = self.outcome.calls if self.outcome else []
        return list(dict.fromkeys(f"{call.server}/{call.tool}" for call in calls))

    @property
    def changes(self) -> tuple[str, ...]:
        """The action ids of what it changed."""
        calls = self.outcome.calls if self.outcome else []
        return tuple(
            call.effect_id
            for call in calls
            if call.effect_id is not None and call.status is CallStatus.OK
        )

    @property
    def outcome(self) -> TurnResult | None:
        """What the turn came to."""
        return TurnResult.model_validate_json(self.result) if self.result else None


def turn_id(principal: str, session: str, request: str) -> str:
    """Name the turn of a request that its client has named."""
    digest = hashlib.sha256("\0".join((principal, session, request)).encode())
    return digest.hexdigest()[:32]


class TurnHistory:
    """The remembered turns. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, row: TurnRow) -> TurnRow | None:
        """Note that a turn begins; give the turn of that id that began before, if there is one.

        One that died without an outcome does not count: its calls are known to the ledger.
        """
        try:
            async with self._database.transaction() as session:
                session.add(row)
        except IntegrityError:
            async with self._database.transaction() as session:
                before = await session.get_one(TurnRow, row.id)
            age = utc_now() - before.begun_at
            return before if before.result or age < RUNS_AT_MOST else None
        return None

    async def keep(self, row: TurnRow) -> None:
        """Remember a turn, or what it came to."""
        values = {it.name: getattr(row, it.name) for it in TurnRow.plain().columns}
        async with self._database.transaction() as transaction:
            await transaction.execute(
                insert_into(transaction, TurnRow)
                .values(**values)
                .on_conflict_do_update(index_elements=[TurnRow.id], set_=values)
            )

    async def cut(self, principal: str, turn: str, heard: str) -> None:
        """Remember that only so much of a turn's answer was heard; a turn that is not kept is not.

        Args:
            principal: whose turn it was.
            turn: its id.
            heard: the words up to where it was cut short.
        """
        async with self._database.transaction() as session:
            row = await session.get(TurnRow, turn)
            if row is not None and row.principal == principal:
                row.heard = heard

    async def latest(self, principal: str, session: str, most: int = _REMEMBERED) -> list[TurnRow]:
        """Return the last turns of a conversation, oldest first."""
        statement = (
            select(TurnRow)
            .where(
                TurnRow.principal == principal,
                TurnRow.session == session,
                TurnRow.result.is_not(None),
            )
            .order_by(TurnRow.begun_at.desc())
            .limit(most)
        )
        async with self._database.transaction() as opened:
            return list(await opened.scalars(statement))[::-1]
