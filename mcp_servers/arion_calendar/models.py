"""What the tools return."""

from __future__ import annotations

from pydantic import BaseModel, Field

from arion_calendar.occurrence import Occurrence
from arion_calendar.times import Window
from arion_kit.spec import Said


class EventRow(BaseModel):
    """An event in short."""

    id: str
    calendar_id: str
    summary: str
    start: str
    """RFC 3339; a date where `all_day`."""
    end: str
    """As `start`, exclusive."""
    all_day: bool
    location: str | None = None
    attendees: int | None = None
    recurring: bool | None = None
    html_link: str | None = None


class EventList(Said):
    """Events of a window, and what is known about its completeness."""

    events: list[EventRow]
    start: str
    end: str
    next_page_token: str | None = None
    unknown: list[str]
    """Ids of calendars that could not be read."""


class CalendarRow(BaseModel):
    """A calendar in short."""

    id: str
    name: str
    primary: bool
    access: str
    tz: str | None = None


class CalendarList(Said):
    """The person's calendars."""

    calendars: list[CalendarRow]


class BusyRow(BaseModel):
    """A stretch of time that is taken; the end is exclusive."""

    start: str
    end: str


class FreeBusy(Said):
    """When the person is busy."""

    free: bool | None = None
    """None where it is not known, because a calendar is not."""
    busy: list[BusyRow]
    """The times that are taken in any calendar, in order, overlapping ones joined."""
    start: str
    end: str
    unknown: list[str] = Field(description="Calendar ids; may be busy at any time")


class Now(Said):
    """The present moment in a zone."""

    now: str
    date: str
    weekday: str
    tz: str


class ConflictRow(BaseModel):
    """An event at the same time."""

    summary: str
    start: str
    end: str


class CreatedEvent(Said):
    """An event that is in the calendar now."""

    event: EventRow
    already_existed: bool
    """An earlier call with the same key had made it."""
    conflicts: list[ConflictRow]
    send_updates: str


class DeletedEvent(Said):
    """An event that is not in the calendar any more."""

    event_id: str
    calendar_id: str
    summary: str
    already_deleted: bool


def event_row(event: Occurrence) -> EventRow:
    """The row of an event."""
    start, end = _ends(event)
    return EventRow(
        id=event.id,
        calendar_id=event.calendar_id,
        summary=event.title,
        start=start,
        end=end,
        all_day=event.all_day,
        location=event.location or None,
        attendees=event.attendees or None,
        recurring=event.recurring or event.series or None,
        html_link=event.html_link or None,
    )


def conflict_row(event: Occurrence) -> ConflictRow:
    """The row of an event that is in the way."""
    start, end = _ends(event)
    return ConflictRow(summary=event.title, start=start, end=end)


def busy_row(period: Window) -> BusyRow:
    """The row of a stretch of time."""
    return BusyRow(start=period.start.isoformat(), end=period.end.isoformat())


def _ends(event: Occurrence) -> tuple[str, str]:
    if event.all_day:
        return event.start.date().isoformat(), event.end.date().isoformat()
    return event.start.isoformat(), event.end.isoformat()
