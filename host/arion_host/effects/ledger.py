"""The effect ledger: every write is a row before it happens.

State moves forward only:

    planned → confirmed → attempting → done | failed | unknown
                                       unknown → done | failed

A row that nobody confirmed stays `planned`. A row found `attempting` after a crash is one of
which nobody knows whether it happened.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import JsonValue
from sqlalchemy import JSON, DateTime, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, utc_now
from arion_host.effects.log import Entry, LogRow, append
from arion_host.errors import EffectConflict
from arion_kit.words import EffectClass


class EffectState(StrEnum):
    """How far a write has come."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    ATTEMPTING = "attempting"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


UNDO_WITHIN = timedelta(days=1)
"""Who says "undo" later than that does not mean what was done so long ago."""

_BEFORE: Mapping[EffectState, tuple[EffectState, ...]] = {
    EffectState.CONFIRMED: (EffectState.PLANNED,),
    EffectState.ATTEMPTING: (EffectState.CONFIRMED,),
    EffectState.DONE: (EffectState.ATTEMPTING, EffectState.UNKNOWN),
    EffectState.FAILED: (EffectState.ATTEMPTING, EffectState.UNKNOWN),
    EffectState.UNKNOWN: (EffectState.ATTEMPTING,),
}


@dataclass(frozen=True)
class Action:
    """One write, before it happens."""

    principal: str
    session: str
    turn: str
    step: int
    """Number of the call within its turn, from 0."""
    server: str
    tool: str
    arguments: Mapping[str, JsonValue]
    """Without the action id itself."""
    effect_class: EffectClass

    @property
    def canonical_arguments(self) -> str:
        """The arguments as JSON with one spelling."""
        return canonical_json(self.arguments)

    @property
    def id(self) -> str:
        """Identifies this very write, and is what a keyed upstream takes as its key.

        32 characters of base32hex in lower case, which every known upstream accepts; Google
        Calendar event ids allow no other letters.
        """
        parts = (self.principal, self.session, self.turn, str(self.step), self.server, self.tool)
        digest = hashlib.sha256("\0".join((*parts, self.canonical_arguments)).encode()).digest()
        return base64.b32hexencode(digest[:20]).decode().lower()


class EffectRow(Table):
    """One write and what became of it."""

    __tablename__ = "effects"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    principal: Mapped[str] = mapped_column(index=True)
    session: Mapped[str]
    turn: Mapped[str]
    server: Mapped[str]
    tool: Mapped[str]
    arguments: Mapped[str]
    """Canonical JSON."""
    effect_class: Mapped[EffectClass] = mapped_column(String)
    state: Mapped[EffectState] = mapped_column(String, index=True)
    result: Mapped[dict[str, JsonValue] | None] = mapped_column(JSON)
    """What the server answered, or the failure."""
    inverse: Mapped[dict[str, JsonValue] | None] = mapped_column(JSON)
    """The call that takes the write back; known once it is done."""
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class UndoneRow(Table):
    """A write that has been taken back, and by which."""

    __tablename__ = "undone_effects"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    by: Mapped[str] = mapped_column(String(32), index=True)
    """The action that took it back."""


class ClaimRow(Table):
    """How often a write that was left behind has been taken up."""

    __tablename__ = "effect_claims"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    attempts: Mapped[int]


