"""Public holidays: which days of a window are off, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from arion_calendar.api import CalendarApi, Listing
from arion_calendar.occurrence import HOLIDAYS, read_event
from arion_calendar.times import Window
from arion_kit.errors import ToolFailure
from arion_kit.words import Language

_MOST = 250
_SUBSTITUTE = "쉬는 날 "
"""How Google's calendar begins the name of a substitute holiday."""

_ENGLISH = {
    "새해 첫날": "New Year's Day",
    "설날": "Seollal",
    "설날 연휴": "the Seollal holiday",
    "삼일절": "Independence Movement Day",
    "노동절": "Labor Day",
    "어린이날": "Children's Day",
    "부처님 오신 날": "Buddha's Birthday",
    "부처님오신날": "Buddha's Birthday",
    "현충일": "Memorial Day",
    "제헌절": "Constitution Day",
    "광복절": "Liberation Day",
    "추석": "Chuseok",
    "추석 연휴": "the Chuseok holiday",
    "개천절": "National Foundation Day",
    "한글날": "Hangul Day",
    "크리스마스": "Christmas Day",
    "임시공휴일": "a temporary holiday",
}


async def days_off(api: CalendarApi, window: Window) -> Mapping[date, str] | None:
    """Public holidays by day; None where their calendar cannot be read."""
    try:
        page = await api.events(HOLIDAYS, Listing(window, None, _MOST), None)
    except ToolFailure:
        # What else the person asked for does not depend on it.
        return None
    found: dict[date, str] = {}
    for event in page.items:
        read = read_event(event, HOLIDAYS, window.zone)
        if read and read.day_off and read.overlaps(window):
            for days in range((read.end.date() - read.start.date()).days):
                found.setdefault(read.start.date() + timedelta(days=days), read.title)
    return found


def holiday_name(name: str, language: Language) -> str:
    """A holiday's name as it is said."""
    substitute = name.startswith(_SUBSTITUTE)
    plain = name.removeprefix(_SUBSTITUTE)
    if language == "ko":
        return f"{plain} 대체공휴일" if substitute else plain
    english = _ENGLISH.get(plain, plain)
    return f"the day off for {english}" if substitute else english
