"""Reads the times that tools are given: RFC 3339 moments and plain dates, in a zone.

Plain dates as ends are exclusive, as in the Calendar API and in iCalendar: the day after the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_kit.errors import BadInput

DEFAULT_DURATION = timedelta(hours=1)
"""How long a timed event lasts when nobody said."""

LOOK_AHEAD = timedelta(days=90)
"""How far a search by words, and one for what comes next, looks when no end was given."""

NOW = "now"
"""What `start` may be instead of a time: from this moment on."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?")
_YEARS = range(1900, 2200)
_EXPECTED = "must be a date such as 2026-11-23 or a time such as 2026-11-23T15:00:00+09:00"


@dataclass(frozen=True)
class Window:
    """A stretch of time, in the zone it was asked in; the end is exclusive."""

    start: datetime
    end: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone of both ends."""
        zone = self.start.tzinfo
        if not isinstance(zone, ZoneInfo):
            raise TypeError(f"a window is in an IANA zone, not in {zone!r}")
        return zone

    def clip(self, periods: Iterable[Window]) -> tuple[Window, ...]:
        """The parts of `periods` inside this window, in order, overlapping ones joined."""
        joined: list[Window] = []
        for period in sorted(periods, key=lambda period: period.start):
            start, end = max(period.start, self.start), min(period.end, self.end)
            if start >= end:
                continue
            if joined and start <= joined[-1].end:
                joined[-1] = Window(joined[-1].start, max(joined[-1].end, end))
            else:
                joined.append(Window(start, end))
        return tuple(joined)


@dataclass(frozen=True)
class EventSpan(Window):
    """When a new event is. An all-day one runs from midnight to midnight."""

    all_day: bool

    @classmethod
    def timed(cls, start: datetime, length: timedelta) -> EventSpan:
        """From a moment on, for `length` of elapsed time.

        An hour across the change to summer time is still an hour.
        """
        end = datetime.fromtimestamp(start.timestamp() + length.total_seconds(), start.tzinfo)
        return cls(start, end, all_day=False)

    @property
    def length(self) -> timedelta:
        """Elapsed time between the ends."""
        return timedelta(seconds=self.end.timestamp() - self.start.timestamp())

    def body(self) -> dict[str, JsonValue]:
        """`start` and `end` as the Calendar API takes them."""
        if self.all_day:
            return {
                "start": {"date": self.start.date().isoformat()},
                "end": {"date": self.end.date().isoformat()},
            }
        # The zone is sent beside the offset because a recurrence is refused without it.
        return {
            name: {"dateTime": moment.isoformat(timespec="seconds"), "timeZone": self.zone.key}
            for name, moment in (("start", self.start), ("end", self.end))
        }


def read_zone(tz: str | None, default: ZoneInfo) -> ZoneInfo:
    """The zone called `tz`.

    Raises:
        BadInput: There is none of that name.
    """
    if tz is None:
        return default
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        raise BadInput("tz", f"{tz!r} is no IANA time zone such as Asia/Seoul") from None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The start of a day."""
    return datetime.combine(day, time(), zone)


def read_window(
    start: str | None, end: str | None, zone: ZoneInfo, now: datetime, *, searching: bool = False
) -> Window:
    """The window between two parameters.

    Without `start` it begins today, without `end` it lasts to the end of its first day, or for
    `LOOK_AHEAD` where words are searched for or it begins `NOW`.

    Raises:
        BadInput: One of them is no time, or the end is not after the start.
    """
    upcoming = begins_now(start)
    if start and not upcoming:
        begin = as_moment(read_time(start, "start", zone), zone)
    else:
        begin = now.astimezone(zone) if upcoming else midnight(now.astimezone(zone).date(), zone)
    if end:
        finish = as_moment(read_time(end, "end", zone), zone)
    elif searching or upcoming:
        finish = begin + LOOK_AHEAD
    else:
        finish = midnight(begin.date() + timedelta(days=1), zone)
    check_order(begin, finish)
    return Window(begin, finish)


def begins_now(start: str | None) -> bool:
    """Whether a window is asked for from this moment on."""
    return start is not None and start.strip().lower() == NOW


def read_span(
    start: str,
    end: str | None,
    duration_min: int | None,
    all_day: bool | None,
    zone: ZoneInfo,
) -> EventSpan:
    """When an event is to be, from the parameters of a tool.

    Raises:
        BadInput: They are no times, or contradict each other.
    """
    if end and duration_min:
        raise BadInput("duration_min", "goes without end: give one of the two")
    first = read_time(start, "start", zone)
    last = read_time(end, "end", zone) if end else None
    if all_day is False and not isinstance(first, datetime):
        raise BadInput("start", "needs a time of day, since all_day is false")
    if all_day or not isinstance(first, datetime):
        if duration_min:
            raise BadInput("duration_min", "is not for all-day events: give end as a date")
        return _whole_days(first, last, zone)
    if last is None:
        lasting = timedelta(minutes=duration_min) if duration_min else DEFAULT_DURATION
        return EventSpan.timed(first, lasting)
    if not isinstance(last, datetime):
        raise BadInput("end", "must have a time of day, as start has")
    check_order(first, last)
    return EventSpan(first, last, all_day=False)


def _whole_days(first: date | datetime, last: date | datetime | None, zone: ZoneInfo) -> EventSpan:
    day = first.date() if isinstance(first, datetime) else first
    if last is None:
        after = day + timedelta(days=1)
    elif isinstance(last, datetime):
        # A moment as the end of whole days: its own day counts, unless it is that day's start.
        after = last.date() if last.time() == time() else last.date() + timedelta(days=1)
    else:
        after = last
    if after <= day:
        raise BadInput("end", f"is exclusive: for {day} alone leave it out")
    return EventSpan(midnight(day, zone), midnight(after, zone), all_day=True)


def read_time(text: str, parameter: str, zone: ZoneInfo) -> date | datetime:
    """A plain date, or a moment in `zone`; one without an offset is meant there.

    Raises:
        BadInput: It is neither.
    """
    text = text.strip()
    try:
        if _DATE.fullmatch(text):
            read = date.fromisoformat(text)
        elif _MOMENT.fullmatch(text):
            read = datetime.fromisoformat(text.upper())
        else:
            raise BadInput(parameter, f"{text!r} {_EXPECTED}")
    except ValueError as error:
        raise BadInput(parameter, f"{text!r}: {error}; it {_EXPECTED}") from None
    if read.year not in _YEARS:
        raise BadInput(parameter, f"the year must be between {_YEARS[0]} and {_YEARS[-1]}")
    if not isinstance(read, datetime):
        return read
    return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)


def as_moment(read: date | datetime, zone: ZoneInfo) -> datetime:
    """The moment itself, or the start of the day."""
    return read if isinstance(read, datetime) else midnight(read, zone)


def check_order(start: datetime, end: datetime) -> None:
    """Refuses an end that is not after its start."""
    if end <= start:
        raise BadInput("end", f"must be after start, which is {start.isoformat()}")
