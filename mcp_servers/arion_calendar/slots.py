"""Free slots: where something of a given length fits between what is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from arion_calendar.times import Window, midnight
from arion_kit.errors import BadInput

UTC = ZoneInfo("UTC")
_WAKING = (time(8), time(22))
"""Where nobody named hours, nothing is offered at night."""

_AS_ASKED = timedelta(hours=12)
"""A window up to this long is meant as it was said, nights too."""

_GRID_MIN = (30, 15, 5, 1)
"""Minutes that a slot should begin at, the most usual first."""

_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–~]\s*([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True)
class Hours:
    """The part of a day that is looked at; `last` is None for midnight."""

    first: time
    last: time | None

    @property
    def spelled(self) -> str:
        """As a person writes them: 09:00-18:00."""
        return f"{self.first:%H:%M}-{f'{self.last:%H:%M}' if self.last else '24:00'}"


@dataclass(frozen=True)
class Search:
    """Where slots are looked for."""

    window: Window
    length: timedelta
    hours: Hours | None
    """None for all of the window."""
    working: bool = False
    """Weekends and `days_off` are left out."""
    days_off: frozenset[date] = frozenset()
    wanted: int = 3
    """How many slots there should be, if they fit."""


def read_hours(text: str) -> Hours:
    """Hours such as 09:00-18:00.

    Raises:
        BadInput: They are none.
    """
    matched = _HOURS.fullmatch(text.strip())
    if not matched:
        raise BadInput("working_hours", f"{text!r} must be hours such as 09:00-18:00")
    begin, end = (int(matched[n]) * 60 + int(matched[n + 1]) for n in (1, 3))
    if not begin < end <= 24 * 60:
        raise BadInput("working_hours", "must end after they begin, by 24:00")
    last = None if end == 24 * 60 else time(end // 60, end % 60)
    return Hours(time(begin // 60, begin % 60), last)


def usual_hours(window: Window) -> Hours | None:
    """The hours to look at where nobody named any."""
    return Hours(*_WAKING) if window.end - window.start > _AS_ASKED else None


def find_slots(busy: Iterable[Window], search: Search) -> tuple[Window, ...]:
    """Slots that touch nothing busy, in order: the first of each free stretch, then more."""
    taken = sorted((_utc(it) for it in busy), key=lambda it: it[0])
    free = [
        stretch
        for part in _parts(search)
        for stretch in _between(taken, part)
        if stretch[1] - stretch[0] >= search.length
    ]
    zone = search.window.zone
    rows = [list(_starts(stretch, search, zone)) for stretch in free]
    chosen = [row[0] for row in rows][: search.wanted]
    later = sorted(start for row in rows for start in row[1:])
    chosen += later[: search.wanted - len(chosen)]
    return tuple(
        Window(start.astimezone(zone), (start + search.length).astimezone(zone))
        for start in sorted(chosen)
    )


_Stretch = tuple[datetime, datetime]
"""In UTC, where arithmetic is in elapsed time."""


def _parts(search: Search) -> Iterator[_Stretch]:
    """The parts of the window that are looked at."""
    window, hours = search.window, search.hours
    whole = _utc(window)
    if hours is None:
        yield whole
        return
    day, last = window.start.date(), window.end.date()
    while day <= last:
        off = search.working and (day.weekday() >= 5 or day in search.days_off)
        after = day + timedelta(days=1)
        begin = datetime.combine(day, hours.first, window.zone).astimezone(UTC)
        end = (
            datetime.combine(day, hours.last, window.zone)
            if hours.last
            else midnight(after, window.zone)
        ).astimezone(UTC)
        begin, end = max(begin, whole[0]), min(end, whole[1])
        if begin < end and not off:
            yield begin, end
        day = after


def _between(taken: Sequence[_Stretch], part: _Stretch) -> Iterator[_Stretch]:
    begin, end = part
    for first, last in taken:
        if last <= begin:
            continue
        if first >= end:
            break
        if first > begin:
            yield begin, first
        begin = max(begin, last)
    if begin < end:
        yield begin, end


def _starts(stretch: _Stretch, search: Search, zone: ZoneInfo) -> Iterator[datetime]:
    """Sensible starts in a free stretch that is long enough, at least one."""
    begin, end = stretch
    start = begin
    for minutes in _GRID_MIN:
        start = _rounded_up(begin, minutes, zone)
        if start + search.length <= end:
            break
    else:
        start = begin
    step = max(search.length, timedelta(minutes=30))
    while start + search.length <= end:
        yield start
        start += step


def _rounded_up(moment: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    over = timedelta(
        minutes=local.minute % minutes, seconds=local.second, microseconds=local.microsecond
    )
    return moment + (timedelta(minutes=minutes) - over) if over else moment


def _utc(window: Window) -> _Stretch:
    return window.start.astimezone(UTC), window.end.astimezone(UTC)
