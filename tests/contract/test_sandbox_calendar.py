from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.sandbox import Sandbox

pytestmark = pytest.mark.thorough

EVENTS = "/calendar/v3/calendars/primary/events"
FAMILY = "/calendar/v3/calendars/family8c1f0e5d7a3b@group.calendar.google.com/events"
TEAM = "/calendar/v3/calendars/design4f2a9b6c1e8d@group.calendar.google.com/events"
DENTIST: dict[str, Any] = {
    "id": "dentist1",
    "summary": "치과 예약",
    "start": {"dateTime": "2026-11-24T15:00:00+09:00"},
    "end": {"dateTime": "2026-11-24T16:00:00+09:00"},
}
TOMORROW = {
    "timeMin": "2026-11-24T00:00:00+09:00",
    "timeMax": "2026-11-25T00:00:00+09:00",
    "singleEvents": "true",
    "orderBy": "startTime",
}


@pytest.fixture
async def google(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with sandbox.google_client() as client:
        yield client


async def titles(google: httpx2.AsyncClient, path: str = EVENTS, **query: str) -> list[str]:
    response = await google.get(path, params=TOMORROW | query)
    assert response.status_code == 200, response.text
    return [event["summary"] for event in response.json()["items"]]


def refusal(response: httpx2.Response) -> tuple[int, str, str]:
    error = response.json()["error"]
    assert error["code"] == response.status_code
    return response.status_code, error["errors"][0]["reason"], error["message"]


async def test_tomorrows_events_come_in_order_with_their_offset_and_zone(
    google: httpx2.AsyncClient,
):
    response = await google.get(EVENTS, params=TOMORROW)
    items = response.json()["items"]
    assert [event["summary"] for event in items] == [
        "데일리 스탠드업",
        "팀장님 1:1",
        "고객사 미팅",
        "PT",
    ]
    assert items[1]["start"] == {
        "dateTime": "2026-11-24T11:00:00+09:00",
        "timeZone": "Asia/Seoul",
    }
    assert {"etag", "updated", "created", "htmlLink", "iCalUID", "status"} <= items[1].keys()


async def test_the_persons_calendars_are_listed_with_what_they_may_do(google: httpx2.AsyncClient):
    entries = (await google.get("/calendar/v3/users/me/calendarList")).json()["items"]
    roles = {entry["summary"]: entry["accessRole"] for entry in entries}
    assert roles == {
        "김하늘": "owner",
        "가족": "owner",
        "여울소프트 디자인팀": "reader",
        "대한민국의 휴일": "reader",
    }
    assert [entry["id"] for entry in entries if entry.get("primary")] == ["hanul@example.com"]
    query = {"minAccessRole": "writer"}
    owned = await google.get("/calendar/v3/users/me/calendarList", params=query)
    assert len(owned.json()["items"]) == 2


async def test_a_new_event_is_kept_and_found(google: httpx2.AsyncClient):
    created = (await google.post(EVENTS, json=DENTIST)).json()
    assert created["start"] == {"dateTime": "2026-11-24T15:00:00+09:00", "timeZone": "Asia/Seoul"}
    assert created["organizer"] == {"email": "hanul@example.com", "self": True}
    assert "치과 예약" in await titles(google)
    assert (await google.get(f"{EVENTS}/dentist1")).json() == created
    by_address = "/calendar/v3/calendars/hanul@example.com/events/dentist1"
    assert (await google.get(by_address)).json() == created


async def test_a_retry_with_the_same_id_conflicts_even_after_the_event_is_gone(
    google: httpx2.AsyncClient,
):
    conflict = (409, "duplicate", "The requested identifier already exists.")
    await google.post(EVENTS, json=DENTIST)
    assert refusal(await google.post(EVENTS, json=DENTIST)) == conflict
    await google.delete(f"{EVENTS}/dentist1")
    assert refusal(await google.post(EVENTS, json=DENTIST)) == conflict
    assert await titles(google, q="치과") == []


@pytest.mark.parametrize("event_id", ["abcd", "dentist-1", "DENTIST1", "wxyz5", "a" * 1025])
async def test_an_id_outside_base32hex_is_refused(google: httpx2.AsyncClient, event_id: str):
    response = await google.post(EVENTS, json=DENTIST | {"id": event_id})
    assert refusal(response) == (400, "invalid", "Invalid resource id value.")


async def test_without_an_id_google_makes_one(google: httpx2.AsyncClient):
    body = {name: value for name, value in DENTIST.items() if name != "id"}
    first, second = [(await google.post(EVENTS, json=body)).json()["id"] for _ in range(2)]
    assert first != second


async def test_a_removed_event_is_gone_the_second_time(google: httpx2.AsyncClient):
    await google.post(EVENTS, json=DENTIST)
    first = await google.delete(f"{EVENTS}/dentist1")
    assert (first.status_code, first.content) == (204, b"")
    second = await google.delete(f"{EVENTS}/dentist1")
    assert refusal(second) == (410, "deleted", "Resource has been deleted")
    assert (await google.get(f"{EVENTS}/dentist1")).json()["status"] == "cancelled"
    assert "치과 예약" not in await titles(google)
    assert "치과 예약" in await titles(google, showDeleted="true")


async def test_a_removed_event_comes_back_when_it_is_confirmed_again(google: httpx2.AsyncClient):
    await google.post(EVENTS, json=DENTIST)
    await google.delete(f"{EVENTS}/dentist1")
    await google.patch(f"{EVENTS}/dentist1", json={"status": "confirmed"})
    assert "치과 예약" in await titles(google)


async def test_a_patch_changes_what_it_names_and_clears_what_is_null(google: httpx2.AsyncClient):
    created = (await google.post(EVENTS, json=DENTIST | {"location": "강남"})).json()
    changed = await google.patch(
        f"{EVENTS}/dentist1",
        json={"summary": "치과 검진", "location": None, "id": "other", "etag": "x"},
    )
    event = changed.json()
    assert (event["summary"], event["id"], event["start"]) == (
        "치과 검진",
        "dentist1",
        created["start"],
    )
    assert "location" not in event
    assert event["etag"] != created["etag"]


async def test_an_update_replaces_all_that_can_be_written(google: httpx2.AsyncClient):
    created = (await google.post(EVENTS, json=DENTIST | {"location": "강남"})).json()
    times = {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}
    event = (await google.put(f"{EVENTS}/dentist1", json=times)).json()
    assert "summary" not in event
    assert "location" not in event
    assert event["start"] == {"date": "2026-11-24"}
    assert event["sequence"] == 1
    assert event["iCalUID"] == created["iCalUID"]


TIMED, ZONED = "2026-11-24T15:00:00+09:00", {"timeZone": "Asia/Seoul"}


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (
            {"start": {"dateTime": "2026-11-24T15:00:00"}},
            (400, "required", "Missing time zone definition for start time."),
        ),
        (
            {"end": {"dateTime": "2026-11-24T16:00:00"}},
            (400, "required", "Missing time zone definition for end time."),
        ),
        (
            {"recurrence": ["RRULE:FREQ=DAILY"]},
            (400, "required", "Missing time zone definition for start time."),
        ),
        (
            {"start": {"dateTime": TIMED, "timeZone": "Seoul"}},
            (400, "invalid", "Invalid time zone definition for start time."),
        ),
        ({"start": None}, (400, "required", "Missing start time.")),
        ({"end": {}}, (400, "required", "Missing end time.")),
        ({"start": {"timeZone": "Asia/Seoul"}}, (400, "invalid", "Invalid start time.")),
        (
            {"start": {"date": "2026-11-24"}},
            (400, "invalid", "Start and end times must either both be date or both be dateTime."),
        ),
        (
            {"end": {"dateTime": "2026-11-24T14:59:59+09:00"}},
            (400, "timeRangeEmpty", "The specified time range is empty."),
        ),
        (
            {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-24"}},
            (400, "timeRangeEmpty", "The specified time range is empty."),
        ),
        ({"attendees": [{"email": "수민"}]}, (400, "invalid", "Invalid attendee email.")),
        (
            {
                "start": {"dateTime": TIMED} | ZONED,
                "end": {"dateTime": TIMED} | ZONED,
                "recurrence": ["RRULE:FREQ=OFTEN"],
            },
            (400, "invalid", "Invalid recurrence rule."),
        ),
    ],
)
async def test_times_that_google_refuses_are_refused(
    google: httpx2.AsyncClient, times: dict[str, Any], expected: tuple[int, str, str]
):
    assert refusal(await google.post(EVENTS, json=DENTIST | times)) == expected


