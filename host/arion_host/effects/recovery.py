"""Finishes writes that nobody waits for any more, or asks the person about them.

A write that was under way when its process ended stays `attempting`. What the upstream knows by
our key, or what the tool looks for before it acts, is simply sent again; so is what was agreed to
and never sent, while the yes is fresh. Of the rest only the person can say whether it happened.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

from arion_host.database import utc_now
from arion_host.effects.ledger import EffectRow, EffectState, Ledger
from arion_host.errors import HostError
from arion_kit.words import EffectClass

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecoveryOptions:
    """When a write counts as left behind."""

    left_after_s: float = 60.0
    """A call and its retries take no longer than this."""
    every_s: float = 30.0
    """Pause between two looks."""
    fresh_s: float = 300.0
    """A yes that is older than this is not acted on any more."""
    most_attempts: int = 10
    """After so many the person is asked."""


Finish = Callable[[EffectRow], Awaitable[EffectState]]
"""Sends a write again under its key and records the outcome; gives the state it is in then."""


class Recovery:
    """Looks for writes that were left behind."""

    def __init__(
        self, ledger: Ledger, finish: Finish, options: RecoveryOptions | None = None
    ) -> None:
        self._ledger = ledger
        self._finish = finish
        self._options = options or RecoveryOptions()

    async def keep(self) -> None:
        """Look at once, and then again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except HostError:
                logger.exception("Writes that were left behind could not be looked for")
            # Nothing waits for this pause; it is cancelled with the host.
            await asyncio.sleep(self._options.every_s)

    async def look(self) -> dict[str, EffectState]:
        """Deal with every write that is left behind; give their states by action id.

        Raises:
            StorageFailed: the ledger cannot be read or written.
        """
        before = utc_now() - timedelta(seconds=self._options.left_after_s)
        settled: dict[str, EffectState] = {}
        for row in await self._ledger.left_behind(before):
            attempt = await self._ledger.claim(row)
            if attempt is not None:
                settled[row.action_id] = await self._settle(row, attempt)
        return settled

    async def _settle(self, row: EffectRow, attempt: int) -> EffectState:
        if self._may_send(row):
            state = await self._finish(row)
            if state != EffectState.ATTEMPTING or attempt < self._options.most_attempts:
                return state
        logger.warning("Nobody knows whether action %s happened", row.action_id)
        await self._ledger.move(row.action_id, EffectState.UNKNOWN)
        return EffectState.UNKNOWN

    def _may_send(self, row: EffectRow) -> bool:
        if row.state == EffectState.CONFIRMED:
            # SQLite gives times back without their zone; they were written as UTC.
            agreed_at = row.changed_at.replace(tzinfo=UTC)
            return utc_now() - agreed_at < timedelta(seconds=self._options.fresh_s)
        return row.effect_class != EffectClass.ASK
