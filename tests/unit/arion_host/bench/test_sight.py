"""Which faults count as visible to code."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.arion_host.validation.proposals import CATALOGUE, KNOWN, NOW, TOOLS, rows

from arion_host.bench.faults import Fault, FaultKind, RightCall
from arion_host.bench.judging import without_examples
from arion_host.bench.sight import is_visible
from arion_host.language.detect import detect_language
from arion_host.policy.tracing import SeenResult

TWO = rows({"id": "a1", "summary": "치과 검진"}, {"id": "b2", "summary": "동아리 회식"})


def a_fault(
    kind: FaultKind,
    said: str,
    right: tuple[str, dict[str, Any]],
    wrong: tuple[str, dict[str, Any]],
    *reads: SeenResult,
) -> Fault:
    by_name = {tool.name: tool for tool in TOOLS}
    call = RightCall("x", said, detect_language(said), NOW, by_name[right[0]], right[1], (), reads)
    return Fault(kind, call, by_name[wrong[0]], wrong[1], reads)


@pytest.mark.parametrize(
    ("said", "kept", "visible"),
    [
        ("강남에서 판교까지 얼마나 걸려?", {"origin": "강남"}, True),
        ("강남에서 판교까지 얼마나 걸려?", {"origin": "강남", "destination": "판교"}, False),
    ],
)
def test_a_dropped_value_is_visible_where_it_was_said(
    said: str, kept: dict[str, Any], visible: bool
):
    right = ("way_find", {"origin": "강남", "destination": "판교", "by": "transit"})
    fault = a_fault(FaultKind.DROPPED_SLOT, said, right, ("way_find", kept))
    assert is_visible(fault, KNOWN) is visible


@pytest.mark.parametrize(
    ("said", "visible"), [("내일 회의 일정 잡아줘", True), ("회의 일정 잡아줘", False)]
)
def test_a_shifted_date_is_visible_where_a_time_was_said(said: str, visible: bool):
    right = ("diary_create", {"summary": "회의", "start": "2026-11-24"})
    wrong = ("diary_create", {"summary": "회의", "start": "2026-12-01"})
    assert is_visible(a_fault(FaultKind.SHIFTED_DATE, said, right, wrong), KNOWN) is visible


@pytest.mark.parametrize(
    ("said", "visible"), [("치과 일정 취소해줘", True), ("그 일정 취소해줘", False)]
)
def test_another_thing_is_visible_where_words_tell_them_apart(said: str, visible: bool):
    right, wrong = ("diary_delete", {"event_id": "a1"}), ("diary_delete", {"event_id": "b2"})
    fault = a_fault(FaultKind.SWAPPED_TARGET, said, right, wrong, TWO)
    assert is_visible(fault, KNOWN) is visible


@pytest.mark.parametrize(
    ("said", "visible"),
    [("수민에게 늦는다고 메일 초안 써줘", True), ("수민에게 늦는다고 메일", False)],
)
def test_another_tool_is_visible_where_a_word_tells_them_apart(said: str, visible: bool):
    given = {"to": ["수민"], "body": "늦는다"}
    fault = a_fault(FaultKind.WRONG_TOOL, said, ("mail_draft", given), ("mail_send", given))
    assert is_visible(fault, KNOWN) is visible


def test_what_is_judged_is_no_example_of_itself():
    packs = without_examples(CATALOGUE, {"회식 일정 취소해줘"}).packs
    delete = next(it for it in packs["diary"].intents if it.name == "delete")
    assert (delete.examples["ko"], delete.examples["en"]) == ((), ("Cancel my dinner",))
