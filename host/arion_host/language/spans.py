"""A stretch of time that somebody named, and the words they named it with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Grain(StrEnum):
    """How exactly a time was named."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    """A part of a day: morning, afternoon, evening, night."""
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def is_dated_only(self) -> bool:
        """True when no time of day was named."""
        return self not in (Grain.MINUTE, Grain.HOUR, Grain.PART)


@dataclass(frozen=True)
class LocalSpan:
    """A stretch of wall-clock time, before it is placed in a time zone."""

    start: datetime
    """Naive."""
    end: datetime
    """Naive, exclusive."""
    grain: Grain
    begin: int
    """Offset in the utterance of the first character of the expression."""
    finish: int
    """Offset behind its last character."""
    part: str | None = None
    """Key of `day_parts.PARTS` when a part of a day was named and no hour."""
    has_end: bool = False
    """An end, or a duration, was said."""
    is_elapsed: bool = False
    """Counted from now in hours or minutes, so it ignores changes of the clock."""
    ambiguous: tuple[str, ...] = ()
    recurrence: str | None = None
    """As in `TimeSpan`."""


@dataclass(frozen=True)
class TimeSpan:
    """A time expression found in an utterance: `text == utterance[begin:finish]`."""

    start: datetime
    """In the person's time zone, as is `end`."""
    end: datetime
    """Exclusive."""
    grain: Grain
    at: str
    """`YYYY-MM-DD` when only days were named, else RFC 3339 with offset.

    For a part of a day it is the hour people usually mean, not the first of the part.
    """
    until: str | None
    """As `at` for the end, exclusive too; None unless an end or a duration was said."""
    to: str
    """Only what was said: `15:00` of a time without a day, else as `at`."""
    to_spoken: str
    """How to say `to`."""
    spoken: str
    """How to say this time in a sentence, in the language of the utterance."""
    text: str
    begin: int
    finish: int
    ambiguous: tuple[str, ...] = ()
    """What had to be guessed: `meridiem`, `weekday`, `year`, `week_of_month`, `vague`, …

    `recurring` says that the words name a series, of which `start` is the first time.
    """
    recurrence: str | None = None
    """The series as the value of an RRULE property (RFC 5545, section 3.8.5.3), if it is known."""
