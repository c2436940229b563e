"""English dates: which days an expression names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from arion_host.language.numbers import parse_number
from arion_host.language.spans import Grain

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
_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
}

_DAY_NAME = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|thu(?:rs?)?|fri)"
_WEEKDAY = f"(?P<weekday>{_DAY_NAME})"
_NAMED = f"(?:{_DAY_NAME},? )?"
"""A weekday beside a date adds nothing."""
_SHORT_WEEKDAY = "(?P<weekday>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?"
)
_FULL_MONTH = f"(?P<month>{'|'.join(name for name in _MONTHS if name not in ('march', 'may'))})"
"""Months whose names are no other words."""
_NTH = f"(?P<day>\\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))})"
_YEAR = r"(?:,?\s(?P<year>20\d\d))?"
_COUNT = "(?P<count>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)"
_UNIT = "(?P<unit>day|week|month|year)s?"


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


_Resolver = Callable[[re.Match[str], date], Days | None]


def _one_day(day: date, *ambiguous: str) -> Days:
    return Days(day, day + timedelta(days=1), Grain.DAY, ambiguous)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _month_of(text: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text[:3]))


def _weekday_of(text: str) -> int:
    return next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(text[:3]))


def _day_of(text: str) -> int:
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    return next(i for i, word in enumerate(_ORDINALS, 1) if re.fullmatch(word, text))


def _near(match: re.Match[str], today: date) -> Days:
    words = match["near"]
    distance = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}.get(words)
    if distance is None:
        distance = 2 if "after" in words else -2
    day = _one_day(today + timedelta(days=distance))
    return Days(day.first, day.end, Grain.DAY, part="tonight") if words == "tonight" else day


def _iso(match: re.Match[str], _today: date) -> Days | None:
    try:
        return _one_day(date.fromisoformat(match["iso"]))
    except ValueError:
        return None


def _calendar_day(match: re.Match[str], today: date) -> Days | None:
    fields = match.groupdict()
    month = int(fields["m"]) if fields.get("m") else _month_of(fields["month"])
    year = int(fields["year"]) if fields.get("year") else None
    return _in_year(year, month, _day_of(fields["day"]), today)


def _in_year(year: int | None, month: int, day: int, today: date) -> Days | None:
    """The day in that year, or the next one from today on, 29 February included."""
    for candidate in [year] if year else range(today.year, today.year + 5):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return _one_day(found)
    return None


def _nth_of_this_month(match: re.Match[str], today: date) -> Days | None:
    day = _day_of(match["day"])
    first = today.replace(day=1)
    for months in range(3):
        month = _add_months(first, months)
        if day <= (_add_months(month, 1) - month).days and month.replace(day=day) >= today:
            return _one_day(month.replace(day=day))
    return None


def _on_weekday(match: re.Match[str], today: date) -> Days:
    weekday, which = _weekday_of(match["weekday"]), match.groupdict().get("which") or ""
    monday = today - timedelta(days=today.weekday())
    following = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if which.startswith(("every", "each")):
        return _one_day(following, "recurring")
    if which == "this":
        this_week = monday + timedelta(days=weekday)
        return _one_day(this_week if this_week >= today else following)
    if which == "next":
        next_week = monday + timedelta(days=7 + weekday)
        return _one_day(next_week, *(() if next_week == following else ("weekday",)))
    if which in ("last", "past"):
        before = following - timedelta(days=7 if following - timedelta(days=7) < today else 14)
        return _one_day(before)
    return _one_day(following, *(("weekday",) if weekday == today.weekday() else ()))


def _of_week(match: re.Match[str], today: date) -> Days:
    """`Wednesday next week`, `next week on Wednesday`."""
    monday = today - timedelta(days=today.weekday())
    weeks = 1 if match["which"] in ("next", "the following") else 0
    weeks = -1 if match["which"] == "last" else weeks
    return _one_day(monday + timedelta(days=7 * weeks + _weekday_of(match["weekday"])))


def _period(match: re.Match[str], today: date) -> Days:
    steps = {"next": 1, "last": -1, "the following": 1}.get(match["which"] or "", 0)
    unit = match["period"]
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=steps)
    if unit == "week":
        return Days(monday, monday + timedelta(days=7), Grain.WEEK)
    if unit == "weekend":
        flags = ("weekday",) if steps == 1 else ()
        saturday = monday + timedelta(days=5)
        return Days(saturday, monday + timedelta(days=7), Grain.WEEKEND, flags)
    if unit == "month":
        first = _add_months(today.replace(day=1), steps)
        return Days(first, _add_months(first, 1), Grain.MONTH)
    year = today.year + steps
    return Days(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR)


def _named_month(match: re.Match[str], today: date) -> Days:
    month = _month_of(match["month"])
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    first = date(year, month, 1)
    return Days(first, _add_months(first, 1), Grain.MONTH)


def _counted(match: re.Match[str]) -> int:
    words = match["count"]
    return 2 if words == "a couple of" else 1 if words in ("a", "an") else parse_number(words) or 1


def _shift(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        return _add_months(day, count * (12 if unit == "year" else 1))
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def _from_today(match: re.Match[str], today: date) -> Days:
    back = match.groupdict().get("ago")
    return _one_day(_shift(today, -_counted(match) if back else _counted(match), match["unit"]))


def _rolling(match: re.Match[str], today: date) -> Days:
    """`the next 3 days`, `the past week`: today included on either side."""
    count = parse_number(match["count"] or "1") or 1
    if match["which"] == "next":
        return Days(today, _shift(today, count, match["unit"]), Grain.DAY, has_end=True)
    first = _shift(today, -count, match["unit"])
    return Days(first, today + timedelta(days=1), Grain.DAY, has_end=True)


def _nth_weekday(match: re.Match[str], today: date) -> Days | None:
    """`the first Monday of December`, `the last Friday of next month`."""
    words = match.groupdict()
    if words["month"]:
        first = _named_month(match, today).first
    else:
        first = _add_months(today.replace(day=1), 1 if words["which"] == "next" else 0)
    weekday, end = _weekday_of(words["weekday"]), _add_months(first, 1)
    if words["nth"] == "last":
        last = end - timedelta(days=1)
        return _one_day(last - timedelta(days=(last.weekday() - weekday) % 7))
    nth = _day_of(words["nth"])
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return _one_day(day) if day < end else None


def _holiday(match: re.Match[str], today: date) -> Days | None:
    month, day = _HOLIDAYS[match["holiday"].replace("’", "'")]
    return _in_year(None, month, day, today)


_PATTERNS: tuple[tuple[re.Pattern[str], _Resolver], ...] = tuple(
    (re.compile(rf"{pattern}(?!\w)"), resolver)
    for pattern, resolver in (
        (r"(?P<iso>\d{4}-\d\d-\d\d)", _iso),
        (
            r"(?P<near>(?:the )?day after tomorrow|(?:the )?day before yesterday"
            r"|today|tonight|tomorrow|yesterday)",
            _near,
        ),
        (
            rf"(?:the )?(?P<nth>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)) "
            rf"{_WEEKDAY} (?:of|in) (?:{_MONTH}{_YEAR}|(?P<which>next|this|the) month)",
            _nth_weekday,
        ),
        (rf"{_NAMED}{_MONTH} (?:the )?{_NTH}{_YEAR}", _calendar_day),
        (rf"{_NAMED}{_MONTH} (?P<day>\d{{1,2}}){_YEAR}(?!:|\s?[ap]\.?m)", _calendar_day),
        (rf"{_NAMED}(?:the )?{_NTH} (?:of )?{_MONTH}{_YEAR}", _calendar_day),
        (rf"{_NAMED}(?P<day>\d{{1,2}}) (?:of )?{_MONTH}{_YEAR}", _calendar_day),
        (
            r"(?P<m>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?P<year>20\d\d))?",
            _calendar_day,
        ),
        (rf"{_WEEKDAY},? (?:of )?(?P<which>next|this|last|the following) week", _of_week),
        (rf"(?P<which>next|this|last|the following) week,? (?:on )?{_WEEKDAY}", _of_week),
        (rf"(?P<which>this|next|last|past|coming|this coming|every|each) {_WEEKDAY}", _on_weekday),
        (rf"(?P<which>this|next|last|every|each) {_SHORT_WEEKDAY}", _on_weekday),
        (rf"(?<=\bon ){_SHORT_WEEKDAY}", _on_weekday),
        (rf"(?:the )?(?P<which>next|past|last|coming) {_COUNT} {_UNIT}", _rolling),
        (rf"(?:the )?(?P<which>past) (?P<count>){_UNIT}", _rolling),
        (r"(?P<which>this|next|last|the following|the)? ?(?P<period>weekend)", _period),
        (r"(?P<which>this|next|last|the following|the) (?P<period>week|month|year)", _period),
        (rf"(?:in|within) {_COUNT} {_UNIT}", _from_today),
        (rf"{_COUNT} {_UNIT} (?:(?P<ago>ago)|from (?:now|today))", _from_today),
        (r"(?:the )(?P<day>\d{1,2}(?:st|nd|rd|th))", _nth_of_this_month),
        (rf"(?P<holiday>{'|'.join(_HOLIDAYS)})".replace("'", "['’]"), _holiday),
        (rf"(?:in|this|during) {_MONTH}{_YEAR}", _named_month),
        (rf"{_FULL_MONTH}{_YEAR}", _named_month),
        (rf"(?P<which>){_WEEKDAY}", _on_weekday),
    )
)


def date_at(text: str, position: int, today: date) -> tuple[Days, int] | None:
    """The date that starts at `position` of a lower-case text, and where it ends."""
    for pattern, resolve in _PATTERNS:
        match = pattern.match(text, position)
        days = resolve(match, today) if match else None
        if match and days:
            return days, match.end()
    return None


_BARE_DAY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\w:/]|\s?[ap]\.?m)")


def day_after(text: str, position: int, start: date) -> tuple[Days, int] | None:
    """A bare day number at `position`, in the month of `start` and not before it."""
    match = _BARE_DAY.match(text, position)
    if match is None:
        return None
    try:
        day = start.replace(day=int(match[1]))
    except ValueError:
        return None
    return (_one_day(day), match.end()) if day >= start else None
