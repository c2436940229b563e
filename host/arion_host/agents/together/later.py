"""Commands for the time of what the one before is about: "등산 취소하고 그 시간에 늦잠 넣어줘".

When that is shows only once the first thing was found, so until then such a command is read with
some time in the place of those words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from pydantic import JsonValue

from arion_host.agents.filling import placeholders
from arion_host.agents.following.amending import clock_words, day_words
from arion_host.agents.understood import Match
from arion_host.language.times import find_times
from arion_kit.words import Language

_THEN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:대신\s)?(?<!\S)(?:그|같은|똑같은)\s?(?:시간|때|시각)(?:대)?(?:에다가?|에는?|으로|로)?(?=\s)"
        r"|(?<!\S)(?:그|같은)\s?(?:자리|타임)에(?=\s)"
    ),
    "en": re.compile(
        r"\b(?:(?:at|for|in|into|on) (?:that|the same|its) (?:time|slot|hour|spot|place)"
        r"|in its place)\b",
        re.IGNORECASE,
    ),
}
_DAY_BACK: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:그|같은)\s?날(?:에|에는|은)?(?=\s)"),
    "en": re.compile(r"\b(?:on )?(?:that|the same) day\b", re.IGNORECASE),
}
_SOME_HOUR = time(15)


def means_then(part: str, language: Language) -> bool:
    """Whether a command is for the time of the thing that the one before it is about."""
    return _THEN[language].search(part) is not None


def some_time(now: datetime) -> datetime:
    """A time to read a command with that is not known yet."""
    return datetime.combine(now.date() + timedelta(days=1), _SOME_HOUR, now.tzinfo)


def is_unchanged(match: Match) -> bool:
    """Whether a command does not change when the thing is that it is about."""
    named = {name for value in match.arguments.values() for name, _ in placeholders(value)}
    return bool(match.references) and named <= set(match.references)


def starts(row: Mapping[str, JsonValue], now: datetime) -> datetime | date | None:
    """When a thing that was found begins, where that is yet to come; a date if it has no hour."""
    written = row.get("start")
    if not isinstance(written, str):
        return None
    try:
        if "T" not in written:
            day = date.fromisoformat(written)
            return day if day >= now.date() else None
        begin = datetime.fromisoformat(written)
    except ValueError:
        return None
    begin = begin.replace(tzinfo=now.tzinfo) if begin.tzinfo is None else begin
    return begin.astimezone(now.tzinfo) if begin >= now else None


def at_time(part: str, begin: datetime | date, language: Language, now: datetime) -> str:
    """A command with the words for a time in place of those that point at it."""
    day, hour = _words(begin, language)
    part = _DAY_BACK[language].sub(day, part, count=1)
    named = bool(find_times(_THEN[language].sub("", part), language, now))
    words = hour if named else " ".join(it for it in (day, hour) if it)
    words = words + ("에" if language == "ko" and words else "")
    return " ".join(_THEN[language].sub(words, part, count=1).split())


def _words(begin: datetime | date, language: Language) -> tuple[str, str]:
    day = day_words(begin, language)
    hour = clock_words(begin, language) if isinstance(begin, datetime) else ""
    if language == "ko":
        return day, hour
    return f"on {day}", hour and f"at {hour}"
