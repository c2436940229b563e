"""Recurrence lines (RFC 5545, section 3.8.5): cut, continued, moved, and put into Google's form.

A series' times are counted in its own zone. The end of a series of whole days is a date, that of
a timed one a moment in UTC; Google refuses the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from arion_calendar.times import midnight
from arion_kit.errors import BadInput

UTC = ZoneInfo("UTC")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_FIXED = frozenset({"BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"})
"""Parts of a rule that name days of a month or year, which do not move along with a start."""
_LINE = re.compile(r"(?:RRULE:.+|(?:RDATE|EXDATE)[:;].+)")
_STAMP = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True)
class Start:
    """When the first event of a series is."""

    moment: datetime
    """In the series' zone; midnight for a whole day."""
    all_day: bool

    @property
    def zone(self) -> ZoneInfo:
        """The series' zone."""
        zone = self.moment.tzinfo
        if not isinstance(zone, ZoneInfo):
            raise TypeError(f"a series is in an IANA zone, not in {zone!r}")
        return zone


def tidy(lines: Iterable[str], start: Start) -> list[str]:
    """Lines as a person or a model writes them, in the form that Google takes.

    Raises:
        BadInput: A line cannot be read.
    """
    return [_tidy(line.strip(), start) for line in lines]


def truncated(lines: Iterable[str], before: Start) -> list[str]:
    """The lines of a series that ends before `before`, one of its starts."""
    kept = before.moment - (timedelta(days=1) if before.all_day else timedelta(seconds=1))
    if not before.all_day:
        # Elapsed time: local arithmetic may land in the hour that summer time leaves out.
        kept = (before.moment.astimezone(UTC) - timedelta(seconds=1)).astimezone(before.zone)

    def ended(parts: dict[str, str]) -> dict[str, str]:
        parts.pop("COUNT", None)
        until = parts.get("UNTIL")
        last = min(_read(until, before), kept) if until else kept
        return {**parts, "UNTIL": _written(last, all_day=before.all_day)}

    return _rewritten(
        lines, before, ended, lambda starts: [it for it in starts if it < before.moment]
    )


def continued(
    lines: Iterable[str], since: Start, *, done: int, skipped: Iterable[datetime]
) -> list[str]:
    """The lines of the rest of a series, from `since` on.

    Args:
        lines: Of the whole series.
        since: One of its starts.
        done: Events of the series before it, removed ones too.
        skipped: Starts after it whose events were removed one by one.
    """

    def rest(parts: dict[str, str]) -> dict[str, str]:
        if "COUNT" in parts:
            return {**parts, "COUNT": str(max(int(parts["COUNT"]) - done, 1))}
        return parts

    found = _rewritten(
        lines, since, rest, lambda starts: [it for it in starts if it >= since.moment]
    )
    missing = [it for it in skipped if it > since.moment]
    return found + ([_dates("EXDATE", missing, all_day=since.all_day)] if missing else [])


def moved(lines: Iterable[str], before: Start, after: Start) -> list[str]:
    """The lines of a series whose first event is moved: ends, exceptions and weekdays go along.

    Raises:
        BadInput: The rule names days that a move does not tell how to change.
    """
    days = (after.moment.date() - before.moment.date()).days

    def shifted(moment: datetime) -> datetime:
        wall = moment.astimezone(before.zone).replace(tzinfo=None)
        if before.all_day != after.all_day:
            return datetime.combine(wall.date(), after.moment.time(), after.zone) + timedelta(days)
        old, new = (it.moment.replace(tzinfo=None) for it in (before, after))
        return (wall + (new - old)).replace(tzinfo=after.zone)

    def rule(parts: dict[str, str]) -> dict[str, str]:
        if days:
            parts = _turned(parts, days)
        if "UNTIL" in parts:
            until = shifted(_read(parts["UNTIL"], before))
            parts = {**parts, "UNTIL": _written(until, all_day=after.all_day)}
        return parts

    return _rewritten(lines, before, rule, lambda starts: [shifted(it) for it in starts], after)


def dates_before(lines: Iterable[str], start: Start) -> int:
    """How many starts before `start` are named as left out."""
    return sum(it < start.moment for line in lines for it in _listed(line, "EXDATE", start))


def has_count(lines: Iterable[str]) -> bool:
    """Whether the series ends after a number of events."""
    return any("COUNT=" in line for line in lines if line.startswith("RRULE"))


