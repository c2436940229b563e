"""Requests that are paid for, over real HTTP and a real database."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from tests.models import ASSIGNMENT, NOW, FakeEndpoint, Gate, Hang, broken, completion
from tests.unit.arion_host.conftest import Serve

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.describer import ModelDescriber
from arion_host.agents.model.endpoint import Models
from arion_host.agents.model.loop import ModelLoop
from arion_host.agents.model.seam import Answered, Budget, Findings, RunEnd, Stopped
from arion_host.agents.model.settings import ModelSettings, Role
from arion_host.agents.model.wallet import Wallet
from arion_host.database import open_database

pytestmark = pytest.mark.thorough

PRICES = """{"as_of": "2026-11-22", "source": "mine", "usd_per_million_tokens":
 {"small": {"input": 1.0, "cached": 0.1, "output": 10.0}}}"""
ONE_ANSWER = (188 * 1.0 + 512 * 0.1 + 20 * 10.0) / 1e6
"""Of 700 tokens in, 512 of them cached, and 20 out, which the endpoint counts for each answer."""


@dataclass
class Till:
    """An executor that is paid for."""

    wallet: Wallet
    models: Models
    endpoint: FakeEndpoint

    @property
    def model(self) -> Connected:
        model = self.models.connect(Role.EXECUTOR)
        assert model is not None
        return model

    async def run(self) -> RunEnd:
        return await ModelLoop(self.model).run(ASSIGNMENT, Gate())

    @property
    async def usd(self) -> float:
        return (await self.wallet.spent()).day_usd


@asynccontextmanager
async def till(
    serve: Serve, folder: Path, *answers: Any, day_usd: float = 1.0, **given: Any
) -> AsyncGenerator[Till]:
    endpoint = FakeEndpoint([*answers])
    served = await serve(endpoint.app)
    (folder / "prices.json").write_text(PRICES)
    names = {"executor": "small", "prices": folder / "prices.json", "retries": 0, **given}
    settings = ModelSettings.model_validate({"base_url": f"{served.url}/v1", **names})
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(folder / "arion.db"))
        wallet = Wallet(database, Budget(day_usd, 10.0), UTC, lambda: NOW)
        models = await stack.enter_async_context(Models(settings, wallet))
        yield Till(wallet, models, endpoint)


async def test_an_answer_costs_what_the_endpoint_counts(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, completion("네.")) as paid:
        end = await paid.run()
        assert isinstance(end, Answered)
        assert await paid.usd == pytest.approx(ONE_ANSWER)
        assert end.usage.cost_usd == pytest.approx(ONE_ANSWER)


async def test_a_streamed_answer_costs_the_same(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, completion("네, 있어요.")) as paid:
        findings = Findings("우유 있어?", "ko", NOW, ())
        said: list[str] = []
        words = await ModelDescriber(paid.model).describe(findings, on_text=said.append)
        assert (words.text, "".join(said)) == ("네, 있어요.", "네, 있어요.")
        assert await paid.usd == pytest.approx(ONE_ANSWER)


async def test_without_money_for_the_longest_answer_nothing_is_sent(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, completion("네."), day_usd=0.01) as paid:
        end = await paid.run()
        assert isinstance(end, Stopped)
        assert end.kind == "budget"
        assert paid.endpoint.requests == []
        assert await paid.usd == 0


async def test_a_model_of_unknown_price_is_never_asked(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, completion("네."), executor="stranger") as paid:
        end = await paid.run()
        assert isinstance(end, Stopped)
        assert end.kind == "unpriced"
        assert paid.endpoint.requests == []


async def test_a_model_that_is_said_to_be_free_needs_no_price(serve: Serve, tmp_path: Path):
    given = {"executor": "stranger", "free": True, "day_usd": 0.0}
    async with till(serve, tmp_path, completion("네."), **given) as paid:
        end = await paid.run()
        assert isinstance(end, Answered)
        assert end.usage.cost_usd == 0
        assert await paid.usd == 0


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_request_that_was_refused_costs_nothing(serve: Serve, tmp_path: Path, status: int):
    async with till(serve, tmp_path, broken(status)) as paid:
        await paid.run()
        assert await paid.usd == 0


async def test_a_request_whose_answer_never_came_counts_as_its_most(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, Hang(), timeout_s=0.05) as paid:
        end = await paid.run()
        assert isinstance(end, Stopped)
        assert end.kind == "deadline"
        assert await paid.usd > 1_000 * 10.0 / 1e6


async def test_an_endpoint_that_counts_nothing_is_paid_the_most(serve: Serve, tmp_path: Path):
    async with till(serve, tmp_path, completion("네.", usage=None)) as paid:
        assert isinstance(await paid.run(), Answered)
        assert await paid.usd > 1_000 * 10.0 / 1e6
