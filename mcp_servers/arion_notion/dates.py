"""Dates as people and models write them, and as Notion takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict

from pydantic import JsonValue

from arion_kit.errors import BadInput

_DAYS: Mapping[str, int] = {
    "그저께": -2,
    "어제": -1,
    "오늘": 0,
    "내일": 1,
    "모레": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERIOD = re.compile(r"\s*(?:/|~|–)\s*")
_FRACTION = re.compile(r"(T\d\d:\d\d)(?::00(?:\.0+)?)?(?=Z|[+-]|$)")


class Period(TypedDict):
    """A date of Notion: a start, and an end (included) where there is one."""

    start: str
    end: str | None


def read_date(value: JsonValue, now: datetime, parameter: str) -> Period:
    """Reads a day, a moment or a stretch of either.

    Args:
        value: "2026-11-27", "2026-11-27T15:00", "내일", "2026-11-27/2026-11-29", or
            {"start", "end"}.
        now: The person's moment: what "내일" is counted from, and the zone of a time without one.
        parameter: What to blame.

    Raises:
        BadInput: It is none of these.
    """
    if isinstance(value, dict) and isinstance(value.get("start"), str):
        start, end = str(value["start"]), value.get("end")
        return _period(start, str(end) if end else None, now, parameter)
    if not isinstance(value, str):
        raise _unreadable(value, parameter)
    start, *ends = _PERIOD.split(value.strip())
    if len(ends) > 1:
        raise _unreadable(value, parameter)
    return _period(start, ends[0] if ends else None, now, parameter)


def read_moment(text: str, now: datetime, parameter: str) -> str:
    """Reads one day or moment, as Notion takes it: a time always has its offset.

    Raises:
        BadInput: It is neither.
    """
    text = text.strip()
    days = _DAYS.get(text.lower())
    if days is not None:
        return (now.date() + timedelta(days=days)).isoformat()
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unreadable(text, parameter) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=now.tzinfo)
    return moment.isoformat(timespec="seconds")


def show_date(value: JsonValue) -> str | None:
    """A date of Notion as one word: "2026-11-27", "2026-11-27T15:00+09:00", "A/B"."""
    if not isinstance(value, dict) or not value.get("start"):
        return None
    ends = [str(value[side]) for side in ("start", "end") if value.get(side)]
    return "/".join(_FRACTION.sub(r"\1", end) for end in ends)


def _period(start: str, end: str | None, now: datetime, parameter: str) -> Period:
    first = read_moment(start, now, parameter)
    last = read_moment(end, now, parameter) if end else None
    if last is not None and (len(first) > 10) != (len(last) > 10):
        raise BadInput(parameter, "start and end must both be dates or both be times")
    return {"start": first, "end": last}


def _unreadable(value: JsonValue, parameter: str) -> BadInput:
    return BadInput(
        parameter,
        f"{value!r} is no date; write 2026-11-27, 2026-11-27T15:00, 내일, "
        "or 2026-11-27/2026-11-29 for a stretch",
    )
