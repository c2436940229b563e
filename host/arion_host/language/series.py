"""A day that comes again and again, as a rule of RFC 5545."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from arion_host.language.anchor import Anchor
from arion_host.language.spans import LocalSpan

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_LONGEST_WAIT = 8 * 366
"""Days until 29 February comes round, at worst (1896 to 1904, 2096 to 2104)."""


@dataclass(frozen=True)
class Series:
    """The days of a recurrence."""

    every: Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """0 is Monday."""
    nth: int | None = None
    """Which of these weekdays in the month; -1 is the last."""
    day: int | None = None
    """Of the month; -1 is the last."""
    month: int | None = None

    @property
    def rule(self) -> str:
        """The value of an RRULE property."""
        parts = [f"FREQ={self.every}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.month is not None:
            parts.append(f"BYMONTH={self.month}")
        if self.day is not None:
            parts.append(f"BYMONTHDAY={self.day}")
        if self.weekdays:
            days = [f"{self.nth or ''}{_CODES[weekday]}" for weekday in sorted(self.weekdays)]
            parts.append(f"BYDAY={','.join(days)}")
        return ";".join(parts)

    @property
    def names_weekdays(self) -> bool:
        """Whether single days of the week were named, so that today's is next week's."""
        return self.every == "WEEKLY" and self.weekdays != WORKDAYS

    def falls_on(self, day: date) -> bool:
        """Whether a day is one of the series, whatever its interval."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.nth is None or _is_nth(day, self.nth))
            and (self.day is None or day.day == self.day or (day + _DAY).day == -self.day)
            and (self.month is None or day.month == self.month)
        )

    def placed(
        self, span: LocalSpan, anchor: Anchor, since: date | None = None
    ) -> LocalSpan | None:
        """`span`, said of some day, moved to the first day of the series that is ahead.

        `since` is the day from which on it was said to be. None if no such day comes: 31 February.
        """
        after_midnight = span.start - datetime.combine(span.start.date(), time())
        length = span.end - span.start
        first = since or anchor.today + (_DAY if self.names_weekdays else _DAY * 0)
        for number in range(min(_LONGEST_WAIT, (date.max - first).days)):
            start = datetime.combine(first + number * _DAY, time()) + after_midnight
            is_ahead = span.grain.is_dated_only or span.part or start >= anchor.now
            if is_ahead and self.falls_on(start.date()):
                return self._first(span, start, length, anchor)
        return None

    def _first(
        self, span: LocalSpan, start: datetime, length: timedelta, anchor: Anchor
    ) -> LocalSpan:
        flags = {*span.ambiguous, "recurring"}
        if self.names_weekdays and anchor.today.weekday() in self.weekdays:
            flags.add("weekday")
        ambiguous = tuple(sorted(flags))
        return replace(
            span, start=start, end=start + length, ambiguous=ambiguous, recurrence=self.rule
        )


def _is_nth(day: date, nth: int) -> bool:
    if nth == -1:
        return (day + 7 * _DAY).month != day.month
    return (day.day - 1) // 7 + 1 == nth
