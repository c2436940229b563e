"""What somebody wants to change about an event, as the fields that Google is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_calendar.api import SendUpdates
from arion_calendar.guests import replaced_guests
from arion_calendar.models import Before
from arion_calendar.moving import NO_TIME, TimeWish, moved_span, series_span, start_of
from arion_calendar.rules import moved, tidy
from arion_calendar.state import pending
from arion_calendar.target import Target
from arion_calendar.times import EventSpan
from arion_calendar.wire import Event
from arion_kit.errors import BadInput

_TEXTS = ("summary", "location", "description")
_REMINDER_MAX_MIN = 40_320
"""Four weeks, the longest Google takes."""

_ABSENT: Mapping[str, JsonValue] = {
    **dict.fromkeys(_TEXTS, ""),
    "attendees": [],
    "reminders": {"useDefault": True},
}
"""What clears a field; any other is cleared with null."""

RESTORABLE = frozenset({*_ABSENT, "recurrence", "start", "end", "status", "conferenceData"})
"""Fields that a change may touch, and so may be put back."""


@dataclass(frozen=True)
class Wishes:
    """What is to change; None leaves it."""

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of `summary`, `location` and `description`; empty clears."""
    times: TimeWish = NO_TIME
    attendees: tuple[str, ...] | None = None
    recurrence: tuple[str, ...] | None = None
    reminders: tuple[int, ...] | None = None
    meet: bool | None = None


@dataclass(frozen=True)
class Edit:
    """A change that is ready to be made."""

    changes: dict[str, JsonValue]
    """Fields of the target's event; only those that differ."""
    span: EventSpan
    """When the event that the person named is afterwards."""
    first: EventSpan
    """When the target's event is: of a series its first, of its rest the first of that."""

    moves: bool
    """Whether the times change."""

    @property
    def names(self) -> list[str]:
        """What changes, by the tool's parameters."""
        others = [name for name in self.changes if name not in ("start", "end")]
        names = ["meet" if name == "conferenceData" else name for name in others]
        return ["start", *names] if self.moves else names


def edit_of(target: Target, wishes: Wishes, spoken_in: ZoneInfo, meeting_id: str) -> Edit:
    """The change that makes the target's event as wished.

    Raises:
        BadInput: The wishes contradict the event or each other.
    """
    following = target.scope == "following"
    base = target.slot if following else target.span
    span = moved_span(target.seen_span, wishes.times, spoken_in)
    alone = target.event is target.seen
    first = span if alone else base
    if not alone and not wishes.times.empty:
        first = series_span(base, target.seen_span, span)
    changes: dict[str, JsonValue] = dict(wishes.texts)
    if not wishes.times.empty or wishes.recurrence:
        changes |= {**first.body()}
    changes |= _recurrence(target, wishes, base, first)
    if wishes.attendees is not None:
        changes["attendees"] = replaced_guests(target.event, wishes.attendees)
    if wishes.reminders is not None:
        changes["reminders"] = reminders_of(wishes.reminders)
    if wishes.meet is not None:
        changes["conferenceData"] = meeting_request(meeting_id) if wishes.meet else None
    if following:
        # The new series begins at its own time, whatever else changes.
        kept = pending(target.event, {it: changes[it] for it in changes.keys() - {"start", "end"}})
        moving = {it: changes[it] for it in ("start", "end") if it in changes and first != base}
        return Edit(_ordered(changes, {**kept, **moving}), span, first, moves=bool(moving))
    left = pending(target.event, changes) | _zoneless(target.event, changes)
    different = _whole_times(target.event, _ordered(changes, left))
    return Edit(different, span, first, moves=span != target.seen_span)


def before_of(
    event: Event, changes: Mapping[str, JsonValue], calendar_id: str, send_updates: SendUpdates
) -> Before:
    """What the changes replace."""
    patch: dict[str, JsonValue] = {}
    clear: list[str] = []
    for name in changes:
        found = event.raw.get(name, _ABSENT.get(name))
        if found is None:
            clear.append(name)
        else:
            patch[name] = found
    return Before(
        id=event.id,
        calendar_id=calendar_id,
        send_updates=send_updates,
        patch=patch,
        clear=clear,
    )


def restoring(event: Event, before: Before) -> dict[str, JsonValue]:
    """The change that puts back what was there before.

    Raises:
        BadInput: It names fields that no change of ours touches.
    """
    unknown = sorted({*before.patch, *before.clear} - RESTORABLE)
    if unknown:
        raise BadInput("restore", f"has {unknown[0]}, which cannot be put back")
    wanted: dict[str, JsonValue] = {**before.patch, **dict.fromkeys(before.clear)}
    return _whole_times(event, pending(event, wanted))


def reminders_of(minutes: tuple[int, ...]) -> JsonValue:
    """Pop-ups as the Calendar API takes them.

    Raises:
        BadInput: One is too long before.
    """
    if not all(0 <= it <= _REMINDER_MAX_MIN for it in minutes):
        raise BadInput("reminders", f"each must be between 0 and {_REMINDER_MAX_MIN} minutes")
    overrides: list[JsonValue] = [{"method": "popup", "minutes": it} for it in minutes]
    return {"useDefault": False, "overrides": overrides}


def meeting_request(request_id: str) -> JsonValue:
    """The wish for a Google Meet; the same id makes the same meeting."""
    key: JsonValue = {"type": "hangoutsMeet"}
    return {"createRequest": {"requestId": request_id, "conferenceSolutionKey": key}}


def _recurrence(
    target: Target, wishes: Wishes, base: EventSpan, first: EventSpan
) -> dict[str, JsonValue]:
    if wishes.recurrence is not None:
        if target.event.recurring_event_id is not None:
            raise BadInput("recurrence", "is the whole series': give scope all or following")
        lines = list[JsonValue](tidy(wishes.recurrence, start_of(first)))
        return {"recurrence": lines or None}
    if not target.event.recurrence or first == base or target.scope == "following":
        return {}
    shifted = moved(target.event.recurrence, start_of(base), start_of(first))
    return {"recurrence": list[JsonValue](shifted)}


def _ordered(
    changes: Mapping[str, JsonValue], left: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    return {name: it for name, it in changes.items() if name in left}


def _whole_times(event: Event, changes: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Start and end go together, and a day takes the place of a time only when that is cleared."""
    whole: dict[str, JsonValue] = {}
    for name, wanted in changes.items():
        found = event.raw.get(name)
        if name in ("start", "end") and isinstance(wanted, dict) and isinstance(found, dict):
            stale = dict.fromkeys(found.keys() - wanted.keys()) if _flips(found, wanted) else {}
            wanted = {**stale, **wanted}  # noqa: PLW2901 - the same wish, complete
        whole[name] = wanted
    return whole


def _zoneless(event: Event, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Times that need their zone beside them, since the event is to repeat."""
    if not changes.get("recurrence"):
        return {}
    return {
        name: wanted
        for name in ("start", "end")
        if (wanted := changes.get(name)) is not None and not _names_zone(event.raw.get(name))
    }


def _names_zone(time: JsonValue) -> bool:
    return isinstance(time, dict) and ("timeZone" in time or "date" in time)


def _flips(found: Mapping[str, JsonValue], wanted: Mapping[str, JsonValue]) -> bool:
    return ("date" in found) != ("date" in wanted)
