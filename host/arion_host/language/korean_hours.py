"""Which hour of the day a Korean "3시" means."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from korean_datetime import Ambiguity, Kind, TemporalExpression

from arion_host.language.anchor import Anchor
from arion_host.language.spans import Grain, LocalSpan

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)
_DAY_PART = re.compile(r"새벽|아침|오전|점심|낮|오후|저녁|밤")
_CLOCK_FACE = re.compile(r"(?<![\d:])[1-6]:[0-5]\d(?![\d:])")
_FROM = re.compile(r"\s?(?:부터|에서|~)\s?")
_UNTIL = re.compile(r"\s?까지")


def plausible(item: TemporalExpression, anchor: Anchor) -> tuple[datetime, datetime, bool]:
    """Start, end, and whether a half of the day had to be chosen.

    Nobody means 3 at night by "3시", so 1 to 6 are in the afternoon and 12 is noon; from 7 on
    it is whichever comes next, or came last.
    """
    unsaid = (
        Ambiguity.MERIDIEM in item.ambiguities or Ambiguity.NOON_OR_MIDNIGHT in item.ambiguities
    )
    face = bool(_CLOCK_FACE.search(item.text)) and not _DAY_PART.search(item.text)
    guessed = unsaid or face
    start, end = _daytime(item, anchor.now) if guessed else (item.start, item.end)
    if not (anchor.past and item.kind is Kind.TIME):
        return start, end, guessed
    length = end - start
    step = _HALF_DAY if guessed and start.hour % 12 >= 7 else _DAY
    while start > anchor.now:
        start -= step
    while start + step <= anchor.now:
        start += step
    return start, start + length, guessed


def _daytime(item: TemporalExpression, now: datetime) -> tuple[datetime, datetime]:
    start = item.start
    if start.hour < 7:
        start += _HALF_DAY
        # The library looked for the next 3 at night; the next 3 in the afternoon may be sooner.
        if item.kind is Kind.TIME and start - _DAY >= now:
            start -= _DAY
    if item.is_range and _DAY_PART.search(_FROM.split(item.text)[-1]):
        # 3시부터 오후 5시까지: the end was said and stays.
        return (start, item.end) if start < item.end else (item.start, item.end)
    end = start + (item.end - item.start)
    if item.is_range and item.start.hour >= 7 and end.date() > start.date():
        # 9시부터 6시까지 is a working day, not a night.
        shift = _HALF_DAY if item.kind is Kind.TIME else -_HALF_DAY
        return start + shift, end + shift
    return start, end


def joined(first: LocalSpan, second: LocalSpan, text: str) -> LocalSpan | None:
    """9시부터 오후 6시까지: the half of the day of the start follows from the end."""
    clocks = (Grain.HOUR, Grain.MINUTE)
    if not _FROM.fullmatch(text, first.finish, second.begin) or first.has_end or second.has_end:
        return None
    if first.grain not in clocks or second.grain not in clocks:
        return None
    if "meridiem" not in first.ambiguous or "meridiem" in second.ambiguous:
        return None
    hour = timedelta(hours=first.start.hour % 12, minutes=first.start.minute)
    midnight = second.start.replace(hour=0, minute=0)
    starts = [midnight + hour, midnight + hour + _HALF_DAY]
    start = max((start for start in starts if start < second.start), default=None)
    if start is None:
        return None
    until = _UNTIL.match(text, second.finish)
    return replace(
        first,
        start=start,
        end=second.start,
        finish=until.end() if until else second.finish,
        has_end=True,
        ambiguous=second.ambiguous,
    )
