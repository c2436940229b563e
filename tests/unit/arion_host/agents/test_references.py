from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import JsonValue
from tests.unit.arion_host.agents.pack import match

from arion_host.agents.references import choose, complete, reference_query
from arion_host.agents.understood import (
    Evidence,
    NoneFound,
    Provenance,
    ReferenceQuery,
    Resolved,
    Several,
)
from arion_kit.words import ReferenceSlot

EVENT = ReferenceSlot(
    tool="diary_list", arguments={"query": "{text}"}, items="events", value="id", label="summary"
)


def row(identifier: str, summary: str) -> dict[str, JsonValue]:
    return {"id": identifier, "summary": summary, "start": "2026-11-24T15:00:00+09:00"}


def test_a_reference_is_looked_up_by_its_words_and_the_other_slots() -> None:
    found = match("내일 치과 예약 일정 취소해줘")
    assert reference_query(found, "event") == ReferenceQuery(
        "diary_list", {"query": "치과 예약", "start": "2026-11-24T00:00:00+09:00"}
    )


def test_an_argument_whose_slot_was_not_said_is_left_out_of_the_query() -> None:
    found = match("치과 예약 일정 취소해줘")
    assert reference_query(found, "event").arguments == {"query": "치과 예약"}


def test_no_row_means_nothing_was_found() -> None:
    assert choose([], EVENT, "치과") == NoneFound("치과")


def test_one_row_is_the_one_that_was_meant() -> None:
    only = row("a1", "치과 예약")
    assert choose([only], EVENT, "치과") == Resolved("a1", "치과 예약", only)


def test_several_rows_are_a_question() -> None:
    rows = [row("a1", "치과 예약"), row("b2", "치과 검진")]
    found = choose(rows, EVENT, "치과")
    assert isinstance(found, Several)
    assert [option.label for option in found.options] == ["치과 예약", "치과 검진"]


def test_the_one_row_of_exactly_that_name_is_meant() -> None:
    rows = [row("a1", "주간 회의"), row("b2", "회의")]
    found = choose(rows, EVENT, "회의")
    assert isinstance(found, Resolved)
    assert found.value == "b2"


def test_two_rows_of_exactly_that_name_are_a_question() -> None:
    found = choose([row("a1", "회의"), row("b2", "회의")], EVENT, "회의")
    assert isinstance(found, Several)


def test_the_first_row_is_taken_where_the_pack_says_so() -> None:
    rows = [row("a1", "치과 예약"), row("b2", "치과 검진")]
    found = choose(rows, EVENT.model_copy(update={"pick": "first"}), "치과")
    assert isinstance(found, Resolved)
    assert found.value == "a1"


def test_rows_without_value_and_rows_told_twice_count_once() -> None:
    rows = [row("a1", "치과 예약"), row("a1", "치과 예약"), {"summary": "치과"}]
    assert isinstance(choose(rows, EVENT, "치과"), Resolved)


def test_a_resolved_reference_fills_arguments_and_question() -> None:
    found = match("내일 치과 예약 일정 취소해줘")
    resolved = Resolved("a1", "치과 예약 (강남)", row("a1", "치과 예약 (강남)"))
    call = complete(found, {"event": resolved})
    assert call.arguments == {"event_id": "a1", "series": False}
    assert call.evidence["event_id"] == Evidence(Provenance.RESOLVED, ("치과 예약",))
    assert call.evidence["series"] == Evidence(Provenance.LITERAL)
    assert call.readback == ("2026-11-24T15:00:00+09:00 '치과 예약 (강남)' 일정을 삭제할까요?")


def test_a_missing_reference_is_an_error() -> None:
    with pytest.raises(KeyError, match="event"):
        complete(match("치과 예약 일정 취소해줘"), {})


def test_a_parameter_whose_slot_was_not_said_is_left_out() -> None:
    call = complete(match("내일 일정 알려줘"), {})
    assert call.arguments == {
        "start": "2026-11-24T00:00:00+09:00",
        "end": "2026-11-25T00:00:00+09:00",
    }
    assert call.readback is None


def test_a_lone_placeholder_keeps_its_type() -> None:
    assert complete(match("일정 다섯개만 보여줘"), {}).arguments == {"limit": 5}


def test_the_end_is_an_argument_only_when_it_was_said() -> None:
    short = complete(match("내일 3시에 회의 잡아줘"), {})
    long = complete(match("내일 3시부터 5시까지 회의 잡아줘"), {})
    assert "end" not in short.arguments
    assert long.arguments["end"] == "2026-11-24T17:00:00+09:00"


def test_placeholders_inside_a_text_are_filled_in() -> None:
    call = complete(match("어제 온 계약서 메일 찾아줘"), {})
    assert call.arguments == {
        "query": "after:2026-11-22T00:00:00+09:00 before:2026-11-23T00:00:00+09:00 계약서",
        "limit": 5,
    }
    assert call.evidence["query"] == Evidence(Provenance.COMPUTED, ("어제", "계약서"))


def test_words_taken_as_they_are_count_as_said() -> None:
    call = complete(match("내일 3시에 회의 잡아줘"), {})
    assert call.evidence["summary"] == Evidence(Provenance.SAID, ("회의",))
    assert call.evidence["start"] == Evidence(Provenance.COMPUTED, ("내일 3시",))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("", "2026-12-03"),
        (".at", "2026-12-03"),
        (".until", "2026-12-06"),
        (".start_date", "2026-12-03"),
        (".end_date", "2026-12-06"),
        (".spoken", "12월 3일 목요일부터 12월 5일 토요일까지"),
    ],
)
def test_a_time_has_its_fields(field: str, value: str) -> None:
    found = match("12월 3일부터 5일까지 일정 알려줘")
    filled = complete(replace(found, arguments={"x": f"{{when{field}}}"}), {})
    assert filled.arguments == {"x": value}


def test_the_last_day_a_time_touches_is_before_its_end_date() -> None:
    found = match("내일 3시부터 5시까지 일정 알려줘")
    filled = complete(replace(found, arguments={"x": "{when.end_date}"}), {})
    assert filled.arguments == {"x": "2026-11-25"}


def test_lists_and_objects_are_filled_member_by_member() -> None:
    found = match("내일 회사 일정 알려줘")
    template: dict[str, JsonValue] = {
        "filter": {"day": "{when.at}", "limit": "{count}", "tags": ["{kind}", "x", "{count}"]}
    }
    filled = complete(replace(found, arguments=template), {})
    assert filled.arguments == {"filter": {"day": "2026-11-24", "tags": ["work", "x"]}}
    assert filled.evidence["filter"] == Evidence(Provenance.COMPUTED, ("내일", "회사"))


def test_the_label_of_a_choice_is_what_was_said() -> None:
    found = match("내일 회사 일정 알려줘")
    filled = complete(replace(found, arguments={"x": "{kind.label}"}), {})
    assert filled.arguments == {"x": "회사"}
