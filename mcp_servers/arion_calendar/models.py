"""What the tools return.

Fields that a client hardly plans with are `SkipJsonSchema`: they are in the results, and take no
room in the list of tools.
"""

from __future__ import annotations

from pydantic import BaseModel, JsonValue
from pydantic.json_schema import SkipJsonSchema

from arion_calendar.api import SendUpdates
from arion_calendar.guests import names_of
from arion_calendar.occurrence import Occurrence
from arion_calendar.times import Window
from arion_calendar.wire import Attendee, Event
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
    response: str | None = None
    """The person's answer to an invitation."""
    meet: str | None = None
    """Link of the video meeting, or "pending"."""
    html_link: str | None = None


class EventList(Said):
    """Events of a window, and what is known about its completeness."""

    events: list[EventRow]
    start: SkipJsonSchema[str]
    end: SkipJsonSchema[str]
    next_page_token: str | None = None
    unknown: SkipJsonSchema[list[str]]
    """Ids of calendars that could not be read."""


class GuestRow(BaseModel):
    """Somebody who is invited."""

    email: str
    name: str
    response: str
    comment: str | None = None
    optional: bool | None = None


class EventDetails(Said):
    """All that is known of an event."""

    event: EventRow
    description: str | None = None
    next_offset: int | None = None
    """Where the description goes on."""
    organizer: SkipJsonSchema[str | None] = None
    guests: list[GuestRow]
    more_guests: SkipJsonSchema[int | None] = None
    """How many there was no room for."""
    recurrence: SkipJsonSchema[list[str] | None] = None
    reminders: SkipJsonSchema[list[int] | None] = None
    """Minutes before; None for the calendar's own."""
    series_id: SkipJsonSchema[str | None] = None


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
    next_offset: SkipJsonSchema[int | None] = None
    """Where the list goes on."""


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
    next_start: str | None = None
    """Start of the next call, where there was no room for all of them."""
    start: SkipJsonSchema[str]
    end: SkipJsonSchema[str]
    unknown: list[str]
    """Calendar ids; they may be busy at any time."""


class SlotList(Said):
    """Free slots."""

    slots: list[BusyRow]
    start: SkipJsonSchema[str]
    end: SkipJsonSchema[str]
    hours: SkipJsonSchema[str | None] = None
    """The hours of a day that were looked at."""
    skipped: SkipJsonSchema[list[str] | None] = None
    """Public holidays that were left out."""
    unknown: SkipJsonSchema[list[str]]
    """Calendar ids; they may be busy at any time."""


class Now(Said):
    """The present moment in a zone."""

    now: str
    date: SkipJsonSchema[str]
    weekday: SkipJsonSchema[str]
    tz: SkipJsonSchema[str]


class ConflictRow(BaseModel):
    """An event at the same time."""

    summary: str
    start: str
    end: str


class Before(BaseModel):
    """What was there before a change: `restore` of calendar_update_event brings it back."""

    id: str
    """Of the event to change back."""
    calendar_id: str = "primary"
    send_updates: SendUpdates = "none"
    patch: dict[str, JsonValue] = {}
    """Fields as they were."""
    clear: list[str] = []
    """Fields that were not there."""
    remove: str | None = None
    """A series that the change has added."""


class CreatedEvent(Said):
    """An event that is in the calendar now."""

    event: EventRow
    already_existed: SkipJsonSchema[bool]
    """An earlier call with the same key had made it."""
    conflicts: SkipJsonSchema[list[ConflictRow]]
    holiday: SkipJsonSchema[str | None] = None
    """A public holiday on that day."""
    send_updates: SkipJsonSchema[str]


class UpdatedEvent(Said):
    """An event after a change."""

    event: EventRow
    scope: SkipJsonSchema[str]
    changed: SkipJsonSchema[list[str]]
    """Empty when it was so already."""
    before: Before | None = None
    conflicts: SkipJsonSchema[list[ConflictRow]]
    holiday: SkipJsonSchema[str | None] = None


class DeletedEvent(Said):
    """An event that is not in the calendar any more."""

    event_id: SkipJsonSchema[str]
    calendar_id: SkipJsonSchema[str]
    summary: SkipJsonSchema[str]
    scope: SkipJsonSchema[str]
    already_deleted: bool
    before: Before | None = None


class AnsweredInvitation(Said):
    """An invitation with the person's answer."""

    event: EventRow
    response: str
    previous_response: SkipJsonSchema[str]
    previous_comment: SkipJsonSchema[str]


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
        response=event.answer or None,
        meet=event.meeting or None,
        html_link=event.html_link or None,
    )


def guest_row(guest: Attendee) -> GuestRow:
    """The row of a guest."""
    shown: dict[str, JsonValue] = {"email": guest.email, "displayName": guest.display_name}
    return GuestRow(
        email=guest.email,
        name=next(iter(names_of([shown])), ""),
        response=guest.response_status,
        comment=guest.comment or None,
        optional=guest.optional or None,
    )


def reminder_minutes(event: Event) -> list[int] | None:
    """Minutes before the event that it reminds at; None for the calendar's own."""
    reminders = event.reminders
    return None if reminders.use_default else [it.minutes for it in reminders.overrides]


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
