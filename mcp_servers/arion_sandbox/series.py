"""Recurring events and their instances.

A series is one stored record: the event with its `recurrence`, and what someone changed in single
instances, by their original start. An instance's id is the series' id and that start:
`abc_20261123T010000Z`, `abc_20261123` for whole days. What was not changed in an instance follows
the series.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from arion_sandbox import event_times
from arion_sandbox.calendar_events import etag
from arion_sandbox.event_times import UTC
from arion_sandbox.json_types import JsonObject, as_object, as_text, as_texts
from arion_sandbox.recurrence import Recurrence, parse_recurrence

HORIZON = timedelta(days=2 * 365)
"""How far a series without an end is followed when nobody says how far."""


@dataclass(frozen=True)
class Window:
    """A span of time that events are looked for in; None is open."""

    begin: datetime | None = None
    end: datetime | None = None

    def holds(self, event: JsonObject, zone: ZoneInfo) -> bool:
        """Tell whether any of an event lies inside."""
        start = event_times.moment(as_object(event["start"]), zone)
        end = event_times.moment(as_object(event["end"]), zone)
        return (self.begin is None or end > self.begin) and (self.end is None or start < self.end)


def instances(record: JsonObject, window: Window, zone: ZoneInfo) -> Iterator[JsonObject]:
    """Give the instances of a series inside a window, removed ones with status "cancelled"."""
    event = as_object(record["event"])
    exceptions = as_object(record.get("exceptions"))
    series_zone = _series_zone(event, zone)
    first = event_times.moment(as_object(event["start"]), series_zone).astimezone(series_zone)
    until = window.end or (window.begin or first) + HORIZON
    recurrence = _recurrence(event, series_zone)
    for start in recurrence.starts(_wall(first), _wall(until.astimezone(series_zone))):
        instance = _instance(event, start, series_zone)
        changed = as_object(exceptions.get(_stamp(event, start, series_zone)))
        instance = _changed(instance, changed)
        if window.holds(instance, zone):
            yield instance
    yield from _moved_in(event, exceptions, window, zone, until)


def _moved_in(
    event: JsonObject, exceptions: JsonObject, window: Window, zone: ZoneInfo, until: datetime
) -> Iterator[JsonObject]:
    """Give the instances that were moved here from beyond the end of the window."""
    series_zone = _series_zone(event, zone)
    for stamp, changed in exceptions.items():
        start = _stamped_start(stamp, series_zone)
        if start is not None and start >= _wall(until.astimezone(series_zone)):
            instance = _changed(_instance(event, start, series_zone), as_object(changed))
            if window.holds(instance, zone):
                yield instance


def find_instance(record: JsonObject, stamp: str, zone: ZoneInfo) -> JsonObject | None:
    """Give the instance that originally started at `stamp`, or None when the series has none."""
    instance = _unchanged(record, stamp, zone)
    if instance is None:
        return None
    return _changed(instance, as_object(as_object(record.get("exceptions")).get(stamp)))


def with_exception(record: JsonObject, stamp: str, after: JsonObject, zone: ZoneInfo) -> JsonObject:
    """Give the record with one instance changed to `after`."""
    before = _unchanged(record, stamp, zone) or {}
    names = before.keys() | after.keys()
    changed: JsonObject = {
        name: after.get(name) for name in sorted(names) if before.get(name) != after.get(name)
    }
    exceptions: JsonObject = {**as_object(record.get("exceptions")), stamp: changed}
    return {**record, "exceptions": exceptions}


def with_series(record: JsonObject, after: JsonObject, zone: ZoneInfo) -> JsonObject:
    """Give the record with the series changed to `after`.

    Instances that it does not have any more lose what was changed in them, as at Google.
    """
    changed = record | {"event": after}
    kept: JsonObject = {
        stamp: exception
        for stamp, exception in as_object(record.get("exceptions")).items()
        if _unchanged(changed, stamp, zone) is not None
    }
    return changed | {"exceptions": kept}


def _unchanged(record: JsonObject, stamp: str, zone: ZoneInfo) -> JsonObject | None:
    event = as_object(record["event"])
    if "recurrence" not in event:
        return None
    series_zone = _series_zone(event, zone)
    start = _stamped_start(stamp, series_zone)
    if start is None or _stamp(event, start, series_zone) != stamp:
        return None
    first = event_times.moment(as_object(event["start"]), series_zone).astimezone(series_zone)
    recurrence = _recurrence(event, series_zone)
    if start not in recurrence.starts(_wall(first), start + timedelta(seconds=1)):
        return None
    return _instance(event, start, series_zone)


def _changed(instance: JsonObject, changed: JsonObject) -> JsonObject:
    whole: JsonObject = {
        name: it for name, it in (instance | changed).items() if it is not None and name != "etag"
    }
    return {**whole, "etag": etag(whole)}


def _instance(event: JsonObject, start: datetime, zone: ZoneInfo) -> JsonObject:
    begins, finishes = as_object(event["start"]), as_object(event["end"])
    length = event_times.moment(finishes, zone) - event_times.moment(begins, zone)
    instance = {name: value for name, value in event.items() if name != "recurrence"}
    original = _at(begins, start.replace(tzinfo=zone), zone)
    # The length is added in UTC: an hour stays an hour when the clocks change in it.
    end = (start.replace(tzinfo=zone).astimezone(UTC) + length).astimezone(zone)
    instance["id"] = f"{as_text(event['id'])}_{_stamp(event, start, zone)}"
    instance["start"] = original
    instance["end"] = _at(finishes, end, zone)
    instance["recurringEventId"] = event["id"]
    instance["originalStartTime"] = original
    return instance


def _at(pattern: JsonObject, at: datetime, zone: ZoneInfo) -> JsonObject:
    if "date" in pattern:
        return {"date": at.date().isoformat()}
    return pattern | {"dateTime": event_times.shown(at, zone)}


def _stamp(event: JsonObject, start: datetime, zone: ZoneInfo) -> str:
    if "date" in as_object(event["start"]):
        return start.strftime("%Y%m%d")
    return start.replace(tzinfo=zone).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _stamped_start(stamp: str, zone: ZoneInfo) -> datetime | None:
    try:
        if "T" not in stamp:
            day = datetime.strptime(stamp, "%Y%m%d").date()  # noqa: DTZ007 - wall-clock time
            return datetime.combine(day, time.min)
        moment = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return _wall(moment.astimezone(zone))


def _series_zone(event: JsonObject, zone: ZoneInfo) -> ZoneInfo:
    name = as_text(as_object(event["start"]).get("timeZone"))
    return ZoneInfo(name) if name else zone


def _recurrence(event: JsonObject, zone: ZoneInfo) -> Recurrence:
    return parse_recurrence(as_texts(event["recurrence"]), zone)


def _wall(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
