"""What every account starts with: the calendars and the mailbox of Kim Haneul.

`data/calendar.toml` and `data/mail.toml` say it in days relative to the day of seeding, so that
there is always something today, tomorrow and last week. The same day gives the same rows.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox.calendar_events import checked, new_event
from arion_sandbox.gmail import LABELS, MESSAGES, message_document
from arion_sandbox.google import ACCOUNT
from arion_sandbox.google_calendar import CALENDARS
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.recurrence import WEEKDAYS
from arion_sandbox.seed_mail import compose
from arion_sandbox.store import SeedRow

SEOUL = ZoneInfo("Asia/Seoul")


@lru_cache(maxsize=4)
def seed_rows(today: date) -> tuple[SeedRow, ...]:
    """Make all rows for a day."""
    people = as_object(_data("mail.toml")["people"])
    return (*_calendar_rows(today, people), *_mail_rows(today, people))


def _data(name: str) -> JsonObject:
    text = (files("arion_sandbox") / "data" / name).read_text("utf-8")
    return cast("JsonObject", tomllib.loads(text))


def _key(today: date, *parts: str) -> str:
    """Make an id that differs between days, so that no old one means something else."""
    return hashlib.sha256("|".join((today.isoformat(), *parts)).encode()).hexdigest()


def _calendar_rows(today: date, people: JsonObject) -> Iterator[SeedRow]:
    data = _data("calendar.toml")
    entries = {as_text(item["key"]): _calendar(item) for item in as_objects(data["calendar"])}
    for entry in entries.values():
        yield SeedRow(CALENDARS, as_text(entry["id"]), entry)
    stamp = f"{today - timedelta(days=14)}T01:00:00.000Z"
    for number, item in enumerate(as_objects(data["event"])):
        entry = entries[as_text(item.get("calendar")) or "primary"]
        event_id = _key(today, "event", str(number))[:26]
        event = new_event(event_id, entry, ACCOUNT, stamp) | _event(item, today, people)
        collection = f"events/{as_text(entry['id'])}"
        yield SeedRow(collection, event_id, {"event": checked(event, SEOUL, stamp)})


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
    if "attendees" in item:
        me: JsonObject = {"email": ACCOUNT, "self": True, "responseStatus": "accepted"}
        guests: list[Json] = [
            {"email": people[name], "displayName": name, "responseStatus": "accepted"}
            for name in as_texts(item["attendees"])
        ]
        event["attendees"] = [me, *guests]
    return event


def _day(item: JsonObject, today: date) -> date:
    if "day" in item:
        return today + timedelta(days=cast("int", item["day"]))
    return _weekday(today, cast("int", item["week"]), as_text(item["weekday"]))


def _weekday(today: date, week: int, weekday: str) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=week, days=WEEKDAYS.index(weekday))


def _dated(text: str, today: date) -> str:
    """Write dates in the place of `{1 WE}`: "12월 2일(수)"."""

    def spoken(matched: re.Match[str]) -> str:
        day = _weekday(today, int(matched[1]), matched[2])
        return f"{day.month}월 {day.day}일({'월화수목금토일'[day.weekday()]})"

    return re.sub(r"\{(\d) (MO|TU|WE|TH|FR|SA|SU)\}", spoken, text)


def _times(item: JsonObject, day: date) -> JsonObject:
    if "days" in item:
        end = day + timedelta(days=cast("int", item["days"]))
        return {"start": {"date": day.isoformat()}, "end": {"date": end.isoformat()}}
    return {
        side: {"dateTime": f"{day}T{as_text(item[side])}:00+09:00", "timeZone": SEOUL.key}
        for side in ("start", "end")
    }


def _mail_rows(today: date, people: JsonObject) -> Iterator[SeedRow]:
    data = _data("mail.toml")
    for item in as_objects(data["label"]):
        label_id = as_text(item["id"])
        shown: JsonObject = {"messageListVisibility": "show", "labelListVisibility": "labelShow"}
        yield SeedRow(LABELS, label_id, item | shown | {"type": "user"})
    threads: dict[str, str] = {}
    earlier: dict[str, tuple[str, ...]] = {}
    for item in as_objects(data["mail"]):
        key, parent = as_text(item["key"]), as_text(item.get("replies_to"))
        message_id = _key(today, "mail", key)[:16]
        threads[key] = threads[parent] if parent else message_id
        earlier[key] = (*earlier.get(parent, ()), f"<{message_id}@mail.example>")
        day = today + timedelta(days=cast("int", item["day"]))
        at = datetime.combine(day, time.fromisoformat(as_text(item["at"])), SEOUL)
        written = {n: _dated(as_text(item[n]), today) for n in ("text", "html") if n in item}
        raw = compose(item | written, people, at, earlier[key])
        labels = as_texts(item["labels"])
        document = message_document(message_id, threads[key], labels, raw, at)
        yield SeedRow(MESSAGES, message_id, document)
