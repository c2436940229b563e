"""The calendar tools: typed functions, and what is true of each of them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, JsonValue

from arion_calendar.api import SERVICE, CalendarApi, Listing, SendUpdates
from arion_calendar.asked import Asked
from arion_calendar.models import (
    CalendarList,
    CalendarRow,
    CreatedEvent,
    DeletedEvent,
    EventList,
    FreeBusy,
    Now,
    busy_row,
    conflict_row,
    event_row,
)
from arion_calendar.occurrence import Occurrence, read_event
from arion_calendar.paging import merged_events
from arion_calendar.say import SPEAKERS
from arion_calendar.times import EventSpan, Window, read_span, read_window, read_zone
from arion_calendar.wire import CalendarEntry
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.words import Effect, EffectClass, ErrorKind, Inverse

EVENTS = "https://www.googleapis.com/auth/calendar.events"
CALENDARS = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
FREE_BUSY = "https://www.googleapis.com/auth/calendar.freebusy"

_CONFLICTS = 50
"""Events that are looked at when a new one is checked for conflicts."""

_REMINDER_MAX_MIN = 40_320
"""Four weeks, the longest Google takes."""

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_RECURRENCE = re.compile(r"RRULE:.*FREQ=\w+.*|(?:EXRULE|RDATE|EXDATE)[:;].+", re.IGNORECASE)

CalendarIds = Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
Zone = Annotated[str | None, Field(description="IANA; default the person's")]


async def calendar_now(call: Call[CalendarApi], tz: Zone = None) -> Now:
    """Tell the present date, weekday and time."""
    zone = read_zone(tz, call.timezone)
    now = call.now.astimezone(zone)
    city = zone.key.rpartition("/")[2].replace("_", " ") if zone.key != call.timezone.key else None
    return Now(
        say=SPEAKERS[call.language].now(now, city),
        now=now.isoformat(timespec="seconds"),
        date=now.date().isoformat(),
        weekday=now.strftime("%A"),
        tz=zone.key,
    )


async def calendar_list_calendars(call: Call[CalendarApi]) -> CalendarList:
    """List the calendars the person can see, with their ids."""
    entries = await call.api.calendars()
    return CalendarList(
        say=SPEAKERS[call.language].calendars([_spoken_name(entry) for entry in entries]),
        calendars=[
            CalendarRow(
                id=entry.id,
                name=entry.summary_override or entry.summary,
                primary=entry.primary,
                access=entry.access_role,
                tz=entry.time_zone,
            )
            for entry in entries
        ],
    )


async def calendar_list_events(
    call: Call[CalendarApi],
    start: Annotated[str | None, Field(description="Default today")] = None,
    end: Annotated[
        str | None, Field(description="Default end of start's day; with query 90 days on")
    ] = None,
    calendar_ids: CalendarIds = ("primary",),
    query: Annotated[str | None, Field(description="Words of the event")] = None,
    max_results: Annotated[int, Field(ge=1, le=100)] = 20,
    page_token: Annotated[str | None, Field(description="next_page_token of this list")] = None,
    tz: Zone = None,
) -> EventList:
    """List events by start, series expanded. Times are RFC 3339 or dates, ends exclusive."""
    zone = read_zone(tz, call.timezone)
    query = query and query.strip()
    window = read_window(start, end, zone, call.now, searching=bool(query))
    listing = Listing(window, query or None, max_results)
    page = await merged_events(call.api, calendar_ids, listing, page_token)
    asked = Asked(window, call.now, query=query, open_ended=bool(query) and not end)
    return EventList(
        say=SPEAKERS[call.language].events(
            page.events,
            asked,
            more=page.next_page_token is not None,
            unreadable=len(page.unreadable),
        ),
        events=[event_row(event) for event in page.events],
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        next_page_token=page.next_page_token,
        unknown=list(page.unreadable),
    )


async def calendar_free_busy(
    call: Call[CalendarApi],
    start: str,
    end: Annotated[str | None, Field(description="Default end of start's day")] = None,
    calendar_ids: CalendarIds = ("primary",),
) -> FreeBusy:
    """Tell when the person is busy. Times are RFC 3339 or dates, ends exclusive.

    A calendar that cannot be read is unknown, never free.
    """
    window = read_window(start, end, call.timezone, call.now)
    ids = tuple(dict.fromkeys(calendar_ids))
    answer = await call.api.busy(ids, window)
    unknown = [name for name in ids if name not in answer or answer[name].errors]
    taken = [
        Window(period.start.astimezone(window.zone), period.end.astimezone(window.zone))
        for name in ids
        if name not in unknown
        for period in answer[name].busy
    ]
    busy = window.clip(taken)
    return FreeBusy(
        say=SPEAKERS[call.language].free_busy(
            busy,
            Asked(window, call.now),
            read=len(ids) - len(unknown),
            unreadable=len(unknown),
        ),
        free=False if busy else None if unknown else True,
        busy=[busy_row(period) for period in busy],
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        unknown=unknown,
    )


async def calendar_create_event(
    call: Call[CalendarApi],
    summary: Annotated[str, Field(min_length=1)],
    start: Annotated[str, Field(description="RFC 3339; a date is all-day")],
    end: Annotated[str | None, Field(description="Exclusive, as start")] = None,
    duration_min: Annotated[int | None, Field(ge=1, le=40_320, description="Or end; 60")] = None,
    all_day: bool | None = None,
    tz: Zone = None,
    location: str | None = None,
    description: str | None = None,
    attendees: Annotated[tuple[str, ...], Field(description="Mail addresses")] = (),
    recurrence: Annotated[tuple[str, ...], Field(description="RRULE:…, EXDATE:…")] = (),
    reminders: Annotated[
        tuple[int, ...] | None, Field(max_length=5, description="Minutes before, pop-ups")
    ] = None,
    check_conflicts: bool = True,
    send_updates: Annotated[SendUpdates, Field(description="Invitation mail")] = "none",
    calendar_id: str = "primary",
    idempotency_key: Annotated[
        str | None, Field(min_length=1, description="Same key, same event")
    ] = None,
) -> CreatedEvent:
    """Create an event. Conflicts are listed (of a series: the first event's), not prevented."""
    span = read_span(start, end, duration_min, all_day, read_zone(tz, call.timezone))
    _check_lines(attendees, "attendees", _MAIL, "is no mail address")
    _check_lines(recurrence, "recurrence", _RECURRENCE, "is no RRULE, RDATE or EXDATE line")
    body: dict[str, JsonValue] = {"summary": summary, **span.body()}
    body |= {
        name: text
        for name, text in (("location", location), ("description", description))
        if text is not None
    }
    if attendees:
        body["attendees"] = [{"email": address} for address in attendees]
    if recurrence:
        body["recurrence"] = list(recurrence)
    if reminders is not None:
        _check_reminders(reminders)
        overrides: list[JsonValue] = [{"method": "popup", "minutes": it} for it in reminders]
        body["reminders"] = {"useDefault": False, "overrides": overrides}
    others = await _events_during(call.api, calendar_id, span) if check_conflicts else []
    made = await call.api.create(calendar_id, body, key=idempotency_key, send_updates=send_updates)
    event = read_event(made.event, calendar_id, span.zone)
    if event is None:
        raise UpstreamFailure(ErrorKind.BAD_RESPONSE, "The new event has no time.", service=SERVICE)
    conflicts = [other for other in others if other.id != event.id]
    return CreatedEvent(
        say=SPEAKERS[call.language].created(
            event,
            conflicts,
            today=call.now.date(),
            existed=made.existed,
            mailed=send_updates != "none",
        ),
        event=event_row(event),
        already_existed=made.existed,
        conflicts=[conflict_row(other) for other in conflicts],
        send_updates=send_updates,
    )


async def calendar_delete_event(
    call: Call[CalendarApi],
    event_id: Annotated[str, Field(description="One occurrence, or its series")],
    calendar_id: str = "primary",
    send_updates: Annotated[SendUpdates, Field(description="Cancellation mail")] = "none",
) -> DeletedEvent:
    """Delete an event for good. Repeating it is harmless."""
    gone = await call.api.delete(calendar_id, event_id, send_updates=send_updates)
    event = read_event(gone.event, calendar_id, call.timezone)
    return DeletedEvent(
        say=SPEAKERS[call.language].deleted(gone.event.summary, event, today=call.now.date()),
        event_id=event_id,
        calendar_id=calendar_id,
        summary=gone.event.summary,
        already_deleted=not gone.existed,
    )


async def _events_during(api: CalendarApi, calendar_id: str, span: EventSpan) -> list[Occurrence]:
    page = await api.events(calendar_id, Listing(span, None, _CONFLICTS), None)
    read = (read_event(event, calendar_id, span.zone) for event in page.items)
    return [event for event in read if event and event.blocks and event.overlaps(span)]


def _check_lines(
    lines: tuple[str, ...], parameter: str, form: re.Pattern[str], complaint: str
) -> None:
    for line in lines:
        if not form.fullmatch(line):
            raise BadInput(parameter, f"{line!r} {complaint}")


def _check_reminders(minutes: tuple[int, ...]) -> None:
    if not all(0 <= it <= _REMINDER_MAX_MIN for it in minutes):
        raise BadInput("reminders", f"each must be between 0 and {_REMINDER_MAX_MIN} minutes")


def _spoken_name(entry: CalendarEntry) -> str | None:
    """The calendar's name; None for the main one while it is named by the account's address."""
    name = entry.summary_override or entry.summary
    return None if entry.primary and ("@" in name or not name) else name


_CREATE = Effect(
    effect_class=EffectClass.KEYED,
    key_parameter="idempotency_key",
    inverse=Inverse(
        tool="calendar_delete_event",
        arguments={
            "event_id": "result.event.id",
            "calendar_id": "result.event.calendar_id",
            "send_updates": "result.send_updates",
        },
    ),
)
_DELETE = Effect(effect_class=EffectClass.PROBE)
"""The tool itself looks whether the event is still there, so that a retry deletes it at most
once. There is no inverse: the API cannot bring a deleted event back under its id."""

TOOLS: tuple[Tool, ...] = (
    reads(calendar_now, "Current time", open_world=False),
    reads(calendar_list_calendars, "List calendars", scopes=(CALENDARS,)),
    reads(calendar_list_events, "List events", scopes=(EVENTS,)),
    reads(calendar_free_busy, "Free or busy", scopes=(FREE_BUSY,)),
    writes(
        calendar_create_event,
        "Create event",
        effect=_CREATE,
        destructive=False,
        idempotent=False,
        scopes=(EVENTS,),
    ),
    writes(
        calendar_delete_event,
        "Delete event",
        effect=_DELETE,
        destructive=True,
        idempotent=True,
        scopes=(EVENTS,),
    ),
)
