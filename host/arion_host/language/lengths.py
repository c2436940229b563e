"""Lengths of time in words: how many minutes they are."""

from __future__ import annotations

import re

from arion_host.language.numbers import parse_number
from arion_kit.words import Language

_KOREAN_COUNT = (
    r"\d{1,4}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?"
    r"|[일이삼사오육칠팔구]"
)
_ENGLISH_COUNT = (
    r"\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[ -]five)?"
)
PATTERNS: dict[Language, str] = {
    "ko": (
        rf"(?:(?:{_KOREAN_COUNT})\s?(?:시간\s?반|시간(?:\s(?:{_KOREAN_COUNT})\s?분)?|분|주일|주|일)"
        r"|반\s?시간|하루|이틀|사흘|나흘|일주일)"
    ),
    "en": (
        rf"(?:(?:{_ENGLISH_COUNT}) and a half (?:hour|minute|day|week)s?"
        rf"|(?:{_ENGLISH_COUNT})[ -](?:hour|hr|minute|min|day|week)s?(?: and a half)?"
        r"|half an? (?:hour|day)|(?:an? )?half[ -]hour|a quarter of an hour"
        r"|an? couple of (?:hour|day)s|(?:the )?whole hour)"
    ),
}
"""A length, as a piece of a larger pattern."""

_UNITS: dict[str, int] = {
    "시간": 60, "분": 1, "일": 1440, "주일": 10080, "주": 10080,
    "hour": 60, "hr": 60, "minute": 1, "min": 1, "day": 1440, "week": 10080,
}  # fmt: skip
_WHOLE: dict[str, int] = {
    "반시간": 30, "하루": 1440, "이틀": 2880, "사흘": 4320, "나흘": 5760, "일주일": 10080,
    "half an hour": 30, "a half hour": 30, "half hour": 30, "half a day": 720,
    "a quarter of an hour": 15, "a couple of hours": 120, "a couple of days": 2880,
    "whole hour": 60, "the whole hour": 60,
}  # fmt: skip
_KOREAN = re.compile(r"(\d+|[가-힣]+?)\s?(시간|분|주일|주|일)(\s?반)?")
_ENGLISH = re.compile(
    r"(\w+(?:[ -]five)?)( and a half)?[ -](hour|hr|minute|min|day|week)s?(?:( and a half))?"
)


def minutes_in(text: str, language: Language) -> int:
    """The minutes that a length takes, as `PATTERNS` finds it.

    Raises:
        ValueError: it is no length.
    """
    words = re.sub(r"\s+", " ", text.strip().lower().replace("half-hour", "half hour"))
    if known := _WHOLE.get(words.replace(" ", "") if language == "ko" else words):
        return known
    total = 0
    if language == "ko":
        for count, unit, half in _KOREAN.findall(words):
            total += _counted(count, _UNITS[unit], half=bool(half))
    else:
        for count, first, unit, last in _ENGLISH.findall(words):
            total += _counted(count, _UNITS[unit], half=bool(first or last))
    if not total:
        raise ValueError(f"{text!r} is no length of time")
    return total


def _counted(count: str, size: int, *, half: bool) -> int:
    number = 1 if count in ("a", "an") else parse_number(count)
    if number is None:
        raise ValueError(f"{count!r} is no number")
    return number * size + (size // 2 if half else 0)
