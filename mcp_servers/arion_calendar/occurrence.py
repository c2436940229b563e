"""An event as this server thinks of it: when it is in the person's zone, and what it blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_calendar.times import Window, midnight
from arion_calendar.wire import Event, EventTime


@dataclass(frozen=True)
class Occurrence(Window):
    """One event, or one occurrence of a series."""

    id: str
    calendar_id: str
    title: str
    all_day: bool
    location: str
    html_link: str
    attendees: int
    series: bool
    """A whole series, not one occurrence of it."""
    recurring: bool
    """One occurrence of a series."""
    blocks: bool
    """Whether its time counts as taken: not marked as free, and not declined by the person."""

    def overlaps(self, window: Window) -> bool:
        """Whether any of it lies inside the window."""
        return self.start < window.end and self.end > window.start


def read_event(event: Event, calendar_id: str, zone: ZoneInfo) -> Occurrence | None:
    """The event as an occurrence in `zone`; None when it is deleted or has no time."""
    if event.deleted or event.start is None or event.end is None:
        return None
    start, end = _moment(event.start, zone), _moment(event.end, zone)
    if start is None or end is None:
        return None
    declined = any(guest.me and guest.response_status == "declined" for guest in event.attendees)
    return Occurrence(
        start=start,
        end=end,
        id=event.id,
        calendar_id=calendar_id,
        title=event.summary,
        all_day=event.start.day is not None,
        location=event.location,
        html_link=event.html_link,
        attendees=len(event.attendees),
        series=bool(event.recurrence),
        recurring=event.recurring_event_id is not None,
        blocks=event.transparency != "transparent" and not declined,
    )


def _moment(when: EventTime, zone: ZoneInfo) -> datetime | None:
    if when.day is not None:
        # A day has no zone: it is that day wherever the person is.
        return midnight(when.day, zone)
    return when.date_time and when.date_time.astimezone(zone)
