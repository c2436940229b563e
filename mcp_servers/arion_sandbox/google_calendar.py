"""Google Calendar v3: calendar list, events and free/busy.

Parameters, fields and types: Google's discovery document calendar.v3. What it does not say (which
times are refused, what a removed event answers) follows the reference pages and replies that
people have published.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox import event_times, google
from arion_sandbox.calendar_events import (
    checked,
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
    EVENT,
    FREE_BUSY,
    LIST_CALENDARS,
    LIST_EVENTS,
    ROLES,
    WRITE_EVENT,
)
from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.errors import GoogleError
from arion_sandbox.field_selection import select_fields
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.series import Window, find_instance, instances
from arion_sandbox.store import Store

CALENDARS = "calendars"


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the calendars in a store; `now` gives the time with its offset."""
    calendar = _Calendar(store, now)
    events, event = "/calendars/{calendarId}/events", "/calendars/{calendarId}/events/{eventId}"
    return Vendor(
        root="/calendar/v3",
        endpoints=(
            Endpoint(
                "GET",
                "/users/me/calendarList",
                calendar.list_calendars,
                (*google.COMMON, *LIST_CALENDARS),
            ),
            Endpoint("GET", events, calendar.list_events, (*google.COMMON, *LIST_EVENTS)),
            Endpoint("POST", events, calendar.insert, (*google.COMMON, *WRITE_EVENT), EVENT),
            Endpoint("GET", event, calendar.get, (*google.COMMON, Parameter("timeZone"))),
            Endpoint("PATCH", event, calendar.patch, (*google.COMMON, *WRITE_EVENT), EVENT),
            Endpoint("PUT", event, calendar.update, (*google.COMMON, *WRITE_EVENT), EVENT),
            Endpoint("DELETE", event, calendar.delete, (*google.COMMON, *WRITE_EVENT)),
            Endpoint("POST", "/freeBusy", calendar.free_busy, google.COMMON, FREE_BUSY),
        ),
        authorize=google.authorize,
        refuse_query=google.refuse_old_query,
        refuse_body=google.refuse_body,
        unavailable=google.unavailable,
        finish=select_fields,
    )


