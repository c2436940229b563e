"""Language models that fail, in whole turns over real HTTP: a sentence, a reason, nothing done."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response
from tests.engine import World, a_world
from tests.models import FakeEndpoint, Hang, broken, completion
from tests.unit.arion_host.conftest import Serve

from arion_host.agents.model.seam import Budget
from arion_host.agents.model.settings import ModelSettings
from arion_host.agents.model.stops import stopped
from arion_host.agents.model.wallet import Wallet
from arion_host.database import open_database
from arion_host.parts import open_models

pytestmark = pytest.mark.thorough

ASKED = {
    "ko": "자전거 바람 넣기 잊지 않게 좀 적어놔 볼래",
    "en": "it would be good to recall the bicycle",
}
PRICES = """{"as_of": "2026-11-22", "source": "mine", "usd_per_million_tokens":
 {"small": {"input": 1.0, "cached": 0.1, "output": 10.0}}}"""
LOOKS = completion(called=[("notes_list", "{}")])
INVENTS = completion(called=[("rm_rf", '{"path": "/"}')])
ADDS = completion(called=[("notes_add", '{"title": "자전거 바람 넣기"}')])
BUSY = JSONResponse({"error": {"message": "slow down"}}, 429, headers={"retry-after": "60"})

BAD: dict[str, tuple[str, Sequence[Any], dict[str, Any]]] = {
    "refuses the key": ("key", [broken(401)], {}),
    "forbids": ("key", [broken(403)], {}),
    "is busy for a minute": ("busy", [BUSY], {"retries": 3}),
    "is busy again": ("busy", [broken(429), broken(429)], {"retries": 1}),
    "breaks": ("unavailable", [broken(500)], {}),
    "sends a page": ("garbage", [Response("<html>", media_type="text/html")], {}),
    "says nothing": ("garbage", [completion("")], {}),
    "says a call": ("garbage", [completion('{"name": "notes_add", "arguments": {}}')], {}),
    "says the same forever": ("garbage", [completion("네, 알겠어요. " * 40)], {}),
    "refuses": ("refused", [completion(refusal="I won't.")], {}),
    "calls forever": ("turns", [LOOKS] * 3, {"requests": 3}),
    "invents tools": ("turns", [INVENTS] * 3, {"requests": 3}),
    "is slow": ("deadline", [Hang()], {"deadline_s": 0.2}),
    "costs too much": ("budget", [], {"output_tokens": 200_000}),
    "has no price": ("unpriced", [], {"executor": "stranger"}),
}


@asynccontextmanager
async def a_host(
    serve: Serve, folder: Path, language: str, answers: Sequence[Any], **given: Any
) -> AsyncGenerator[tuple[World, FakeEndpoint]]:
    endpoint = FakeEndpoint([*answers])
    served = await serve(endpoint.app)
    (folder / "prices.json").write_text(PRICES)
    names = {"executor": "small", "retries": 0, "prices": folder / "prices.json", **given}
    settings = ModelSettings.model_validate({"base_url": f"{served.url}/v1", **names})
    budget = Budget(1.0, 5.0, settings.turn_usd)
    async with (
        open_database(folder / "wallet.db") as database,
        open_models(settings, Wallet(database, budget, UTC)) as models,
    ):
        assert models is not None
        async with a_world(
            folder,
            language,
            loop=models.loop,
            checker=models.checker,
            router=models.router,
            describer=models.describer,
            purse=models.purse,
        ) as world:
            yield world, endpoint


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("bad", BAD)
async def test_a_model_that_fails_ends_in_a_plain_sentence_and_its_reason(
    serve: Serve, tmp_path: Path, notes_language: str, bad: str, language: Any
):
    kind, answers, given = BAD[bad]
    async with a_host(serve, tmp_path, notes_language, answers, **given) as (world, _):
        before = dict(world.notebook.notes)
        result = await world.say(ASKED[language], language=language)
        assert world.notebook.notes == before
    assert (result.route, result.stopped) == ("model", kind)
    assert result.answer.startswith(stopped(kind, (), language))
    assert result.needs_human is None
    assert not any(call.effect_id for call in result.calls)


@pytest.mark.parametrize("rest", [broken(500), completion("{"), Hang()])
async def test_what_was_done_before_it_failed_is_told(
    serve: Serve, tmp_path: Path, notes_language: str, rest: Any
):
    given = {"deadline_s": 3.0}
    async with a_host(serve, tmp_path, notes_language, [ADDS, rest], **given) as (world, _):
        result = await world.say(ASKED["ko"])
        assert "자전거 바람 넣기" in world.notebook.notes.values()
    assert result.answer.startswith("적어 뒀어요. ")
    assert result.stopped is not None


async def test_a_router_that_fails_costs_a_moment_and_nothing_else(
    serve: Serve, tmp_path: Path, notes_language: str
):
    answers = [broken(500), ADDS, completion("적어 뒀어요.")]
    given = {"router": "small"}
    async with a_host(serve, tmp_path, notes_language, answers, **given) as (world, endpoint):
        result = await world.say(ASKED["ko"])
    assert (result.answer, result.stopped) == ("적어 뒀어요.", None)
    assert len(endpoint.requests) == 3


async def test_all_roles_work_over_one_endpoint_and_the_answer_is_streamed(
    serve: Serve, tmp_path: Path, notes_language: str
):
    answers = [
        completion('{"tools": ["notes_list"]}'),
        LOOKS,
        completion("DONE"),
        completion("메모가 세 개 있어요."),
    ]
    given = {"router": "small", "describer": "small"}
    async with a_host(serve, tmp_path, notes_language, answers, **given) as (world, endpoint):
        result = await world.say("세탁에 대해 뭐라고 적어 뒀더라")
    assert (result.answer, result.stopped) == ("메모가 세 개 있어요.", None)
    assert result.cost_usd == pytest.approx(4 * (188 * 1.0 + 512 * 0.1 + 20 * 10.0) / 1e6)
    assert [len(request.get("tools", ())) for request in endpoint.requests] == [0, 1, 1, 0]


async def test_a_turn_ends_when_its_own_money_is_gone_and_the_next_has_its_own(
    serve: Serve, tmp_path: Path, notes_language: str
):
    answers = [LOOKS] * 20
    given = {"turn_usd": 0.014, "requests": 8}
    async with a_host(serve, tmp_path, notes_language, answers, **given) as (world, endpoint):
        first = await world.say("세탁에 대해 뭐라고 적어 뒀더라")
        sent = len(endpoint.requests)
        second = await world.say("세탁에 대해 뭐라고 적어 뒀더라")
    assert (first.stopped, second.stopped) == ("budget", "budget")
    assert 0 < sent < 8
    assert len(endpoint.requests) > sent


async def test_a_command_needs_no_model_even_when_the_money_is_gone(
    serve: Serve, tmp_path: Path, notes_language: str
):
    given = {"output_tokens": 200_000}
    async with a_host(serve, tmp_path, notes_language, [], **given) as (world, _):
        refused = await world.say(ASKED["ko"])
        done = await world.say("메모 보여줘")
    assert refused.stopped == "budget"
    assert "이렇게는 말할 수 있어요" in refused.answer
    assert (done.route, done.stopped, done.answer) == ("template", None, "메모가 3개 있어요.")
