"""Start and end of calendar events, as Google reads and writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arion_sandbox.errors import GoogleError
from arion_sandbox.json_types import JsonObject, as_text

UTC = ZoneInfo("UTC")


def find_zone(name: str) -> ZoneInfo | None:
    """Look an IANA time zone up; None when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def check_times(start: JsonObject, end: JsonObject, *, recurring: bool) -> None:
    """Refuse times that Google refuses: two kinds, no zone, an end before the start."""
    for side, value in (("start", start), ("end", end)):
        if not value:
            raise GoogleError(400, "required", f"Missing {side} time.")
        if ("date" in value) == ("dateTime" in value):
            raise GoogleError(400, "invalid", f"Invalid {side} time.")
        _check_zone(side, value, recurring=recurring)
    if ("date" in start) != ("date" in end):
        message = "Start and end times must either both be date or both be dateTime."
        raise GoogleError(400, "invalid", message)
    begins, finishes = moment(start, UTC), moment(end, UTC)
    # An all-day event's end is the day after its last, so one of no length has no day at all.
    if finishes < begins or ("date" in start and finishes == begins):
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.")


def _check_zone(side: str, value: JsonObject, *, recurring: bool) -> None:
    zone = as_text(value.get("timeZone"))
    if zone and find_zone(zone) is None:
        message = f"Invalid time zone definition for {side} time."
        raise GoogleError(400, "invalid", message)
    if "date" in value or zone:
        return
    has_offset = datetime.fromisoformat(as_text(value["dateTime"]).upper()).tzinfo is not None
    if recurring or not has_offset:
        # A series needs the zone even with an offset: the offset may change within it.
        message = f"Missing time zone definition for {side} time."
        raise GoogleError(400, "required", message)


def moment(value: JsonObject, zone: ZoneInfo) -> datetime:
    """Give the moment a start or end stands for; a date begins at midnight in `zone`."""
    if "date" in value:
        day = date.fromisoformat(as_text(value["date"]))
        return datetime.combine(day, time.min, zone)
    found = datetime.fromisoformat(as_text(value["dateTime"]).upper())
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(as_text(value["timeZone"])))
    return found


def stored(value: JsonObject, zone: ZoneInfo) -> JsonObject:
    """Write a checked time as Google keeps it: offset and zone both present, no fractions."""
    if "date" in value:
        return {"date": value["date"]}
    name = as_text(value.get("timeZone")) or zone.key
    return {"dateTime": shown(moment(value, zone), ZoneInfo(name)), "timeZone": name}


def shown(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment in a zone: "2026-11-23T15:00:00+09:00"; "Z" for UTC."""
    text = at.astimezone(zone).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


def in_zone(value: JsonObject, zone: ZoneInfo) -> JsonObject:
    """Show a stored time with the offset of another zone; its own zone stays named."""
    if "date" in value:
        return value
    return value | {"dateTime": shown(moment(value, zone), zone)}
