"""Finishes writes that nobody waits for any more, or asks the person about them.

A write that was under way when its process ended stays `attempting`. What the upstream knows by
our key, or what the tool looks for before it acts, is simply sent again; so is what was agreed to
and never sent, while the yes is fresh. Of the rest only the person can say whether it happened.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from arion_host.clock import SKEW, SteadyClock
from arion_host.effects.ledger import Ledger
from arion_host.effects.rows import EffectRow, EffectState
from arion_host.errors import EffectConflict, HostError
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
        self,
        ledger: Ledger,
        finish: Finish,
        options: RecoveryOptions | None = None,
        clock: SteadyClock | None = None,
    ) -> None:
        self._ledger = ledger
        self._finish = finish
        self._options = options or RecoveryOptions()
        self._clock = clock or SteadyClock()
        self._still_since: dict[tuple[str, datetime], float] = {}
        """When each open write was first seen as it is now, in `running_s`."""

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
        settled: dict[str, EffectState] = {}
        for row in self._left_behind(await self._ledger.unended()):
            attempt = await self._ledger.claim(row)
            if attempt is None:
                continue
            try:
                settled[row.action_id] = await self._settle(row, attempt)
            except EffectConflict as error:
                # Who began it has just ended it, or another replica has.
                logger.info("%s", error)
        return settled

    def _left_behind(self, rows: Sequence[EffectRow]) -> list[EffectRow]:
        """Those that nobody is at work on.

        Their age tells, unless the clock was set, which makes a write that runs look old or one
        of the future. What has not stirred for as long before our own eyes is left behind too.
        """
        now, running_s = self._clock(), self._clock.running_s
        known, limit_s = self._still_since, self._options.left_after_s
        names = [(row.action_id, row.changed_at) for row in rows]
        self._still_since = {name: known.get(name, running_s) for name in names}
        return [
            row
            for row, name in zip(rows, names, strict=True)
            if running_s - self._still_since[name] >= limit_s
            or (not self._clock.leapt and now - row.changed_at > timedelta(seconds=limit_s))
        ]

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
            age = self._clock() - row.changed_at
            fresh = -SKEW <= age < timedelta(seconds=self._options.fresh_s)
            return fresh and not self._clock.leapt
        return row.effect_class != EffectClass.ASK
