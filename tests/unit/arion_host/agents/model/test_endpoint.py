"""The loop over real HTTP, against an endpoint that answers well, badly or not at all."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response
from tests.models import ASSIGNMENT, FakeEndpoint, Gate, Hang, broken, completion
from tests.unit.arion_host.conftest import Serve

from arion_host.agents.model.endpoint import Models
from arion_host.agents.model.loop import ModelLoop
from arion_host.agents.model.prices import Price
from arion_host.agents.model.seam import Answered, Limits, RunEnd, Stopped, Usage
from arion_host.agents.model.settings import ModelSettings, Role

pytestmark = pytest.mark.thorough

PRICE = Price(input=1.0, cached=0.1, output=10.0)


def settings(url: str, **given: Any) -> ModelSettings:
    return ModelSettings.model_validate(
        {"base_url": f"{url}/v1", "key": "sk-test", "executor": "small", **given}
    )


class Work:
    """One assignment, worked on over HTTP."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self.gate = Gate()

    async def __call__(
        self,
        endpoint: FakeEndpoint,
        *,
        limits: Limits | None = None,
        **given: Any,
    ) -> RunEnd:
        served = await self._serve(endpoint.app)
        async with Models(settings(served.url, **{"retries": 0, **given})) as models:
            model = models.connect(Role.EXECUTOR)
            assert model is not None
            loop = ModelLoop(replace(model, price=PRICE), limits)
            return await loop.run(ASSIGNMENT, self.gate)


@pytest.fixture
def work(serve: Serve) -> Work:
    return Work(serve)


def kind(end: RunEnd) -> str:
    assert isinstance(end, Stopped), end
    assert end.reason
    return end.kind


async def test_calls_and_answer_go_over_the_wire_with_their_cost(work: Work):
    endpoint = FakeEndpoint(
        [completion(called=[("notes_list", '{"text": "우유"}')]), completion("메모가 하나 있어요.")]
    )
    end = await work(endpoint)
    assert isinstance(end, Answered)
    assert end.text == "메모가 하나 있어요."
    assert end.usage == Usage(2, 1_400, 1_024, 40, 0.0008784)
    assert work.gate.made == [("notes_list", {"text": "우유"})]

    first, second = endpoint.requests
    assert endpoint.paths == ["/v1/chat/completions"] * 2
    assert endpoint.keys == ["Bearer sk-test"] * 2
    assert first["model"] == "small"
    assert first["max_tokens"] == 1_000
    assert [tool["function"]["name"] for tool in first["tools"]] == [
        "mail__send",
        "notes_add",
        "notes_find",
        "notes_list",
    ]
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert second["tools"] == first["tools"]
    assert second["messages"][-1]["content"] == '{"say":"notes_list: ok"}'


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (400, "unavailable"),
        (401, "key"),
        (403, "key"),
        (404, "unavailable"),
        (429, "busy"),
        (500, "unavailable"),
        (503, "busy"),
        (529, "busy"),
    ],
)
async def test_what_an_endpoint_answers_instead_is_told_apart(work: Work, status: int, told: str):
    end = await work(FakeEndpoint([broken(status)]))
    assert kind(end) == told
    assert isinstance(end, Stopped)
    assert str(status) in end.reason
    assert end.usage.cost_usd == 0


async def test_an_address_where_nothing_listens_is_unavailable(free_port: int):
    async with Models(settings(f"http://127.0.0.1:{free_port}", retries=0)) as models:
        model = models.connect(Role.EXECUTOR)
        assert model is not None
        loop = ModelLoop(model)
        assert kind(await loop.run(ASSIGNMENT, Gate())) == "unavailable"


async def test_a_busy_endpoint_is_asked_again(work: Work):
    endpoint = FakeEndpoint([broken(429), broken(503), completion("네.")])
    end = await work(endpoint, retries=2)
    assert isinstance(end, Answered)
    assert len(endpoint.requests) == 3
    assert end.usage.requests == 1


@pytest.mark.parametrize("status", [400, 401, 404])
async def test_what_will_not_change_is_not_asked_again(work: Work, status: int):
    endpoint = FakeEndpoint([broken(status), completion("네.")])
    await work(endpoint, retries=2)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("wait", ["60", "Wed, 21 Oct 2099 07:28:00 GMT"])
async def test_an_endpoint_that_wants_a_longer_wait_than_there_is_time_is_busy_at_once(
    work: Work, wait: str
):
    busy = JSONResponse({"error": {"message": "slow down"}}, 429, headers={"retry-after": wait})
    endpoint = FakeEndpoint([busy, completion("네.")])
    begun = monotonic()
    assert kind(await work(endpoint, retries=3)) == "busy"
    assert monotonic() - begun < 5
    assert len(endpoint.requests) == 1