class ToldRow(Table):
    """A write of unknown outcome that the person has been told of."""

    __tablename__ = "told_effects"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class Ledger:
    """The rows of all writes. Every method raises `StorageFailed` when it cannot write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, action: Action, state: EffectState) -> None:
        """Write the row of a new action.

        Raises:
            EffectConflict: the action has a row already.
        """
        now = utc_now()
        row = EffectRow(
            action_id=action.id,
            principal=action.principal,
            session=action.session,
            turn=action.turn,
            server=action.server,
            tool=action.tool,
            arguments=action.canonical_arguments,
            effect_class=action.effect_class,
            state=state,
            created_at=now,
            changed_at=now,
        )
        async with self._database.transaction() as session:
            await append(session, _entry(row, state, dict(action.arguments)))
            if await session.get(EffectRow, action.id) is not None:
                raise EffectConflict(f"Action {action.id} was planned before.")
            session.add(row)

    async def move(
        self,
        action_id: str,
        state: EffectState,
        *,
        result: Mapping[str, JsonValue] | None = None,
        inverse: Mapping[str, JsonValue] | None = None,
    ) -> None:
        """Move an action forward, together with what is known by then.

        Raises:
            EffectConflict: the action is not in a state from which it may move there.
        """
        values: dict[str, object] = {"state": state, "changed_at": utc_now()}
        values |= {"result": dict(result)} if result is not None else {}
        values |= {"inverse": dict(inverse)} if inverse is not None else {}
        before = _BEFORE[state]
        statement = (
            update(EffectRow)
            .where(EffectRow.action_id == action_id, EffectRow.state.in_(before))
            .values(values)
            .returning(EffectRow)
        )
        async with self._database.transaction() as session:
            moved = await session.scalar(statement)
            if moved is not None:
                await append(session, _entry(moved, state, dict(result or {})))
            else:
                row = await session.get(EffectRow, action_id)
                came = row.state if row else "absent"
                raise EffectConflict(
                    f"Action {action_id} can be {state} after {' or '.join(before)}, "
                    f"but it is {came}.",
                )

    async def last_done(self, principal: str, session: str) -> EffectRow | None:
        """Return the latest write of a session that stands: neither undone nor an undoing."""
        undone = select(UndoneRow.action_id).union(select(UndoneRow.by))
        statement = (
            select(EffectRow)
            .where(
                EffectRow.principal == principal,
                EffectRow.session == session,
                EffectRow.state == EffectState.DONE,
                EffectRow.changed_at > utc_now() - UNDO_WITHIN,
                EffectRow.action_id.not_in(undone),
            )
            .order_by(EffectRow.changed_at.desc())
            .limit(1)
        )
        async with self._database.transaction() as opened:
            return await opened.scalar(statement)

    async def mark_undone(self, action_id: str, by: str) -> None:
        """Write down that an action has been taken back by another.

        Raises:
            EffectConflict: it has been taken back before.
        """
        async with self._database.transaction() as session:
            if await session.get(UndoneRow, action_id) is not None:
                raise EffectConflict(f"Action {action_id} has been undone before.")
            session.add(UndoneRow(action_id=action_id, by=by))

    async def left_behind(self, before: datetime) -> list[EffectRow]:
        """Return the writes that were agreed to or began before a time, and never ended."""
        open_states = (EffectState.CONFIRMED, EffectState.ATTEMPTING)
        statement = (
            select(EffectRow)
            .where(EffectRow.state.in_(open_states), EffectRow.changed_at < before)
            .order_by(EffectRow.changed_at)
        )
        async with self._database.transaction() as session:
            return list(await session.scalars(statement))

    async def claim(self, row: EffectRow) -> int | None:
        """Take up a write that was left behind; give the number of the attempt, from 1.

        None when another process has taken it up in the meantime.
        """
        statement = (
            update(EffectRow)
            .where(
                EffectRow.action_id == row.action_id,
                EffectRow.state == row.state,
                EffectRow.changed_at == row.changed_at,
            )
            .values(changed_at=utc_now(), state=EffectState.ATTEMPTING)
            .returning(EffectRow)
        )
        async with self._database.transaction() as session:
            claimed = await session.scalar(statement)
            if claimed is None:
                return None
            if row.state != EffectState.ATTEMPTING:
                await append(session, _entry(claimed, EffectState.ATTEMPTING, {}))
            claim = await session.get(ClaimRow, row.action_id)
            if claim is None:
                claim = ClaimRow(action_id=row.action_id, attempts=0)
                session.add(claim)
            claim.attempts += 1
            return claim.attempts

    async def was_confirmed(self, action_id: str) -> bool:
        """Say whether the person has agreed to a write."""
        statement = select(LogRow.number).where(
            LogRow.action_id == action_id, LogRow.event == EffectState.CONFIRMED
        )
        async with self._database.transaction() as session:
            return await session.scalar(statement) is not None

    async def untold(self, principal: str) -> EffectRow | None:
        """Return the oldest write of unknown outcome that the person has not been told of."""
        statement = (
            select(EffectRow)
            .where(
                EffectRow.principal == principal,
                EffectRow.state == EffectState.UNKNOWN,
                EffectRow.action_id.not_in(select(ToldRow.action_id)),
            )
            .order_by(EffectRow.changed_at)
            .limit(1)
        )
        async with self._database.transaction() as session:
            return await session.scalar(statement)

    async def mark_told(self, action_id: str) -> None:
        """Write down that the person knows that the outcome of a write is unknown."""
        async with self._database.transaction() as session:
            await session.merge(ToldRow(action_id=action_id))

    async def get(self, action_id: str) -> EffectRow | None:
        """Return the row of an action."""
        async with self._database.transaction() as session:
            return await session.get(EffectRow, action_id)


def _entry(row: EffectRow, state: EffectState, content: dict[str, JsonValue]) -> Entry:
    return Entry(row.principal, state.value, row.action_id, row.server, row.tool, content)


def canonical_json(value: Mapping[str, JsonValue]) -> str:
    """Return JSON that is equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
