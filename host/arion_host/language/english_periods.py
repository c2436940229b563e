"""English names of weeks, months, years and parts of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from arion_host.language.anchor import Anchor
from arion_host.language.english_names import (
    COUNT,
    DAY,
    FULL_MONTH,
    MONTH,
    UNIT,
    YEAR,
    Days,
    Resolver,
    add_months,
    counted,
    monday_of,
    month_of,
)
from arion_host.language.numbers import parse_number
from arion_host.language.seasons import season_in, season_near
from arion_host.language.spans import Grain

_STEPS = {"next": 1, "last": -1, "the following": 1}
_THIRDS = {
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2,
}  # fmt: skip
_HALVES = {"first": 0, "second": 1, "1st": 0, "2nd": 1}
_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}


def shift(day: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years later."""
    if unit in ("month", "year"):
        return add_months(day, count * (12 if unit == "year" else 1))
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def _period(match: re.Match[str], anchor: Anchor) -> Days:
    steps = _STEPS.get(match["which"] or "", 0)
    unit = match["period"]
    monday = monday_of(anchor.today) + timedelta(weeks=steps)
    if unit == "week":
        return Days(monday, monday + 7 * DAY, Grain.WEEK)
    if unit == "weekend":
        saturday = monday + 5 * DAY
        if anchor.past and match["which"] in (None, "the") and saturday > anchor.today:
            saturday -= 7 * DAY
        flags = ("weekday",) if steps == 1 else ()
        return Days(saturday, saturday + 2 * DAY, Grain.WEEKEND, flags)
    return month(add_months(anchor.today, steps)) if unit == "month" else _year(anchor, steps)


def month(day: date) -> Days:
    """The month that a day is in."""
    first = day.replace(day=1)
    return Days(first, add_months(first, 1), Grain.MONTH)


def _year(anchor: Anchor, steps: int) -> Days:
    year = anchor.today.year + steps
    return Days(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR)


def _week_after_next(_match: re.Match[str], anchor: Anchor) -> Days:
    monday = monday_of(anchor.today) + 14 * DAY
    return Days(monday, monday + 7 * DAY, Grain.WEEK)


def named_month(match: re.Match[str], anchor: Anchor) -> Days:
    """The month named, in the year said or the one that is next, or was last."""
    number, said = month_of(match["month"]), match.groupdict()
    year, this = anchor.today.year, anchor.today.month
    if said.get("year"):
        year = int(said["year"] or 0)
    elif said.get("which") == "last":
        year -= number >= this
    elif anchor.past:
        year -= number > this
    else:
        year += number < this
    return month(date(year, number, 1))


def _of_year(match: re.Match[str], anchor: Anchor) -> int:
    if match["year"]:
        return int(match["year"])
    return anchor.today.year + _STEPS.get(match["which"] or "", 0)


def _whole_month(match: re.Match[str], anchor: Anchor) -> Days:
    if match["month"]:
        return named_month(match, anchor)
    return month(add_months(anchor.today.replace(day=1), _STEPS.get(match["which"], 0)))


def _part_of_month(match: re.Match[str], anchor: Anchor) -> Days:
    """The first ten days, the next ten, or what is left: nobody knows where `late` begins."""
    whole = _whole_month(match, anchor)
    third = _THIRDS[match["part"]]
    first = whole.first + 10 * third * DAY
    end = whole.end if third == 2 else first + 10 * DAY
    return Days(first, end, Grain.MONTH, ("vague",))


def _edge_of_year(match: re.Match[str], anchor: Anchor) -> Days:
    number = 12 if match["part"] == "end" else 1
    year = anchor.today.year + _STEPS.get(match["which"] or "", 0)
    found = month(date(year, number, 1))
    return Days(found.first, found.end, Grain.MONTH, ("vague",))


def _week_of_month(match: re.Match[str], anchor: Anchor) -> Days:
    """`the first week of December`: the row of a printed calendar that holds its first day."""
    whole = _whole_month(match, anchor)
    if match["nth"] == "last":
        monday = monday_of(whole.end - DAY)
    else:
        monday = monday_of(whole.first) + 7 * _QUARTERS[match["nth"]] * DAY
    return Days(monday, monday + 7 * DAY, Grain.WEEK, ("week_of_month",))


def _half_of_month(match: re.Match[str], anchor: Anchor) -> Days:
    whole = _whole_month(match, anchor)
    middle = whole.first + 15 * DAY
    first, end = ((whole.first, middle), (middle, whole.end))[_HALVES[match["nth"]]]
    return Days(first, end, Grain.MONTH, ("vague",))


def _edge_of_week(match: re.Match[str], anchor: Anchor) -> Days:
    """People put the end of a week on its last working day."""
    monday = monday_of(anchor.today) + 7 * _STEPS.get(match["which"], 0) * DAY
    day = monday + 4 * DAY if match["part"] == "end" else monday
    return Days(day, day + DAY, Grain.DAY, ("vague",))


def _half(match: re.Match[str], anchor: Anchor) -> Days:
    first = date(_of_year(match, anchor), 1 + 6 * _HALVES[match["nth"]], 1)
    return Days(first, add_months(first, 6), Grain.YEAR)


