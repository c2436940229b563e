"""The calendar server over the plainest stand-in for Google: documents in, documents out.

It knows no versions, no holidays, no series, marks nobody as the person, and merges a patch
field by field.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.calendar_client import Calendar, calendar_client
from tests.sandbox import Sandbox, serving

pytestmark = pytest.mark.thorough

START = "2027-03-06T15:00:00+09:00"
INVITATION: dict[str, Any] = {
    "id": "invite1",
    "summary": "킥오프",
    "start": {"dateTime": "2027-03-06T15:00:00", "timeZone": "Asia/Seoul"},
    "end": {"dateTime": "2027-03-06T16:00:00", "timeZone": "Asia/Seoul"},
    "attendees": [{"email": "boss@example.com"}, {"email": "me@example.com"}],
}


class Plain:
    """One calendar in a dictionary."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, Any]] = {"invite1": dict(INVITATION)}
        event = "/calendar/v3/calendars/primary/events/{id}"
        self.app = Starlette(
            routes=[
                Route("/calendar/v3/users/me/calendarList", self.calendars),
                Route("/calendar/v3/users/me/calendarList/primary", self.primary),
                Route("/calendar/v3/calendars/primary/events", self.all, methods=["GET"]),
                Route("/calendar/v3/calendars/primary/events", self.add, methods=["POST"]),
                Route(event, self.one, methods=["GET"]),
                Route(event, self.merge, methods=["PATCH"]),
                Route(event, self.drop, methods=["DELETE"]),
                Route("/calendar/v3/freeBusy", self.busy, methods=["POST"]),
            ]
        )

    async def calendars(self, _: Request) -> JSONResponse:
        return JSONResponse({"items": [{"id": "me@example.com", "primary": True}]})

    async def primary(self, _: Request) -> JSONResponse:
        return JSONResponse({"id": "me@example.com"})

    async def all(self, _: Request) -> JSONResponse:
        return JSONResponse({"items": list(self.events.values())})

    async def add(self, request: Request) -> JSONResponse:
        body = await request.json()
        self.events[body["id"]] = body
        return JSONResponse(body)

    async def one(self, request: Request) -> JSONResponse:
        found = self.events.get(request.path_params["id"])
        return JSONResponse(found or {"error": {"code": 404}}, 200 if found else 404)

    async def merge(self, request: Request) -> JSONResponse:
        event = self.events[request.path_params["id"]]
        event.update(await request.json())
        return JSONResponse(event)

    async def drop(self, request: Request) -> Response:
        del self.events[request.path_params["id"]]
        return Response(status_code=204)

    async def busy(self, request: Request) -> JSONResponse:
        spans = [{"start": START, "end": "2027-03-06T16:00:00+09:00"}]
        return JSONResponse({"calendars": {"primary": {"busy": spans}}})


@pytest.fixture
async def plain() -> Plain:
    return Plain()


@pytest.fixture
async def calendar(plain: Plain) -> AsyncIterator[Calendar]:
    async with serving(plain.app) as url, calendar_client(url) as client:
        yield Calendar(client, Sandbox(url, None))  # pyright: ignore[reportArgumentType]


async def test_events_are_listed_made_changed_and_deleted(calendar: Calendar, plain: Plain) -> None:
    assert await calendar.titles(start="2027-03-06") == ["킥오프"]
    made = await calendar.create(summary="치과", start="2027-03-07T15:00:00+09:00")
    event_id = made["event"]["id"]
    moved = await calendar.update(event_id, start="17:00", location="강남")
    assert plain.events[event_id]["start"]["dateTime"] == "2027-03-07T17:00:00+09:00"
    assert plain.events[event_id]["end"]["dateTime"] == "2027-03-07T18:00:00+09:00"
    await calendar.undo("update_event", moved)
    assert plain.events[event_id]["start"]["dateTime"] == "2027-03-07T15:00:00+09:00"
    assert not plain.events[event_id]["location"]
    gone = await calendar.delete(event_id)
    assert gone["say"].endswith("'치과' 일정을 삭제했어요.")
    assert event_id not in plain.events


async def test_a_time_without_its_zone_gets_it_when_the_event_is_to_repeat(
    calendar: Calendar, plain: Plain
) -> None:
    offset_only = {"start": {"dateTime": START}, "end": {"dateTime": "2027-03-06T16:00:00+09:00"}}
    plain.events["bare1"] = {"id": "bare1", "summary": "산책", **offset_only}
    repeated = await calendar.update("bare1", recurrence=["FREQ=DAILY;COUNT=3"])
    assert repeated["changed"] == ["recurrence"]
    assert plain.events["bare1"]["start"] == {"dateTime": START, "timeZone": "Asia/Seoul"}


async def test_the_person_is_known_by_their_address(calendar: Calendar, plain: Plain) -> None:
    told = await calendar.call("respond", event_id="invite1", response="accepted")
    assert told["previous_response"] == "needsAction"
    assert plain.events["invite1"]["attendees"] == [
        {"email": "boss@example.com"},
        {"email": "me@example.com", "responseStatus": "accepted"},
    ]


async def test_free_time_is_found_and_holidays_are_said_to_be_unknown(calendar: Calendar) -> None:
    told = await calendar.call(
        "find_slots",
        start="2027-03-05T15:00:00+09:00",
        end="2027-03-06T18:00:00+09:00",
        working_hours="09:00-18:00",
    )
    assert [slot["start"][:16] for slot in told["slots"]] == [
        "2027-03-05T15:00", "2027-03-05T16:00", "2027-03-05T17:00",
    ]  # fmt: skip
    assert told["say"].endswith("공휴일은 확인하지 못했어요.")
