"""English words for what comes again and again: every other Tuesday, the 15th of every month."""

from __future__ import annotations

import re
from dataclasses import replace

from arion_host.language.anchor import Anchor
from arion_host.language.english_names import (
    DAY,
    DAY_NAME,
    FULL_DAY_NAME,
    MONTH,
    NTH,
    NTH_OF_FIVE,
    Days,
    Resolver,
    day_of,
    month_of,
    one_day,
    weekday_of,
)
from arion_host.language.numbers import parse_number
from arion_host.language.series import WEEKEND, WORKDAYS, Series

_EVERY = "(?:every|each)"
_AND = r"(?:, and |, | and | & )"
_INTERVAL = r"(?P<interval>other|second|two|three|four|[2-4])"
_DAY_NAMES = f"(?P<days>{DAY_NAME}s?(?:{_AND}{DAY_NAME}s?)*)"
_PARTS = {"morning": "forenoon", "afternoon": "afternoon", "evening": "evening", "night": "tonight"}


def _days(series: Series, anchor: Anchor) -> Days:
    return replace(one_day(anchor.today + DAY), series=series)


def _interval(match: re.Match[str]) -> int:
    said = match.groupdict().get("interval")
    return 1 if said is None else 2 if said in ("other", "second") else parse_number(said) or 1


def _on_weekdays(match: re.Match[str], anchor: Anchor) -> Days:
    names = re.findall(DAY_NAME, match["days"])
    interval = 2 if match.groupdict().get("biweekly") else _interval(match)
    weekdays = tuple(sorted({weekday_of(name) for name in names}))
    return _days(Series("WEEKLY", interval, weekdays), anchor)


def _workdays(_match: re.Match[str], anchor: Anchor) -> Days:
    return _days(Series("WEEKLY", weekdays=WORKDAYS), anchor)


def _weekends(_match: re.Match[str], anchor: Anchor) -> Days:
    return _days(Series("WEEKLY", weekdays=WEEKEND), anchor)


def _daily(match: re.Match[str], anchor: Anchor) -> Days:
    part = _PARTS.get(match.groupdict().get("part") or "")
    return replace(_days(Series("DAILY", _interval(match)), anchor), part=part)


def _on_day_of_month(match: re.Match[str], anchor: Anchor) -> Days | None:
    day = -1 if match["day"] == "last day" else day_of(match["day"])
    return _days(Series("MONTHLY", day=day), anchor) if day <= 31 else None


def _on_nth_weekday(match: re.Match[str], anchor: Anchor) -> Days:
    nth = -1 if match["nth"] == "last" else day_of(match["nth"])
    return _days(Series("MONTHLY", weekdays=(weekday_of(match["weekday"]),), nth=nth), anchor)


def _on_date(match: re.Match[str], anchor: Anchor) -> Days | None:
    day, month = day_of(match["day"]), month_of(match["month"])
    return _days(Series("YEARLY", month=month, day=day), anchor) if day <= 31 else None


_NTH_WEEKDAY = rf"{NTH_OF_FIVE} (?P<weekday>{DAY_NAME})"
_DATE = rf"{MONTH} (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{NTH[8:-1]})"

PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (rf"(?:the )?{_NTH_WEEKDAY} (?:of|in) {_EVERY} month", _on_nth_weekday),
    (rf"{_EVERY} {_NTH_WEEKDAY}(?: (?:of|in) the month)?", _on_nth_weekday),
    (rf"(?:monthly|{_EVERY} month),? on the {_NTH_WEEKDAY}", _on_nth_weekday),
    (rf"(?:the )?{NTH} (?:day )?of {_EVERY} month", _on_day_of_month),
    (rf"(?:the )?(?P<day>last day) of {_EVERY} month", _on_day_of_month),
    (rf"(?:monthly|{_EVERY} month),? on the {NTH}", _on_day_of_month),
    (rf"(?:yearly|annually|{_EVERY} year),? on {_DATE}", _on_date),
    (rf"{_EVERY} {_DATE}", _on_date),
    (rf"{_EVERY} (?:{_INTERVAL} )?weeks?,? on {_DAY_NAMES}", _on_weekdays),
    (rf"(?:weekly|(?P<biweekly>biweekly)),? on {_DAY_NAMES}", _on_weekdays),
    (rf"{_EVERY} (?:{_INTERVAL} )?{_DAY_NAMES}", _on_weekdays),
    # Not "two Mondays from now".
    (rf"(?<=\bon )(?P<days>{FULL_DAY_NAME}s(?:{_AND}{FULL_DAY_NAME}s)*)", _on_weekdays),
    (rf"(?P<days>{FULL_DAY_NAME}s(?:{_AND}{FULL_DAY_NAME}s)*)(?= at )", _on_weekdays),
    (rf"{_EVERY} (?:weekday|workday)|(?<=\bon )weekdays|weekdays(?= at )", _workdays),
    (rf"{_EVERY} weekend|(?<=\bon )weekends", _weekends),
    # Not the daily report.
    (rf"{_EVERY} (?:{_INTERVAL} )?days?|daily(?= (?:at|in|from)\b|[,.!?]|$)", _daily),
    (rf"{_EVERY} (?P<part>morning|afternoon|evening|night)", _daily),
)
