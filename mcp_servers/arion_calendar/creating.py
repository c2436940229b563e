"""The tool that puts an event into a calendar."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated

from pydantic import Field, JsonValue

from arion_calendar.api import CalendarApi, SendUpdates, event_id
from arion_calendar.arguments import CalendarId, between, plain, said, sized
from arion_calendar.changed import Guests, Made, NewEvent
from arion_calendar.editing import meeting_request, reminders_of
from arion_calendar.guests import addresses_of, names_of, new_guests
from arion_calendar.models import CreatedEvent, conflict_row, event_row
from arion_calendar.moving import start_of
from arion_calendar.occurrence import read_event
from arion_calendar.preview import create_preview
from arion_calendar.rules import tidy
from arion_calendar.say import CHANGES
from arion_calendar.surroundings import Surroundings, look_around
from arion_calendar.target import known
from arion_calendar.times import EventSpan, read_span, read_zone
from arion_calendar.wire import Event
from arion_kit.spec import Call

Minutes = Annotated[int, between(1, 40_320)] | None
Reminders = Annotated[tuple[int, ...], sized(0, 5)]


async def calendar_create_event(
    call: Call[CalendarApi],
    summary: Annotated[str, said],
    start: Annotated[str, Field(description="A date is all-day")],
    end: str | None = None,
    duration_min: Minutes = None,
    all_day: bool | None = None,
    tz: str | None = None,
    location: str | None = None,
    description: str | None = None,
    attendees: Annotated[tuple[str, ...] | None, Field(description="Addresses")] = None,
    recurrence: Annotated[tuple[str, ...] | None, Field(description="RRULE:…")] = None,
    reminders: Annotated[Reminders | None, Field(description="Minutes before")] = None,
    meet: bool | None = None,
    check_conflicts: Annotated[bool, plain] = True,
    send_updates: Annotated[SendUpdates, plain] = "none",
    calendar_id: CalendarId = "primary",
    idempotency_key: Annotated[str, said] | None = None,
) -> CreatedEvent:
    """Create an event."""
    span = read_span(start, end, duration_min, all_day, read_zone(tz, call.timezone))
    # A key of the client's, the host's, or one of our own: our own retries are harmless too.
    key = idempotency_key or call.key or secrets.token_urlsafe(16)
    body: dict[str, JsonValue] = {"summary": summary, **span.body()}
    body |= {
        name: text
        for name, text in (("location", location), ("description", description))
        if text is not None
    }
    if attendees:
        body["attendees"] = new_guests(attendees)
    if recurrence:
        body["recurrence"] = list[JsonValue](tidy(recurrence, start_of(span)))
    if reminders is not None:
        body["reminders"] = reminders_of(reminders)
    if meet:
        body["conferenceData"] = meeting_request(event_id(f"meet:{key}"))
    around = await look_around(call.api, calendar_id, span) if check_conflicts else Surroundings()
    mailed = bool(attendees) and send_updates != "none"
    if attendees:
        await _ask(call, body, span, send_updates)
    made = await call.api.create(calendar_id, body, key=key, send_updates=send_updates)
    event = known(read_event(made.event, calendar_id, span.zone))
    around = around.without([event.id])
    return CreatedEvent(
        say=CHANGES[call.language].created(
            Made(event, made.existed, mailed, around.conflicts, around.holiday),
            today=call.now.date(),
        ),
        event=event_row(event),
        already_existed=made.existed,
        conflicts=[conflict_row(other) for other in around.conflicts],
        holiday=around.holiday,
        send_updates=send_updates,
    )


async def _ask(
    call: Call[CalendarApi],
    body: dict[str, JsonValue],
    span: EventSpan,
    send_updates: SendUpdates,
) -> None:
    """Asks before people are invited: without mail, too, Google shows it to them."""
    planned = Event.model_validate({"id": "planned", **body})
    event = replace(known(read_event(planned, "primary", span.zone)), meeting="")
    guests = Guests(tuple(names_of(body["attendees"])), mailed=send_updates != "none")
    addresses = addresses_of(body["attendees"])
    await call.confirm(
        create_preview(
            NewEvent(event, guests), addresses, send_updates, call.language, call.now.date()
        )
    )
