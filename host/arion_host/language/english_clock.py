"""English times of day: clock readings and parts of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_host.language.numbers import parse_number

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTES = {
    "thirty": 30, "fifteen": 15, "forty-five": 45, "forty five": 45, "twenty": 20, "ten": 10,
}  # fmt: skip
_TELLING = ("thirty", "forty-five", "forty five")
"""Seven thirty is a time; seven ten may be a number."""
_COUNTED = re.compile(
    r" (?!(?:on|at|and|or|for|with|in|to|tomorrow|today|tonight|instead)\b)[a-z]+s\b|,?000"
)
_MERIDIEM = r"(?:\s?(?P<meridiem>[ap])\.?\s?m\b\.?)"
_READING = re.compile(
    rf"(?P<hour>\d{{1,2}}|{_HOURS})"
    rf"(?:(?::|\.(?=\d\d\s?[ap]\.?m))(?P<minute>[0-5]\d)|\s(?P<word>{'|'.join(_MINUTES)})\b)?"
    rf"(?P<oclock>\s?o['’ ]?clock)?{_MERIDIEM}?(?![\w:%]|\.\d)"
)
_PAST = re.compile(
    r"(?:(?:(?:a )?(?P<shift>half|quarter)|(?P<minutes>\d{1,2}|[a-z]+(?:[ -]five)?) minutes)"
    r" (?P<way>past|to|after)|(?P<few>five|ten|twenty(?:[ -]five)?) (?P<past>past)) "
    rf"(?P<hour>\d{{1,2}}|{_HOURS}){_MERIDIEM}?(?!\w)"
)
# "Half twelve" is half past it.
_HALF = re.compile(rf"half (?P<hour>{_HOURS})(?![\w-]| (?:hour|minute|day|dozen))")
_NAMED = re.compile(r"(?P<named>noon|midday|midnight)(?!\w)")
_PART = re.compile(
    r"(?:(?:in|during) the |this |at )?"
    r"(?P<part>early morning|morning|afternoon|evening|night|lunchtime|lunch time|after work"
    r"|after lunch|after dinner)(?!\w)"
)
_PART_KEYS = {
    "early morning": "dawn",
    "morning": "forenoon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "tonight",
    "lunchtime": "lunch",
    "lunch time": "lunch",
    "after work": "evening",
    "after lunch": "afternoon",
    "after dinner": "tonight",
}
_VAGUE_PARTS = ("after work", "after lunch", "after dinner")


@dataclass(frozen=True)
class Clock:
    """A reading of the clock as it was said."""

    hour: int
    """1–12 unless `meridiem` or 24-hour notation fixed it; 24 is the midnight that ends a day."""
    minute: int
    is_fixed: bool
    """The hour is of the 24-hour clock already."""
    is_marked: bool
    """Nothing but a time is written like this, so no "at" is needed."""


def clock_at(text: str, position: int) -> tuple[Clock, int] | None:
    """The clock reading that starts at `position` of a lower-case text, and where it ends."""
    if named := _NAMED.match(text, position):
        hour = 24 if named["named"] == "midnight" else 12
        return Clock(hour, 0, is_fixed=True, is_marked=True), named.end()
    if past := _PAST.match(text, position):
        return _past(past)
    if (half := _HALF.match(text, position)) and (hour := parse_number(half["hour"])):
        clock = _clock(hour, 30, None, marked=True, written=False)
        return (clock, half.end()) if clock else None
    reading = _READING.match(text, position)
    if reading is None:
        return None
    hour = parse_number(reading["hour"]) or 0
    minute = int(reading["minute"] or 0) or _MINUTES.get(reading["word"] or "", 0)
    spelt = reading["word"] in _TELLING and reading["hour"].isalpha()
    marked = bool(reading["minute"] or reading["oclock"] or reading["meridiem"]) or (
        spelt and not _COUNTED.match(text, reading.end())
    )
    clock = _clock(hour, minute, reading["meridiem"], marked, bool(reading["minute"]))
    return (clock, reading.end()) if clock else None


def _past(match: re.Match[str]) -> tuple[Clock, int] | None:
    hour = parse_number(match["hour"]) or 0
    said = match["minutes"] or match["few"]
    minute = parse_number(said) if said else 30 if match["shift"] == "half" else 15
    if minute is None or minute > 59:
        return None
    if match["way"] == "to":
        hour, minute = (hour - 1) or 12, 60 - minute
    clock = _clock(hour, minute, match["meridiem"], marked=True, written=False)
    return (clock, match.end()) if clock else None


def _clock(
    hour: int, minute: int, meridiem: str | None, marked: bool, written: bool
) -> Clock | None:
    if meridiem:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem == "p" else 0)
        return Clock(hour, minute, is_fixed=True, is_marked=True)
    if written and (hour == 0 or 13 <= hour <= 23):
        return Clock(hour, minute, is_fixed=True, is_marked=True)
    return Clock(hour, minute, is_fixed=False, is_marked=marked) if 1 <= hour <= 12 else None


@dataclass(frozen=True)
class Part:
    """A part of the day as it was said."""

    key: str
    """Of `day_parts.PARTS`."""
    finish: int
    is_vague: bool
    """People end their work when they do."""


def part_at(text: str, position: int) -> Part | None:
    """The part of the day named at `position` of a lower-case text."""
    match = _PART.match(text, position)
    if match is None:
        return None
    return Part(_PART_KEYS[match["part"]], match.end(), match["part"] in _VAGUE_PARTS)