def _quarter(match: re.Match[str], anchor: Anchor) -> Days:
    said = match["nth"]
    number = _QUARTERS[said] if said in _QUARTERS else int(re.sub(r"\D", "", said)) - 1
    first = date(_of_year(match, anchor), 1 + 3 * number, 1)
    return Days(first, add_months(first, 3), Grain.MONTH)


def _quarter_from_now(match: re.Match[str], anchor: Anchor) -> Days:
    this = anchor.today.replace(month=(anchor.today.month - 1) // 3 * 3 + 1, day=1)
    first = add_months(this, 3 * _STEPS.get(match["which"], 0))
    return Days(first, add_months(first, 3), Grain.MONTH)


def _season(match: re.Match[str], anchor: Anchor) -> Days:
    name = "autumn" if match["season"] == "fall" else match["season"]
    if match["year"]:
        first, end = season_in(name, int(match["year"]))
    elif match["which"] == "last":
        first, end = season_near(name, Anchor(anchor.now, past=True), whole=True)
    elif match["which"] == "next":
        first, end = season_near(name, Anchor(anchor.now), whole=True)
    else:
        first, end = season_near(name, anchor)
    return Days(first, end, Grain.MONTH, ("vague",))


def _rolling(match: re.Match[str], anchor: Anchor) -> Days:
    """`the next 3 days`, `the past week`: today included on either side."""
    count = counted(match) if match["count"] else 1
    if match["which"] in ("next", "coming"):
        end = shift(anchor.today, count, match["unit"])
        return Days(anchor.today, end, Grain.DAY, has_end=True)
    first = shift(anchor.today, -count, match["unit"])
    return Days(first, anchor.today + DAY, Grain.DAY, has_end=True)


def _spell(match: re.Match[str], anchor: Anchor) -> Days:
    """`for three days from tomorrow`."""
    first = anchor.today + {"today": 0, "tomorrow": 1}[match["from"]] * DAY
    count = parse_number(match["count"]) or 1
    return Days(first, shift(first, count, match["unit"]), Grain.DAY, has_end=True)


_OF_YEAR = r"(?: of)?(?: (?P<which>the|this|next|last) year(?:'s)?| (?P<year>20\d\d))"
_OF_MONTH = rf"(?:of|in) (?:{MONTH}{YEAR}|(?P<which>the|this|next|last) month)"

PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (
        rf"for {COUNT} (?P<unit>day|week)s? (?:from|starting|beginning) (?P<from>today|tomorrow)",
        _spell,
    ),
    (r"(?:the )?week after next", _week_after_next),
    (
        rf"(?P<part>early|mid|late)[ -](?:in )?(?:{MONTH}{YEAR}|(?P<which>this|next|last) month)",
        _part_of_month,
    ),
    (
        rf"(?:the )?(?P<part>beginning|start|middle|end) {_OF_MONTH}",
        _part_of_month,
    ),
    (
        r"(?:the )?(?P<part>beginning|start|end) of (?P<which>the|this|next|last) year",
        _edge_of_year,
    ),
    (
        r"(?:the )?(?P<part>beginning|start|end) of (?P<which>the|this|next|last) week",
        _edge_of_week,
    ),
    (rf"(?:the )?(?P<nth>first|second|third|fourth|last) week {_OF_MONTH}", _week_of_month),
    (rf"(?:the )?(?P<nth>first|second) half {_OF_MONTH}", _half_of_month),
    (rf"(?:the )?(?P<nth>first|second|1st|2nd) half{_OF_YEAR}", _half),
    (rf"(?:the )?(?P<nth>first|second|third|fourth|last) quarter{_OF_YEAR}", _quarter),
    (
        r"(?P<nth>q[1-4])(?:(?: of)? (?P<which>the|this|next|last) year|,? (?P<year>20\d\d))?",
        _quarter,
    ),
    (r"(?P<which>this|next|last) quarter", _quarter_from_now),
    (
        r"(?:(?P<which>this|next|last)|in(?: the)?) (?P<season>spring|summer|fall|autumn|winter)"
        r"(?:,? (?:of )?(?P<year>20\d\d))?",
        _season,
    ),
    (
        r"(?P<which>the )?(?P<season>spring|summer|fall|autumn|winter) of (?P<year>20\d\d)",
        _season,
    ),
    (rf"(?:the )?(?P<which>next|past|last|coming) {COUNT} {UNIT}", _rolling),
    (rf"(?:the )?(?P<which>past) (?P<count>){UNIT}", _rolling),
    (r"(?P<which>this|next|last|the following|the)? ?(?P<period>weekend)", _period),
    (r"(?P<which>this|next|last|the following|the|my) (?P<period>week|month|year)", _period),
    (rf"(?:in|this|during|(?P<which>last)) {MONTH}{YEAR}", named_month),
    (rf"{MONTH},? (?P<year>20\d\d)", named_month),
    (rf"{FULL_MONTH}{YEAR}", named_month),
)
