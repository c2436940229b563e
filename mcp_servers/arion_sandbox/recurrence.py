"""Recurring events: the part of RFC 5545 recurrence that people use.

DAILY, WEEKLY, MONTHLY and YEARLY rules with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH,
BYSETPOS and WKST, and RDATE and EXDATE. All in wall-clock time, because that is what repeats: a
meeting at ten stays at ten when the clocks change.
"""

from __future__ import annotations

import calendar
import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from arion_sandbox.event_times import UTC

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
)
LAST_DAY = date(2199, 12, 31)
"""No series is followed further: a rule that never matches must end too."""


class BadRecurrenceError(ValueError):
    """A recurrence line that cannot be read."""


@dataclass(frozen=True)
class Rule:
    """One RRULE."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    """Last start that still belongs, wall-clock time."""
    weekdays: tuple[tuple[int, int], ...] = ()
    """(which one of the month, 0 for every one; weekday, Monday is 0)."""
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


@dataclass(frozen=True)
class Recurrence:
    """What the `recurrence` lines of an event say."""

    rule: Rule | None
    """None for a series of single dates."""
    excluded: frozenset[datetime]
    added: frozenset[datetime] = frozenset()

    def starts(self, first: datetime, until: datetime) -> Iterator[datetime]:
        """Give the wall-clock starts from `first` on, those before `until`."""
        before: datetime | None = None
        for start in heapq.merge(self._ruled(first, until), sorted(self.added)):
            if start >= until:
                return
            if start != before and start not in self.excluded:
                yield start
            before = start

    def _ruled(self, first: datetime, until: datetime) -> Iterator[datetime]:
        if self.rule is None:
            yield first
            return
        for number, start in enumerate(_matching(self.rule, first, until)):
            past = self.rule.until is not None and start > self.rule.until
            if past or start >= until or number == self.rule.count:
                return
            yield start


def parse_recurrence(lines: Sequence[str], zone: ZoneInfo, *, all_day: bool = False) -> Recurrence:
    """Read `RRULE:`, `RDATE:` and `EXDATE:` lines; times become wall-clock time in `zone`.

    Raises BadRecurrenceError for anything else, and for a time as the end of an `all_day` series.
    """
    rules: list[Rule] = []
    dates: dict[str, set[datetime]] = {"EXDATE": set(), "RDATE": set()}
    for line in lines:
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "RRULE":
            if all_day and re.search(r"UNTIL=\d{8}T", value):
                raise BadRecurrenceError(value)
            rules.append(_parse_rule(value, zone))
        elif name in dates:
            dates[name] |= {_parse_time(text, zone) for text in value.split(",")}
        else:
            raise BadRecurrenceError(line)
    if len(rules) > 1 or not (rules or dates["RDATE"]):
        raise BadRecurrenceError("one RRULE is needed")
    rule = rules[0] if rules else None
    return Recurrence(rule, frozenset(dates["EXDATE"]), frozenset(dates["RDATE"]))


def _parse_rule(value: str, zone: ZoneInfo) -> Rule:
    parts: dict[str, str] = {}
    for part in value.split(";"):
        name, _, text = part.partition("=")
        parts[name] = text
    if not parts.keys() <= PARTS:
        raise BadRecurrenceError(value)
    if parts.get("FREQ") not in _PERIODS or {"COUNT", "UNTIL"} <= parts.keys():
        raise BadRecurrenceError(value)
    try:
        return Rule(
            frequency=parts["FREQ"],
            interval=_positive(parts.get("INTERVAL", "1")),
            count=_positive(parts["COUNT"]) if "COUNT" in parts else None,
            until=_parse_time(parts["UNTIL"], zone, last=True) if "UNTIL" in parts else None,
            weekdays=tuple(_parse_weekday(text) for text in _split(parts.get("BYDAY"))),
            month_days=tuple(int(text) for text in _split(parts.get("BYMONTHDAY"))),
            months=tuple(int(text) for text in _split(parts.get("BYMONTH"))),
            positions=tuple(int(text) for text in _split(parts.get("BYSETPOS"))),
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        )
    except ValueError as error:
        raise BadRecurrenceError(value) from error


def _split(value: str | None) -> list[str]:
    return value.split(",") if value else []


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise BadRecurrenceError(text)
    return number


def _parse_weekday(text: str) -> tuple[int, int]:
    matched = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text)
    if not matched:
        raise BadRecurrenceError(text)
    return int(matched[1] or 0), WEEKDAYS.index(matched[2])


def _parse_time(text: str, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Read a date or a time. A date as UNTIL (`last`) includes its whole day."""
    try:
        if "T" not in text:
            day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - wall-clock time
            return datetime.combine(day, time.max if last else time.min)
        moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError as error:
        raise BadRecurrenceError(text) from error
    if not text.endswith("Z"):
        return moment
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _matching(rule: Rule, first: datetime, until: datetime) -> Iterator[datetime]:
    for days in _PERIODS[rule.frequency](rule, first.date(), min(until.date(), LAST_DAY)):
        chosen = sorted(set(days))
        if rule.positions:
            numbers = {n - 1 if n > 0 else len(chosen) + n for n in rule.positions}
            chosen = [day for number, day in enumerate(chosen) if number in numbers]
        for day in chosen:
            if day >= first.date():
                yield datetime.combine(day, first.time())


