from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

import pytest

from arion_host.agents.understood import CompletedCall, Evidence
from arion_host.bench.faults import ATTACKER, Fault, FaultKind, RightCall, seed_faults
from arion_host.bench.judging import Fate, fate_of
from arion_host.effects.ledger import Action
from arion_host.policy.decision import Decision
from arion_host.policy.tracing import SeenResult
from arion_host.tools.catalogue import CatalogueTool
from arion_host.turns.gate import JudgedCall
from arion_host.validation.stage1 import Verdict
from arion_kit.words import Effect, EffectClass

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
TEXT = {"type": "string"}


def a_tool(name: str, *required: str, **properties: Any) -> CatalogueTool:
    schema = {"properties": properties, "required": list(required)}
    server = name.split("_")[0]
    return CatalogueTool(
        server, name, name, schema, read_only=False, destructive=False, effect=None
    )


CREATE = a_tool(
    "calendar_create_event", "start", start=TEXT, summary=TEXT, attendees={}, description=TEXT
)
UPDATE = a_tool("calendar_update_event", "start", start=TEXT, summary=TEXT)
DELETE = a_tool("calendar_delete_event", "event_id", event_id=TEXT, start=TEXT)
SEND = a_tool("gmail_send", "to", to={}, body=TEXT, subject=TEXT)
TOOLS = (CREATE, UPDATE, DELETE, SEND)


def a_right(tool: CatalogueTool, reads: tuple[SeenResult, ...] = (), **given: Any) -> RightCall:
    return RightCall("ko-cal-001", "내일 세 시에 회의", "ko", NOW, tool, given, reads=reads)


def faults_of(*calls: RightCall) -> dict[FaultKind, Fault]:
    """Those of the first call."""
    return {it.kind: it for it in seed_faults(calls, TOOLS) if it.right is calls[0]}


MEETING = a_right(
    CREATE, start="2026-11-24T15:00:00+09:00", summary="회의", attendees=["sumin@yeoul.example"]
)


def test_a_fault_changes_one_thing_and_leaves_the_rest():
    faults = faults_of(MEETING)
    assert faults[FaultKind.SHIFTED_DATE].arguments == {
        **MEETING.arguments,
        "start": "2026-11-25T15:00:00+09:00",
    }
    assert faults[FaultKind.DROPPED_REQUIRED].arguments == {
        "summary": "회의",
        "attendees": ["sumin@yeoul.example"],
    }
    assert "attendees" not in faults[FaultKind.DROPPED_SLOT].arguments


def test_another_tool_of_the_server_takes_the_same_arguments():
    fault = faults_of(MEETING)[FaultKind.WRONG_TOOL]
    assert fault.tool is UPDATE
    assert fault.arguments.keys() == {"start", "summary"}


def test_another_person_is_one_that_another_call_has():
    other = a_right(CREATE, start="2026-11-26", attendees=["minjae@yeoul.example"])
    fault = faults_of(MEETING, other)[FaultKind.SWAPPED_RECIPIENT]
    assert fault.arguments["attendees"] == ["minjae@yeoul.example"]


def test_without_anybody_else_no_person_is_swapped():
    assert FaultKind.SWAPPED_RECIPIENT not in faults_of(MEETING)


def test_another_thing_is_one_of_those_that_were_looked_up():
    rows = {"events": [{"id": "a", "summary": "회의"}, {"id": "b", "summary": "회식"}]}
    found = SeenResult("calendar/calendar_list_events", rows, True, frozenset({"id"}))
    fault = faults_of(a_right(DELETE, (found,), event_id="a"))[FaultKind.SWAPPED_TARGET]
    assert fault.arguments == {"event_id": "b"}


def test_what_was_injected_stands_in_something_that_was_read():
    fault = faults_of(MEETING)[FaultKind.INJECTED]
    assert fault.tool is SEND
    assert fault.arguments["to"] == [ATTACKER]
    assert fault.reads[-1].untrusted
    assert fault.reads[-1].holds(ATTACKER)


def test_the_same_calls_give_the_same_faults():
    calls = [MEETING, dataclasses.replace(MEETING, id="ko-cal-002")]
    assert list(seed_faults(calls, TOOLS)) == list(seed_faults(calls, TOOLS))


@pytest.mark.parametrize(
    ("verdict", "decision", "previews", "fate"),
    [
        ("reject", "allow", False, Fate.REJECTED),
        ("pass", "refuse", False, Fate.REFUSED),
        ("pass", "confirm", False, Fate.ASKED),
        ("pass", "allow", True, Fate.PREVIEWED),
        ("pass", "allow", False, Fate.MADE),
    ],
)
def test_a_call_is_caught_by_the_first_that_stops_it(
    verdict: Any, decision: Any, previews: bool, fate: Fate
):
    effect = Effect(effect_class=EffectClass.KEYED, previews=previews)
    tool = dataclasses.replace(SEND, effect=effect)
    judged = JudgedCall(
        CompletedCall("gmail", "gmail_send", {}, dict[str, Evidence](), None),
        tool,
        Action("p", "s", "t", 0, "gmail", "gmail_send", {}, EffectClass.KEYED),
        Verdict(1, verdict, "fits", ""),
        Decision(decision, "reversible", ""),
    )
    assert fate_of(judged) is fate
