"""Google Calendar v3: calendar list, events, instances and free/busy.

Parameters, fields and types: Google's discovery document calendar.v3. What it does not say (which
times are refused, what a removed event answers) follows the reference pages and replies that
people have published.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox import event_times, google
from arion_sandbox.calendar_busy import busy_spans
from arion_sandbox.calendar_events import (
    etag,
    is_wanted,
    merged,
    new_event,
    read_only,
    shown,
    without_nulls,
    writable,
)
from arion_sandbox.calendar_fields import (
    DELETE_EVENT,
    EVENT,
    FREE_BUSY,
    GET_EVENT,
    LIST_CALENDARS,
    LIST_EVENTS,
    LIST_INSTANCES,
    ROLES,
    WRITE_EVENT,
)
from arion_sandbox.calendar_guests import answered_only
from arion_sandbox.calendar_meet import with_meeting
from arion_sandbox.calendar_store import CALENDARS, Calendars, zone_of
from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.errors import GoogleError
from arion_sandbox.field_selection import select_fields
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.series import Window
from arion_sandbox.store import Store

__all__ = ["CALENDARS", "vendor"]

MOST_BUSY_CALENDARS = 50
"""Calendars of one free/busy query (calendarExpansionMax)."""


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the calendars in a store; `now` gives the time with its offset."""
    calendar = _Calendar(Calendars(store, now))
    entry = "/users/me/calendarList"
    events, event = "/calendars/{calendarId}/events", "/calendars/{calendarId}/events/{eventId}"
    return Vendor(
        root="/calendar/v3",
        endpoints=(
            _endpoint("GET", entry, calendar.list_calendars, LIST_CALENDARS),
            _endpoint("GET", f"{entry}/{{calendarId}}", calendar.get_calendar, ()),
            _endpoint("GET", events, calendar.list_events, LIST_EVENTS),
            Endpoint("POST", events, calendar.insert, (*google.COMMON, *WRITE_EVENT), EVENT),
            _endpoint("GET", event, calendar.get, GET_EVENT),
            _endpoint("GET", f"{event}/instances", calendar.list_instances, LIST_INSTANCES),
            Endpoint("PATCH", event, calendar.patch, (*google.COMMON, *WRITE_EVENT), EVENT),
            Endpoint("PUT", event, calendar.update, (*google.COMMON, *WRITE_EVENT), EVENT),
            _endpoint("DELETE", event, calendar.delete, DELETE_EVENT),
            Endpoint("POST", "/freeBusy", calendar.free_busy, google.COMMON, FREE_BUSY),
        ),
        authorize=google.authorize,
        refuse_query=google.refuse_old_query,
        refuse_body=google.refuse_body,
        unavailable=google.unavailable,
        finish=select_fields,
    )


def _endpoint(
    verb: str,
    path: str,
    handle: Callable[[Call], JsonObject | None],
    parameters: tuple[Parameter, ...],
) -> Endpoint:
    return Endpoint(verb, path, handle, (*google.COMMON, *parameters))


