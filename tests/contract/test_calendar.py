"""The calendar server against the sandbox over HTTP: every tool, as a client calls it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.calendar_client import NOW, Calendar, calendar_at, calendar_client
from tests.sandbox import running_sandbox

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    language_pack,
    listed,
)

SNAPSHOT = Path(__file__).parent / "snapshots" / "calendar.json"
FAMILY = "family8c1f0e5d7a3b@group.calendar.google.com"
DESIGN = "design4f2a9b6c1e8d@group.calendar.google.com"
HOLIDAYS = "ko.south_korea#holiday@group.v.calendar.google.com"
SATURDAY = {"start": "2027-03-06", "end": "2027-03-07"}
"""A day on which the sandbox has put nothing."""


@pytest.fixture
async def calendar() -> AsyncIterator[Calendar]:
    async with running_sandbox() as sandbox, calendar_client(sandbox.google) as client:
        yield Calendar(client, sandbox)
        assert sandbox.violations() == []


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(calendar: Calendar) -> None:
    tools = await calendar.client.list_tools()
    assert_every_server_rules(tools)
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_the_language_pack_is_served_in_both_languages(calendar: Calendar) -> None:
    assert_language_rules(await language_pack(calendar.client))


async def test_now_tells_the_day_of_the_person(calendar: Calendar) -> None:
    told = await calendar.call("now")
    assert told["now"] == NOW
    assert told["say"] == "지금은 11월 23일 월요일 오전 10시예요."
    there = await calendar.call("now", language="en", tz="America/New_York")
    assert (there["date"], there["weekday"]) == ("2026-11-22", "Sunday")
    assert there["say"] == "It's 8 PM on Sunday, November 22 in New York."


async def test_calendars_are_listed_with_their_ids(calendar: Calendar) -> None:
    told = await calendar.call("list_calendars")
    rows = {row["id"]: row for row in told["calendars"]}
    assert rows[FAMILY]["name"] == "가족"
    assert rows[DESIGN]["access"] == "reader"
    assert [row["name"] for row in rows.values() if row["primary"]] == ["김하늘"]
    assert rows[HOLIDAYS]["access"] == "reader"
    assert told["say"].startswith("캘린더가 네 개 있어요.")
    assert "@" not in told["say"]


async def test_without_a_window_today_is_listed(calendar: Calendar) -> None:
    told = await calendar.list()
    assert (told["start"], told["end"]) == (
        "2026-11-23T00:00:00+09:00",
        "2026-11-24T00:00:00+09:00",
    )
    assert told["say"].startswith("오늘은 일정이")
    assert all(event["start"].startswith("2026-11-23") for event in told["events"])
    assert told["unknown"] == []


async def test_a_series_is_listed_as_its_occurrences(calendar: Calendar) -> None:
    told = await calendar.list(start="2026-11-23", end="2026-11-28", query="스탠드업")
    days = [event["start"][:10] for event in told["events"]]
    assert len(days) == len(set(days)) > 1
    assert all(event["recurring"] for event in told["events"])


async def test_pages_of_several_calendars_give_everything_once(calendar: Calendar) -> None:
    week: dict[str, Any] = {
        "start": "2026-11-23",
        "end": "2026-11-30",
        "calendar_ids": ["primary", FAMILY, DESIGN],
    }
    whole = await calendar.list(**week, max_results=100)
    found: list[tuple[str, str]] = []
    page = await calendar.list(**week, max_results=5)
    while True:
        found += [(event["calendar_id"], event["id"]) for event in page["events"]]
        if "next_page_token" not in page:
            break
        page = await calendar.list(**week, max_results=5, page_token=page["next_page_token"])
    assert found == [(event["calendar_id"], event["id"]) for event in whole["events"]]
    assert {name for name, _ in found} == {"primary", FAMILY, DESIGN}


async def test_a_search_without_end_looks_ahead(calendar: Calendar) -> None:
    assert await calendar.titles(query="치과") == ["치과 스케일링"]
    assert (await calendar.list(query="없는 일정"))["say"] == "'없는 일정' 일정은 없어요."


async def test_an_unknown_calendar_among_others_is_named_and_hides_nothing(
    calendar: Calendar,
) -> None:
    told = await calendar.list(calendar_ids=["primary", "nobody@example.com"])
    assert told["events"]
    assert told["unknown"] == ["nobody@example.com"]
    assert told["say"].endswith("캘린더 한 개는 확인하지 못했어요.")


async def test_a_created_event_is_in_the_calendar_at_its_time(calendar: Calendar) -> None:
    made = await calendar.create(
        summary="치과 예약",
        start="2027-03-06T15:00:00+09:00",
        location="하늘치과",
        description="스케일링",
        reminders=[10, 60],
    )
    assert made["say"] == "내년 3월 6일 토요일 오후 3시에 '치과 예약' 일정을 넣었어요."
    assert made["already_existed"] is False
    [event] = (await calendar.list(**SATURDAY))["events"]
    assert event == made["event"]
    assert (event["start"], event["end"]) == (
        "2027-03-06T15:00:00+09:00",
        "2027-03-06T16:00:00+09:00",
    )
    assert event["location"] == "하늘치과"
    [sent] = calendar.sent("POST")
    assert sent["body"]["reminders"]["overrides"] == [
        {"method": "popup", "minutes": 10},
        {"method": "popup", "minutes": 60},
    ]


async def test_the_same_key_never_makes_a_second_event(calendar: Calendar) -> None:
    event = {"summary": "치과 예약", "start": "2027-03-06T15:00:00+09:00", "idempotency_key": "a-1"}
    first, second = await calendar.create(**event), await calendar.create(**event)
    assert second["event"] == first["event"]
    assert second["already_existed"] is True
    assert second["conflicts"] == []
    assert second["say"].endswith("일정이 이미 들어 있어요.")
    assert await calendar.titles(**SATURDAY) == ["치과 예약"]


async def test_a_key_that_was_used_for_another_event_is_refused(calendar: Calendar) -> None:
    start = "2027-03-06T15:00:00+09:00"
    await calendar.create(summary="치과 예약", start=start, idempotency_key="a-1")
    refused = await calendar.create(summary="회의", start=start, idempotency_key="a-1")
    assert refused["error"]["kind"] == "bad_input"
    assert "idempotency_key" in refused["error"]["message"]
    assert await calendar.titles(**SATURDAY) == ["치과 예약"]


async def test_an_event_that_was_deleted_since_is_not_claimed_to_exist(calendar: Calendar) -> None:
    event = {"summary": "치과 예약", "start": "2027-03-06T15:00:00+09:00", "idempotency_key": "a-1"}
    made = await calendar.create(**event)
    await calendar.delete(made["event"]["id"])
    again = await calendar.create(**event)
    assert again["error"]["kind"] == "gone"
    assert await calendar.titles(**SATURDAY) == []


async def test_conflicts_are_listed_and_do_not_prevent(calendar: Calendar) -> None:
    start = "2027-03-06T15:00:00+09:00"
    await calendar.create(summary="주간 회의", start=start)
    made = await calendar.create(summary="치과 예약", start="2027-03-06T15:30:00+09:00")
    assert [conflict["summary"] for conflict in made["conflicts"]] == ["주간 회의"]
    assert made["say"].endswith("같은 시간에 '주간 회의' 일정도 있어요.")
    after = await calendar.create(summary="저녁", start="2027-03-06T16:30:00+09:00")
    assert after["conflicts"] == []
    unchecked = await calendar.create(summary="산책", start=start, check_conflicts=False)
    assert unchecked["conflicts"] == []


async def test_the_persons_own_calendar_is_looked_at_too(calendar: Calendar) -> None:
    await calendar.create(summary="주간 회의", start="2027-03-06T15:00:00+09:00")
    made = await calendar.create(
        summary="가족 모임", start="2027-03-06T15:30:00+09:00", calendar_id=FAMILY
    )
    assert [conflict["summary"] for conflict in made["conflicts"]] == ["주간 회의"]
    assert made["event"]["calendar_id"] == FAMILY


async def test_all_day_events_end_on_the_day_after_their_last(calendar: Calendar) -> None:
    made = await calendar.create(summary="휴가", start="2027-03-06", end="2027-03-08")
    assert (made["event"]["start"], made["event"]["end"]) == ("2027-03-06", "2027-03-08")
    assert made["say"].startswith(
        "내년 3월 6일 토요일부터 3월 7일 일요일까지 '휴가' 일정을 넣었어요."
    )
    sunday = {"start": "2027-03-07", "end": "2027-03-08"}
    monday = {"start": "2027-03-08", "end": "2027-03-09", "query": "휴가"}
    assert "휴가" in await calendar.titles(**sunday)
    assert await calendar.titles(**monday) == []


async def test_a_series_is_created_with_its_zone(calendar: Calendar) -> None:
    made = await calendar.create(
        summary="요가",
        start="2027-03-06T09:00:00+09:00",
        duration_min=90,
        recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"],
    )
    assert "error" not in made
    assert made["event"]["recurring"] is True
    told = await calendar.list(start="2027-03-01", end="2027-04-01", query="요가")
    assert [event["start"][:10] for event in told["events"]] == [
        "2027-03-06",
        "2027-03-13",
        "2027-03-20",
    ]


async def test_guests_are_only_invited_after_asking(calendar: Calendar) -> None:
    party = {"summary": "송년회", "attendees": ["minsu@example.com"]}
    still = {**party, "start": "2027-03-06T19:00:00+09:00"}
    asked = await calendar.create(**still)
    assert asked["say"] == (
        "내년 3월 6일 토요일 오후 7시에 '송년회' 일정을 넣고 minsu 님을 메일 없이 초대할까요?"
    )
    quiet = await calendar.create(**still, confirm_token=asked["confirm_token"])
    assert (quiet["event"]["attendees"], quiet["send_updates"]) == (1, "none")
    assert quiet["say"].endswith("초대 메일은 보내지 않았어요.")
    loud = {**party, "start": "2027-03-07T19:00:00+09:00", "send_updates": "all"}
    asked = await calendar.create(**loud)
    assert asked["say"] == (
        "내년 3월 7일 일요일 오후 7시에 '송년회' 일정을 넣고 minsu 님께 초대 메일을 보낼까요?"
    )
    assert asked["preview"]["guests"] == ["minsu@example.com"]
    assert "송년회" not in await calendar.titles(start="2027-03-07")
    made = await calendar.create(**loud, confirm_token=asked["confirm_token"])
    assert made["say"].endswith("초대 메일도 보냈어요.")
    queries = [dict(request["query"])["sendUpdates"] for request in calendar.sent("POST")]
    assert queries == ["none", "all"]


async def test_the_inverse_of_creating_takes_the_event_back(calendar: Calendar) -> None:
    made = await calendar.create(summary="치과", start="2027-03-06T15:00:00+09:00")
    await calendar.undo("create_event", made)
    assert await calendar.titles(**SATURDAY) == []


async def test_the_key_of_the_host_makes_an_event_once(calendar: Calendar) -> None:
    event = {"summary": "치과 예약", "start": "2027-03-06T15:00:00+09:00", "meet": True}
    first, second = [await calendar.create(**event, key="action-1") for _ in range(2)]
    assert second["event"] == first["event"]
    assert second["already_existed"] is True
    assert first["event"]["meet"].startswith("https://meet.google.com/")
    assert first["say"].endswith("화상 회의도 만들었어요.")
    [day] = (await calendar.list(**SATURDAY))["events"]
    assert day["meet"] == first["event"]["meet"]


async def test_a_holiday_is_told_when_something_is_put_on_it(calendar: Calendar) -> None:
    made = await calendar.create(summary="등산", start="2027-10-04T08:00:00+09:00")
    assert made["holiday"] == "쉬는 날 개천절"
    assert made["say"].endswith("그날은 개천절 대체공휴일이에요.")
    plain = await calendar.create(summary="등산", start="2026-12-24T18:00:00+09:00")
    assert "holiday" not in plain
    english = await calendar.create(summary="x", start="2026-12-25", language="en")
    assert "That day is Christmas Day." in english["say"]


async def test_an_event_is_read_with_its_guests_and_its_description(calendar: Calendar) -> None:
    [event] = (await calendar.list(start="2026-12-03", query="킥오프"))["events"]
    assert event["response"] == "needsAction"
    told = await calendar.get(event["id"])
    assert told["description"] == "새 브랜드 일정과 역할을 정합니다."
    assert told["organizer"] == "seojun.park@yeoul.example"
    assert [(row["name"], row["response"]) for row in told["guests"]] == [
        ("박서준", "accepted"),
        ("hanul", "needsAction"),
        ("이수민", "accepted"),
    ]
    assert told["say"] == (
        "'브랜드 리뉴얼 킥오프' 일정은 12월 3일 목요일 오후 2시예요. 장소는 회의실 A예요. "
        "박서준 님이 초대했어요. 참석자는 박서준, 이수민 님이에요."
    )


async def test_a_long_description_is_read_in_parts(calendar: Calendar) -> None:
    text = "가나다라마바사 " * 900
    made = await calendar.create(summary="긴 글", start="2027-03-06", description=text)
    parts, offset = list[str](), 0
    while offset is not None:
        told = await calendar.get(made["event"]["id"], offset=offset, max_chars=6000)
        parts.append(told["description"])
        offset = told.get("next_offset")
    assert "".join(parts) == text
    assert len(parts) > 2


async def test_a_list_keeps_to_the_room_there_is(calendar: Calendar) -> None:
    week = {"start": "2026-11-23", "end": "2026-12-07", "max_chars": 6000}
    page = await calendar.list(**week, max_results=100)
    assert len(page["events"]) < 30
    found = [event["id"] for event in page["events"]]
    while "next_page_token" in page:
        page = await calendar.list(**week, max_results=100, page_token=page["next_page_token"])
        found += [event["id"] for event in page["events"]]
    whole = await calendar.list(**week | {"max_chars": 100_000}, max_results=100)
    assert found == [event["id"] for event in whole["events"]]


async def test_busy_times_go_on_where_there_was_no_room(calendar: Calendar) -> None:
    span = {"start": "2026-11-23", "end": "2027-02-23"}
    whole = await calendar.call("free_busy", **span, max_chars=100_000)
    found, start = list[dict[str, str]](), span["start"]
    while start:
        part = await calendar.call("free_busy", start=start, end=span["end"], max_chars=6000)
        found += part["busy"]
        start = part.get("next_start")
    assert found == whole["busy"]
    assert len(found) > 100


async def test_what_comes_next_leaves_out_what_has_begun(calendar: Calendar) -> None:
    told = await calendar.list(start="now", max_results=1)
    assert [event["summary"] for event in told["events"]] == ["주간 회의"]
    assert told["say"] == "다음 일정은 오늘 오전 10시 주간 회의예요."
    later = await calendar.list(start="now", max_results=1, now="2026-11-23T10:30:00+09:00")
    assert later["say"] == "다음 일정은 오늘 오후 2시 신규 기능 기획 회의예요."
    english = await calendar.list(start="now", max_results=1, language="en")
    assert english["say"] == "Your next event is 주간 회의 today at 10 AM."


async def test_open_invitations_are_found(calendar: Calendar) -> None:
    told = await calendar.list(unanswered=True)
    assert [event["summary"] for event in told["events"]] == [
        "Northwind 디자인 싱크",
        "브랜드 리뉴얼 킥오프",
    ]
    assert told["say"].startswith("아직 답하지 않은 초대가 두 개 있어요.")


async def test_a_deleted_event_is_gone_and_deleting_it_again_is_harmless(
    calendar: Calendar,
) -> None:
    made = await calendar.create(summary="치과 예약", start="2027-03-06T15:00:00+09:00")
    gone = await calendar.delete(made["event"]["id"])
    assert gone["say"] == "내년 3월 6일 토요일 오후 3시 '치과 예약' 일정을 삭제했어요."
    assert gone["already_deleted"] is False
    again = await calendar.delete(made["event"]["id"])
    assert again["already_deleted"] is True
    assert again["say"] == "'치과 예약' 일정은 이미 삭제되어 있어요."
    assert len(calendar.sent("DELETE")) == 1


async def test_one_occurrence_is_deleted_without_its_series(calendar: Calendar) -> None:
    monday = {"start": "2026-11-30", "end": "2026-12-01", "query": "스탠드업"}
    [event] = (await calendar.list(**monday))["events"]
    gone = await calendar.delete(event["id"])
    assert gone["say"].endswith("다른 날의 반복 일정은 그대로 있어요.")
    assert await calendar.titles(**monday) == []
    assert await calendar.titles(start="2026-12-01", query="스탠드업", end="2026-12-02")


async def test_free_time_is_free_until_something_is_in_it(calendar: Calendar) -> None:
    afternoon = {"start": "2027-03-06T12:00:00+09:00", "end": "2027-03-06T18:00:00+09:00"}
    before = await calendar.call("free_busy", **afternoon)
    assert (before["free"], before["busy"]) == (True, [])
    assert before["say"] == "내년 3월 6일 토요일 오후에는 비어 있어요."
    await calendar.create(summary="치과", start="2027-03-06T15:00:00+09:00")
    after = await calendar.call("free_busy", **afternoon, language="en")
    assert after["free"] is False
    assert after["busy"] == [
        {"start": "2027-03-06T15:00:00+09:00", "end": "2027-03-06T16:00:00+09:00"}
    ]


async def test_a_calendar_that_cannot_be_read_is_unknown_and_never_free(
    calendar: Calendar,
) -> None:
    told = await calendar.call("free_busy", **SATURDAY, calendar_ids=["nobody@example.com"])
    assert "free" not in told
    assert told["unknown"] == ["nobody@example.com"]
    assert told["say"] == "캘린더를 확인하지 못해서, 비어 있는지 알 수 없어요."
    both = await calendar.call(
        "free_busy", **SATURDAY, calendar_ids=["primary", "nobody@example.com"]
    )
    assert "free" not in both


BAD_INPUT: list[tuple[str, dict[str, Any], str]] = [
    ("list_events", {"start": "내일"}, "start"),
    ("list_events", {"start": "2026-11-24", "end": "2026-11-23"}, "end"),
    ("list_events", {"tz": "Seoul"}, "tz"),
    ("list_events", {"page_token": "zzz"}, "page_token"),
    ("list_events", {"max_results": 0}, "max_results"),
    ("list_events", {"calendar_ids": []}, "calendar_ids"),
    ("free_busy", {"start": "2026-13-01"}, "start"),
    ("free_busy", {}, "start"),
    ("now", {"tz": "Mars/Olympus"}, "tz"),
    ("create_event", {"summary": "", "start": "2027-03-06"}, "summary"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "end": "2027-03-06"}, "end"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "attendees": ["민수"]}, "attendees"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "recurrence": ["매주"]}, "recurrence"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "reminders": [-1]}, "reminders"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "color": "red"}, "color"),
    ("delete_event", {"event_id": ""}, "event_id"),
    ("delete_event", {"event_id": ".."}, "event_id"),
    ("delete_event", {"event_id": "x", "calendar_id": ".."}, "calendar_id"),
    ("list_events", {"calendar_ids": [""]}, "calendar_id"),
]


async def test_bad_input_names_the_field_and_reaches_no_vendor(calendar: Calendar) -> None:
    errors = [(await calendar.call(tool, **given))["error"] for tool, given, _ in BAD_INPUT]
    assert {error["kind"] for error in errors} == {"bad_input"}
    named = [re.split(r"[.:]", error["message"])[0] for error in errors]
    assert named == [parameter for _, _, parameter in BAD_INPUT]
    assert calendar.sandbox.requests() == []


async def test_what_google_refuses_is_told_with_a_next_step(calendar: Calendar) -> None:
    day = {"summary": "x", "start": "2027-03-06"}
    errors = [
        (await calendar.list(calendar_ids=["nobody@example.com"]))["error"],
        (await calendar.call("delete_event", event_id="nothing0"))["error"],
        (await calendar.create(**day, calendar_id=DESIGN))["error"],
    ]
    assert [error["kind"] for error in errors] == ["not_found", "not_found", "forbidden"]
    assert all(error["next_step"] for error in errors)


@pytest.mark.parametrize("token", [None, "wrong"])
async def test_without_a_valid_token_the_person_is_told_to_sign_in(token: str | None) -> None:
    async with (
        running_sandbox() as sandbox,
        calendar_client(sandbox.google, token) as client,
    ):
        refused = await Calendar(client, sandbox).list()
    assert refused["error"]["kind"] == "not_signed_in"
    assert refused["error"]["next_step"]


async def test_the_check_tells_whose_calendar_it_is_and_what_may_be_done() -> None:
    async with running_sandbox() as sandbox:
        spec = calendar_at(sandbox.google)
        async with spec.open() as api:
            account = await spec.check(api)
        assert [request["path"] for request in sandbox.requests()] == [
            "/calendar/v3/users/me/calendarList/primary",
            "/tokeninfo",
        ]
        assert sandbox.violations() == []
    assert account.name == "hanul@example.com"
    assert account.scopes is not None
    assert {scope for tool in spec.tools for scope in tool.scopes} <= account.scopes
