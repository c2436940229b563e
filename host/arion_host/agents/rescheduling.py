"""Times said for something that has a time already: "make it Thursday", "nine instead"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from arion_host.agents.filling import placeholders
from arion_host.agents.understood import Match, Provenance, Resolved
from arion_host.language.spans import LocalSpan, TimeSpan
from arion_host.language.speak_time import speak_span
from arion_kit.speech import speak_time
from arion_kit.words import Language

_WEEK = timedelta(days=7)
_HALF_DAY = timedelta(hours=12)
_AWAKE = range(7, 22)
_WEEKDAY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"[월화수목금토일]요일(?!.*(?:주|달))"),
    "en": re.compile(
        r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!.*\b(?:week|month))", re.IGNORECASE
    ),
}
"""A day of the week, of which nobody said which week it is of."""
_PART_OF_DAY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"오전|오후|새벽|아침|점심|낮|저녁|밤"),
    "en": re.compile(r"(?:in |to )?(?:the )?(?:morning|afternoon|evening)", re.IGNORECASE),
}
"""A part of a day, of which nobody said which day it is."""


def rescheduled(match: Match, resolved: Mapping[str, Resolved], now: datetime) -> Match:
    """The match with the new times of what it reschedules, as they are meant beside the old one.

    A weekday is that of the thing's own week where it is still to come, or else the first behind
    it. An hour of either half of the day is the one nearer to the old hour.
    """
    old = next(_starts(resolved, now), None)
    names = {name for name, field in placeholders(dict(match.arguments)) if field == "to"}
    if old is None or not names:
        return match
    slots = dict(match.slots)
    for name in names & slots.keys():
        span = slots[name].value
        if isinstance(span, TimeSpan) and (new := _beside(span, old, now, match.language)) != span:
            slots[name] = replace(slots[name], value=new, provenance=Provenance.RESOLVED)
    return replace(match, slots=slots)


def _starts(resolved: Mapping[str, Resolved], now: datetime) -> Iterator[datetime]:
    for found in resolved.values():
        start = found.row.get("start")
        if isinstance(start, str):
            try:
                moment = datetime.fromisoformat(start)
            except ValueError:
                continue
            whole_day = moment.tzinfo is None
            yield moment.replace(tzinfo=now.tzinfo) if whole_day else moment.astimezone(now.tzinfo)


def _beside(span: TimeSpan, old: datetime, now: datetime, language: Language) -> TimeSpan:
    """The span that is meant for something that begins at `old`."""
    start = span.start
    if "meridiem" in span.ambiguous:
        start = _nearer(start, old)
    if _WEEKDAY[language].match(span.text):
        start = _in_its_week(start, old)
    elif _PART_OF_DAY[language].fullmatch(span.text):
        at = datetime.fromisoformat(span.at)
        start = datetime.combine(max(old, now).date(), at.timetz())
    if start == span.start:
        return span
    end = start + (span.end - span.start)
    days_only = span.grain.is_dated_only
    local = LocalSpan(
        start.replace(tzinfo=None),
        end.replace(tzinfo=None),
        span.grain,
        span.begin,
        span.finish,
        has_end=span.until is not None,
    )
    clock_only = len(span.to) == len("15:00")
    spoken = speak_span(local, now.replace(tzinfo=None), language)
    at = start.date().isoformat() if days_only else start.isoformat(timespec="seconds")
    return replace(
        span,
        start=start,
        end=end,
        at=at,
        to=start.strftime("%H:%M") if clock_only else at,
        to_spoken=speak_time(start, language) if clock_only else spoken,
        spoken=spoken,
    )


def _nearer(start: datetime, old: datetime) -> datetime:
    """The hour, in the half of the day in which it is nearer to the old one, but for nights."""
    other = start + (_HALF_DAY if start.hour < _HALF_DAY.seconds // 3600 else -_HALF_DAY)
    minutes = old.hour * 60 + old.minute
    awake = [it for it in (start, other) if it.hour in _AWAKE] if old.hour in _AWAKE else []
    return min(awake or (start, other), key=lambda it: abs(it.hour * 60 + it.minute - minutes))


def _in_its_week(start: datetime, old: datetime) -> datetime:
    """The weekday of a start in the week of `old`, or behind it where that one has gone by."""
    monday = old.date() - timedelta(days=old.weekday())
    weeks = max(0, -(-(monday - start.date()).days // _WEEK.days))
    return start + weeks * _WEEK
