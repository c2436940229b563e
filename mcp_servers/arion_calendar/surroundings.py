"""What else there is when an event is: other events, and a public holiday."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from arion_calendar.api import CalendarApi, Listing
from arion_calendar.holidays import days_off
from arion_calendar.occurrence import Occurrence, read_event
from arion_calendar.times import EventSpan
from arion_kit.errors import ToolFailure

_MOST = 50
"""Events that are looked at."""

_SHOWN = 10
"""Conflicts that are named: of more, nobody wants to know the rest."""


@dataclass(frozen=True)
class Surroundings:
    """What a person would want to know before something is put there."""

    conflicts: tuple[Occurrence, ...] = ()
    holiday: str | None = None

    def without(self, ids: Iterable[str]) -> Surroundings:
        """Without these events, and without the occurrences of these series."""
        left_out = tuple(ids)
        series = tuple(f"{it}_" for it in left_out)
        kept = (it for it in self.conflicts if it.id not in left_out)
        others = tuple(it for it in kept if not it.id.startswith(series))
        return Surroundings(others[:_SHOWN], self.holiday)


async def look_around(api: CalendarApi, calendar_id: str, span: EventSpan) -> Surroundings:
    """Reads what blocks the time there and in the person's own calendar, and the holiday.

    Raises:
        ToolFailure: The calendar cannot be read. That of holidays may be unreadable.
    """
    found, own, off = await asyncio.gather(
        _during(api, calendar_id, span),
        _own(api, calendar_id, span),
        days_off(api, span),
    )
    ids = {it.id for it in found}
    others = tuple(it for it in own if it.id not in ids)
    return Surroundings((*found, *others), (off or {}).get(span.start.date()))


async def _own(api: CalendarApi, calendar_id: str, span: EventSpan) -> tuple[Occurrence, ...]:
    """What blocks the time in the person's own calendar, where that is another one."""
    if calendar_id == "primary":
        return ()
    try:
        return await _during(api, "primary", span)
    except ToolFailure:
        return ()


async def _during(api: CalendarApi, calendar_id: str, span: EventSpan) -> tuple[Occurrence, ...]:
    page = await api.events(calendar_id, Listing(span, None, _MOST), None)
    read = (read_event(event, calendar_id, span.zone) for event in page.items)
    return tuple(it for it in read if it and it.blocks and it.overlaps(span))
