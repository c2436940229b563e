"""Dates and hours that do not exist, and pairs of them that cannot both be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from arion_kit.words import Language

_LEAP_YEAR = 2028
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_EN = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_EN = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR_EN = r"(?:,?\s+(?P<year>\d{4}))?"
_ISO = r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
_DATES: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"(?:(?P<year>\d{4})년\s*)?(?<!\d)(?P<month>\d{1,2})월\s*(?P<day>\d{1,2})일(?!\s*간)"
    ),
    re.compile(_ISO),
    re.compile(rf"\b{_MONTH_EN}\s+(?:the\s+)?{_DAY_EN}(?![\d:]){_YEAR_EN}", re.IGNORECASE),
    re.compile(rf"\b{_DAY_EN}\s+(?:of\s+)?{_MONTH_EN}\b{_YEAR_EN}", re.IGNORECASE),
)
_MONTH_KO = re.compile(r"(?<![\d.])(?:0|1[3-9]|[2-9]\d)월(?!\s*호)")
_HOURS = re.compile(
    r"(?<![\d.:])(?:(?:2[5-9]|[3-9]\d)\s?시(?!간|\w*점)(?:\s*\d{1,2}분)?|\d{1,2}시\s*[6-9]\d분"
    r"|(?:2[5-9]|[3-9]\d):[0-5]\d|24:(?!00)\d\d|(?:1?\d|2[0-3]):[6-9]\d"
    r"|(?:0|1[3-9]|[2-9]\d)(?::\d\d)?\s?[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_NO_PM = re.compile(r"(?:1[3-9]|2[0-3])(?::\d\d)?\s?p", re.IGNORECASE)
_CLASHES = re.compile(
    r"오전\s*(?:에\s*)?오후|오후\s*(?:에\s*)?오전|오전\s*(?:1[3-9]|2[0-4])\s?시(?!간)"
    r"|오후\s*(?:\d{1,2}|[가-힣]{1,2})\s?시\s*(?:반\s*)?(?:에\s*)?(?:오전|(?:새벽|아침)(?=에))(?!\s*\d|\s*[가-힣]{1,2}\s?시)"
    r"|오전\s*(?:\d{1,2}|[가-힣]{1,2})\s?시\s*(?:반\s*)?(?:에\s*)?(?:오후|(?:저녁|밤)(?=에))(?!\s*\d|\s*[가-힣]{1,2}\s?시)"
    r"|\d{1,2}(?::\d\d)?\s?p\.?m\.?\s+in\s+the\s+morning"
    r"|\d{1,2}(?::\d\d)?\s?a\.?m\.?\s+(?:in\s+the\s+(?:afternoon|evening)|at\s+night)",
    re.IGNORECASE,
)
_KO_NUMBERS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두")
_HOUR_KO = rf"(?:\d{{1,2}}|{'|'.join(sorted(_KO_NUMBERS, key=len, reverse=True))})"
_PART_KO = r"새벽|아침|오전|낮|오후|저녁|밤"
_RANGE_KO = re.compile(
    rf"(?:(?P<part>{_PART_KO})\s*)?(?P<hour>{_HOUR_KO})\s?시\s*(?P<half>반|\d{{1,2}}분)?\s*(?:부터|에서|~|-)\s*"
    rf"(?:(?P<part2>{_PART_KO})\s*)?(?P<hour2>{_HOUR_KO})\s?시\s*(?P<half2>반|\d{{1,2}}분)?(?!\s*(?:반|\d|으?로))"
)
_CLOCK_EN = (
    r"(?P<hour{0}>\d{{1,2}})(?::(?P<half{0}>[0-5]\d))?\s?(?P<part{0}>[ap])?(?(part{0})\.?m\b\.?)"
)
_RANGE_EN = re.compile(
    rf"\b(?:from|between)\s+{_CLOCK_EN.format('')}\s*(?:to|until|till|and|-)\s*{_CLOCK_EN.format('2')}(?![\d:])",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:move|reschedule|change|shift|bring|push|pull|postpone|delay|bump)\b", re.I
)
"""With these "from 3 to 2" is no range."""
_RANGE = ("hour", "hour2", "part", "part2", "half", "half2")
_HALF_DAY = 12 * 60
_NEARLY_ALL = 11 * 60
"""Length in minutes from which two bare hours are no range that somebody means."""


@dataclass(frozen=True)
class Impossible:
    """Words that no time fits."""

    words: str
    flaw: Literal["none", "clash"]
    """There is no such time, or its parts cannot both be."""


def impossible_time(text: str, language: Language) -> Impossible | None:
    """The first date or time in `text` that cannot be."""
    return next(_none(text), None) or next(_clashes(text, language), None)


def _none(text: str) -> Iterator[Impossible]:
    """Dates and hours that do not exist."""
    for pattern in _DATES:
        found = (it for it in pattern.finditer(text) if not _is_date(it))
        yield from (Impossible(it[0].strip(), "none") for it in found)
    for pattern in (_MONTH_KO, _HOURS):
        # "15 pm" says twice the same.
        found = (it for it in pattern.finditer(text) if not _NO_PM.match(it[0]))
        yield from (Impossible(it[0].strip(), "none") for it in found)


def _clashes(text: str, language: Language) -> Iterator[Impossible]:
    """Times that contradict themselves, or end before they begin."""
    if found := _CLASHES.search(text):
        yield Impossible(found[0].strip(), "clash")
    if language == "en" and _MOVED.search(text):
        return
    pattern, hour = (_RANGE_KO, _hour_ko) if language == "ko" else (_RANGE_EN, int)
    ranges = (it for it in pattern.finditer(text) if _ends_too_early(it, hour))
    yield from (Impossible(it[0].strip(), "clash") for it in ranges)


def _is_date(found: re.Match[str]) -> bool:
    groups = found.groupdict()
    name = groups.get("name")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["month"])
    year = int(groups["year"] or _LEAP_YEAR)
    if not date.min.year <= year <= date.max.year or not 1 <= month <= 12:
        return False
    return 1 <= int(groups["day"]) <= monthrange(year, month)[1]


def _hour_ko(word: str) -> int:
    return int(word) if word.isdecimal() else _KO_NUMBERS.index(word) + 1


def _ends_too_early(found: re.Match[str], hour: Callable[[str], int]) -> bool:
    first, second, part, part2, half, half2 = found.group(*_RANGE)
    start, end = hour(first) * 60 + _minutes(half), hour(second) * 60 + _minutes(half2)
    if part and part2:
        # Half the people who say 오전 12시 mean noon.
        if 12 in (hour(first), hour(second)):
            return False
        return part.lower() == part2.lower() and end % _HALF_DAY <= start % _HALF_DAY
    if max(start, end) > _HALF_DAY + 59:
        # Over midnight only from the evening.
        return end <= start and not (start >= 18 * 60 and end <= _HALF_DAY)
    length = (end - start) % _HALF_DAY
    return length == 0 or (length >= _NEARLY_ALL and end < start)


def _minutes(words: str | None) -> int:
    if not words:
        return 0
    return 30 if words == "반" else int(words.removesuffix("분"))
