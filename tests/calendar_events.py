"""Occurrences for tests: `event("치과", at(23, 15))` in Seoul, November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from arion_calendar.asked import Asked
from arion_calendar.changed import Changed, Guests, Removal
from arion_calendar.occurrence import Occurrence
from arion_calendar.target import Scope
from arion_calendar.times import Window

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SEOUL)
"""A Sunday morning."""


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, 1, hour, minute, tzinfo=SEOUL) + timedelta(days=day - 1)


def event(
    title: str,
    start: datetime,
    end: datetime | None = None,
    *,
    all_day: bool = False,
    attendees: int = 0,
    series: bool = False,
    recurring: bool = False,
) -> Occurrence:
    lasting = timedelta(days=1) if all_day else timedelta(hours=1)
    return Occurrence(
        start=start,
        end=end or start + lasting,
        id="id-that-is-never-said",
        calendar_id="primary",
        title=title,
        all_day=all_day,
        location="",
        html_link="https://www.google.com/calendar/event?eid=x",
        attendees=attendees,
        series=series,
        recurring=recurring,
        blocks=True,
    )


def removal(of: Occurrence, scope: Scope | None = None, guests: Guests | None = None) -> Removal:
    series = of.series or of.recurring
    return Removal(of, scope or ("all" if of.series else "this"), series, guests or Guests())


def moved(of: Occurrence, to: datetime, **fields: Any) -> Changed:
    """The change that moves an event, other things the same."""
    after = replace(of, start=to, end=to + (of.end - of.start))
    return Changed(
        **{
            "title": of.title,
            "old": of,
            "event": after,
            "names": ("start",),
            "scope": "this",
            "series": of.recurring,
            "guests": Guests(),
            **fields,
        }
    )


def asked(
    start: datetime, end: datetime, *, query: str | None = None, open_ended: bool = False
) -> Asked:
    return Asked(Window(start, end), NOW, query=query, open_ended=open_ended)


TOMORROW = asked(at(23), at(24))
YESTERDAY = asked(at(21), at(22))
NEXT_WEEK = asked(at(23), at(30))
TOMORROW_AFTERNOON = asked(at(23, 12), at(23, 18))
