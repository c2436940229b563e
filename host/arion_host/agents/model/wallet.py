"""What language models may cost in a turn, a day and a week, over all replicas and restarts.

What a request may cost at most is spent before it is sent, and what it did not cost is given back
after it. A process that dies in between has spent it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.agents.model.meter import Halt
from arion_host.agents.model.seam import Budget
from arion_host.database import Database, Table, insert_into, utc_now
from arion_host.errors import StorageFailed

logger = logging.getLogger(__name__)

ALERT = 0.8
"""Part of a budget from which on the log warns."""
_LEAST_USD = 1e-12
"""Sums of floats differ from each other by less."""


class SpendingRow(Table):
    """What the models have cost on one day, in US dollars."""

    __tablename__ = "model_spending"

    day: Mapped[str] = mapped_column(primary_key=True)
    """ISO 8601, in the installation's time zone."""
    usd: Mapped[float] = mapped_column(default=0.0)


@dataclass(frozen=True)
class Spent:
    """What has been spent, in US dollars, with what is set aside now."""

    day_usd: float
    week_usd: float


@dataclass(frozen=True)
class Reservation:
    """What a request may cost at most, taken from the budget of a day."""

    day: date
    usd: float


@dataclass
class _Purse:
    left_usd: float


_purse: ContextVar[_Purse | None] = ContextVar("purse", default=None)


class Wallet:
    """The money of one installation; its replicas share it through the database."""

    def __init__(
        self,
        database: Database,
        budget: Budget,
        zone: tzinfo,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Spend within `budget`; days begin at midnight in `zone`."""
        self._database = database
        self._budget = budget
        self._zone = zone
        self._clock = clock
        self._warned: set[tuple[str, date]] = set()

    @contextmanager
    def turn(self) -> Generator[None]:
        """Bound what the models of one turn cost together."""
        most = self._budget.turn_usd
        token = _purse.set(None if most is None else _Purse(most))
        try:
            yield
        finally:
            _purse.reset(token)

    async def reserve(self, usd: float) -> Reservation:
        """Spend what a request may cost at most.

        Raises:
            Halt: there is not so much left, or it cannot be written down.
        """
        purse = _purse.get()
        if purse is not None and usd > purse.left_usd + _LEAST_USD:
            limit = self._budget.turn_usd
            raise Halt("budget", f"The next request could pass the ${limit:g} of the turn.")
        day = self._clock().astimezone(self._zone).date()
        try:
            async with self._database.transaction() as session:
                await _lock(session, day)
                spent = await _spent(session, day)
                self._check("day", spent.day_usd + usd, self._budget.day_usd)
                self._check("week", spent.week_usd + usd, self._budget.week_usd)
                await _add(session, day, usd)
        except StorageFailed as error:
            raise Halt("storage", f"What it costs cannot be written down: {error}") from error
        if purse is not None:
            purse.left_usd -= usd
        return Reservation(day, usd)

    async def settle(self, reserved: Reservation, usd: float) -> None:
        """Put what the request did cost in place of what it could have cost. Never raises."""
        purse = _purse.get()
        if purse is not None:
            purse.left_usd += reserved.usd - usd
        try:
            async with self._database.transaction() as session:
                await _lock(session, reserved.day)
                await _add(session, reserved.day, usd - reserved.usd)
                spent = await _spent(session, reserved.day)
        except StorageFailed as error:
            logger.error("%s Too much counts as spent.", error)  # noqa: TRY400 - said in the text
            return
        monday = _monday(reserved.day)
        self._warn("day", reserved.day, spent.day_usd, self._budget.day_usd)
        self._warn("week", monday, spent.week_usd, self._budget.week_usd)

    async def spent(self) -> Spent:
        """Look at what has been spent.

        Raises:
            StorageFailed: it cannot be read.
        """
        async with self._database.transaction() as session:
            return await _spent(session, self._clock().astimezone(self._zone).date())

    def _check(self, period: str, usd: float, limit: float) -> None:
        if usd > limit + _LEAST_USD:
            raise Halt("budget", f"The next request could pass the ${limit:g} of the {period}.")

    def _warn(self, period: str, since: date, usd: float, limit: float) -> None:
        if usd + _LEAST_USD < ALERT * limit or (period, since) in self._warned:
            return
        self._warned.add((period, since))
        told = "Language models have cost $%.2f of the $%g for the %s of %s."
        logger.warning(told, usd, limit, period, since)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


async def _lock(session: AsyncSession, day: date) -> None:
    """Hold the row of the day, so that other processes wait until the transaction ends."""
    row = insert_into(session, SpendingRow).values(day=day.isoformat(), usd=0.0)
    held = {"usd": SpendingRow.plain().c.usd}
    await session.execute(row.on_conflict_do_update(index_elements=["day"], set_=held))


async def _spent(session: AsyncSession, day: date) -> Spent:
    first, last = _monday(day), _monday(day) + timedelta(days=6)
    in_week = SpendingRow.day.between(first.isoformat(), last.isoformat())
    whole = select(func.coalesce(func.sum(SpendingRow.usd), 0.0)).where(in_week)
    today = select(SpendingRow.usd).where(SpendingRow.day == day.isoformat())
    return Spent(await session.scalar(today) or 0.0, await session.scalar(whole) or 0.0)


async def _add(session: AsyncSession, day: date, usd: float) -> None:
    row = SpendingRow.day == day.isoformat()
    await session.execute(update(SpendingRow).where(row).values(usd=SpendingRow.usd + usd))
