"""Parts of a day: which hours they cover, and which hour people mean by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True)
class DayPart:
    """Hours of a day that go by one name."""

    first_hour: int
    end_hour: int
    """Exclusive; 24 is midnight."""
    usual: time
    """When something "in the morning" is put if no hour was said."""
    ko: str
    en: str


PARTS: dict[str, DayPart] = {
    "dawn": DayPart(0, 6, time(5), "새벽", "early morning"),
    "early": DayPart(6, 10, time(8), "아침", "morning"),
    "forenoon": DayPart(0, 12, time(9), "오전", "morning"),
    "lunch": DayPart(11, 14, time(12), "점심", "lunchtime"),
    "midday": DayPart(11, 16, time(12), "낮", "midday"),
    "afternoon": DayPart(12, 18, time(13), "오후", "afternoon"),
    "evening": DayPart(18, 22, time(18), "저녁", "evening"),
    "night": DayPart(21, 24, time(21), "밤", "night"),
    "tonight": DayPart(18, 24, time(20), "밤", "night"),
}

KOREAN_NAMES: dict[str, str] = {
    "새벽": "dawn",
    "아침": "early",
    "오전": "forenoon",
    "점심": "lunch",
    "낮": "midday",
    "오후": "afternoon",
    "저녁": "evening",
    "밤": "night",
}


def hours_of(part: str, day: datetime) -> tuple[datetime, datetime]:
    """Start and exclusive end of a part of `day` (midnight, naive)."""
    hours = PARTS[part]
    return day + timedelta(hours=hours.first_hour), day + timedelta(hours=hours.end_hour)
