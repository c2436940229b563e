"""Kim Haneul's calendars on the day of seeding, and the public holidays of South Korea.

`data/calendar.toml` says it in days relative to that day; `data/holidays.csv` by the calendar.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox.calendar_events import checked, new_event
from arion_sandbox.calendar_guests import marked
from arion_sandbox.calendar_store import CALENDARS
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.recurrence import WEEKDAYS
from arion_sandbox.store import SeedRow

SEOUL = ZoneInfo("Asia/Seoul")
HOLIDAYS = "ko.south_korea#holiday@group.v.calendar.google.com"
"""Google's own calendar of Korean holidays, which Korean accounts have in their list."""

KINDS = {
    "public": "공휴일",
    "observance": "기념일\n기념일을 숨기려면 Google Calendar 설정 > 대한민국의 휴일로 이동하세요.",
}
"""What Google writes below a holiday: how a day off is told from another (second-hand)."""


def calendar_rows(today: date, people: JsonObject) -> Iterator[SeedRow]:
    """Make the calendars and their events; `people` has addresses by name."""
    data = cast("JsonObject", tomllib.loads(_text("calendar.toml")))
    entries = {as_text(item["key"]): _calendar(item) for item in as_objects(data["calendar"])}
    for entry in entries.values():
        yield SeedRow(CALENDARS, as_text(entry["id"]), entry)
    stamp = f"{today - timedelta(days=14)}T01:00:00.000Z"
    for number, item in enumerate(as_objects(data["event"])):
        entry = entries[as_text(item.get("calendar")) or "primary"]
        digest = hashlib.sha256(f"{today.isoformat()}|event|{number}".encode()).hexdigest()
        event = new_event(digest[:26], entry, ACCOUNT, stamp) | _event(item, today, people)
        yield _row(entry, marked(event), stamp)
    yield from _holiday_rows(entries["holidays"])


def weekday_of(today: date, week: int, weekday: str) -> date:
    """Give a day of a week counted from the running one, Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=week, days=WEEKDAYS.index(weekday))


def _text(name: str) -> str:
    return (files("arion_sandbox") / "data" / name).read_text("utf-8")


def _row(entry: JsonObject, event: JsonObject, stamp: str) -> SeedRow:
    collection = f"events/{as_text(entry['id'])}"
    return SeedRow(collection, as_text(event["id"]), {"event": checked(event, SEOUL, stamp)})


def _holiday_rows(entry: JsonObject) -> Iterator[SeedRow]:
    lines = [line for line in _text("holidays.csv").splitlines() if not line.startswith("#")]
    stamp = "2024-12-01T00:00:00.000Z"
    for number, row in enumerate(csv.DictReader(lines)):
        day = date.fromisoformat(row["date"])
        event_id = f"{day:%Y%m%d}{number:04}"
        event = new_event(event_id, entry, as_text(entry["id"]), stamp)
        event |= {
            "summary": row["name"],
            "description": KINDS[row["kind"]],
            "start": {"date": day.isoformat()},
            "end": {"date": (day + timedelta(days=1)).isoformat()},
            "transparency": "transparent",
            "visibility": "public",
        }
        yield _row(entry, event, stamp)


def _calendar(item: JsonObject) -> JsonObject:
    entry: JsonObject = {
        "kind": "calendar#calendarListEntry",
        "etag": '"1"',
        "id": item["id"],
        "summary": item["summary"],
        "timeZone": SEOUL.key,
        "colorId": item["color"],
        "backgroundColor": item["background"],
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": item["role"],
        "defaultReminders": [{"method": "popup", "minutes": 10}],
    }
    if "description" in item:
        entry["description"] = item["description"]
    if item["id"] == ACCOUNT:
        entry["primary"] = True
    return entry


def _event(item: JsonObject, today: date, people: JsonObject) -> JsonObject:
    kept = ("summary", "location", "description", "recurrence")
    event: JsonObject = {name: item[name] for name in kept if name in item}
    event |= _times(item, _day(item, today))
    if "transparent" in item:
        event["transparency"] = "transparent"
    if "invited_by" in item:
        event |= _invitation(item, people)
    elif "attendees" in item:
        event["attendees"] = [_guest(ACCOUNT), *_guests(item, people)]
    return event


def _invitation(item: JsonObject, people: JsonObject) -> JsonObject:
    """Give what makes an event somebody else's, to which the account is invited."""
    name = as_text(item["invited_by"])
    host: JsonObject = {"email": people[name], "displayName": name}
    asked = _guest(ACCOUNT) | {"responseStatus": "needsAction"}
    attendees: list[Json] = [host | {"responseStatus": "accepted"}, asked, *_guests(item, people)]
    return {"organizer": host, "creator": host, "attendees": attendees}


def _guests(item: JsonObject, people: JsonObject) -> list[JsonObject]:
    names = as_texts(item.get("attendees"))
    return [_guest(as_text(people[name])) | {"displayName": name} for name in names]


def _guest(email: str) -> JsonObject:
    return {"email": email, "responseStatus": "accepted"}


def _day(item: JsonObject, today: date) -> date:
    if "day" in item:
        return today + timedelta(days=cast("int", item["day"]))
    return weekday_of(today, cast("int", item["week"]), as_text(item["weekday"]))


def _times(item: JsonObject, day: date) -> JsonObject:
    if "days" in item:
        end = day + timedelta(days=cast("int", item["days"]))
        return {"start": {"date": day.isoformat()}, "end": {"date": end.isoformat()}}
    return {
        side: as_object(
            {"dateTime": f"{day}T{as_text(item[side])}:00+09:00", "timeZone": SEOUL.key}
        )
        for side in ("start", "end")
    }
