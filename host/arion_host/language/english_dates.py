"""English dates: which days an expression names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from arion_host.language import english_holidays, english_periods, english_series
from arion_host.language.anchor import Anchor
from arion_host.language.english_names import (
    COUNT,
    DAY,
    DAY_NAME,
    MONTH,
    NTH,
    NTH_OF_FIVE,
    SHORT_WEEKDAY,
    UNIT,
    WEEKDAY,
    YEAR,
    Days,
    Resolver,
    add_months,
    counted,
    day_in,
    day_of,
    monday_of,
    month_of,
    nearest,
    nth_weekday,
    one_day,
    weekday_of,
)
from arion_host.language.english_periods import named_month, shift

_NAMED = f"(?:{DAY_NAME},? )?"
"""A weekday beside a date adds nothing."""
_DISTANCES = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1, "last night": -1,
}  # fmt: skip
_SMALL_HOURS = 4
"""Before this hour people who are still up say tomorrow for the day that has begun."""


def _near(match: re.Match[str], anchor: Anchor) -> Days:
    words = match["near"]
    distance = _DISTANCES.get(words)
    if distance is None:
        distance = 2 if "after" in words else -2
    flags = ("day",) if distance == 1 and anchor.now.hour < _SMALL_HOURS else ()
    day = one_day(anchor.today + timedelta(days=distance), *flags)
    return replace(day, part="tonight") if "night" in words else day


def _iso(match: re.Match[str], _anchor: Anchor) -> Days | None:
    try:
        return one_day(date.fromisoformat(match["iso"]))
    except (ValueError, OverflowError):
        return None


def _calendar_day(match: re.Match[str], anchor: Anchor) -> Days | None:
    fields = match.groupdict()
    month = int(fields["m"]) if fields.get("m") else month_of(fields["month"])
    day = day_of(fields["day"])
    if fields.get("year"):
        found = day_in(int(fields["year"]), month, day)
    else:
        found = nearest(partial(day_in, month=month, day=day), anchor)
    return one_day(found) if found else None


def _nth_of_some_month(match: re.Match[str], anchor: Anchor) -> Days | None:
    """The next such day, or the latest; a month without it is passed over."""
    day = day_of(match["day"])
    months = [add_months(anchor.today.replace(day=1), steps) for steps in range(-2, 3)]
    found = [date for month in months if (date := day_in(month.year, month.month, day))]
    if anchor.past:
        latest = max((date for date in found if date <= anchor.today), default=None)
        return one_day(latest) if latest else None
    coming = min((date for date in found if date >= anchor.today), default=None)
    return one_day(coming) if coming else None


def _nth_of_month(match: re.Match[str], anchor: Anchor) -> Days | None:
    """`the 5th of next month`."""
    steps = {"next": 1, "last": -1}.get(match["which"], 0)
    month = add_months(anchor.today.replace(day=1), steps)
    found = day_in(month.year, month.month, day_of(match["day"]))
    return one_day(found) if found else None


def _on_weekday(match: re.Match[str], anchor: Anchor) -> Days:
    weekday, which = weekday_of(match["weekday"]), match.groupdict().get("which") or ""
    today, monday = anchor.today, monday_of(anchor.today)
    following = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    before = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if which == "this":
        this_week = monday + timedelta(days=weekday)
        return one_day(this_week if this_week >= today else following)
    if which == "next":
        next_week = monday + timedelta(days=7 + weekday)
        return one_day(next_week, *(() if next_week == following else ("weekday",)))
    if which in ("last", "past"):
        return one_day(before, *(("weekday",) if before >= monday else ()))
    flags = ("weekday",) if weekday == today.weekday() else ()
    return one_day(before if anchor.past and not which else following, *flags)


def _of_week(match: re.Match[str], anchor: Anchor) -> Days:
    """`Wednesday next week`, `next week on Wednesday`."""
    weeks = {"next": 1, "the following": 1, "last": -1, "after next": 2}.get(match["which"], 0)
    weekday = weekday_of(match["weekday"])
    return one_day(monday_of(anchor.today) + timedelta(days=7 * weeks + weekday))


def _weekday_in_weeks(match: re.Match[str], anchor: Anchor) -> Days:
    """`Friday in two weeks`: some count from this Friday, some from today."""
    weeks = counted(match)
    monday = monday_of(anchor.today) + timedelta(weeks=weeks)
    return one_day(monday + timedelta(days=weekday_of(match["weekday"])), "weekday")


def _weeks_from_weekday(match: re.Match[str], anchor: Anchor) -> Days:
    """`a week from Friday`, `two weeks from tomorrow`."""
    ahead = Anchor(anchor.now)
    start = _on_weekday(match, ahead).first if match["weekday"] else anchor.today + DAY
    return one_day(shift(start, counted(match), match["unit"]))


def _weekday_after_next(match: re.Match[str], anchor: Anchor) -> Days:
    coming = _on_weekday(match, Anchor(anchor.now)).first
    return one_day(coming + 7 * DAY, "weekday")


def _from_today(match: re.Match[str], anchor: Anchor) -> Days:
    back = match.groupdict().get("ago")
    count = -counted(match) if back else counted(match)
    return one_day(shift(anchor.today, count, match["unit"]))


def _nth_weekday(match: re.Match[str], anchor: Anchor) -> Days | None:
    """`the first Monday of December`, `the last Friday of next month`."""
    words = match.groupdict()
    if words["month"]:
        first = named_month(match, anchor).first
    else:
        steps = {"next": 1, "last": -1}.get(words["which"], 0)
        first = add_months(anchor.today.replace(day=1), steps)
    nth = -1 if words["nth"] == "last" else day_of(words["nth"])
    found = nth_weekday(first, weekday_of(words["weekday"]), nth)
    return one_day(found) if found else None


def _nth_weekday_of_some_month(match: re.Match[str], anchor: Anchor) -> Days | None:
    """`the third Friday`: of this month, or of the one after or before it."""
    nth, weekday = day_of(match["nth"]), weekday_of(match["weekday"])
    months = [add_months(anchor.today.replace(day=1), steps) for steps in range(-3, 4)]
    found = [day for month in months if (day := nth_weekday(month, weekday, nth))]
    if anchor.past:
        return one_day(max(day for day in found if day <= anchor.today), "month")
    return one_day(min(day for day in found if day >= anchor.today), "month")


_SINGLE: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<iso>\d{4}-\d\d-\d\d)", _iso),
    (
        r"(?P<near>(?:the )?day after tomorrow|(?:the )?day before yesterday"
        r"|today|tonight|last night|tomorrow|tmrw|yesterday)",
        _near,
    ),
    (
        rf"(?:the )?{NTH_OF_FIVE} {WEEKDAY} (?:of|in) "
        rf"(?:{MONTH}{YEAR}|(?P<which>next|this|the|last) month)",
        _nth_weekday,
    ),
    (rf"{_NAMED}{MONTH} (?:the )?{NTH}{YEAR}", _calendar_day),
    (rf"{_NAMED}{MONTH} (?P<day>\d{{1,2}}){YEAR}(?!:|\s?[ap]\.?m)", _calendar_day),
    (rf"{_NAMED}(?:the )?{NTH} (?:of )?{MONTH}{YEAR}", _calendar_day),
    (rf"{_NAMED}(?P<day>\d{{1,2}}) (?:of )?{MONTH}{YEAR}", _calendar_day),
    (
        r"(?P<m>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?P<year>20\d\d))?",
        _calendar_day,
    ),
    (rf"(?:the )?{NTH} of (?P<which>next|this|the|last) month", _nth_of_month),
    (rf"(?P<which>next|this|last) month,? on the {NTH}", _nth_of_month),
    (rf"{WEEKDAY},? (?:of )?(?:the )?week (?P<which>after next)", _of_week),
    (rf"{WEEKDAY},? (?:of )?(?P<which>next|this|last|the following) week", _of_week),
    (rf"(?P<which>next|this|last|the following) week,? (?:on )?{WEEKDAY}", _of_week),
    (rf"{WEEKDAY} in {COUNT} weeks?", _weekday_in_weeks),
    (rf"in {COUNT} weeks?,? on {WEEKDAY}", _weekday_in_weeks),
    (rf"(?:the )?{WEEKDAY} after next", _weekday_after_next),
    (rf"{DAY_NAME},? the {NTH}", _nth_of_some_month),
    (rf"{COUNT} {UNIT} from (?:{WEEKDAY}|tomorrow)", _weeks_from_weekday),
    (rf"(?P<which>this|next|last|past|coming|this coming) {WEEKDAY}", _on_weekday),
    (rf"(?P<which>this|next|last) {SHORT_WEEKDAY}", _on_weekday),
    (rf"(?<=\bon ){SHORT_WEEKDAY}", _on_weekday),
    (
        rf"the (?P<nth>first|second|third|fourth|[1-4](?:st|nd|rd|th)) {WEEKDAY}",
        _nth_weekday_of_some_month,
    ),
)
_COUNTED: tuple[tuple[str, Resolver], ...] = (
    (rf"(?:in|within) {COUNT} {UNIT}", _from_today),
    (rf"{COUNT} {UNIT} (?:(?P<ago>ago)|from (?:now|today))", _from_today),
    (r"(?:the )(?P<day>\d{1,2}(?:st|nd|rd|th))", _nth_of_some_month),
)
_PATTERNS = tuple(
    (re.compile(rf"(?:{pattern})(?!\w)"), resolver)
    for pattern, resolver in (
        *english_series.PATTERNS,
        *_SINGLE,
        *english_holidays.PATTERNS,
        *english_periods.PATTERNS,
        *_COUNTED,
        (rf"(?P<which>){WEEKDAY}", _on_weekday),
    )
)


def date_at(text: str, position: int, anchor: Anchor) -> tuple[Days, int] | None:
    """The date that starts at `position` of a lower-case text, and where it ends."""
    for pattern, resolve in _PATTERNS:
        match = pattern.match(text, position)
        days = resolve(match, anchor) if match else None
        if match and days:
            return days, match.end()
    return None


_BARE_DAY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\w:/]|\s?[ap]\.?m)")


def day_after(text: str, position: int, start: date) -> tuple[Days, int] | None:
    """A bare day number at `position`, in the month of `start` and not before it."""
    match = _BARE_DAY.match(text, position)
    if match is None:
        return None
    day = day_in(start.year, start.month, int(match[1]))
    return (one_day(day), match.end()) if day and day >= start else None