async def test_a_time_with_a_zone_needs_no_offset(google: httpx2.AsyncClient):
    new_york = {"timeZone": "America/New_York"}
    body = DENTIST | {
        "start": {"dateTime": "2026-11-24T01:00:00"} | new_york,
        "end": {"dateTime": "2026-11-24T02:00:00"} | new_york,
    }
    created = (await google.post(EVENTS, json=body)).json()
    assert created["start"] == {"dateTime": "2026-11-24T15:00:00+09:00"} | new_york


async def test_another_zone_can_be_asked_for(google: httpx2.AsyncClient):
    query = TOMORROW | {"timeZone": "UTC", "q": "팀장님"}
    page = (await google.get(EVENTS, params=query)).json()
    assert page["timeZone"] == "UTC"
    assert page["items"][0]["start"]["dateTime"] == "2026-11-24T02:00:00Z"
    wrong = await google.get(EVENTS, params={"timeZone": "Mars/Olympus"})
    assert refusal(wrong)[:2] == (400, "invalid")


async def test_the_window_leaves_out_what_only_touches_it(google: httpx2.AsyncClient):
    window = {
        "timeMin": "2026-11-24T11:30:00+09:00",
        "timeMax": "2026-11-24T16:00:00+09:00",
    }
    assert await titles(google, **window) == []
    inside = {"timeMin": "2026-11-24T11:29:59+09:00", "timeMax": "2026-11-24T16:00:01+09:00"}
    assert await titles(google, **inside) == ["팀장님 1:1", "고객사 미팅"]


