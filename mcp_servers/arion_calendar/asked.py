"""What a person asked about: the circumstances in which a result is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from arion_calendar.times import Window

MOST_SPOKEN = 4
"""Rows that are all read out; of more, the first `FEW` are."""
FEW = 3

Row = TypeVar("Row")


@dataclass(frozen=True)
class Asked:
    """A window, and the person's present moment."""

    window: Window
    now: datetime
    query: str | None = None
    open_ended: bool = False
    """A search by words without an end: the window is ours, so it is not mentioned."""
    about: Literal["events", "holidays", "invitations"] = "events"
    upcoming: bool = False
    """From now on: what comes next."""

    @property
    def today(self) -> date:
        """The person's day, in the zone of the window."""
        return self.now.astimezone(self.window.zone).date()

    @property
    def past(self) -> bool:
        """Whether all of it is over."""
        return self.window.end <= self.now

    @property
    def last_day(self) -> date:
        """The last day the window touches."""
        return last_day(self.window)

    @property
    def one_day(self) -> bool:
        """Whether the window lies in one day, so that times need no day."""
        return self.window.start.date() == self.last_day

    @property
    def within_week(self) -> bool:
        """Whether a weekday's name tells its days apart."""
        return not self.open_ended and (self.last_day - self.window.start.date()).days < 7


@dataclass(frozen=True)
class Looked:
    """Where free slots were looked for."""

    length: timedelta
    working: bool
    """In working hours, without weekends and public holidays."""
    skipped: tuple[tuple[date, str], ...] = ()
    """Public holidays among the days."""
    holidays_known: bool = True


def last_day(window: Window) -> date:
    """The last day a window or an event touches."""
    return (window.end - timedelta(microseconds=1)).date()


def spoken_part(rows: Sequence[Row], *, more: bool = False) -> Sequence[Row]:
    """The rows to read out: all of a few, the first of many."""
    return rows if len(rows) <= MOST_SPOKEN and not more else rows[:FEW]
