"""What the ledger stores, and reading it when some of it is spoilt.

A row that a disk or a hand has damaged is named once in the log and left out, as it is: it is for
a person to look at, and the other rows go on without it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Json, JsonValue, StrictStr, ValidationError
from sqlalchemy import JSON, Select, String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Table
from arion_kit.words import EffectClass

logger = logging.getLogger(__name__)


class EffectState(StrEnum):
    """How far a write has come."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    ATTEMPTING = "attempting"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


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
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


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
    """A write whose outcome, or that it is unknown, the person has been told."""

    __tablename__ = "told_effects"

    action_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class _Sound(BaseModel):
    """What an `EffectRow` holds when it is as it was written."""

    model_config = ConfigDict(from_attributes=True)

    principal: StrictStr
    session: StrictStr
    turn: StrictStr
    server: StrictStr
    tool: StrictStr
    arguments: Json[dict[str, JsonValue]]
    effect_class: EffectClass
    state: EffectState
    result: dict[str, JsonValue] | None
    inverse: dict[str, JsonValue] | None
    created_at: datetime
    changed_at: datetime


class EffectReader:
    """Reads rows of the ledger, and says once of each that it is damaged."""

    def __init__(self) -> None:
        self._named: set[str] = set()

    async def read(self, session: AsyncSession, statement: Select[EffectRow]) -> list[EffectRow]:
        """Return the rows that are sound, in their order."""
        try:
            rows = list(await session.scalars(statement))
        except (ValueError, TypeError, DBAPIError):
            # One of them cannot be loaded, so each is loaded by itself. Where it is the database
            # that fails, this fails too.
            ids = list(await session.scalars(statement.with_only_columns(EffectRow.action_id)))
            loaded = [await self._load(session, action_id) for action_id in ids]
            rows = [row for row in loaded if row is not None]
        return [row for row in rows if self._is_sound(row)]

    async def _load(self, session: AsyncSession, action_id: str) -> EffectRow | None:
        try:
            return await session.get(EffectRow, action_id)
        except (ValueError, TypeError, DBAPIError) as error:
            self._name(action_id, type(error).__name__)
            return None

    def _is_sound(self, row: EffectRow) -> bool:
        try:
            _Sound.model_validate(row)
        except ValidationError as error:
            self._name(row.action_id, ", ".join(str(it["loc"][0]) for it in error.errors()))
            return False
        return True

    def _name(self, action_id: str, what: str) -> None:
        if action_id not in self._named:
            self._named.add(action_id)
            logger.error(
                "The ledger row of action %s is damaged (%s): it is left out", action_id, what
            )