@dataclass(frozen=True)
class _Calendar:
    """The methods, over one store."""

    store: Store
    now: Callable[[], datetime]

    def list_calendars(self, call: Call) -> JsonObject:
        """calendarList.list."""
        least = ROLES.index(call.query.text("minAccessRole") or ROLES[0])
        entries = [
            entry
            for entry in self.store.all(CALENDARS)
            if ROLES.index(as_text(entry["accessRole"])) >= least
        ]
        page, token = google.page_of(entries, call.query, default=100, most=250)
        return _page("calendar#calendarList", page, token)

    def list_events(self, call: Call) -> JsonObject:
        """events.list."""
        query = call.query
        entry = self._calendar(call)
        single, order = query.flag("singleEvents"), query.text("orderBy")
        if query.text("syncToken"):
            # Google may drop a sync token at any time, and the stand-in keeps none.
            message = "Sync token is no longer valid, a full sync is required."
            raise GoogleError(410, "fullSyncRequired", message)
        if order == "startTime" and not single:
            message = "The requested ordering is not available for the particular query."
            raise GoogleError(400, "invalid", message)
        zone = _requested_zone(query.text("timeZone")) or _zone(entry)
        window = _window(query.time("timeMin"), query.time("timeMax"))
        found = [
            event for event in self._events(entry, window, single=single) if is_wanted(event, query)
        ]
        if order == "startTime":
            found.sort(key=lambda e: event_times.moment(as_object(e["start"]), _zone(entry)))
        elif order == "updated":
            found.sort(key=lambda event: as_text(event["updated"]))
        page, token = google.page_of(found, query, default=250, most=2500)
        result = _page("calendar#events", [shown(event, zone) for event in page], token)
        return result | {
            "summary": entry["summary"],
            "description": entry.get("description", ""),
            "updated": max((as_text(event["updated"]) for event in found), default=self._stamp()),
            "timeZone": zone.key,
            "accessRole": entry["accessRole"],
            "defaultReminders": entry["defaultReminders"],
        }

    def get(self, call: Call) -> JsonObject:
        """events.get."""
        entry = self._calendar(call)
        zone = _requested_zone(call.query.text("timeZone")) or _zone(entry)
        return shown(self._find(entry, call.path["eventId"]), zone)

    def insert(self, call: Call) -> JsonObject:
        """events.insert: the id may be the client's, which makes a retry safe."""
        entry = self._writable(call)
        body = without_nulls(call.body)
        event_id = as_text(body.get("id")) or secrets.token_hex(13)
        if not re.fullmatch(r"[a-v0-9]{5,1024}", event_id):
            raise GoogleError(400, "invalid", "Invalid resource id value.")
        # A removed event keeps its id.
        if self.store.get(_events_of(entry), event_id):
            raise GoogleError(409, "duplicate", "The requested identifier already exists.")
        event = new_event(event_id, entry, ACCOUNT, self._stamp()) | writable(body)
        self._save(entry, event_id, {"event": checked(event, _zone(entry), self._stamp())})
        return shown(self._find(entry, event_id), _zone(entry))

    def patch(self, call: Call) -> JsonObject:
        """events.patch: change the fields given, clear those that are null."""
        entry = self._writable(call)
        before = self._find(entry, call.path["eventId"])
        return self._change(entry, before, merged(before, writable(call.body)))

    def update(self, call: Call) -> JsonObject:
        """events.update: put a whole event in the place of another."""
        entry = self._writable(call)
        before = self._find(entry, call.path["eventId"])
        after: JsonObject = {"status": "confirmed", "reminders": {"useDefault": True}}
        after |= writable(without_nulls(call.body))
        return self._change(entry, before, after | read_only(before))

    def delete(self, call: Call) -> None:
        """events.delete: the event stays behind as cancelled, and its id stays taken."""
        entry = self._writable(call)
        event = self._find(entry, call.path["eventId"])
        if event["status"] == "cancelled":
            raise GoogleError(410, "deleted", "Resource has been deleted")
        self._change(entry, event, event | {"status": "cancelled"})

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
            "calendars": {name: self._busy(name, window, zone) for name in asked},
        }

    def _busy(self, calendar_id: str, window: Window, zone: ZoneInfo) -> JsonObject:
        entry = self._entry(calendar_id)
        if entry is None:
            return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        spans: list[tuple[datetime, datetime]] = []
        for event in self._events(entry, window, single=True):
            if event["status"] != "cancelled" and event.get("transparency") != "transparent":
                start = event_times.moment(as_object(event["start"]), _zone(entry))
                end = event_times.moment(as_object(event["end"]), _zone(entry))
                spans.append((max(start, window.begin or start), min(end, window.end or end)))
        return {
            "busy": [
                {"start": event_times.shown(start, zone), "end": event_times.shown(end, zone)}
                for start, end in _joined(spans)
            ]
        }

    def _events(self, entry: JsonObject, window: Window, *, single: bool) -> Iterator[JsonObject]:
        """Give the events of a calendar inside a window, removed ones too."""
        zone = _zone(entry)
        for record in self.store.all(_events_of(entry)):
            event = as_object(record["event"])
            if "recurrence" not in event:
                if window.holds(event, zone):
                    yield event
            elif single and event["status"] != "cancelled":
                yield from instances(record, window, zone)
            elif not single and next(instances(record, window, zone), None):
                yield event

    def _find(self, entry: JsonObject, event_id: str) -> JsonObject:
        record = self.store.get(_events_of(entry), event_id)
        if record:
            return as_object(record["event"])
        series_id, _, stamp = event_id.partition("_")
        record = self.store.get(_events_of(entry), series_id)
        instance = find_instance(record, stamp, _zone(entry)) if record else None
        if instance is None:
            raise GoogleError(404, "notFound", "Not Found")
        return instance

    def _change(self, entry: JsonObject, before: JsonObject, after: JsonObject) -> JsonObject:
        event_id = as_text(before["id"])
        sequence = cast("int", before["sequence"])
        after["sequence"] = sequence + (before["start"] != after.get("start"))
        after = checked(after, _zone(entry), self._stamp())
        series_id = as_text(before.get("recurringEventId"))
        if series_id:
            record = as_object(self.store.get(_events_of(entry), series_id))
            stamp = event_id.removeprefix(f"{series_id}_")
            record["exceptions"] = as_object(record.get("exceptions")) | {stamp: after}
            self._save(entry, series_id, record)
        else:
            record = as_object(self.store.get(_events_of(entry), event_id))
            self._save(entry, event_id, record | {"event": after})
        return shown(after, _zone(entry))

    def _save(self, entry: JsonObject, event_id: str, record: JsonObject) -> None:
        self.store.put(_events_of(entry), event_id, record)

    def _calendar(self, call: Call) -> JsonObject:
        entry = self._entry(call.path["calendarId"])
        if entry is None:
            raise GoogleError(404, "notFound", "Not Found")
        return entry

    def _writable(self, call: Call) -> JsonObject:
        entry = self._calendar(call)
        if entry["accessRole"] not in ("owner", "writer"):
            message = "You need to have writer access to this calendar."
            raise GoogleError(403, "requiredAccessLevel", message, domain="calendar")
        return entry

    def _entry(self, calendar_id: str) -> JsonObject | None:
        return self.store.get(CALENDARS, ACCOUNT if calendar_id == "primary" else calendar_id)

    def _stamp(self) -> str:
        now = self.now().astimezone(event_times.UTC).replace(tzinfo=None)
        return f"{now.isoformat(timespec='milliseconds')}Z"


def _events_of(entry: JsonObject) -> str:
    return f"events/{as_text(entry['id'])}"


def _zone(entry: JsonObject) -> ZoneInfo:
    return ZoneInfo(as_text(entry["timeZone"]))


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


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