async def test_the_wait_an_endpoint_asks_for_is_kept(work: Work):
    busy = JSONResponse({"error": {"message": "no"}}, 429, headers={"retry-after": "0.3"})
    begun = monotonic()
    end = await work(FakeEndpoint([busy, completion("네.")]), retries=1)
    assert isinstance(end, Answered)
    assert monotonic() - begun >= 0.3


async def test_an_answer_that_takes_too_long_ends_the_run_and_is_paid_for(work: Work):
    end = await work(FakeEndpoint([Hang()]), timeout_s=0.05)
    assert kind(end) == "deadline"
    assert end.usage.output_tokens == 1_000
    assert end.usage.input_tokens > 500


async def test_the_deadline_ends_the_run(work: Work):
    end = await work(FakeEndpoint([Hang()]), limits=Limits(deadline_s=0.05))
    assert kind(end) == "deadline"


GARBAGE = {
    "not JSON": Response("<html>busy</html>", media_type="application/json"),
    "a page": Response("<html>busy</html>", media_type="text/html"),
    "a list": Response("[]", media_type="application/json"),
    "nothing": Response("", media_type="application/json"),
    "null": Response("null", media_type="application/json"),
    "no choices": Response("{}", media_type="application/json"),
    "empty choices": Response('{"choices": []}', media_type="application/json"),
    "a wrong choice": Response('{"choices": [7]}', media_type="application/json"),
    "wrong calls": Response(
        '{"choices": [{"message": {"role": "assistant", "tool_calls": 7}}]}',
        media_type="application/json",
    ),
    "a nameless call": Response(
        '{"choices": [{"message": {"role": "assistant", "tool_calls": [{"type": "function"}]}}]}',
        media_type="application/json",
    ),
}


@pytest.mark.parametrize("answer", GARBAGE.values(), ids=GARBAGE)
async def test_garbage_is_called_garbage(work: Work, answer: Response):
    assert kind(await work(FakeEndpoint([answer]))) == "garbage"


async def test_an_empty_answer_is_garbage(work: Work):
    assert kind(await work(FakeEndpoint([completion("")]))) == "garbage"


async def test_a_refusal_is_told_from_an_answer(work: Work):
    end = await work(FakeEndpoint([completion(refusal="I can't help with that.")]))
    assert kind(end) == "refused"


async def test_an_answer_cut_off_before_its_first_word_is_garbage(work: Work):
    assert kind(await work(FakeEndpoint([completion(None, reason="length")]))) == "garbage"


async def test_what_no_endpoint_counts_is_counted_as_the_most_it_can_be(work: Work):
    end = await work(FakeEndpoint([completion("네.", usage=None)]))
    assert isinstance(end, Answered)
    assert end.usage.output_tokens == 1_000
    assert end.usage.cost_usd is not None
    assert end.usage.cost_usd > 0.01


async def test_a_key_is_never_taken_from_the_environment(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    endpoint = FakeEndpoint([completion("네.")])
    served = await serve(endpoint.app)
    async with Models(settings(served.url, key=None)) as models:
        model = models.connect(Role.EXECUTOR)
        assert model is not None
        assert isinstance(await ModelLoop(model).run(ASSIGNMENT, Gate()), Answered)
    assert endpoint.keys == ["Bearer none"]


async def test_openai_itself_is_asked_in_its_own_words():
    given = {"executor": "a", "reasoning": "low", "key": "sk-test"}
    async with Models(ModelSettings.model_validate(given)) as models:
        official = models.connect(Role.EXECUTOR)
        assert models.connect(Role.VALIDATOR) is None
    assert official is not None
    asked = official.settings(500)
    assert (asked.max_tokens, asked.extra_args) == (None, {"max_completion_tokens": 500})
    assert asked.reasoning is not None
    assert asked.reasoning.effort == "low"
    other = replace(official, is_openai=False).settings(500)
    assert (other.max_tokens, other.extra_args) == (500, None)


async def test_a_model_in_the_list_has_its_price_and_another_none():
    names = {"executor": "gpt-6.1-terra", "validator": "mine"}
    async with Models(ModelSettings.model_validate(names)) as models:
        known, unknown = models.connect(Role.EXECUTOR), models.connect(Role.VALIDATOR)
    assert known is not None
    assert known.price == Price(input=1.0, cached=0.05, output=5.0, written=1.25)
    assert unknown is not None
    assert unknown.price is None