async def test_an_all_day_event_ends_before_its_last_date(google: httpx2.AsyncClient):
    birthday = {"timeMin": "2026-11-26T00:00:00+09:00", "timeMax": "2026-11-27T00:00:00+09:00"}
    day_after = {"timeMin": "2026-11-27T00:00:00+09:00", "timeMax": "2026-11-28T00:00:00+09:00"}
    assert "하린 생일" in await titles(google, **birthday)
    assert "하린 생일" not in await titles(google, **day_after)


async def test_pages_go_on_where_the_last_one_ended(google: httpx2.AsyncClient):
    seen: list[str] = []
    query = TOMORROW | {"maxResults": "3"}
    while True:
        page = (await google.get(EVENTS, params=query)).json()
        seen += [event["summary"] for event in page["items"]]
        if "nextPageToken" not in page:
            break
        query["pageToken"] = page["nextPageToken"]
    assert seen == ["데일리 스탠드업", "팀장님 1:1", "고객사 미팅", "PT"]
    wrong = await google.get(EVENTS, params={"pageToken": "none"})
    assert refusal(wrong)[:2] == (400, "invalid")


async def test_words_are_looked_for_in_title_place_and_guests(google: httpx2.AsyncClient):
    assert await titles(google, q="코엑스") == ["고객사 미팅"]
    assert await titles(google, q="emma 고객사") == ["고객사 미팅"]
    assert await titles(google, q="없는 말") == []


