"""Dates, clock times and their ranges, as Korean says them. Pure."""

from __future__ import annotations

import re

from arion_voice.spoken_text.korean_numbers import native, sino
from arion_voice.spoken_text.rules import Rules

_MONTHS = {6: "유", 10: "시"}
"""The two months that lose a consonant."""
_MONTH, _DAY = r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
_HALVES = {"a": "오전", "p": "오후"}
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_HALF = r"(?:(?P<half>오전|오후|새벽|아침|점심|저녁|밤|낮)\s*)?"
_TO = r"\s*[~–—-]\s*"
"""What stands between the two ends of a range."""
_AFTER_HOUR = r"(?=$|[^가-힣]|[에로까부반쯤경이예입는은가를도와의])"
"""시 is the hour only before these: 3시리즈 and 3시도 are not times."""


def _date(match: re.Match[str]) -> str:
    groups = match.groups()
    month, day = int(groups[-2]), int(groups[-1])
    year = f"{sino(int(groups[0])).replace(' ', '')}년 " if len(groups) == 3 else ""
    return f"{year}{_month(month)}월 {sino(day)}일"


def _short_date(match: re.Match[str]) -> str:
    return f"{sino(int(match[1]))}년 {_month(int(match[2]))}월 {sino(int(match[3]))}일"


def _dates(match: re.Match[str]) -> str:
    until = "" if match.string.startswith("까지", match.end()) else "까지"
    return f"{match[1]}/{match[2]}부터 {match[3]}/{match[4]}{until}"


def _month(number: int) -> str:
    return _MONTHS.get(number) or sino(number)


def _hour(hour: str, half: str | None) -> str:
    """Name an hour; the half of the day only where it is written or a 24-hour clock shows it."""
    number = int(hour)
    if not half:
        if number in (0, 24):
            half = "밤"
        elif number > 12:
            half = "오후"
        elif hour.startswith("0"):
            half = "오전"
    return f"{half or ''} {native(number % 12 or 12)} 시".strip()


def _clock(match: re.Match[str]) -> str:
    half = match["half"] or ("낮" if match["hour"] == "12" else None)
    minute = int(match["minute"])
    return _hour(match["hour"], half) + (f" {sino(minute)}분" if minute else "")


def _weekdays(match: re.Match[str]) -> str:
    until = "" if match.string.startswith("까지", match.end()) else "까지"
    return f"{match[1]}요일부터 {match[2]}요일{until}"


def _from_to(match: re.Match[str]) -> str:
    until = "" if match.string.startswith("까지", match.end()) else "까지"
    return f"{match['first']}부터 {match['last']}{until}"


def _hours_from_to(match: re.Match[str]) -> str:
    until = "" if match.string.startswith("까지", match.end()) else "까지"
    return f"{match['first']}시부터 {match['last']}시{match['minutes'] or ''}{until}"


TIME = Rules(
    (
        r"(?<![가-힣])([월화수목금토일])(?:요일)?\s?[~–-]\s?([월화수목금토일])(?:요일)?(?![요가-힣])",
        _weekdays,
    ),
    (rf"(?<![\w.])'?(\d\d)\.{_MONTH}\.{_DAY}(?![\d.]|\s?(?:버전|점))", _short_date),
    (r"(?<![\d/])(\d)/4분기", lambda match: f"{sino(int(match[1]))}사분기"),
    (
        r"(?<![\d/.])(\d)/(\d{1,2})(?=\s?(?:컵|큰술|작은술|가량|이상|이하|인분|쪽|수준))",
        lambda match: f"{sino(int(match[2]))}분의 {sino(int(match[1]))}",
    ),
    (rf"(?<![\d/.]){_MONTH}/{_DAY}{_TO}{_MONTH}/{_DAY}(?![\d/])", _dates),
    (r"(?<![A-Za-z\d.])(\d+)\s?[hH]\s?(\d+)\s?m(?:in)?(?![A-Za-z])", r"\1시간 \2분"),
    (
        rf"(?<!\d)(\d{{4}}-\d\d-\d\d)[T ]({_CLOCK})(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?",
        r"\1 \2",
    ),
    (rf"(?<!\d)(\d{{4}})[-/]{_MONTH}[-/]{_DAY}(?!\d)", _date),
    (rf"(?<!\d)(\d{{4}})\.\s?{_MONTH}\.\s?{_DAY}(?!\d)\.?", _date),
    (rf"(?<![\d/.]){_MONTH}/{_DAY}(?![\d/])", _date),
    (r"(?<!\d)0(\d)(?=\s?[월일분초])", r"\1"),
    (r"(?<!\d)(6|10)\s?월", lambda match: f"{_month(int(match[1]))}월"),
    (r"(?<=일)\s?\(([월화수목금토일])(?:요일)?\)", r" \1요일"),
    (rf"({_CLOCK})\s*([AaPp])[Mm]\b", lambda match: f"{_HALVES[match[2].lower()]} {match[1]}"),
    (
        rf"(?P<first>(?:오전|오후)?\s*\b{_CLOCK}){_TO}(?P<last>(?:(?:오전|오후)\s*)?{_CLOCK})(?!\d)",
        _from_to,
    ),
    (rf"{_HALF}(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)분?", _clock),
    (rf"(\d시\s?(?:반|\d\d?분)){_TO}(?=(?:오전|오후)?\s?\d)", r"\1부터 "),
    (
        rf"(?<![\d월])(?<!월\s)(\d){_TO}(\d)일(?=\s?(?:걸|뒤|후|안에|정도|이내|동안|내에|간|만에|쯤|소요))",
        lambda match: f"{sino(int(match[1]))}{sino(int(match[2]))}일",
    ),
    (
        rf"(?<!\d)(?P<first>\d\d?)시?{_TO}(?P<last>(?:(?:오전|오후|새벽|저녁|밤)\s*)?\d\d?)시"
        rf"(?P<minutes>\s?(?:반|[0-5]?\d분))?{_AFTER_HOUR}",
        _hours_from_to,
    ),
    (
        rf"{_HALF}(?<![\d.,])(?P<hour>[01]?\d|2[0-4])\s?시{_AFTER_HOUR}",
        lambda match: _hour(match["hour"], match["half"]),
    ),
)
"""To be applied before any other rule about numbers."""
