"""Whether an event is already as somebody wants it: what makes a repeated change harmless."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from pydantic import JsonValue, ValidationError

from arion_calendar.wire import Event, EventTime, Reminders


def already(event: Event, changes: Mapping[str, JsonValue]) -> bool:
    """Whether every field is as the changes want it; None wants a field to be absent."""
    return not pending(event, changes)


def pending(event: Event, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The changes that are none yet."""
    return {
        name: wanted
        for name, wanted in changes.items()
        if not _is_so(name, event.raw.get(name), wanted)
    }


def _is_so(name: str, found: JsonValue, wanted: JsonValue) -> bool:
    if not wanted:
        return not found
    return _SAME.get(name, lambda one, other: one == other)(found, wanted)


def _same_time(found: JsonValue, wanted: JsonValue) -> bool:
    try:
        one, other = EventTime.model_validate(found), EventTime.model_validate(wanted)
    except ValidationError:
        return False
    zones = {one.time_zone or other.time_zone, other.time_zone or one.time_zone}
    return (one.day, one.date_time) == (other.day, other.date_time) and len(zones) == 1


def _same_guests(found: JsonValue, wanted: JsonValue) -> bool:
    """The same people; what is wished of each is so."""
    there, wished = _by_address(found), _by_address(wanted)
    return there.keys() == wished.keys() and all(
        there[email].get(name, "") == value
        for email, guest in wished.items()
        for name, value in guest.items()
        if name in ("responseStatus", "comment")
    )


def _by_address(guests: JsonValue) -> dict[str, dict[str, Any]]:
    rows = cast("list[dict[str, Any]]", guests) if isinstance(guests, list) else []
    return {str(row.get("email", "")).casefold(): row for row in rows}


def _same_lines(found: JsonValue, wanted: JsonValue) -> bool:
    one = cast("list[str]", found) if isinstance(found, list) else []
    return sorted(one) == sorted(cast("list[str]", wanted))


def _same_reminders(found: JsonValue, wanted: JsonValue) -> bool:
    one, other = Reminders.model_validate(found or {}), Reminders.model_validate(wanted)
    sets = [{(it.method, it.minutes) for it in each.overrides} for each in (one, other)]
    return one.use_default == other.use_default and sets[0] == sets[1]


def _there(found: JsonValue, _wanted: JsonValue) -> bool:
    return bool(found)


_SAME: dict[str, Callable[[JsonValue, JsonValue], bool]] = {
    "start": _same_time,
    "end": _same_time,
    "attendees": _same_guests,
    "recurrence": _same_lines,
    "reminders": _same_reminders,
    "conferenceData": _there,
}
"""How fields are compared that Google writes in another way than it was told."""
