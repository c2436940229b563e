"""Time expressions as they are said back, in Korean and English."""

from __future__ import annotations

from datetime import datetime

from arion_host.language.day_parts import PARTS
from arion_host.language.spans import LocalSpan
from arion_host.language.speak_series import speak_series
from arion_kit.speech import (
    speak_day,
    speak_moment,
    speak_period,
    speak_time,
    speak_times,
    speak_window,
)
from arion_kit.words import Language


def speak_span(span: LocalSpan, now: datetime, language: Language) -> str:
    """An adverbial of time: `내일 오후 3시`, `on Friday, November 27 at 3 PM`."""
    if span.recurrence is not None:
        return _speak_series(span, span.recurrence, language)
    if span.grain.is_dated_only:
        return speak_window(span.start, span.end, language, now=now)
    today = now.date()
    if span.part is not None:
        spoken = _speak_part(span, now, language)
    elif span.has_end:
        spoken = speak_period(span.start, span.end, language, today=today)
    else:
        spoken = speak_moment(span.start, language, today=today)
    named = speak_day(span.start.date(), language, today=today)
    is_date = language == "en" and spoken.startswith(named) and "," in named
    return f"on {spoken}" if is_date else spoken


def _speak_series(span: LocalSpan, rule: str, language: Language) -> str:
    """`매주 월요일 오전 10시`, `every Monday at 10 AM`: all of the series, not its first day."""
    series = speak_series(rule, language)
    if span.grain.is_dated_only:
        return series
    if span.part is not None:
        part = PARTS[span.part]
        if language == "ko":
            return f"{series} {part.ko}"
        return f"{series} {'at night' if part.en == 'night' else f'in the {part.en}'}"
    if span.has_end:
        clock = speak_times(span.start, span.end, language)
        return f"{series} {clock}" if language == "ko" else f"{series} from {clock}"
    clock = speak_time(span.start, language)
    return f"{series} {clock}" if language == "ko" else f"{series} at {clock}"


def _speak_part(span: LocalSpan, now: datetime, language: Language) -> str:
    part = PARTS[span.part or "forenoon"]
    day = speak_day(span.start.date(), language, today=now.date())
    if language == "ko":
        return f"{day} {part.ko}"
    if day == "today":
        return "tonight" if part.en == "night" else f"this {part.en}"
    if "," not in day:
        return f"{day} {part.en}"
    return f"{day} at night" if part.en == "night" else f"{day} in the {part.en}"
