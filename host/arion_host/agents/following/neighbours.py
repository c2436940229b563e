"""The day, week or month beside the one that was spoken of: 그 전날은?, and the week after that?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from arion_host.agents.following.amending import day_words
from arion_host.agents.following.corrections import corrected
from arion_host.agents.following.time_parts import agreeing
from arion_host.language.spans import Grain, TimeSpan
from arion_host.language.times import find_times
from arion_kit.words import Language

_BESIDE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:그\s?)?(?P<eve>전날|하루\s?전)|(?P<morrow>이튿날|하루\s?(?:뒤|후))"
        r"|(?:그|그거|거기)\s?(?:(?:다음|뒤)|(?P<before>바로 전|이전|전|앞))\s?(?P<unit>날|주|달)"
        r"|다음\s?(?P<unit2>날)"
    ),
    "en": re.compile(
        r"(?:on )?the (?P<unit>day|week|month) (?:after|(?P<before>before))(?: that| then)?"
        r"|(?:on )?the (?:next|following|(?P<before2>previous|prior)) (?P<unit2>day|week|month)"
        r"|the (?:one|next one) (?:after|(?P<before3>before))(?: that| it)?",
        re.IGNORECASE,
    ),
}
_WEEKDAY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"그\s?(?:다음|(?P<before>전|이전))\s?주\s(?P<day>[월화수목금토일])요일"),
    "en": re.compile(
        r"(?:on )?the (?P<day>mon|tues|wednes|thurs|fri|satur|sun)day"
        r" (?:after|(?P<before>before))(?: that)?",
        re.IGNORECASE,
    ),
}
_DAYS: dict[Language, Sequence[str]] = {
    "ko": "월화수목금토일",
    "en": ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"),
}
_UNITS = {"날": 1, "day": 1, "주": 7, "week": 7, "달": 30, "month": 30}
"""Days, about."""
_WEEK, _MONTH = 7, 28
"""Days that a time has at least to be one."""


def names_neighbour(words: str, language: Language) -> bool:
    """Whether words name the time beside one that was spoken of."""
    return any(it[language].fullmatch(words) for it in (_BESIDE, _WEEKDAY))


def beside(utterance: str, words: str, language: Language, now: datetime) -> str | None:
    """`utterance` with the time beside its own; None where it has not just one.

    `now` carries the person's time zone.

    Raises:
        ValueError: `now` is naive.
    """
    found, named = _BESIDE[language].fullmatch(words), _WEEKDAY[language].fullmatch(words)
    spans = find_times(utterance, language, now)
    if len(spans) != 1 or spans[0].recurrence:
        return None
    if named is not None:
        day = _weekday_beside(named, spans[0].start, language)
        return corrected(utterance, day_words(day, language), language, now)
    if found is None:
        return None
    said, span = found.groupdict(), spans[0]
    back = any(it for name, it in said.items() if name.startswith("before") or name == "eve")
    unit = said.get("unit") or said.get("unit2") or ("날" if language == "ko" else "")
    size = _UNITS[unit.lower()] if unit else _size(span)
    steps = -1 if back else 1
    if size >= _MONTH:
        return _beside_month(utterance, span, steps, language)
    days = timedelta(days=size * steps)
    if size == _WEEK and span.end - span.start == timedelta(days=_WEEK):
        return _replaced(utterance, span, _range_words(span, days, language))
    # A day after several is the one after the last of them.
    edge = span.end - timedelta(days=1) if not back and size == 1 and _is_long(span) else span.start
    return corrected(utterance, day_words(edge + days, language), language, now)


def _weekday_beside(found: re.Match[str], start: datetime, language: Language) -> datetime:
    """The day of that name in the week beside in Korean, the nearest one in English."""
    days = _DAYS[language].index(found["day"].lower()) - start.weekday()
    if language == "ko":
        return start + timedelta(days=days + (-_WEEK if found["before"] else _WEEK))
    apart = -(-days % _WEEK or _WEEK) if found["before"] else days % _WEEK or _WEEK
    return start + timedelta(days=apart)


def _size(span: TimeSpan) -> int:
    if span.grain is Grain.MONTH:
        return _UNITS["month"]
    return _WEEK if span.grain in (Grain.WEEK, Grain.WEEKEND) else 1


def _is_long(span: TimeSpan) -> bool:
    return span.grain.is_dated_only and span.end - span.start > timedelta(days=1)


def _range_words(span: TimeSpan, days: timedelta, language: Language) -> str:
    first = day_words(span.start + days, language)
    last = day_words(span.end + days - timedelta(days=1), language)
    return f"{first}부터 {last}까지" if language == "ko" else f"from {first} to {last}"


def _beside_month(utterance: str, span: TimeSpan, steps: int, language: Language) -> str | None:
    if span.grain is not Grain.MONTH:
        return None
    year, month = divmod(span.start.year * 12 + span.start.month - 1 + steps, 12)
    day = span.start.replace(year=year, month=month + 1, day=1)
    words = f"{day.year}년 {day.month}월" if language == "ko" else f"{day:%B %Y}"
    return _replaced(utterance, span, words)


def _replaced(utterance: str, span: TimeSpan, words: str) -> str:
    return utterance[: span.begin] + words + agreeing(words, utterance[span.finish :])
