"""A model that picks tools: what it may say, and what becomes of everything else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from agents import ModelBehaviorError
from tests.models import ADD, ASSIGNMENT, FIND, calls, heard, says, scripted

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.prices import Price
from arion_host.agents.model.router import ModelRouter
from arion_host.agents.model.seam import Chosen, Exchange

PRICE = Price(input=1.0, cached=0.1, output=10.0)


async def chosen(*steps: Any) -> Chosen:
    return await ModelRouter(Connected(scripted(*steps), PRICE)).choose(ASSIGNMENT)


@pytest.mark.parametrize(
    "answer",
    [
        '{"tools": ["notes_add", "notes_find"]}',
        '```json\n{"tools": ["notes_add", "notes_find"]}\n```',
        '{"tools": ["notes_add", "notes_find", "notes_add"]}',
    ],
)
async def test_the_tools_it_names_are_chosen(answer: str):
    said = await chosen(says(answer))
    assert said.tools == (ADD, FIND)
    assert said.usage.cost_usd == pytest.approx(0.00114)
    assert said.reason == ""


async def test_none_means_that_no_tool_does_it_and_any_that_all_may():
    assert (await chosen(says('{"tools": "none"}'))).tools == ()
    any_tool = await chosen(says('{"tools": "any"}'))
    assert (any_tool.tools, any_tool.reason) == (None, "")


@pytest.mark.parametrize(
    "step",
    [
        says(""),
        says("notes_add"),
        says('{"tools": []}'),
        says('{"tools": "notes_add"}'),
        says('{"tools": ["notes_add", "rm_rf"]}'),
        says('{"tool": ["notes_add"]}'),
        says("}{"),
        calls(("notes_add", {})),
        ModelBehaviorError("nonsense"),
    ],
)
async def test_whatever_is_no_clear_answer_chooses_nothing_away(step: Any):
    said = await chosen(step)
    assert said.tools is None
    assert said.reason


async def test_it_is_told_tools_and_words_but_no_schemas_and_no_times():
    model = scripted(says('{"tools": "any"}'))
    later = replace(ASSIGNMENT, history=tuple(Exchange(f"말 {n}", f"답 {n}") for n in range(5)))
    await ModelRouter(Connected(model)).choose(later)
    told = json.loads(heard(model)[0])
    assert list(told) == ["tools", "before", "said"]
    assert told["tools"]["mail__send"] == "Send"
    assert told["before"] == [
        {"person": "말 3", "assistant": "답 3"},
        {"person": "말 4", "assistant": "답 4"},
    ]
    assert told["said"] == ASSIGNMENT.said
    assert model.calls[0].tools == []