def _tidy(line: str, start: Start) -> str:
    named = re.split("[:;=]", line)[0]
    line = named.upper() + line[len(named) :]
    if line.upper().startswith("FREQ="):
        line = f"RRULE:{line}"
    if not _LINE.fullmatch(line):
        raise BadInput("recurrence", f"{line!r} is no RRULE, RDATE or EXDATE line")
    try:
        if not line.startswith("RRULE:"):
            name = re.split("[:;]", line)[0]
            return _dates(name, list(_listed(line, name, start)), all_day=start.all_day)
        parts = _parts(line.upper())
        _check_rule(parts, line)
        if "UNTIL" in parts:
            until = _until(parts["UNTIL"], start)
            if until < start.moment:
                raise BadInput("recurrence", f"UNTIL of {line!r} is before the start")
            parts["UNTIL"] = _written(until, all_day=start.all_day)
    except ValueError as error:
        raise BadInput("recurrence", f"{line!r}: {error}") from None
    return _joined(parts)


def _check_rule(parts: dict[str, str], line: str) -> None:
    if parts.get("FREQ") not in _FREQUENCIES:
        raise BadInput("recurrence", f"{line!r} needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    if {"COUNT", "UNTIL"} <= parts.keys():
        raise BadInput("recurrence", f"{line!r} has both COUNT and UNTIL; give one")
    for name in ("COUNT", "INTERVAL"):
        if name in parts and not re.fullmatch(r"[1-9]\d{0,4}", parts[name]):
            raise BadInput("recurrence", f"{name} of {line!r} must be a number from 1")


def _until(text: str, start: Start) -> datetime:
    """The end as it is meant: a date includes all of its day."""
    if start.all_day and re.search("T(2359|0000)", text):
        # The edge of a day was meant as that day, wherever the person is.
        return _read(text[:8], start)
    last = _read(text, start)
    if "T" in text or start.all_day:
        return last
    return datetime.combine(last.date(), time(23, 59, 59), start.zone)


def _turned(parts: dict[str, str], days: int) -> dict[str, str]:
    fixed = sorted(_FIXED & parts.keys())
    names = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    if fixed or any(name not in _DAYS for name in names):
        rule = _joined(parts)
        raise BadInput("recurrence", f"the series is on fixed days ({rule}); give its new rule too")
    if not names:
        return parts
    turned = sorted((_DAYS.index(name) + days) % 7 for name in names)
    return {**parts, "BYDAY": ",".join(_DAYS[day] for day in turned)}


def _rewritten(
    lines: Iterable[str],
    start: Start,
    rule: Callable[[dict[str, str]], dict[str, str]],
    dates: Callable[[list[datetime]], list[datetime]],
    after: Start | None = None,
) -> list[str]:
    """The lines with their rules and dates changed; a line without dates left is dropped."""
    all_day = (after or start).all_day
    found: list[str] = []
    for line in lines:
        name = re.split("[:;]", line)[0].upper()
        if name not in ("RDATE", "EXDATE"):
            found.append(_joined(rule(_parts(line))) if name == "RRULE" else line)
        elif left := dates(list(_listed(line, name, start))):
            found.append(_dates(name, left, all_day=all_day))
    return found


def _parts(line: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in line.partition(":")[2].strip(";").split(";"))
    return {name.upper(): value for name, _, value in pairs}


def _joined(parts: dict[str, str]) -> str:
    return "RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())


def _listed(line: str, name: str, start: Start) -> Iterable[datetime]:
    """The dates of an EXDATE or RDATE line; none of another."""
    head, _, values = line.partition(":")
    called, *parameters = head.split(";")
    if called.upper() != name:
        return ()
    zone = next((it[5:] for it in parameters if it.upper().startswith("TZID=")), None)
    try:
        counted = Start(start.moment.astimezone(ZoneInfo(zone)), start.all_day) if zone else start
    except (KeyError, ValueError, OSError):
        raise BadInput("recurrence", f"{zone!r} is no time zone") from None
    return [_read(value, counted).astimezone(start.zone) for value in values.split(",")]


def _read(text: str, start: Start) -> datetime:
    """A stamp as a moment in the series' zone; a date is its event's start, or its midnight."""
    matched = _STAMP.fullmatch(text.strip().upper())
    if not matched:
        raise BadInput("recurrence", f"{text!r} is no date such as 20261231")
    day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    if matched[2] is None:
        return midnight(day, start.zone)
    clock = time(int(matched[2][:2]), int(matched[2][2:4]), int(matched[2][4:]))
    if matched[3]:
        found = datetime.combine(day, clock, UTC).astimezone(start.zone)
    else:
        found = datetime.combine(day, clock, start.zone)
    return midnight(found.date(), start.zone) if start.all_day else found


def _dates(name: str, moments: Sequence[datetime], *, all_day: bool) -> str:
    head = f"{name};VALUE=DATE" if all_day else name
    return f"{head}:{','.join(_written(it, all_day=all_day) for it in moments)}"


def _written(moment: datetime, *, all_day: bool) -> str:
    if all_day:
        return f"{moment:%Y%m%d}"
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
