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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import and_, or_, select, update

from arion_host.database import Database, insert_into, utc_now
from arion_host.effects.log import Entry, LogRow, append
from arion_host.effects.rows import (
    ClaimRow,
    EffectReader,
    EffectRow,
    EffectState,
    ToldRow,
    UndoneRow,
)
from arion_host.errors import EffectConflict
from arion_kit.words import EffectClass

__all__ = [
    "UNDO_WITHIN",
    "Action",
    "EffectRow",
    "EffectState",
    "Ledger",
    "UndoneRow",
    "canonical_json",
]


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


class Ledger:
    """The rows of all writes. Every method raises `StorageFailed` when it cannot write."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._reader = EffectReader()

    async def add(self, action: Action, state: EffectState) -> None:
        """Write the row of a new action.

        Raises:
            EffectConflict: the action has a row already.
        """
        now = self._clock()
        async with self._database.transaction() as session:
            # The row first and then the log, as when it moves: PostgreSQL waits for either.
            added = await session.scalar(
                insert_into(session, EffectRow)
                .values(
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
                .on_conflict_do_nothing()
                .returning(EffectRow.action_id)
            )
            if added is None:
                raise EffectConflict(f"Action {action.id} was planned before.")
            await append(session, _entry(action, action.id, state, action.arguments))

    async def move(
        self,
        action_id: str,
        *states: EffectState,
        result: Mapping[str, JsonValue] | None = None,
        inverse: Mapping[str, JsonValue] | None = None,
    ) -> None:
        """Move an action forward, through several states at once or one, with what is known then.

        Raises:
            EffectConflict: the action is not in a state from which it may move there.
        """
        state = states[-1]
        values: dict[str, object] = {"state": state, "changed_at": self._clock()}
        values |= {"result": dict(result)} if result is not None else {}
        values |= {"inverse": dict(inverse)} if inverse is not None else {}
        before = _BEFORE[states[0]]
        statement = (
            update(EffectRow.plain())
            .where(EffectRow.action_id == action_id, EffectRow.state.in_(before))
            .values(values)
            .returning(EffectRow.principal, EffectRow.server, EffectRow.tool)
        )
        async with self._database.transaction() as session:
            moved = (await session.execute(statement)).first()
            if moved is None:
                at = select(EffectRow.state).where(EffectRow.action_id == action_id)
                came = await session.scalar(at) or "absent"
                raise EffectConflict(
                    f"Action {action_id} can be {states[0]} after {' or '.join(before)}, "
                    f"but it is {came}.",
                )
            await append(
                session,
                *(Entry(moved[0], it, action_id, *moved[1:], {}) for it in states[:-1]),
                Entry(moved[0], state, action_id, *moved[1:], result or {}),
            )

    async def mark_undone(self, action_id: str, by: str) -> None:
        """Write down that an action has been taken back by another.

        Raises:
            EffectConflict: it has been taken back before.
        """
        async with self._database.transaction() as session:
            marked = await session.scalar(
                insert_into(session, UndoneRow)
                .values(action_id=action_id, by=by)
                .on_conflict_do_nothing()
                .returning(UndoneRow.action_id)
            )
        if marked is None:
            raise EffectConflict(f"Action {action_id} has been undone before.")

    async def unended(self) -> list[EffectRow]:
        """Return the writes that were agreed to or begun and have not ended, the oldest first."""
        open_states = (EffectState.CONFIRMED, EffectState.ATTEMPTING)
        # A state that there is not is damage, and this is where it is noticed.
        no_state = EffectRow.state.not_in(list(EffectState))
        statement = (
            select(EffectRow)
            .where(EffectRow.state.in_(open_states) | no_state)
            .order_by(EffectRow.changed_at)
        )
        async with self._database.transaction() as session:
            return await self._reader.read(session, statement)

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
            .values(changed_at=self._after(row.changed_at), state=EffectState.ATTEMPTING)
            .returning(EffectRow.action_id)
        )
        async with self._database.transaction() as session:
            if await session.scalar(statement) is None:
                return None
            if row.state != EffectState.ATTEMPTING:
                await append(session, _entry(row, row.action_id, EffectState.ATTEMPTING, {}))
            claim = await session.get(ClaimRow, row.action_id)
            if claim is None:
                claim = ClaimRow(action_id=row.action_id, attempts=0)
                session.add(claim)
            claim.attempts += 1
            return claim.attempts

    def _after(self, changed_at: datetime) -> datetime:
        """The time now, made to differ from what another process may hold for unchanged."""
        now = self._clock()
        return now if now != changed_at else now + timedelta(microseconds=1)

    async def was_confirmed(self, action_id: str) -> bool:
        """Say whether the person has agreed to a write."""
        statement = select(LogRow.number).where(
            LogRow.action_id == action_id, LogRow.event == EffectState.CONFIRMED
        )
        async with self._database.transaction() as session:
            return await session.scalar(statement) is not None

    async def untold(self, principal: str) -> EffectRow | None:
        """Return the oldest write whose outcome the person has not been told of.

        It is unknown, or the write was left behind and ended when nobody waited for it any more.
        """
        ended = EffectRow.state.in_((EffectState.DONE, EffectState.FAILED))
        taken_up = EffectRow.action_id.in_(select(ClaimRow.action_id))
        statement = (
            select(EffectRow)
            .where(
                EffectRow.principal == principal,
                or_(EffectRow.state == EffectState.UNKNOWN, and_(ended, taken_up)),
                EffectRow.action_id.not_in(select(ToldRow.action_id)),
                EffectRow.action_id.not_in(select(UndoneRow.action_id)),
            )
            .order_by(EffectRow.changed_at)
        )
        async with self._database.transaction() as session:
            return next(iter(await self._reader.read(session, statement)), None)

    async def mark_told(self, action_id: str) -> None:
        """Write down that the person knows what came of a write, or that nobody knows."""
        async with self._database.transaction() as session:
            await session.execute(
                insert_into(session, ToldRow).values(action_id=action_id).on_conflict_do_nothing()
            )

    async def get(self, action_id: str) -> EffectRow | None:
        """Return the row of an action; None where there is none, or it is damaged."""
        statement = select(EffectRow).where(EffectRow.action_id == action_id)
        async with self._database.transaction() as session:
            return next(iter(await self._reader.read(session, statement)), None)

    async def damaged(self) -> list[str]:
        """Look at every row; return the ids of the actions whose row cannot be read."""
        async with self._database.transaction() as session:
            ids = await session.scalars(select(EffectRow.action_id))
            sound = await self._reader.read(session, select(EffectRow))
            return sorted(set(ids) - {row.action_id for row in sound})


def _entry(
    of: Action | EffectRow, action_id: str, state: EffectState, content: Mapping[str, JsonValue]
) -> Entry:
    return Entry(of.principal, state, action_id, of.server, of.tool, content)


def canonical_json(value: Mapping[str, JsonValue]) -> str:
    """Return JSON that is equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
