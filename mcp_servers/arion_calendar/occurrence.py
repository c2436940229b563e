"""An event as this server thinks of it: when it is in the person's zone, and what it blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_calendar.times import EventSpan, Window, midnight
from arion_calendar.wire import Event, EventTime

HOLIDAYS = "holidays"
"""Name for the calendar of public holidays, where an id is asked for."""

_DAYS_TO_KEEP = ("기념일", "observance")
"""How Google's holiday calendars begin the description of a day that is no day off."""


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
    answer: str = ""
    """What the person has said to an invitation; empty where it is none."""
    meeting: str = ""
    """Link of its video meeting, or "pending"."""
    day_off: bool = True
    """Of a calendar of holidays: nobody works that day."""

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
    me = event.me
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
        blocks=event.transparency != "transparent"
        and (me is None or me.response_status != "declined"),
        answer="" if me is None or me.organizer or _organizes(event) else me.response_status,
        meeting=meeting_of(event),
        day_off=not event.description.lower().startswith(_DAYS_TO_KEEP),
    )


def meeting_of(event: Event) -> str:
    """The link of an event's video meeting, "pending" while it is being made, else empty."""
    conference = event.conference_data
    if conference is None:
        return event.hangout_link
    video = [it.uri for it in conference.entry_points if it.entry_point_type == "video"]
    link = event.hangout_link or next(iter(video), "")
    request = conference.create_request
    pending = request is not None and request.status.status_code == "pending"
    return link or ("pending" if pending else "")


def zone_of(when: EventTime, default: ZoneInfo) -> ZoneInfo:
    """The zone an event's time is counted in."""
    try:
        return ZoneInfo(when.time_zone) if when.time_zone else default
    except (KeyError, ValueError, OSError):
        return default


def span_between(start: EventTime, end: EventTime, default: ZoneInfo) -> EventSpan | None:
    """When an event is, in its own zone; None where it does not say."""
    zone = zone_of(start, default)
    first, last = _moment(start, zone), _moment(end, zone)
    if first is None or last is None:
        return None
    return EventSpan(first, last, all_day=start.day is not None)


def _organizes(event: Event) -> bool:
    return event.organizer is not None and event.organizer.me


def _moment(when: EventTime, zone: ZoneInfo) -> datetime | None:
    if when.day is not None:
        # A day has no zone: it is that day wherever the person is.
        return midnight(when.day, zone)
    return when.date_time and when.date_time.astimezone(zone)
