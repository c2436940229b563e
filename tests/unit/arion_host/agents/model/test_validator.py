"""Second looks at a write, by one model or two."""

from __future__ import annotations

import json

import pytest
from tests.models import FakeEndpoint, broken, calls, completion, heard, says, scripted
from tests.unit.arion_host.conftest import Serve

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.endpoint import Models
from arion_host.agents.model.prices import Price
from arion_host.agents.model.seam import Usage
from arion_host.agents.model.settings import ModelSettings, Role
from arion_host.agents.model.validator import Checked, Validator, ask

SAID = "내일 오후 3시에 치과 예약 잡아줘"
SENTENCE = "11월 24일(화) 15:00 '치과 예약' 일정을 만듭니다"
MATCH = '{"verdict": "match"}'
MISMATCH = '{"verdict": "mismatch", "slot": "time"}'
UNSURE = '{"verdict": "unsure"}'


async def check(first: str, second: str | None = None, *, grave: bool = False) -> Checked:
    other = None if second is None else Connected(scripted(says(second)))
    return await Validator(Connected(scripted(says(first))), other).check(
        SAID, SENTENCE, grave=grave
    )


async def test_a_model_sees_the_words_and_the_sentence_and_nothing_else():
    model = scripted(says(MATCH))
    opinion = await ask(Connected(model, Price(input=1.0, cached=0.1, output=10.0)), SAID, SENTENCE)
    assert opinion.verdict == "match"
    assert opinion.usage == Usage(1, 1_000, 400, 50, 0.00114)
    (told,) = heard(model)
    assert json.loads(told) == {"said": SAID, "about_to": SENTENCE}
    assert model.calls[0].tools == []


async def test_what_fits_passes_and_what_differs_is_named():
    assert (await check(MATCH)).verdict == "match"
    differs = await check(MISMATCH)
    assert (differs.verdict, differs.slot) == ("mismatch", "time")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "match",
        f"Sure! {MATCH}",
        f"```json\n{MATCH}\n```",
        '{"verdict": "yes"}',
        '{"verdict": ["match"]}',
        '["match"]',
        '{"confidence": 0.99}',
    ],
)
async def test_anything_but_the_answer_asked_for_is_unsure(answer: str):
    assert (await check(answer)).verdict == "unsure"


async def test_a_call_instead_of_an_answer_is_unsure():
    opinion = await ask(Connected(scripted(calls(("match", {})))), SAID, SENTENCE)
    assert opinion.verdict == "unsure"
    assert opinion.reason


@pytest.mark.parametrize(
    ("first", "second", "grave", "verdict", "asked"),
    [
        (MATCH, MISMATCH, False, "match", 1),
        (MISMATCH, MATCH, True, "mismatch", 1),
        (MATCH, MATCH, True, "match", 2),
        (MATCH, MISMATCH, True, "unsure", 2),
        (MATCH, UNSURE, True, "unsure", 2),
        (UNSURE, MATCH, False, "unsure", 2),
        (UNSURE, MISMATCH, False, "unsure", 2),
        (MATCH, None, True, "unsure", 1),
        (UNSURE, None, False, "unsure", 1),
    ],
)
async def test_what_is_grave_or_in_doubt_needs_two_that_agree(
    first: str, second: str | None, grave: bool, verdict: str, asked: int
):
    checked = await check(first, second, grave=grave)
    assert checked.verdict == verdict
    assert len(checked.opinions) == asked


async def test_without_a_model_nothing_is_sure():
    assert await Validator(None).check(SAID, SENTENCE, grave=False) == Checked("unsure")


async def test_an_endpoint_that_fails_leaves_it_unsure(serve: Serve):
    served = await serve(FakeEndpoint([broken(500), completion(MATCH)]).app)
    given = {"base_url": f"{served.url}/v1", "retries": 0, "validator": "small"}
    async with Models(ModelSettings.model_validate(given)) as models:
        model = models.connect(Role.VALIDATOR)
        assert model is not None
        failed = await ask(model, SAID, SENTENCE)
        assert (failed.verdict, failed.usage.cost_usd) == ("unsure", None)
        assert "500" in failed.reason
        assert (await ask(model, SAID, SENTENCE)).verdict == "match"