@dataclass(frozen=True)
class _Calendar:
    """The methods."""

    calendars: Calendars

    def list_calendars(self, call: Call) -> JsonObject:
        """calendarList.list."""
        least = ROLES.index(call.query.text("minAccessRole") or ROLES[0])
        entries = [
            entry
            for entry in self.calendars.all()
            if ROLES.index(as_text(entry["accessRole"])) >= least
        ]
        page, token = google.page_of(entries, call.query, default=100, most=250)
        return _page("calendar#calendarList", page, token)

    def get_calendar(self, call: Call) -> JsonObject:
        """calendarList.get."""
        return self._entry(call)

    def list_events(self, call: Call) -> JsonObject:
        """events.list."""
        query = call.query
        entry = self._entry(call)
        single, order = query.flag("singleEvents"), query.text("orderBy")
        if query.text("syncToken"):
            # Google may drop a sync token at any time, and the stand-in keeps none.
            message = "Sync token is no longer valid, a full sync is required."
            raise GoogleError(410, "fullSyncRequired", message)
        if order == "startTime" and not single:
            message = "The requested ordering is not available for the particular query."
            raise GoogleError(400, "invalid", message)
        window = _window(query.time("timeMin"), query.time("timeMax"))
        within = self.calendars.inside(entry, window, single=single)
        found = [event for event in within if is_wanted(event, query)]
        if order == "startTime":
            found.sort(key=lambda e: event_times.moment(as_object(e["start"]), zone_of(entry)))
        elif order == "updated":
            found.sort(key=lambda event: as_text(event["updated"]))
        return self._events_page(call, entry, found)

    def list_instances(self, call: Call) -> JsonObject:
        """events.instances."""
        query = call.query
        entry = self._entry(call)
        window = _window(query.time("timeMin"), query.time("timeMax"))
        series = self.calendars.instances_of(entry, call.path["eventId"], window)
        found = [
            instance
            for instance in series
            if instance["status"] != "cancelled" or query.flag("showDeleted")
        ]
        return self._events_page(call, entry, found)

    def get(self, call: Call) -> JsonObject:
        """events.get."""
        entry = self._entry(call)
        zone = _requested_zone(call.query.text("timeZone")) or zone_of(entry)
        return shown(self.calendars.find(entry, call.path["eventId"]), zone)

    def insert(self, call: Call) -> JsonObject:
        """events.insert: the id may be the client's, which makes a retry safe."""
        entry = self._writable(call)
        body = without_nulls(call.body)
        event_id = as_text(body.get("id")) or secrets.token_hex(13)
        if not re.fullmatch(r"[a-v0-9]{5,1024}", event_id):
            raise GoogleError(400, "invalid", "Invalid resource id value.")
        if self.calendars.is_taken(entry, event_id):
            raise GoogleError(409, "duplicate", "The requested identifier already exists.")
        stamp = self.calendars.stamp()
        event = new_event(event_id, entry, ACCOUNT, stamp) | writable(body)
        event = with_meeting(event, {}, call.query.number("conferenceDataVersion", 0))
        added = self.calendars.add(entry, event, call.query.text("sendUpdates"))
        return shown(added, zone_of(entry))

    def patch(self, call: Call) -> JsonObject:
        """events.patch: change the fields given, clear those that are null."""
        entry = self._writable(call)
        before = self._expected(entry, call)
        after = merged(before, writable(call.body))
        return self._change(entry, call, before, answered_only(before, after))

    def update(self, call: Call) -> JsonObject:
        """events.update: put a whole event in the place of another."""
        entry = self._writable(call)
        before = self._expected(entry, call)
        after: JsonObject = {"status": "confirmed", "reminders": {"useDefault": True}}
        after |= writable(without_nulls(call.body))
        return self._change(entry, call, before, after | read_only(before))

    def delete(self, call: Call) -> None:
        """events.delete: the event stays behind as cancelled, and its id stays taken."""
        entry = self._writable(call)
        event = self.calendars.find(entry, call.path["eventId"])
        if event["status"] == "cancelled":
            raise GoogleError(410, "deleted", "Resource has been deleted")
        event = self._expected(entry, call)
        cancelled = event | {"status": "cancelled"}
        self.calendars.change(entry, event, cancelled, call.query.text("sendUpdates"))

    def free_busy(self, call: Call) -> JsonObject:
        """freebusy.query."""
        body = call.body
        bounds: dict[str, datetime] = {}
        for name in ("timeMin", "timeMax"):
            if not as_text(body.get(name)):
                raise GoogleError(400, "required", f"Missing {name} parameter.")
            bounds[name] = datetime.fromisoformat(as_text(body[name]).upper())
            if bounds[name].tzinfo is None:
                raise GoogleError(400, "badRequest", "Bad Request")
        zone = _requested_zone(as_text(body.get("timeZone"))) or event_times.UTC
        window = _window(bounds["timeMin"], bounds["timeMax"])
        asked = [as_text(item.get("id")) for item in as_objects(body.get("items"))]
        return {
            "kind": "calendar#freeBusy",
            "timeMin": event_times.shown(bounds["timeMin"], event_times.UTC),
            "timeMax": event_times.shown(bounds["timeMax"], event_times.UTC),
            "calendars": {
                name: self._busy(name, window, zone)
                if number < MOST_BUSY_CALENDARS
                else _unreadable("tooManyCalendarsRequested")
                for number, name in enumerate(asked)
            },
        }

    def _busy(self, calendar_id: str, window: Window, zone: ZoneInfo) -> JsonObject:
        entry = self.calendars.entry(calendar_id)
        if entry is None:
            return _unreadable("notFound")
        events = self.calendars.inside(entry, window, single=True)
        return {
            "busy": [
                {"start": event_times.shown(start, zone), "end": event_times.shown(end, zone)}
                for start, end in busy_spans(events, window, zone_of(entry))
            ]
        }

    def _change(
        self, entry: JsonObject, call: Call, before: JsonObject, after: JsonObject
    ) -> JsonObject:
        after = with_meeting(after, before, call.query.number("conferenceDataVersion", 0))
        updates = call.query.text("sendUpdates")
        return shown(self.calendars.change(entry, before, after, updates), zone_of(entry))

    def _expected(self, entry: JsonObject, call: Call) -> JsonObject:
        """Find the event of a write; refuse it when the client knows an older state of it."""
        event = self.calendars.find(entry, call.path["eventId"])
        known = call.headers.get("if-match", "*")
        if known not in ("*", event["etag"]):
            place = ("header", "If-Match")
            raise GoogleError(412, "conditionNotMet", "Precondition Failed", place=place)
        return event

    def _events_page(self, call: Call, entry: JsonObject, found: list[JsonObject]) -> JsonObject:
        zone = _requested_zone(call.query.text("timeZone")) or zone_of(entry)
        page, token = google.page_of(found, call.query, default=250, most=2500)
        result = _page("calendar#events", [shown(event, zone) for event in page], token)
        stamp = self.calendars.stamp()
        return result | {
            "summary": entry["summary"],
            "description": entry.get("description", ""),
            "updated": max((as_text(event["updated"]) for event in found), default=stamp),
            "timeZone": zone.key,
            "accessRole": entry["accessRole"],
            "defaultReminders": entry["defaultReminders"],
        }

    def _entry(self, call: Call) -> JsonObject:
        entry = self.calendars.entry(call.path["calendarId"])
        if entry is None:
            raise GoogleError(404, "notFound", "Not Found")
        return entry

    def _writable(self, call: Call) -> JsonObject:
        entry = self._entry(call)
        if entry["accessRole"] not in ("owner", "writer"):
            message = "You need to have writer access to this calendar."
            raise GoogleError(403, "requiredAccessLevel", message, domain="calendar")
        return entry


def _unreadable(reason: str) -> JsonObject:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}


def _requested_zone(name: str | None) -> ZoneInfo | None:
    if not name:
        return None
    zone = event_times.find_zone(name)
    if zone is None:
        raise GoogleError(400, "invalid", "Invalid time zone.", place=("parameter", "timeZone"))
    return zone


def _window(begin: datetime | None, end: datetime | None) -> Window:
    if begin and end and end <= begin:
        message, place = "The specified time range is empty.", ("parameter", "timeMax")
        raise GoogleError(400, "timeRangeEmpty", message, place=place)
    return Window(begin, end)


def _page(kind: str, items: list[JsonObject], token: str | None) -> JsonObject:
    page: JsonObject = {"kind": kind, "items": cast("list[Json]", items)}
    page["etag"] = etag(page)
    if token:
        page["nextPageToken"] = token
    return page
