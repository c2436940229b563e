"""The events of the account's calendars, as they are kept: found, added and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox import event_times
from arion_sandbox.calendar_events import checked
from arion_sandbox.calendar_guests import as_guest, marked, notice
from arion_sandbox.errors import GoogleError
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import JsonObject, as_object, as_text
from arion_sandbox.series import (
    Window,
    find_instance,
    instances,
    with_exception,
    with_series,
)
from arion_sandbox.store import Store

CALENDARS = "calendars"
NOTICES = "calendar-notices"
"""Collection of the mails about events that Google would send."""


@dataclass(frozen=True)
class Calendars:
    """Calendars and their events, over one store."""

    store: Store
    now: Callable[[], datetime]

    def all(self) -> list[JsonObject]:
        """Every calendar of the list."""
        return self.store.all(CALENDARS)

    def entry(self, calendar_id: str) -> JsonObject | None:
        """Look a calendar up."""
        return self.store.get(CALENDARS, ACCOUNT if calendar_id == "primary" else calendar_id)

    def is_taken(self, entry: JsonObject, event_id: str) -> bool:
        """Tell whether an id is in use; a removed event keeps its id."""
        return self.store.get(_events_of(entry), event_id) is not None

    def inside(self, entry: JsonObject, window: Window, *, single: bool) -> Iterator[JsonObject]:
        """Give the events of a calendar inside a window, removed ones too."""
        zone = zone_of(entry)
        for record in self.store.all(_events_of(entry)):
            event = as_object(record["event"])
            if "recurrence" not in event:
                if window.holds(event, zone):
                    yield event
            elif single and event["status"] != "cancelled":
                yield from instances(record, window, zone)
            elif not single and next(instances(record, window, zone), None):
                yield event

    def instances_of(
        self, entry: JsonObject, series_id: str, window: Window
    ) -> Iterator[JsonObject]:
        """Give the instances of a series, removed ones too; raises GoogleError."""
        record = self.store.get(_events_of(entry), series_id)
        if record is None:
            raise GoogleError(404, "notFound", "Not Found")
        event = as_object(record["event"])
        if "recurrence" in event and event["status"] != "cancelled":
            yield from instances(record, window, zone_of(entry))

    def find(self, entry: JsonObject, event_id: str) -> JsonObject:
        """Look an event or an instance up; raises GoogleError."""
        record = self.store.get(_events_of(entry), event_id)
        if record:
            return as_object(record["event"])
        series_id, _, stamp = event_id.rpartition("_")
        record = self.store.get(_events_of(entry), series_id)
        instance = find_instance(record, stamp, zone_of(entry)) if record else None
        if instance is None:
            raise GoogleError(404, "notFound", "Not Found")
        return instance

    def add(self, entry: JsonObject, event: JsonObject, updates: str | None) -> JsonObject:
        """Put a new event into a calendar."""
        event_id = as_text(event["id"])
        whole = checked(marked(event), zone_of(entry), self.stamp())
        self.store.put(_events_of(entry), event_id, {"event": whole})
        self._tell(whole, "invitation", updates)
        return whole

    def change(
        self, entry: JsonObject, before: JsonObject, after: JsonObject, updates: str | None
    ) -> JsonObject:
        """Put a changed event in the place of `before`, as far as the account may change it."""
        event_id = as_text(before["id"])
        after = marked(as_guest(before, after))
        sequence = cast("int", before["sequence"])
        after["sequence"] = sequence + (before["start"] != after.get("start"))
        after = checked(after, zone_of(entry), self.stamp())
        zone, events = zone_of(entry), _events_of(entry)
        series_id = as_text(before.get("recurringEventId"))
        if series_id:
            record = as_object(self.store.get(events, series_id))
            stamp = event_id.removeprefix(f"{series_id}_")
            self.store.put(events, series_id, with_exception(record, stamp, after, zone))
        else:
            record = as_object(self.store.get(events, event_id))
            self.store.put(events, event_id, with_series(record, after, zone))
        gone = after["status"] == "cancelled"
        self._tell(before if gone else after, "cancellation" if gone else "update", updates)
        return self.find(entry, event_id)

    def stamp(self) -> str:
        """Give the present moment as Google writes it."""
        now = self.now().astimezone(event_times.UTC).replace(tzinfo=None)
        return f"{now.isoformat(timespec='milliseconds')}Z"

    def _tell(self, event: JsonObject, what: str, updates: str | None) -> None:
        written = notice(event, what, updates)
        if written:
            number = len(self.store.all(NOTICES))
            self.store.put(NOTICES, f"{number:06}", written)


def zone_of(entry: JsonObject) -> ZoneInfo:
    """Give a calendar's time zone."""
    return ZoneInfo(as_text(entry["timeZone"]))


def _events_of(entry: JsonObject) -> str:
    return f"events/{as_text(entry['id'])}"
