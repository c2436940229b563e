from __future__ import annotations

from datetime import datetime

from pydantic import JsonValue

from arion_host.agents.following.leaning import day_of, joined, taken_slot, with_that_day

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
SLOTS = [
    {"start": "2026-11-24T09:00:00+09:00", "end": "2026-11-24T10:00:00+09:00"},
    {"start": "2026-11-24T14:00:00+09:00", "end": "2026-11-24T15:00:00+09:00"},
]


def test_that_day_is_the_one_that_was_said_or_found():
    found: list[dict[str, JsonValue]] = [
        {"start": "2026-11-23T00:00:00+09:00", "events": [{"start": "2026-12-01T16:30:00+09:00"}]}
    ]
    said = day_of("금요일 일정 알려줘", [], "ko", NOW)
    shown = day_of("치과 예약 며칠이야?", found, "ko", NOW)
    assert said == datetime.fromisoformat("2026-11-27T00:00:00+09:00")
    assert shown == datetime.fromisoformat("2026-12-01T00:00:00+09:00")
    assert (
        with_that_day("그날 다른 일정도 있어?", shown or NOW, "ko") == "12월 1일 다른 일정도 있어?"
    )
    assert with_that_day("am I free that day?", shown or NOW, "en") == "am I free on December 1?"


def test_of_several_days_none_is_that_day():
    found: list[dict[str, JsonValue]] = [
        {"events": [{"start": "2026-12-01"}, {"start": "2026-12-02"}]}
    ]
    assert day_of("치과 예약 며칠이야?", found, "ko", NOW) is None
    assert with_that_day("그날이 오면 알려줘", NOW, "ko") is None


def test_a_free_time_that_was_found_can_be_taken():
    english = taken_slot("okay, I'll take the first slot, call it deep work", SLOTS, "en", NOW)
    korean = taken_slot("두 번째 시간에 집중 근무 일정 잡아줘", SLOTS, "ko", NOW)
    assert english == "Schedule deep work on November 24 from 9 am to 10 am"
    assert korean == "11월 24일 오후 2시부터 오후 3시까지 집중 근무 일정 잡아줘"


def test_a_free_time_is_not_taken_where_it_is_open_which():
    assert taken_slot("I'll take it", SLOTS, "en", NOW) is None
    assert taken_slot("I'll take the fifth slot", SLOTS, "en", NOW) is None
    assert taken_slot("take the trash out", SLOTS, "en", NOW) is None


def test_a_question_takes_what_it_lacks_from_the_last_one():
    slots = {"origin": "강남역", "goal": "코엑스"}
    korean = [*joined("택시 타면 얼마 나와?", "강남역에서 코엑스까지 어떻게 가?", slots, "ko")]
    english = [*joined("which is cheapest?", "Find milk to buy", {"item": "milk"}, "en")]
    assert korean == ["강남역에서 코엑스까지 택시 타면 얼마 나와"]
    assert "which milk is cheapest" in english
