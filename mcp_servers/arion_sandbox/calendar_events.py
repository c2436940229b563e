"""A calendar event as a document: what a new one holds, what is refused, what a search finds."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_sandbox import event_times
from arion_sandbox.endpoints import Query
from arion_sandbox.errors import GoogleError
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.recurrence import BadRecurrenceError, parse_recurrence

READ_ONLY = frozenset(
    {"kind", "etag", "id", "htmlLink", "created", "updated", "creator", "organizer", "iCalUID"}
    | {"recurringEventId", "originalStartTime", "sequence", "hangoutLink", "eventType"}
)
"""Fields that a client may send back and that a write leaves alone."""


def new_event(event_id: str, entry: JsonObject, owner: str, stamp: str) -> JsonObject:
    """Give what Google adds to an event in the calendar `entry`; `stamp` is the time of it."""
    calendar_id = as_text(entry["id"])
    link = base64.urlsafe_b64encode(f"{event_id} {calendar_id}".encode()).decode().rstrip("=")
    person: JsonObject = {"email": owner, "self": True}
    shared: JsonObject = {"email": calendar_id, "displayName": entry["summary"], "self": True}
    return {
        "kind": "calendar#event",
        "id": event_id,
        "status": "confirmed",
        "htmlLink": f"https://www.google.com/calendar/event?eid={link}",
        "created": stamp,
        "creator": person,
        "organizer": person if entry.get("primary") else shared,
        "iCalUID": f"{event_id}@google.com",
        "sequence": 0,
        "reminders": {"useDefault": True},
        "eventType": "default",
    }


def writable(body: JsonObject) -> JsonObject:
    """Give the fields of a body that a write takes over."""
    return {name: value for name, value in body.items() if name not in READ_ONLY}


def read_only(event: JsonObject) -> JsonObject:
    """Give the fields of an event that survive its replacement."""
    return {name: value for name, value in event.items() if name in READ_ONLY}


def checked(event: JsonObject, zone: ZoneInfo, stamp: str) -> JsonObject:
    """Refuse what Google refuses in an event, and complete it as Google does.

    `zone` is the calendar's; raises GoogleError.
    """
    event = {name: it for name, it in event.items() if it != []}
    start, end = as_object(event.get("start")), as_object(event.get("end"))
    lines = as_texts(event.get("recurrence"))
    event_times.check_times(start, end, recurring=bool(lines))
    try:
        if lines:
            parse_recurrence(lines, zone, all_day="date" in start)
    except BadRecurrenceError:
        raise GoogleError(400, "invalid", "Invalid recurrence rule.") from None
    event = event | {
        "start": event_times.stored(start, zone),
        "end": event_times.stored(end, zone),
        "updated": stamp,
    }
    if "attendees" in event:
        event["attendees"] = [_invited(person) for person in as_objects(event["attendees"])]
    return event | {"etag": etag(event)}


def _invited(person: JsonObject) -> Json:
    if "@" not in as_text(person.get("email")):
        raise GoogleError(400, "invalid", "Invalid attendee email.")
    return {"responseStatus": "needsAction"} | person


def shown(event: JsonObject, zone: ZoneInfo) -> JsonObject:
    """Show an event with its times in a zone."""
    result = dict(event)
    for name in ("start", "end", "originalStartTime"):
        if name in event:
            result[name] = event_times.in_zone(as_object(event[name]), zone)
    return result


def is_wanted(event: JsonObject, query: Query) -> bool:
    """Tell whether events.list gives an event, its time aside."""
    if event["status"] == "cancelled" and not query.flag("showDeleted"):
        return False
    uid, kinds, since = query.text("iCalUID"), query.texts("eventTypes"), query.time("updatedMin")
    marks = as_object(as_object(event.get("extendedProperties")).get("private"))
    asked = [mark.partition("=") for mark in query.texts("privateExtendedProperty")]
    return (
        (uid is None or event["iCalUID"] == uid)
        and (not kinds or event["eventType"] in kinds)
        and (since is None or datetime.fromisoformat(as_text(event["updated"])) >= since)
        and all(marks.get(name) == value for name, _, value in asked)
        and _mentions(event, query.text("q") or "")
    )


def _mentions(event: JsonObject, words: str) -> bool:
    fields = [as_text(event.get(name)) for name in ("summary", "description", "location")]
    for attendee in as_objects(event.get("attendees")):
        fields += [as_text(attendee.get("email")), as_text(attendee.get("displayName"))]
    text = "\n".join(fields).casefold()
    return all(word in text for word in words.casefold().split())


def etag(document: JsonObject) -> str:
    """Give a tag that changes with the document."""
    return f'"{hashlib.sha256(repr(sorted(document.items())).encode()).hexdigest()[:16]}"'


def without_nulls(body: JsonObject) -> JsonObject:
    """Leave out the fields that are null, as a new event has nothing to clear."""
    return {name: value for name, value in body.items() if value is not None}


def merged(before: JsonObject, changes: JsonObject) -> JsonObject:
    """Merge as RFC 7396: null removes, objects merge, all else is replaced."""
    after = dict(before)
    for name, value in changes.items():
        if value is None:
            after.pop(name, None)
        elif isinstance(value, dict):
            after[name] = merged(as_object(before.get(name)), value)
        else:
            after[name] = value
    return after
