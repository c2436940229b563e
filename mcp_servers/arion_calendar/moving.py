"""When an event is after a change of its times: what was not said stays as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from arion_calendar.rules import Start
from arion_calendar.times import DEFAULT_DURATION, EventSpan, check_order, midnight, read_time
from arion_kit.errors import BadInput

_SHIFT = re.compile(r"[+-]\d{1,5}")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class TimeWish:
    """What somebody wants to change about an event's times."""

    start: str | None = None
    """A moment, a date (keeps the time of day), a time of day (keeps the date), or minutes by
    which it moves: +30, -30."""
    end: str | None = None
    """As `start`."""
    duration_min: int | None = None
    all_day: bool | None = None
    tz: str | None = None

    @property
    def empty(self) -> bool:
        """Whether the times stay."""
        return (self.start, self.end, self.duration_min, self.all_day, self.tz) == (None,) * 5


NO_TIME = TimeWish()
"""The times stay."""


def moved_span(span: EventSpan, wish: TimeWish, spoken_in: ZoneInfo) -> EventSpan:
    """The event's span after the change; a new start keeps the length.

    Args:
        span: As it is, in the event's zone.
        wish: What is to change.
        spoken_in: The zone that times without an offset are meant in.

    Raises:
        BadInput: The wish contradicts itself.
    """
    if wish.end is not None and wish.duration_min is not None:
        raise BadInput("duration_min", "goes without end: give one of the two")
    zone = span.zone
    if wish.tz is not None:
        if wish.start is None:
            raise BadInput("tz", "goes with start: it says in which zone the new time is")
        zone = spoken_in
    shown = _in_zone(span, spoken_in)
    start = _said(wish.start, "start", shown.start, spoken_in, span.all_day)
    if _is_all_day(span, wish, start):
        return _whole_days(shown, start, wish, zone)
    begin = _timed_start(start, shown, spoken_in, span.all_day)
    finish = _timed_end(span, shown, begin, wish, spoken_in)
    check_order(begin, finish)
    return EventSpan(begin.astimezone(zone), finish.astimezone(zone), all_day=False)


def series_span(first: EventSpan, seen: EventSpan, after: EventSpan) -> EventSpan:
    """The first event of a series, when one that was `seen` is to be as `after`.

    Days move by as many as the seen one does; the time of day and the length become the new ones.
    """
    days = (_day(after, seen.zone) - _day(seen, seen.zone)).days
    day = first.start.date() + timedelta(days=days)
    zone = after.zone
    if after.all_day:
        length = (after.end.date() - after.start.date()).days
        return EventSpan(
            midnight(day, zone), midnight(day + timedelta(days=length), zone), all_day=True
        )
    begin = datetime.combine(day, after.start.astimezone(seen.zone).time(), seen.zone)
    return EventSpan.timed(begin.astimezone(zone), after.length)


def start_of(span: EventSpan) -> Start:
    """The start of a series whose first event this is."""
    return Start(span.start, span.all_day)


def _day(span: EventSpan, zone: ZoneInfo) -> date:
    return span.start.date() if span.all_day else span.start.astimezone(zone).date()


def _in_zone(span: EventSpan, zone: ZoneInfo) -> EventSpan:
    """The span as it is seen in another zone; a day is that day everywhere."""
    if span.all_day:
        ends = (midnight(span.start.date(), zone), midnight(span.end.date(), zone))
    else:
        ends = (span.start.astimezone(zone), span.end.astimezone(zone))
    return EventSpan(*ends, all_day=span.all_day)


def _said(
    text: str | None, parameter: str, shown: datetime, zone: ZoneInfo, all_day: bool
) -> date | datetime | None:
    """A wished time; a time of day alone is on the event's day."""
    if text is None:
        return None
    matched = _CLOCK.fullmatch(text.strip())
    if _SHIFT.fullmatch(text.strip()):
        if all_day:
            raise BadInput(parameter, "must be a date or a time: the event has no time to move by")
        moment = shown.timestamp() + 60 * int(text)
        return datetime.fromtimestamp(moment, zone)
    if not matched:
        return read_time(text, parameter, zone)
    if all_day and parameter == "end":
        raise BadInput("end", "goes with a start that has a time of day")
    return datetime.combine(shown.date(), time(int(matched[1]), int(matched[2])), zone)


def _is_all_day(span: EventSpan, wish: TimeWish, start: date | datetime | None) -> bool:
    if wish.all_day is not None:
        if not wish.all_day and span.all_day and not isinstance(start, datetime):
            raise BadInput("start", "needs a time of day, since all_day is false")
        return wish.all_day
    return span.all_day and not isinstance(start, datetime)


def _whole_days(
    span: EventSpan, start: date | datetime | None, wish: TimeWish, zone: ZoneInfo
) -> EventSpan:
    if wish.duration_min is not None:
        raise BadInput("duration_min", "is not for all-day events: give end as a date")
    first = start.date() if isinstance(start, datetime) else start or span.start.date()
    if wish.end is not None:
        last = read_time(wish.end, "end", zone)
        after = last.date() if isinstance(last, datetime) else last
        if after <= first:
            raise BadInput("end", f"is exclusive: for {first} alone leave it out")
    else:
        length = (span.end.date() - span.start.date()).days if span.all_day else 1
        after = first + timedelta(days=length)
    return EventSpan(midnight(first, zone), midnight(after, zone), all_day=True)


def _timed_start(
    start: date | datetime | None, shown: EventSpan, zone: ZoneInfo, was_all_day: bool
) -> datetime:
    if isinstance(start, datetime):
        return start
    if start is None:
        return shown.start
    # Only the day was said: a timed event keeps its time of day.
    return datetime.combine(start, shown.start.time() if not was_all_day else time(), zone)


def _timed_end(
    span: EventSpan, shown: EventSpan, begin: datetime, wish: TimeWish, zone: ZoneInfo
) -> datetime:
    if wish.end is not None:
        shift = begin.date() - shown.start.date()
        day = shown.end + shift if not span.all_day else begin
        end = _said(wish.end, "end", day, zone, all_day=False)
        if not isinstance(end, datetime):
            raise BadInput("end", "must have a time of day, as start has")
        return end
    if wish.duration_min is not None:
        length = timedelta(minutes=wish.duration_min)
    else:
        length = DEFAULT_DURATION if span.all_day else span.length
    return EventSpan.timed(begin, length).end
