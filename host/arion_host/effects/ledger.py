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
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue
from sqlalchemy import JSON, DateTime, String, update
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, utc_now
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
            .returning(EffectRow.action_id)
        )
        async with self._database.transaction() as session:
            moved = (await session.execute(statement)).first()
            if moved is None:
                row = await session.get(EffectRow, action_id)
                came = row.state if row else "absent"
                raise EffectConflict(
                    f"Action {action_id} can be {state} after {' or '.join(before)}, "
                    f"but it is {came}.",
                )

    async def get(self, action_id: str) -> EffectRow | None:
        """Return the row of an action."""
        async with self._database.transaction() as session:
            return await session.get(EffectRow, action_id)


def canonical_json(value: Mapping[str, JsonValue]) -> str:
    """Return JSON that is equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
