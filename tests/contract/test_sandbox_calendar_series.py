"""Series, versions, guests, meetings and holidays in the stand-in, as Google has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import httpx2
import pytest
from tests.sandbox import NOW, serving
from tests.vendor_specs import calendar

from arion_sandbox.app import create_app
from arion_sandbox.calendar_seed import HOLIDAYS
from arion_sandbox.calendar_store import NOTICES
from arion_sandbox.store import Store

pytestmark = pytest.mark.thorough

EVENTS = "/calendar/v3/calendars/primary/events"
SEOUL = {"timeZone": "Asia/Seoul"}
YOGA: dict[str, Any] = {
    "id": "plank1",
    "summary": "요가",
    "start": {"dateTime": "2027-03-06T09:00:00+09:00"} | SEOUL,
    "end": {"dateTime": "2027-03-06T10:00:00+09:00"} | SEOUL,
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"],
}
THIRD = f"{EVENTS}/plank1_20270320T000000Z"


class Google:
    """The stand-in and the store behind it."""

    def __init__(self, client: httpx2.AsyncClient, store: Store) -> None:
        self.client = client
        self.store = store

    async def instances(self, series: str = "plank1", **query: str) -> list[dict[str, Any]]:
        response = await self.client.get(f"{EVENTS}/{series}/instances", params=query)
        return response.json()["items"]

    async def invitation(self) -> dict[str, Any]:
        window = {"timeMin": "2026-12-03T00:00:00+09:00", "timeMax": "2026-12-04T00:00:00+09:00"}
        found = await self.client.get(EVENTS, params=window | {"q": "킥오프"})
        return found.json()["items"][0]


@pytest.fixture
async def google() -> AsyncIterator[Google]:
    app = create_app(None, lambda: NOW)
    async with (
        serving(app) as url,
        httpx2.AsyncClient(
            base_url=f"{url}/google", headers={"Authorization": "Bearer sandbox"}, verify=False
        ) as client,
    ):
        await client.post(EVENTS, json=YOGA)
        yield Google(client, app.state.store)


def refusal(response: httpx2.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["errors"][0]["reason"]


async def test_the_instances_of_a_series_are_listed_removed_ones_on_request(google: Google):
    await google.client.delete(THIRD)
    assert [it["start"]["dateTime"][5:10] for it in await google.instances()] == [
        "03-06", "03-13", "03-27",
    ]  # fmt: skip
    every = await google.instances(showDeleted="true")
    assert [it["status"] for it in every] == ["confirmed", "confirmed", "cancelled", "confirmed"]


async def test_what_was_not_changed_in_an_instance_follows_its_series(google: Google):
    await google.client.patch(THIRD, json={"location": "공원"})
    await google.client.patch(f"{EVENTS}/plank1", json={"summary": "아침 요가"})
    third = (await google.client.get(THIRD)).json()
    assert (third["summary"], third["location"]) == ("아침 요가", "공원")


async def test_a_shortened_series_has_no_later_instance(google: Google):
    await google.client.patch(THIRD, json={"location": "공원"})
    lines = {"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270319T235959Z"]}
    await google.client.patch(f"{EVENTS}/plank1", json=lines)
    assert refusal(await google.client.get(THIRD)) == (404, "notFound")
    assert len(await google.instances(showDeleted="true")) == 2


async def test_a_moved_series_forgets_what_was_moved_in_it(google: Google):
    later = {"dateTime": "2027-03-20T20:00:00+09:00"}
    end = {"dateTime": "2027-03-20T21:00:00+09:00"}
    await google.client.patch(THIRD, json={"start": later, "end": end})
    times = {"start": {"dateTime": "2027-03-06T11:00:00+09:00"} | SEOUL,
             "end": {"dateTime": "2027-03-06T12:00:00+09:00"} | SEOUL}  # fmt: skip
    await google.client.patch(f"{EVENTS}/plank1", json=times)
    assert {it["start"]["dateTime"][11:16] for it in await google.instances()} == {"11:00"}


async def test_single_dates_can_be_added_to_a_series(google: Google):
    extra = ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20270310T000000Z"]
    await google.client.patch(f"{EVENTS}/plank1", json={"recurrence": extra})
    days = [it["start"]["dateTime"][5:10] for it in await google.instances()]
    assert days == ["03-06", "03-10", "03-13"]


async def test_a_series_of_days_ends_on_a_date(google: Google):
    body = {
        "start": {"date": "2027-03-06"},
        "end": {"date": "2027-03-07"},
        "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20270308T145959Z"],
    }
    assert refusal(await google.client.post(EVENTS, json=body)) == (400, "invalid")
    body["recurrence"] = ["RRULE:FREQ=DAILY;UNTIL=20270308"]
    made = (await google.client.post(EVENTS, json=body)).json()
    assert len(await google.instances(made["id"])) == 3


@pytest.mark.parametrize("path", [f"{EVENTS}/plank1", THIRD])
async def test_a_change_to_a_version_that_has_passed_is_refused(google: Google, path: str):
    seen = (await google.client.get(path)).json()["etag"]
    changed = await google.client.patch(path, json={"location": "a"}, headers={"If-Match": seen})
    assert changed.status_code == 200
    assert changed.json()["etag"] != seen
    for method, body in (("PATCH", {"location": "b"}), ("DELETE", None)):
        stale = await google.client.request(method, path, json=body, headers={"If-Match": seen})
        assert refusal(stale) == (412, "conditionNotMet")
    assert (await google.client.get(path)).json()["location"] == "a"
    any_version = await google.client.delete(path, headers={"If-Match": "*"})
    assert any_version.status_code == 204


async def test_a_meeting_is_made_for_who_knows_about_meetings(google: Google):
    request = {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    body = {"conferenceData": {"createRequest": request}}
    unaware = (await google.client.patch(f"{EVENTS}/plank1", json=body)).json()
    assert "conferenceData" not in unaware
    query = {"conferenceDataVersion": "1"}
    aware = (await google.client.patch(f"{EVENTS}/plank1", json=body, params=query)).json()
    assert aware["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert aware["hangoutLink"] == aware["conferenceData"]["entryPoints"][0]["uri"]
    again = (await google.client.patch(f"{EVENTS}/plank1", json={"location": "x"})).json()
    assert again["hangoutLink"] == aware["hangoutLink"]
    cleared = await google.client.patch(
        f"{EVENTS}/plank1", json={"conferenceData": None}, params=query
    )
    assert "hangoutLink" not in cleared.json()


async def test_a_guest_answers_and_changes_nothing_else(google: Google):
    event = await google.invitation()
    path = f"{EVENTS}/{event['id']}"
    mine = [
        one
        | ({"responseStatus": "accepted"} if one.get("self") else {"responseStatus": "declined"})
        for one in event["attendees"]
    ]
    answered = (await google.client.patch(path, json={"attendees": mine})).json()
    assert {one["email"]: one["responseStatus"] for one in answered["attendees"]} == {
        "seojun.park@yeoul.example": "accepted",
        "hanul@example.com": "accepted",
        "sumin.lee@yeoul.example": "accepted",
    }
    short = {
        "attendees": [{"email": "hanul@example.com", "responseStatus": "declined"}],
        "attendeesOmitted": True,
    }
    alone = (await google.client.patch(path, json=short)).json()
    assert [one["responseStatus"] for one in alone["attendees"]] == [
        "accepted", "declined", "accepted",
    ]  # fmt: skip
    moved = await google.client.patch(path, json={"summary": "x"})
    assert refusal(moved) == (403, "forbiddenForNonOrganizer")


async def test_who_would_get_mail_is_written_down(google: Google):
    guests = {"attendees": [{"email": "bob@example.com"}]}
    path = f"{EVENTS}/plank1"
    await google.client.patch(path, json=guests, params={"sendUpdates": "none"})
    await google.client.patch(path, json={"location": "x"}, params={"sendUpdates": "all"})
    await google.client.delete(path, params={"sendUpdates": "externalOnly"})
    told = [(it["what"], it["to"], it["sendUpdates"]) for it in google.store.all(NOTICES)]
    assert told == [
        ("update", ["bob@example.com"], "all"),
        ("cancellation", ["bob@example.com"], "externalOnly"),
    ]


async def test_what_is_sent_fits_googles_schemas(google: Google):
    request = {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    meeting = {"conferenceData": {"createRequest": request}}
    query = {"conferenceDataVersion": "1"}
    await google.client.patch(f"{EVENTS}/plank1", json=meeting, params=query)
    paths = [f"{EVENTS}/plank1", f"{EVENTS}/plank1/instances", THIRD]
    paths += ["/calendar/v3/users/me/calendarList/primary"]
    answers = {path: (await google.client.get(path)).json() for path in paths}
    faults = {path: calendar().check_response("GET", path, it) for path, it in answers.items()}
    assert [it for it in faults.values() if it] == []


async def test_one_calendar_can_be_asked_for(google: Google):
    mine = await google.client.get("/calendar/v3/users/me/calendarList/primary")
    assert (mine.json()["id"], mine.json()["primary"]) == ("hanul@example.com", True)
    nobody = await google.client.get("/calendar/v3/users/me/calendarList/nobody@example.com")
    assert refusal(nobody) == (404, "notFound")


async def test_too_many_calendars_are_not_looked_at(google: Google):
    items = [{"id": f"c{n}@example.com"} for n in range(49)] + [{"id": "primary"}, {"id": "x"}]
    window = {"timeMin": "2026-11-24T00:00:00Z", "timeMax": "2026-11-25T00:00:00Z"}
    answer = (
        await google.client.post("/calendar/v3/freeBusy", json=window | {"items": items})
    ).json()
    assert answer["calendars"]["primary"]["busy"]
    assert answer["calendars"]["x"]["errors"][0]["reason"] == "tooManyCalendarsRequested"


async def test_holidays_are_read_and_never_written(google: Google):
    path = f"/calendar/v3/calendars/{HOLIDAYS.replace('#', '%23')}/events"
    year = {"timeMin": "2028-01-01T00:00:00+09:00", "timeMax": "2029-01-01T00:00:00+09:00"}
    items = (await google.client.get(path, params=year)).json()["items"]
    public = {it["start"]["date"]: it["summary"] for it in items if it["description"] == "공휴일"}
    assert public["2028-01-27"] == "설날"
    assert public["2028-10-05"] == "쉬는 날 추석"
    assert "2028-05-08" not in public
    assert refusal(await google.client.post(path, json=YOGA | {"id": "plank2"})) == (
        403, "requiredAccessLevel",
    )  # fmt: skip


def test_no_public_holiday_is_listed_twice_and_substitutes_are_working_days():
    from arion_sandbox.seed import seed_rows

    rows = [row.document for row in seed_rows(date(2026, 11, 23)) if HOLIDAYS in row.collection]
    events: list[Any] = [row["event"] for row in rows]
    named = [(it["start"]["date"], it["summary"]) for it in events]
    assert len(set(named)) == len(named) > 100
    substitutes = [day for day, name in named if name.startswith("쉬는 날")]
    assert len(substitutes) >= 12
    assert all(datetime.fromisoformat(day).weekday() < 5 for day in substitutes)
