"""Items and what came of them, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from arion_host.bench.items import Item
from arion_host.bench.playing import MadeCall, Played
from arion_host.exchange import CallReport, CallStatus, Step, TurnResult
from arion_host.tools.catalogue import CatalogueTool

NOW = "2026-11-23T10:00:00+09:00"

READS = {"calendar_list_events", "gmail_search", "gmail_read", "map_search", "map_directions_car"}


def a_tool(name: str, **properties: Any) -> CatalogueTool:
    server = name.split("_")[0]
    return CatalogueTool(
        server=server,
        name=name,
        title=name,
        input_schema={"type": "object", "properties": properties},
        read_only=name in READS,
        destructive="delete" in name,
        effect=None,
    )


def a_call(name: str, *, status: str = "ok", unasked: bool = True, **arguments: Any) -> MadeCall:
    """A made call; `result=` is what came back, `schema=` are the tool's parameters."""
    result = arguments.pop("result", {})
    tool = a_tool(name, **arguments.pop("schema", {}))
    return MadeCall(tool, arguments, CallStatus(status), result, unasked)


def an_item(gold: dict[str, Any], **fields: Any) -> Item:
    return Item.model_validate(
        {"id": "ko-cal-001", "part": "tuning", "language": "ko", "utterance": "내일 일정",
         "now": NOW, "gold": gold} | fields
    )  # fmt: skip


def a_turn(**fields: Any) -> TurnResult:
    return TurnResult.model_validate(
        {"turn_id": "t", "text": "", "language": "ko", "answer": "네.", "route": "template",
         "calls": [], "validation": [], "needs_human": None, "cost_usd": 0.0,
         "timings_ms": dict.fromkeys(Step, 1.0)} | fields
    )  # fmt: skip


def played(item: Item, *made: MadeCall, **turn: Any) -> Played:
    """An item that came to these calls."""
    reports = [
        CallReport(
            server=it.tool.server,
            tool=it.tool.name,
            arguments=dict(it.arguments),
            status=it.status,
        )
        for it in made
    ]
    passed = [{"stage": 1, "verdict": "pass", "reason": ""}] if made else []
    result = a_turn(**{"calls": reports, "validation": passed} | turn)
    after = () if all(it.unasked for it in made) else (a_turn(),)
    return Played(item, (), result, after, made, 20.0)


@pytest.fixture
def call() -> Callable[..., MadeCall]:
    return a_call


@pytest.fixture
def item() -> Callable[..., Item]:
    return an_item


@pytest.fixture
def turn() -> Callable[..., TurnResult]:
    return a_turn


@pytest.fixture
def play() -> Callable[..., Played]:
    return played