async def test_a_private_mark_finds_its_event(google: httpx2.AsyncClient):
    mark = {"extendedProperties": {"private": {"arion": "a1"}}}
    await google.post(EVENTS, json=DENTIST | mark)
    assert await titles(google, privateExtendedProperty="arion=a1") == ["치과 예약"]
    assert await titles(google, privateExtendedProperty="arion=a2") == []


async def test_ordering_by_start_needs_single_events(google: httpx2.AsyncClient):
    response = await google.get(EVENTS, params={"orderBy": "startTime"})
    message = "The requested ordering is not available for the particular query."
    assert refusal(response) == (400, "invalid", message)


async def test_a_window_that_ends_before_it_begins_is_refused(google: httpx2.AsyncClient):
    query = {"timeMin": TOMORROW["timeMax"], "timeMax": TOMORROW["timeMin"]}
    assert refusal(await google.get(EVENTS, params=query))[:2] == (400, "timeRangeEmpty")


async def test_an_old_sync_token_is_gone(google: httpx2.AsyncClient):
    response = await google.get(EVENTS, params={"syncToken": "x"})
    assert refusal(response)[:2] == (410, "fullSyncRequired")


async def test_a_series_is_one_event_unless_it_is_expanded(google: httpx2.AsyncClient):
    week = {"timeMin": "2026-11-23T00:00:00+09:00", "timeMax": "2026-11-30T00:00:00+09:00"}
    expanded = await titles(google, q="PT", **week)
    whole = await google.get(EVENTS, params=week | {"q": "PT"})
    assert expanded == ["PT", "PT"]
    assert [event["recurrence"] for event in whole.json()["items"]] == [
        ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH"]
    ]


async def test_one_instance_can_be_read_moved_and_removed(google: httpx2.AsyncClient):
    week = TOMORROW | {"timeMax": "2026-11-30T00:00:00+09:00", "q": "PT"}
    tuesday, thursday = (await google.get(EVENTS, params=week)).json()["items"]
    assert tuesday["id"] == f"{tuesday['recurringEventId']}_20261124T103000Z"
    assert (await google.get(f"{EVENTS}/{tuesday['id']}")).json() == tuesday
    assert (await google.delete(f"{EVENTS}/{tuesday['id']}")).status_code == 204
    assert (await google.delete(f"{EVENTS}/{tuesday['id']}")).status_code == 410
    moved = {
        "start": {"dateTime": "2026-11-26T20:00:00+09:00"},
        "end": {"dateTime": "2026-11-26T21:00:00+09:00"},
    }
    assert (await google.patch(f"{EVENTS}/{thursday['id']}", json=moved)).status_code == 200
    (left,) = (await google.get(EVENTS, params=week)).json()["items"]
    assert left["id"] == thursday["id"]
    assert left["start"]["dateTime"] == "2026-11-26T20:00:00+09:00"
    assert left["originalStartTime"]["dateTime"] == "2026-11-26T19:30:00+09:00"


async def test_an_instance_moved_into_the_window_from_beyond_it_is_there(
    google: httpx2.AsyncClient,
):
    later = {"timeMin": "2026-12-01T00:00:00+09:00", "timeMax": "2026-12-02T00:00:00+09:00"}
    (pt,) = (await google.get(EVENTS, params=TOMORROW | later | {"q": "PT"})).json()["items"]
    moved = {
        "start": {"dateTime": "2026-11-24T13:00:00+09:00"},
        "end": {"dateTime": "2026-11-24T14:00:00+09:00"},
    }
    await google.patch(f"{EVENTS}/{pt['id']}", json=moved)
    assert await titles(google, q="PT") == ["PT", "PT"]
    assert await titles(google, q="PT", **later) == []


