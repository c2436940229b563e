"""Money for models: by turn, day and week, over processes that share a database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.databases import Where, change

from arion_host.agents.model.meter import Halt
from arion_host.agents.model.seam import Budget
from arion_host.agents.model.wallet import Spent, Wallet
from arion_host.database import open_database

pytestmark = pytest.mark.thorough

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
BUDGET = Budget(day_usd=1.0, week_usd=3.0)


@asynccontextmanager
async def a_wallet(
    where: Where,
    clock: Callable[[], datetime] = lambda: MONDAY,
    budget: Budget = BUDGET,
) -> AsyncGenerator[Wallet]:
    async with open_database(where) as database:
        yield Wallet(database, budget, SEOUL, clock)


async def refused(wallet: Wallet, usd: float) -> str:
    with pytest.raises(Halt) as stopped:
        await wallet.reserve(usd)
    return f"{stopped.value.kind}: {stopped.value.reason}"


async def test_what_a_request_did_not_cost_may_be_spent_again(where: Where):
    async with a_wallet(where) as wallet:
        reserved = await wallet.reserve(0.9)
        assert await wallet.spent() == Spent(0.9, 0.9)
        assert "of the day" in await refused(wallet, 0.2)
        await wallet.settle(reserved, 0.1)
        assert (await wallet.spent()).day_usd == pytest.approx(0.1)
        await wallet.reserve(0.9)
        assert "budget: " in await refused(wallet, 0.01)


async def test_spending_survives_a_restart_and_a_process_that_died(where: Where):
    async with a_wallet(where) as wallet:
        await wallet.reserve(0.7)
    async with a_wallet(where) as wallet:
        assert (await wallet.spent()).day_usd == 0.7
        assert "of the day" in await refused(wallet, 0.4)


async def test_the_next_day_has_its_own_budget_and_the_week_one_of_its_own(where: Where):
    now = [MONDAY]
    async with a_wallet(where, lambda: now[0]) as wallet:
        for _ in range(3):
            await wallet.reserve(1.0)
            assert "of the day" in await refused(wallet, 0.1)
            now[0] += timedelta(days=1)
        assert "of the week" in await refused(wallet, 0.1)
        now[0] = MONDAY + timedelta(days=7)
        await wallet.reserve(1.0)
        assert await wallet.spent() == Spent(1.0, 1.0)


async def test_the_day_begins_at_midnight_where_the_person_is(where: Where):
    now = [datetime(2026, 11, 23, 14, 59, tzinfo=UTC)]
    async with a_wallet(where, lambda: now[0]) as wallet:
        await wallet.reserve(1.0)
        now[0] += timedelta(minutes=1)
        await wallet.reserve(1.0)
        assert (await wallet.spent()).week_usd == 2.0


async def test_a_request_that_ends_after_midnight_is_settled_on_the_day_it_began(where: Where):
    now = [datetime(2026, 11, 23, 14, 59, tzinfo=UTC)]
    async with a_wallet(where, lambda: now[0]) as wallet:
        reserved = await wallet.reserve(1.0)
        now[0] += timedelta(minutes=2)
        await wallet.settle(reserved, 0.25)
        assert await wallet.spent() == Spent(0.0, 0.25)


async def test_replicas_cannot_spend_the_same_money(where: Where):
    async with a_wallet(where) as one, a_wallet(where) as other:
        wallets = [one, other] * 10
        ends = await asyncio.gather(
            *(wallet.reserve(0.1) for wallet in wallets), return_exceptions=True
        )
        assert sum(not isinstance(end, Halt) for end in ends) == 10
        assert (await one.spent()).day_usd == pytest.approx(1.0)


async def test_the_models_of_one_turn_share_what_it_may_cost(where: Where):
    async with a_wallet(where, budget=Budget(1.0, 3.0, turn_usd=0.1)) as wallet:
        with wallet.turn():
            first = await wallet.reserve(0.08)
            assert "of the turn" in await refused(wallet, 0.05)
            await wallet.settle(first, 0.02)
            await asyncio.create_task(hold(wallet, 0.05))
            assert "of the turn" in await refused(wallet, 0.05)
        with wallet.turn():
            await wallet.reserve(0.1)


async def hold(wallet: Wallet, usd: float) -> None:
    await wallet.reserve(usd)


async def test_a_budget_of_nothing_lets_only_what_is_free_through(where: Where):
    async with a_wallet(where, budget=Budget(0.0, 0.0)) as wallet:
        await wallet.reserve(0.0)
        assert "budget" in await refused(wallet, 0.000001)


async def test_the_log_warns_once_at_four_fifths(where: Where, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    async with a_wallet(where) as wallet:
        for _ in range(7):
            await wallet.settle(await wallet.reserve(0.1), 0.1)
        assert caplog.messages == []
        for _ in range(3):
            await wallet.settle(await wallet.reserve(0.1), 0.1)
    assert caplog.messages == [
        "Language models have cost $0.80 of the $1 for the day of 2026-11-23."
    ]


async def test_nothing_is_spent_that_cannot_be_written_down(tmp_path: Path):
    async with open_database(tmp_path / "arion.db") as database:
        wallet = Wallet(database, BUDGET, SEOUL, lambda: MONDAY)
        reserved = await wallet.reserve(0.1)
        await change(database, "DROP TABLE model_spending")
        assert "storage: " in await refused(wallet, 0.1)
        await wallet.settle(reserved, 0.0)
