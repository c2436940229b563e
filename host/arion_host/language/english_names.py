"""English names of days and months, as pieces of patterns, and the days they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from arion_host.language.anchor import Anchor
from arion_host.language.numbers import parse_number
from arion_host.language.series import Series
from arion_host.language.spans import Grain

DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty[ -]first", "twenty[ -]second",
    "twenty[ -]third", "twenty[ -]fourth", "twenty[ -]fifth", "twenty[ -]sixth",
    "twenty[ -]seventh", "twenty[ -]eighth", "twenty[ -]ninth", "thirtieth", "thirty[ -]first",
)  # fmt: skip

DAY_NAME = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|thu(?:rs?)?|fri)"
FULL_DAY_NAME = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY = f"(?P<weekday>{DAY_NAME})"
SHORT_WEEKDAY = "(?P<weekday>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?"
)
FULL_MONTH = f"(?P<month>{'|'.join(name for name in _MONTHS if name not in ('march', 'may'))})"
"""Months whose names are no other words."""
NTH = f"(?P<day>\\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))})"
NTH_OF_FIVE = "(?P<nth>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"
YEAR = r"(?:,?\s(?P<year>20\d\d))?"
COUNT = (
    r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|(?:a )?couple of"
    r"|\w+ty)"
)
UNIT = "(?P<unit>day|week|month|year)s?"


@dataclass(frozen=True)
class Days:
    """Whole days."""

    first: date
    end: date
    """Exclusive."""
    grain: Grain
    ambiguous: tuple[str, ...] = ()
    has_end: bool = False
    part: str | None = None
    """A part of the day that the words imply: `tonight`."""
    series: Series | None = None
    """They come again and again; `first` is any day ahead."""


Resolver = Callable[[re.Match[str], Anchor], Days | None]


def one_day(day: date, *ambiguous: str) -> Days:
    """A single day."""
    return Days(day, day + DAY, Grain.DAY, ambiguous)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(day.day, last))


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def month_of(text: str) -> int:
    """The number of a month that is named in full or by its first letters."""
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text[:3]))


def weekday_of(text: str) -> int:
    """The number of a weekday, Monday being 0."""
    return next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(text[:3]))


def day_of(text: str) -> int:
    """The number in `15th` or `fifteenth`."""
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    return next(i for i, word in enumerate(_ORDINALS, 1) if re.fullmatch(word, text))


def counted(match: re.Match[str]) -> int:
    """The number that `COUNT` matched."""
    words = match["count"]
    return 2 if "couple" in words else 1 if words in ("a", "an") else parse_number(words) or 1


def nearest(of_year: Callable[[int], date | None], anchor: Anchor) -> date | None:
    """The day of a year that comes next, today included, or the latest that has been."""
    years = range(anchor.today.year - 8, anchor.today.year + 9)
    days = [day for year in years if (day := of_year(year)) is not None]
    if anchor.past:
        return max((day for day in days if day <= anchor.today), default=None)
    return min((day for day in days if day >= anchor.today), default=None)


def day_in(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nth_weekday(first: date, weekday: int, nth: int) -> date | None:
    """The n-th such weekday of the month that begins with `first`; -1 is the last."""
    end = add_months(first, 1)
    if nth == -1:
        return end - timedelta(days=(end.weekday() - weekday - 1) % 7 + 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day < end else None
