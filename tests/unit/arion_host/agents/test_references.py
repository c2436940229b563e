from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import JsonValue
from tests.unit.arion_host.agents.pack import match

from arion_host.agents.references import (
    choose,
    choose_likeliest,
    complete,
    is_plain,
    options_of,
    other_queries,
    reference_query,
    widened_query,
)
from arion_host.agents.understood import (
    Evidence,
    Match,
    NoneFound,
    Provenance,
    ReferenceQuery,
    Resolved,
    Several,
    SlotValue,
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


def looks_for(text: str, **arguments: JsonValue) -> Match:
    """A command whose reference is looked up with `arguments`."""
    found = match("치과 예약 일정 취소해줘")
    slot = EVENT.model_copy(update={"arguments": arguments})
    said = SlotValue("event", text, text, Provenance.SAID)
    return replace(found, slots={**found.slots, "event": said}, references={"event": slot})


def words_tried(text: str, *names: str) -> list[JsonValue]:
    queries = other_queries(looks_for(text, query="{text}"), "event", names)
    return [query.arguments["query"] for query in queries]


def test_other_words_are_tried_where_those_that_were_said_find_nothing() -> None:
    assert words_tried("지훈이")[0] == "지훈"
    assert words_tried("엄마")[0] in ("mother", "어머니")
    assert "어머니" in words_tried("엄마")
    assert words_tried("the dentist")[0] == "치과"
    assert words_tried("카드 명세서")[-2:] == ["명세서", "카드"]


def test_a_name_the_person_is_known_to_have_comes_first() -> None:
    assert words_tried("Jihoon", "박서준", "오지훈")[0] == "오지훈"
    assert words_tried("서중", "박서준", "오지훈") == ["서준"]
    assert words_tried("엄마", "어머니")[0] == "어머니"


def test_no_more_than_four_look_ups_are_made_and_none_twice() -> None:
    tried = words_tried("우리 엄마 생신 저녁 식사 예약")
    assert len(tried) == len(set(map(str, tried))) == 4


def test_words_that_nothing_else_is_known_of_are_tried_no_further() -> None:
    assert words_tried("대장내시경") == []
    assert other_queries(looks_for("치과", kind="all"), "event") == ()


SCHEMA: dict[str, JsonValue] = {
    "properties": {"query": {}, "start": {}, "max_results": {}, "kind": {}}
}


@pytest.mark.parametrize(
    ("arguments", "wide"),
    [
        ({"query": "{text}"}, {"start": "now", "max_results": 50}),
        (
            {"query": 'from:"{text}" in:inbox', "max_results": 1},
            {"query": "in:inbox", "start": "now", "max_results": 50},
        ),
        (
            {"query": "{text}", "start": "2026-11-24", "kind": "a"},
            {"start": "2026-11-24", "kind": "a", "max_results": 50},
        ),
    ],
)
def test_a_look_up_without_the_words_keeps_the_rest(
    arguments: dict[str, JsonValue], wide: dict[str, JsonValue]
) -> None:
    found = widened_query(looks_for("치과", **arguments), "event", SCHEMA)
    assert found == ReferenceQuery("diary_list", wide)


def test_a_tool_that_needs_the_words_is_not_asked_without() -> None:
    schema: dict[str, JsonValue] = {**SCHEMA, "required": ["query"]}
    assert widened_query(looks_for("엄마", query="{text}"), "event", schema) is None
    assert widened_query(looks_for("엄마", kind="all"), "event", SCHEMA) is None


def test_of_rows_found_without_the_words_the_likeliest_is_meant() -> None:
    rows = [row("a1", "주간 회의"), row("b2", "치과 스케일링")]
    options = options_of(rows, EVENT, "the dentist", source="diary/diary_list")
    likely = choose_likeliest(options, EVENT, "the dentist")
    assert isinstance(likely.found, Resolved)
    assert (likely.found.value, likely.found.source) == ("b2", "diary/diary_list")
    assert likely.sure


def test_of_a_persons_mails_the_first_is_taken_where_the_slot_takes_the_first() -> None:
    slot = EVENT.model_copy(update={"arguments": {"query": 'from:"{text}"'}, "pick": "first"})
    rows: list[dict[str, JsonValue]] = [
        {"id": "1", "summary": "지훈이 결혼식", "from": "박서준 <s@x.example>"},
        {"id": "2", "summary": "안녕", "from": "오지훈 <j@x.example>"},
        {"id": "3", "summary": "등산", "from": "오지훈 <j@x.example>"},
    ]
    likely = choose_likeliest(options_of(rows, slot, "지훈이"), slot, "지훈이")
    assert isinstance(likely.found, Resolved)
    assert likely.found.value == "2"
    assert choose_likeliest((), slot, "지훈이").found == NoneFound("지훈이")


def test_rows_of_the_very_words_are_told_apart_by_all_of_them() -> None:
    rows = [row("a1", "디자인 리뷰 회의록"), row("b2", "리뷰 (디자인)"), row("c3", "코드 리뷰")]
    found = choose(rows, EVENT, "코드 리뷰 일정")
    assert isinstance(found, Resolved)
    assert found.value == "c3"


def test_a_row_is_plain_where_people_would_know_it_by_the_words() -> None:
    slot = EVENT.model_copy(update={"words": {"ko": ("일정",)}})
    options = options_of([row("a1", "김치 보냈다")], slot, "택배")
    assert is_plain(options, slot, "김치")
    assert is_plain(options, slot, "일정")
    assert not is_plain(options, slot, "택배")
    assert not is_plain(options_of([row("a1", "엄마 사진")], slot, "엄마"), slot, "엄마")
