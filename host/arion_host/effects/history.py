"""What was done for a person before: asked of the ledger when something is repeated or undone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from arion_host.database import Database, utc_now
from arion_host.effects.ledger import UNDO_WITHIN, Action
from arion_host.effects.rows import EffectReader, EffectRow, EffectState, UndoneRow

REPEATED_WITHIN = timedelta(minutes=2)
"""The very same write so soon is more often a misunderstanding than a wish."""

_STANDS = (EffectState.DONE, EffectState.ATTEMPTING, EffectState.UNKNOWN)


class History:
    """Looks back. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = EffectReader()

    async def repeats(self, action: Action) -> bool:
        """Say whether the person had this very write made a moment ago, and it stands."""
        statement = (
            select(EffectRow.action_id)
            .where(
                EffectRow.principal == action.principal,
                EffectRow.server == action.server,
                EffectRow.tool == action.tool,
                EffectRow.arguments == action.canonical_arguments,
                EffectRow.action_id != action.id,
                EffectRow.state.in_(_STANDS),
                EffectRow.changed_at > utc_now() - REPEATED_WITHIN,
                EffectRow.action_id.not_in(select(UndoneRow.action_id)),
            )
            .limit(1)
        )
        async with self._database.transaction() as session:
            return await session.scalar(statement) is not None

    async def done(self, principal: str, session: str | None = None) -> list[EffectRow]:
        """Return the writes that stand, the latest first: neither undone nor an undoing.

        `session` keeps to one conversation.
        """
        statement = (
            select(EffectRow)
            .where(
                EffectRow.principal == principal,
                EffectRow.state == EffectState.DONE,
                EffectRow.changed_at > utc_now() - UNDO_WITHIN,
                EffectRow.action_id.not_in(select(UndoneRow.action_id)),
                EffectRow.action_id.not_in(select(UndoneRow.by)),
            )
            .order_by(EffectRow.changed_at.desc())
        )
        if session is not None:
            statement = statement.where(EffectRow.session == session)
        async with self._database.transaction() as opened:
            return await self._reader.read(opened, statement)