async def test_removing_a_series_removes_all_of_it(google: httpx2.AsyncClient):
    (pt,) = (await google.get(EVENTS, params=TOMORROW | {"q": "PT"})).json()["items"]
    assert (await google.delete(f"{EVENTS}/{pt['recurringEventId']}")).status_code == 204
    assert await titles(google, q="PT") == []
    assert refusal(await google.delete(f"{EVENTS}/{pt['id']}"))[0] == 410


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/v3/calendars/nobody@example.com/events",
        f"{EVENTS}/nothing",
        f"{EVENTS}/nothing_20261124T103000Z",
    ],
)
async def test_what_is_not_there_is_not_found(google: httpx2.AsyncClient, path: str):
    assert refusal(await google.get(path)) == (404, "notFound", "Not Found")


async def test_a_time_that_the_series_does_not_have_is_not_found(google: httpx2.AsyncClient):
    (pt,) = (await google.get(EVENTS, params=TOMORROW | {"q": "PT"})).json()["items"]
    for stamp in ("20261125T103000Z", "20261124", "20261124T103000", "later"):
        response = await google.get(f"{EVENTS}/{pt['recurringEventId']}_{stamp}")
        assert refusal(response)[0] == 404


async def test_a_calendar_that_is_only_read_takes_no_events(google: httpx2.AsyncClient):
    message = "You need to have writer access to this calendar."
    expected = (403, "requiredAccessLevel", message)
    assert refusal(await google.post(TEAM, json=DENTIST)) == expected
    assert refusal(await google.delete(f"{TEAM}/anything")) == expected


async def test_free_busy_joins_what_overlaps_and_skips_what_is_free(google: httpx2.AsyncClient):
    overlapping = DENTIST | {
        "start": {"dateTime": "2026-11-24T16:30:00+09:00"},
        "end": {"dateTime": "2026-11-24T17:30:00+09:00"},
    }
    await google.post(EVENTS, json=overlapping)
    await google.post(EVENTS, json=DENTIST | {"id": "free1", "transparency": "transparent"})
    body = {
        "timeMin": "2026-11-24T11:15:00+09:00",
        "timeMax": "2026-11-24T20:00:00+09:00",
        "timeZone": "Asia/Seoul",
        "items": [{"id": "primary"}, {"id": "nobody@example.com"}],
    }
    answer = (await google.post("/calendar/v3/freeBusy", json=body)).json()
    spans = [(b["start"][11:16], b["end"][11:16]) for b in answer["calendars"]["primary"]["busy"]]
    assert spans == [("11:15", "11:30"), ("16:00", "17:30"), ("19:30", "20:00")]
    assert answer["calendars"]["nobody@example.com"] == {
        "errors": [{"domain": "global", "reason": "notFound"}],
        "busy": [],
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"timeMax": TOMORROW["timeMax"]}, (400, "required", "Missing timeMin parameter.")),
        (
            {"timeMin": "2026-11-24T00:00:00", "timeMax": TOMORROW["timeMax"]},
            (400, "badRequest", "Bad Request"),
        ),
        (
            {"timeMin": TOMORROW["timeMax"], "timeMax": TOMORROW["timeMin"]},
            (400, "timeRangeEmpty", "The specified time range is empty."),
        ),
    ],
)
async def test_free_busy_needs_a_span_with_offsets(
    google: httpx2.AsyncClient, body: dict[str, Any], expected: tuple[int, str, str]
):
    assert refusal(await google.post("/calendar/v3/freeBusy", json=body)) == expected


async def test_a_body_that_is_no_json_is_refused(google: httpx2.AsyncClient):
    response = await google.post(EVENTS, content=b"{summary")
    assert refusal(response) == (400, "parseError", "Parse Error")


async def test_events_of_another_calendar_stay_there(google: httpx2.AsyncClient):
    created = (await google.post(FAMILY, json=DENTIST)).json()
    assert created["organizer"]["displayName"] == "가족"
    assert await titles(google, FAMILY) == ["치과 예약"]
    assert "치과 예약" not in await titles(google)
