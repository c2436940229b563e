"""Changing, deleting and answering events, and taking that back, against the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.calendar_client import Calendar, calendar_client
from tests.sandbox import running_sandbox

pytestmark = pytest.mark.thorough

START = "2027-03-06T15:00:00+09:00"
SATURDAY = {"start": "2027-03-06", "end": "2027-03-07"}
CLIENT = {"start": "2026-11-24", "end": "2026-11-25", "query": "고객사"}
KICKOFF = {"start": "2026-12-03", "end": "2026-12-04", "query": "킥오프"}


@pytest.fixture
async def calendar() -> AsyncIterator[Calendar]:
    async with running_sandbox() as sandbox, calendar_client(sandbox.google) as client:
        yield Calendar(client, sandbox)
        assert sandbox.violations() == []


async def made(calendar: Calendar, **fields: Any) -> str:
    event = {"summary": "치과 예약", "start": START, **fields}
    return (await calendar.create(**event))["event"]["id"]


async def only(calendar: Calendar, **window: Any) -> dict[str, Any]:
    [event] = (await calendar.list(**window))["events"]
    return event


async def test_a_new_start_keeps_the_length(calendar: Calendar) -> None:
    event_id = await made(calendar, duration_min=90)
    changed = await calendar.update(event_id, start="2027-03-06T17:00:00+09:00")
    assert (
        changed["say"]
        == "'치과 예약' 일정을 내년 3월 6일 토요일 오후 5시부터 6시 반까지로 옮겼어요."
    )
    event = await only(calendar, **SATURDAY)
    assert (event["start"], event["end"]) == (
        "2027-03-06T17:00:00+09:00",
        "2027-03-06T18:30:00+09:00",
    )
    assert changed["changed"] == ["start"]


@pytest.mark.parametrize(
    ("wish", "start", "end"),
    [
        ({"start": "17:30"}, "2027-03-06T17:30:00+09:00", "2027-03-06T18:30:00+09:00"),
        ({"start": "2027-03-08"}, "2027-03-08T15:00:00+09:00", "2027-03-08T16:00:00+09:00"),
        ({"end": "18:00"}, "2027-03-06T15:00:00+09:00", "2027-03-06T18:00:00+09:00"),
        ({"duration_min": 20}, "2027-03-06T15:00:00+09:00", "2027-03-06T15:20:00+09:00"),
        ({"all_day": True}, "2027-03-06", "2027-03-07"),
        (
            {"start": "2027-03-06T01:00:00", "tz": "America/New_York"},
            "2027-03-06T15:00:00+09:00",
            "2027-03-06T16:00:00+09:00",
        ),
    ],
)
async def test_what_is_not_said_about_times_stays(
    calendar: Calendar, wish: dict[str, Any], start: str, end: str
) -> None:
    event_id = await made(calendar)
    event = (await calendar.update(event_id, **wish))["event"]
    assert (event["start"], event["end"]) == (start, end)


async def test_a_whole_day_becomes_an_hour_and_moves_by_days(calendar: Calendar) -> None:
    event_id = await made(calendar, start="2027-03-06", end="2027-03-09")
    moved = await calendar.update(event_id, start="2027-03-10")
    assert (moved["event"]["start"], moved["event"]["end"]) == ("2027-03-10", "2027-03-13")
    timed = await calendar.update(event_id, start="2027-03-10T09:00:00+09:00")
    assert (timed["event"]["start"], timed["event"]["end"]) == (
        "2027-03-10T09:00:00+09:00",
        "2027-03-10T10:00:00+09:00",
    )


async def test_texts_are_changed_and_cleared_and_nothing_else_is_touched(
    calendar: Calendar,
) -> None:
    event_id = await made(calendar, location="강남", description="스케일링", reminders=[10])
    changed = await calendar.update(event_id, summary="치과 검진", location="", description="검진")
    assert changed["say"] == "'치과 예약' 일정 이름, 장소, 설명을 바꿨어요."
    told = await calendar.get(event_id)
    assert told["event"]["summary"] == "치과 검진"
    assert "location" not in told["event"]
    assert (told["description"], told["reminders"]) == ("검진", [10])
    [sent] = calendar.sent("PATCH")
    assert set(sent["body"]) == {"summary", "location", "description"}


async def test_a_change_that_is_none_is_not_sent(calendar: Calendar) -> None:
    event_id = await made(calendar, location="강남")
    again = await calendar.update(event_id, summary="치과 예약", start=START, location="강남")
    assert again["changed"] == []
    assert again["say"] == "'치과 예약' 일정은 이미 그렇게 되어 있어요."
    assert calendar.sent("PATCH") == []


async def test_conflicts_and_holidays_are_told_after_a_move(calendar: Calendar) -> None:
    await calendar.create(summary="등산", start="2027-10-04T09:00:00+09:00", duration_min=300)
    event_id = await made(calendar)
    moved = await calendar.update(event_id, start="2027-10-04T10:00:00+09:00")
    assert [row["summary"] for row in moved["conflicts"]] == ["등산", "주간 회의"]
    assert moved["say"].endswith(
        "같은 시간에 다른 일정이 두 개 있어요. 그날은 개천절 대체공휴일이에요."
    )


async def test_undoing_a_change_puts_everything_back(calendar: Calendar) -> None:
    event_id = await made(calendar, location="강남")
    before = await calendar.get(event_id)
    changed = await calendar.update(
        event_id, start="2027-03-08", all_day=True, summary="x", location="", meet=True
    )
    assert changed["event"]["meet"].startswith("https://")
    undone = await calendar.undo("update_event", changed)
    assert undone["say"] == "'치과 예약' 일정을 바꾸기 전으로 되돌렸어요."
    after = await calendar.get(event_id)
    assert after == before
    redone = await calendar.undo("update_event", undone)
    assert redone["event"]["summary"] == "x"


async def test_guests_stay_with_their_answers_and_mail_is_asked_about(calendar: Calendar) -> None:
    event = await only(calendar, **CLIENT)
    change = {
        "event_id": event["id"],
        "attendees": ["emma.clark@northwind.example", "bob@example.com"],
        "send_updates": "all",
    }
    asked = await calendar.call("update_event", **change)
    assert asked["say"] == (
        "'고객사 미팅' 일정 참석자를 바꿀까요? Emma Clark, 박서준, bob 님께 변경 메일이 나가요."
    )
    assert calendar.sent("PATCH") == []
    done = await calendar.call("update_event", **change, confirm_token=asked["confirm_token"])
    assert done["say"].endswith("참석자에게 메일로 알렸어요.")
    guests = (await calendar.get(event["id"]))["guests"]
    assert {row["email"]: row["response"] for row in guests} == {
        "hanul@example.com": "accepted",
        "emma.clark@northwind.example": "accepted",
        "bob@example.com": "needsAction",
    }


async def test_what_guests_see_is_asked_about_without_mail_too(calendar: Calendar) -> None:
    event = await only(calendar, **CLIENT)
    change = {"event_id": event["id"], "start": "17:00"}
    asked = await calendar.call("update_event", **change)
    assert asked["say"].endswith("Emma Clark, 박서준 님도 보는 일정이고, 메일은 보내지 않아요.")
    assert calendar.sent("PATCH") == []
    moved = await calendar.call("update_event", **change, confirm_token=asked["confirm_token"])
    assert moved["say"].endswith("참석자에게 메일은 보내지 않았어요.")
    [sent] = calendar.sent("PATCH")
    assert dict(sent["query"])["sendUpdates"] == "none"


async def test_reminders_are_nobody_elses_business(calendar: Calendar) -> None:
    event = await only(calendar, **CLIENT)
    changed = await calendar.call("update_event", event_id=event["id"], reminders=[30])
    assert changed["changed"] == ["reminders"]


async def test_a_change_in_between_is_told_and_nothing_is_overwritten(calendar: Calendar) -> None:
    event_id = await made(calendar)
    asked = await calendar.call("delete_event", event_id=event_id)
    async with calendar.sandbox.google_client() as google:
        path = f"/calendar/v3/calendars/primary/events/{event_id}"
        await google.patch(path, json={"summary": "치과 수술"})
    again = await calendar.call(
        "delete_event", event_id=event_id, confirm_token=asked["confirm_token"]
    )
    assert again["say"].startswith("내년 3월 6일 토요일 오후 3시 '치과 수술'")
    assert again["confirm_token"] != asked["confirm_token"]
    assert calendar.sent("DELETE") == []


async def test_a_deletion_asks_with_what_when_and_who(calendar: Calendar) -> None:
    event = await only(calendar, **CLIENT)
    asked = await calendar.call("delete_event", event_id=event["id"], send_updates="all")
    assert asked["say"] == (
        "11월 24일 화요일 오후 4시 '고객사 미팅' 일정을 삭제할까요? "
        "Emma Clark, 박서준 님께 취소 메일이 나가요."
    )
    assert asked["preview"]["guests"] == [
        "emma.clark@northwind.example",
        "seojun.park@yeoul.example",
    ]
    assert await calendar.titles(**CLIENT) == ["고객사 미팅"]


async def test_a_deleted_event_comes_back_when_that_is_undone(calendar: Calendar) -> None:
    event_id = await made(calendar, location="강남")
    gone = await calendar.delete(event_id)
    assert await calendar.titles(**SATURDAY) == []
    back = await calendar.undo("delete_event", gone)
    assert back["say"] == "'치과 예약' 일정을 다시 살렸어요."
    assert (await only(calendar, **SATURDAY))["location"] == "강남"


async def test_an_invitation_is_answered_for_the_person_alone(calendar: Calendar) -> None:
    event = await only(calendar, **KICKOFF)
    answered = await calendar.call(
        "respond", event_id=event["id"], response="accepted", comment="조금 늦어요"
    )
    assert answered["say"] == (
        "12월 3일 목요일 오후 2시 '브랜드 리뉴얼 킥오프' 초대에 참석한다고 답했어요."
    )
    rows = {row["email"]: row for row in (await calendar.get(event["id"]))["guests"]}
    assert rows["hanul@example.com"]["response"] == "accepted"
    assert rows["hanul@example.com"]["comment"] == "조금 늦어요"
    assert rows["sumin.lee@yeoul.example"]["response"] == "accepted"
    await calendar.undo("respond", answered)
    rows = {row["email"]: row for row in (await calendar.get(event["id"]))["guests"]}
    assert rows["hanul@example.com"]["response"] == "needsAction"
    assert rows["hanul@example.com"].get("comment", "") == ""


async def test_a_declined_event_takes_no_time(calendar: Calendar) -> None:
    event = await only(calendar, **KICKOFF)
    await calendar.call("respond", event_id=event["id"], response="declined")
    told = await calendar.call(
        "free_busy", start="2026-12-03T14:00:00+09:00", end="2026-12-03T15:00:00+09:00"
    )
    assert told["free"] is True


async def test_who_is_not_invited_cannot_answer(calendar: Calendar) -> None:
    event_id = await made(calendar)
    refused = await calendar.call("respond", event_id=event_id, response="accepted")
    assert refused["error"]["message"] == "'치과 예약' 일정에는 답할 초대가 없어요."
    assert refused["error"]["next_step"]
    assert calendar.sent("PATCH") == []


async def test_an_event_of_somebody_else_cannot_be_moved(calendar: Calendar) -> None:
    event = await only(calendar, **KICKOFF)
    refused = await calendar.update(event["id"], start="2026-12-03T16:00:00+09:00")
    assert refused["error"]["kind"] == "forbidden"
    assert refused["error"]["next_step"] == "이 일정은 주최자만 바꿀 수 있어요."


BAD_INPUT: list[tuple[str, dict[str, Any], str]] = [
    ("update_event", {"event_id": "x"}, "event_id"),
    ("update_event", {"event_id": "x", "restore": {"id": "y"}}, "restore"),
    ("update_event", {"event_id": "x", "restore": {"id": "x", "patch": "z"}}, "restore"),
    ("update_event", {"event_id": "x", "scope": "some", "summary": "y"}, "scope"),
    ("respond", {"event_id": "x", "response": "maybe"}, "response"),
    ("find_slots", {"working_hours": "nine to five"}, "working_hours"),
    ("find_slots", {"working_hours": "18:00-09:00"}, "working_hours"),
    ("find_slots", {"end": "2026-11-20"}, "end"),
    ("find_slots", {"start": "2026-12-01", "end": "2027-12-01"}, "end"),
    ("find_slots", {"duration_min": 0}, "duration_min"),
    ("get_event", {"event_id": "x", "offset": -1}, "offset"),
    ("create_event", {"summary": "x", "start": "2027-03-06", "tz": "Seoul"}, "tz"),
]


async def test_bad_input_names_the_field_and_reaches_no_vendor(calendar: Calendar) -> None:
    errors = [(await calendar.call(tool, **given))["error"] for tool, given, _ in BAD_INPUT]
    assert {error["kind"] for error in errors} == {"bad_input"}
    named = [error["message"].partition(":")[0] for error in errors]
    assert named == [parameter for _, _, parameter in BAD_INPUT]
    assert calendar.sandbox.requests() == []


async def test_what_is_put_back_is_only_what_a_change_may_touch(calendar: Calendar) -> None:
    event_id = await made(calendar)
    restore = {"id": event_id, "patch": {"creator": {"email": "x@example.com"}}}
    refused = await calendar.call("update_event", event_id=event_id, restore=restore)
    assert refused["error"]["kind"] == "bad_input"