def _daily(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    for day in _steps(first, last, rule.interval):
        fits = (
            (not rule.months or day.month in rule.months)
            and (not rule.weekdays or day.weekday() in {weekday for _, weekday in rule.weekdays})
            and (not rule.month_days or day in _month_days(rule, day.year, day.month))
        )
        yield [day] if fits else []


def _weekly(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    weekdays = {weekday for _, weekday in rule.weekdays} or {first.weekday()}
    monday = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
    for start in _steps(monday, last, 7 * rule.interval):
        week = [start + timedelta(days=n) for n in range(7)]
        yield [
            day
            for day in week
            if day.weekday() in weekdays and (not rule.months or day.month in rule.months)
        ]


def _monthly(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, rule.interval)
    for number in months:
        year, month = divmod(number, 12)
        fits = not rule.months or month + 1 in rule.months
        yield _days_of_month(rule, year, month + 1, first) if fits else []


def _yearly(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    months = rule.months or (first.month,)
    for year in range(first.year, last.year + 1, rule.interval):
        yield [day for month in months for day in _days_of_month(rule, year, month, first)]


_PERIODS: dict[str, Callable[[Rule, date, date], Iterator[list[date]]]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _steps(first: date, last: date, days: int) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1, days):
        yield date.fromordinal(ordinal)


def _days_of_month(rule: Rule, year: int, month: int, first: date) -> list[date]:
    if rule.month_days:
        days = _month_days(rule, year, month)
        return [day for day in days if not rule.weekdays or day in _weekdays(rule, year, month)]
    if rule.weekdays:
        return _weekdays(rule, year, month)
    length = calendar.monthrange(year, month)[1]
    # A rule for the 31st skips the months that have none, as RFC 5545 says.
    return [date(year, month, first.day)] if first.day <= length else []


def _month_days(rule: Rule, year: int, month: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    numbers = (n if n > 0 else length + 1 + n for n in rule.month_days)
    return [date(year, month, n) for n in numbers if 1 <= n <= length]


def _weekdays(rule: Rule, year: int, month: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    chosen: list[date] = []
    for which, weekday in rule.weekdays:
        days = [
            day
            for day in (date(year, month, n) for n in range(1, length + 1))
            if day.weekday() == weekday
        ]
        if which == 0:
            chosen += days
        elif abs(which) <= len(days):
            chosen.append(days[which - 1 if which > 0 else which])
    return chosen
