"""A series as it is said back: `매주 월요일과 수요일`, `on the first Monday of every month`."""

from __future__ import annotations

import re

from arion_kit.speech import join_spoken, josa
from arion_kit.words import Language

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS_KO = "월화수목금토일"
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NTH_KO = {1: "첫째", 2: "둘째", 3: "셋째", 4: "넷째", 5: "다섯째", -1: "마지막"}
_NTH_EN = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_WORKDAYS, _WEEKEND = "MO,TU,WE,TH,FR", "SA,SU"
_BYDAY = re.compile(r"(-?\d)?([A-Z]{2})")


def speak_series(rule: str, language: Language) -> str:
    """The days of a rule that `Series.rule` wrote, as an adverbial."""
    parts = dict(part.split("=") for part in rule.split(";"))
    return _korean(parts) if language == "ko" else _english(parts)


def _korean(parts: dict[str, str]) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    if "BYMONTH" in parts:
        return f"매년 {parts['BYMONTH']}월 {parts['BYMONTHDAY']}일"
    if day := parts.get("BYMONTHDAY"):
        return "매달 마지막 날" if day == "-1" else f"매달 {day}일"
    if parts["FREQ"] == "DAILY":
        return "매일" if interval == 1 else f"{interval}일마다"
    if parts["FREQ"] == "MONTHLY":
        nth, weekday = _nth_weekday(parts)
        return f"매달 {_NTH_KO[nth]} {_DAYS_KO[weekday]}요일"
    lead = {1: "매주", 2: "격주"}.get(interval, f"{interval}주마다")
    named = {_WORKDAYS: "평일", _WEEKEND: "주말"}.get(parts["BYDAY"])
    if named:
        return f"{named}마다" if interval == 1 else f"{lead} {named}"
    *others, last = (f"{_DAYS_KO[day]}요일" for day in _weekdays(parts))
    return " ".join([lead, *(josa(other, "과와") for other in others), last])


def _english(parts: dict[str, str]) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    if "BYMONTH" in parts:
        return f"every year on {_MONTHS_EN[int(parts['BYMONTH']) - 1]} {parts['BYMONTHDAY']}"
    if day := parts.get("BYMONTHDAY"):
        return f"on the {'last day' if day == '-1' else _ordinal(int(day))} of every month"
    if parts["FREQ"] == "MONTHLY":
        nth, weekday = _nth_weekday(parts)
        return f"on the {_NTH_EN[nth]} {_DAYS_EN[weekday]} of every month"
    lead = {1: "every", 2: "every other"}.get(interval, f"every {interval}")
    if parts["FREQ"] == "DAILY":
        return f"{lead} {'day' if interval < 3 else 'days'}"
    named = {_WORKDAYS: "weekday", _WEEKEND: "weekend"}.get(parts["BYDAY"])
    days = named or join_spoken([_DAYS_EN[day] for day in _weekdays(parts)], "en")
    return f"{lead} {days}" if interval < 3 else f"{lead} weeks on {days}"


def _weekdays(parts: dict[str, str]) -> list[int]:
    return [_CODES.index(code) for _, code in _BYDAY.findall(parts["BYDAY"])]


def _nth_weekday(parts: dict[str, str]) -> tuple[int, int]:
    [(nth, code)] = _BYDAY.findall(parts["BYDAY"])
    return int(nth), _CODES.index(code)


def _ordinal(number: int) -> str:
    if 11 <= number <= 13:
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
