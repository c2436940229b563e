"""Time expressions as they are said back, in Korean and English."""

from __future__ import annotations

from datetime import datetime

from arion_host.language.day_parts import PARTS
from arion_host.language.spans import LocalSpan
from arion_kit.speech import speak_day, speak_moment, speak_period, speak_window
from arion_kit.words import Language


def speak_span(span: LocalSpan, now: datetime, language: Language) -> str:
    """An adverbial of time: `내일 오후 3시`, `on Friday, November 27 at 3 PM`."""
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


def _speak_part(span: LocalSpan, now: datetime, language: Language) -> str:
    part = PARTS[span.part or "morning"]
    day = speak_day(span.start.date(), language, today=now.date())
    if language == "ko":
        return f"{day} {part.ko}"
    if day == "today":
        return "tonight" if part.en == "night" else f"this {part.en}"
    if "," not in day:
        return f"{day} {part.en}"
    return f"{day} at night" if part.en == "night" else f"{day} in the {part.en}"
