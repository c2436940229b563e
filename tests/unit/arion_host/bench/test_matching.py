from __future__ import annotations

from typing import Any

import pytest

from arion_host.bench.items import GoldCall
from arion_host.bench.matching import Facts, canonical, is_same, matched
from arion_host.bench.things import Things, reference

DENTIST = {"summary": "치과 스케일링"}
FACTS = Facts(
    Things({
        reference(DENTIST): frozenset({"ev1"}),
        reference({"name": "이수민"}): frozenset({"이수민", "sumin.lee@yeoul.example"}),
        reference({"subject": "김치 보냈다"}): frozenset({"m1", "t1"}),
    }),
    made=frozenset({"ev9", "치과"}),
    shown=(frozenset({"m1", "첫 메일"}), frozenset({"m2", "다음 메일"})),
)  # fmt: skip


def gold(tool: str, **arguments: Any) -> GoldCall:
    return GoldCall(server=tool.split("_")[0], tool=tool, arguments=arguments)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-24T15:00:00+09:00", "2026-11-24T06:00:00Z"),
        ("2026-11-24T15:00+09:00", "2026-11-24T15:00:00+09:00"),
        ("강남역 2호선", "강남역2호선"),
        ("COEX", "ｃｏｅｘ"),
        (5, "5"),
        (5, 5.0),
        (["b", "A"], ["a", "b"]),
    ],
)
def test_values_that_mean_the_same_are_equal(one: Any, other: Any):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-24", "2026-11-24T00:00:00+09:00"),
        ("2026-11-24T15:00:00+09:00", "2026-11-24T15:00:00Z"),
        (True, 1),
        (["a"], ["a", "a"]),
    ],
)
def test_values_that_mean_something_else_differ(one: Any, other: Any):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ({"any": ["강남역", "Gangnam Station"]}, "gangnam station"),
        ({"has": ["코엑스", ["네 시", "4시"]]}, "내일 4시에 코엑스에서 봬요"),
        ({"has": ["is:unread"]}, "is:unread in:inbox"),
        ({"has": ["마감", "2026-11-27"]}, {"마감": "2026-11-27"}),
        ({"ignore": True}, "무엇이든"),
        ({"ref": {"name": "이수민"}}, "이수민 <sumin.lee@yeoul.example>"),
        ([{"ref": {"name": "이수민"}}], ["SUMIN.LEE@yeoul.example"]),
        ({"ref": DENTIST}, "ev1"),
        ({"ref": {"made": "event"}}, "ev9"),
        ({"ref": {"shown": 2}}, "m2"),
    ],
)
def test_an_argument_fits_its_pattern(call: Any, wanted: Any, given: Any):
    assert is_same(gold("x_y", value=wanted), call("x_y", value=given), FACTS)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ({"any": ["강남역"]}, "역삼역"),
        ({"has": ["코엑스", "4시"]}, "코엑스에서 봬요"),
        ({"ref": {"name": "이수민"}}, "박서준 <seojun.park@yeoul.example>"),
        ([{"ref": {"name": "이수민"}}], ["sumin.lee@yeoul.example", "else@evil.example"]),
        ({"ref": {"shown": 2}}, "m1"),
        ({"ref": {"shown": 9}}, "m1"),
        ({"ref": {"name": "모르는 사람"}}, "모르는 사람"),
    ],
)
def test_an_argument_that_means_something_else_does_not_fit(call: Any, wanted: Any, given: Any):
    assert not is_same(gold("x_y", value=wanted), call("x_y", value=given), FACTS)


def test_another_tool_is_another_call(call: Any):
    assert not is_same(gold("gmail_send"), call("gmail_create_draft"), FACTS)


def test_arguments_beside_those_that_matter_may_be_anything(call: Any):
    made = call("x_y", title="치과", place="강남")
    assert is_same(gold("x_y", title="치과"), made, FACTS)


def test_an_argument_that_is_left_out_has_its_default(call: Any):
    made = call("map_directions_car", schema={"by": {"default": "car"}})
    assert is_same(gold("map_directions_car", by="car"), made, FACTS)
    assert not is_same(gold("map_directions_car", by="taxi"), made, FACTS)


def test_what_the_server_understood_counts_as_given(call: Any):
    made = call("shop_search", query="이어폰 5만 원 이하", result={"asked": {"max_price": 50000}})
    assert is_same(gold("shop_search", max_price=50000), made, FACTS)


def test_an_end_may_be_given_as_a_duration(call: Any):
    wanted = gold("calendar_create_event", end="2026-11-24T16:30:00+09:00")
    start = "2026-11-24T15:00:00+09:00"
    assert is_same(wanted, call("calendar_create_event", start=start, duration_min=90), FACTS)
    assert not is_same(wanted, call("calendar_create_event", start=start, duration_min=60), FACTS)


def test_a_time_of_day_counts_as_the_moment_it_came_to(call: Any):
    wanted = gold("calendar_update_event", start="2026-11-27T19:00:00+09:00")
    came_to = {"event": {"start": "2026-11-27T19:00:00+09:00"}}
    assert is_same(wanted, call("calendar_update_event", start="19:00", result=came_to), FACTS)


def test_a_search_that_led_to_just_that_thing_counts_as_its_id(call: Any):
    wanted = gold("gmail_read", message_id={"ref": {"subject": "김치 보냈다"}})
    found = {"messages": [{"id": "m1", "subject": "김치 보냈다"}]}
    assert is_same(wanted, call("gmail_read", query="김치", result=found), FACTS)
    assert not is_same(wanted, call("gmail_read", query="김치", result={"messages": []}), FACTS)


def test_several_things_for_the_list_may_come_in_one_call_or_in_several(call: Any):
    milk, eggs = gold("list_add", text={"has": ["우유"]}), gold("list_add", text={"has": ["계란"]})
    both = gold("list_add", text={"has": ["우유", "계란"]})
    milk, eggs, both = (it.model_copy(update={"server": "list"}) for it in (milk, eggs, both))
    apart = [call("list_add", text="우유"), call("list_add", text="계란")]
    assert matched([milk, eggs], [call("list_add", text="우유, 계란")], FACTS) == {0}
    assert matched([both], apart, FACTS) == {0, 1}
    assert matched([both], apart[:1], FACTS) is None


def test_taking_back_and_making_anew_counts_as_the_change(call: Any):
    start = "2026-11-24T14:00:00+09:00"
    wanted = gold("calendar_update_event", event_id={"ref": {"made": "event"}}, start=start)
    anew, back = (
        call("calendar_create_event", summary="치과", start=start),
        call("calendar_delete_event", event_id="ev9"),
    )
    assert matched([wanted], [anew, back], FACTS) == {0, 1}
    assert matched([wanted], [anew], FACTS) is None


def test_one_call_does_not_count_twice(call: Any):
    wanted = [gold("gmail_read"), gold("gmail_read")]
    assert matched(wanted, [call("gmail_read")], FACTS) is None
    assert matched(wanted, [call("gmail_read"), call("gmail_read")], FACTS) == {0, 1}
