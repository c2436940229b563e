"""Which events a change is about: one, an occurrence, the rest of a series, or all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from arion_calendar.api import CalendarApi
from arion_calendar.occurrence import Occurrence, read_event, span_between
from arion_calendar.times import EventSpan
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import Event, EventTime
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.words import ErrorKind

_Known = TypeVar("_Known")

Scope = Literal["this", "following", "all"]
"""What of a series: one occurrence, it and all after it, or every one."""


@dataclass(frozen=True)
class Target:
    """The events that a change is about."""

    calendar_id: str
    event: Event
    """What is written: a single event, an occurrence, or a series."""
    span: EventSpan
    """When it is, in its own zone; of a series its first."""
    seen: Event
    """What the person named."""
    seen_span: EventSpan
    scope: Scope
    """`all` for a series, `following` for its rest, `this` for anything else."""
    slot: EventSpan
    """Of `following`: when the series has the first of them, moved or not."""

    def occurrence(self, zone: ZoneInfo) -> Occurrence:
        """What the person named, for sentences."""
        return known(read_event(self.seen, self.calendar_id, zone))


async def find_target(
    api: CalendarApi, calendar_id: str, event: Event, scope: Scope | None, zone: ZoneInfo
) -> Target:
    """What `scope` means for `event`; without it, what the id names.

    Raises:
        BadInput: The scope needs an occurrence and the id names a series.
        ToolFailure: The series cannot be read.
    """
    seen_span = span_of(event, zone)
    if event.recurrence and scope in ("this", "following"):
        raise BadInput(
            "scope", "event_id names a whole series: give the id of one occurrence, or scope all"
        )
    if event.recurring_event_id is None or scope in (None, "this"):
        whole: Scope = "all" if event.recurrence else "this"
        return Target(calendar_id, event, seen_span, event, seen_span, whole, seen_span)
    series = await api.event(calendar_id, event.recurring_event_id)
    if series.deleted:
        raise UpstreamFailure(ErrorKind.GONE, "The series was deleted.", service=SERVICE)
    first = span_of(series, zone)
    slot = _slot(event, first, seen_span)
    if scope == "following" and slot.start > first.start:
        return Target(calendar_id, series, first, event, seen_span, "following", slot)
    return Target(calendar_id, series, first, event, seen_span, "all", slot)


def span_of(event: Event, zone: ZoneInfo) -> EventSpan:
    """When an event is, in its own zone.

    Raises:
        UpstreamFailure: The vendor sent it without a time.
    """
    span = span_between(event.start, event.end, zone) if event.start and event.end else None
    return known(span)


def known(value: _Known | None) -> _Known:
    """The value of an event that has a time.

    Raises:
        UpstreamFailure: It has none.
    """
    if value is None:
        raise UpstreamFailure(ErrorKind.BAD_RESPONSE, "The event has no time.", service=SERVICE)
    return value


def _slot(event: Event, first: EventSpan, seen: EventSpan) -> EventSpan:
    """The occurrence as the series has it, in the series' zone and of its length."""
    original = event.original_start_time or event.start or EventTime()
    span = span_between(original, original, first.zone)
    if span is None:
        return seen
    start = span.start.astimezone(first.zone) if not first.all_day else span.start
    if first.all_day:
        return EventSpan(start, start + (first.end - first.start), all_day=True)
    return EventSpan.timed(start, first.length)
