"""The tools that only read: typed functions. What is true of each stands in tools.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from arion_calendar.api import CalendarApi, Listing
from arion_calendar.arguments import CalendarId, CalendarIds, between, plain
from arion_calendar.asked import Asked, Looked
from arion_calendar.guests import names_of
from arion_calendar.holidays import days_off
from arion_calendar.models import (
    CalendarList,
    CalendarRow,
    EventDetails,
    EventList,
    FreeBusy,
    Now,
    SlotList,
    busy_row,
    event_row,
    guest_row,
    reminder_minutes,
)
from arion_calendar.occurrence import HOLIDAYS, Occurrence, read_event
from arion_calendar.paging import Wanted, merged_events
from arion_calendar.say import SPEAKERS
from arion_calendar.slots import Search, find_slots, read_hours, usual_hours
from arion_calendar.target import known
from arion_calendar.times import Window, begins_now, read_window, read_zone
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import CalendarEntry, Event
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.paging import cut_text, rows_that_fit
from arion_kit.spec import Call
from arion_kit.words import ErrorKind

_FRAME_CHARS = 1_500
"""What a result holds besides its rows or texts."""

_SIFTED = 500
"""Events that are read at once when only some of them are wanted."""

_YEAR = timedelta(days=400)
_SLOT_DAYS = timedelta(days=14)
"""How far ahead free time is looked for when no end was given."""
_LONGEST_SEARCH = timedelta(days=62)


async def calendar_now(call: Call[CalendarApi], tz: str | None = None) -> Now:
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


async def calendar_list_calendars(
    call: Call[CalendarApi], offset: Annotated[int, between(0, 10_000), plain] = 0
) -> CalendarList:
    """List the person's calendars."""
    entries = await call.api.calendars()
    rows = [
        CalendarRow(
            id=entry.id,
            name=entry.summary_override or entry.summary,
            primary=entry.primary,
            access=entry.access_role,
            tz=entry.time_zone,
        )
        for entry in entries
    ][offset:]
    room = rows_that_fit(rows, call.max_chars - _FRAME_CHARS)
    return CalendarList(
        say=SPEAKERS[call.language].calendars([_spoken_name(entry) for entry in entries]),
        calendars=rows[:room],
        next_offset=offset + room if room < len(rows) else None,
    )


async def calendar_list_events(
    call: Call[CalendarApi],
    start: Annotated[str | None, Field(description="Default today; now: what is next")] = None,
    end: Annotated[
        str | None, Field(description="Default end of day; with query or now 90 days on")
    ] = None,
    calendar_ids: Annotated[CalendarIds, Field(description='"holidays": public ones')] = (
        "primary",
    ),
    query: str | None = None,
    unanswered: Annotated[bool | None, Field(description="Open invitations")] = None,
    max_results: Annotated[int, between(1, 100), plain] = 20,
    page_token: str | None = None,
    tz: str | None = None,
) -> EventList:
    """List events by start, series expanded."""
    zone = read_zone(tz, call.timezone)
    query = query and query.strip()
    upcoming = begins_now(start)
    window = read_window(start, end, zone, call.now, searching=bool(query or unanswered))
    holidays = tuple(calendar_ids) == (HOLIDAYS,)
    if holidays and query and not end:
        # Each comes once a year.
        window = Window(window.start, window.start + _YEAR)
    sifted = upcoming or bool(unanswered)
    listing = Listing(window, query or None, max(max_results, _SIFTED) if sifted else max_results)

    def keep(event: Occurrence) -> bool:
        return (
            (event.calendar_id != HOLIDAYS or event.day_off)
            and (not upcoming or event.start >= call.now)
            and (not unanswered or event.answer == "needsAction")
        )

    def room(events: Sequence[Occurrence]) -> int:
        return rows_that_fit([event_row(it) for it in events], call.max_chars - _FRAME_CHARS)

    wanted = Wanted(max_results, keep, room)
    page = await merged_events(call.api, calendar_ids, listing, page_token, wanted)
    asked = Asked(
        window,
        call.now,
        query=query,
        open_ended=upcoming or (bool(query or unanswered) and not end),
        about="holidays" if holidays else "invitations" if unanswered else "events",
        upcoming=upcoming,
    )
    return EventList(
        say=SPEAKERS[call.language].events(
            page.events,
            asked,
            # What is sifted is only known to go on where it fills the page.
            more=page.next_page_token is not None
            and (not sifted or len(page.events) == max_results),
            unreadable=len(page.unreadable),
        ),
        events=[event_row(event) for event in page.events],
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        # A page of what comes next would begin at another moment.
        next_page_token=None if upcoming else page.next_page_token,
        unknown=list(page.unreadable),
    )


async def calendar_get_event(
    call: Call[CalendarApi],
    event_id: str,
    calendar_id: CalendarId = "primary",
    offset: Annotated[int, between(0, 1_000_000), plain] = 0,
) -> EventDetails:
    """Read one event with its guests and description."""
    event = await call.api.event(calendar_id, event_id)
    if event.deleted:
        raise UpstreamFailure(ErrorKind.GONE, "The event was deleted.", service=SERVICE)
    read = known(read_event(event, calendar_id, call.timezone))
    people = [guest_row(guest) for guest in event.attendees if not guest.resource]
    room = call.max_chars - _FRAME_CHARS
    guests = people[: rows_that_fit(people, room // 2)]
    room -= sum(len(row.model_dump_json(exclude_none=True)) + 1 for row in guests)
    # In JSON a line break or a quote takes two characters.
    cut = cut_text(event.description, offset, room // 2)
    return EventDetails(
        say=SPEAKERS[call.language].details(
            read,
            names_of([it.raw_name() for it in event.others]),
            organizer=_inviter(event),
            today=call.now.date(),
        ),
        event=event_row(read),
        description=cut.text or None,
        next_offset=cut.next_offset,
        organizer=event.organizer.email if event.organizer else None,
        guests=guests,
        more_guests=len(people) - len(guests) or None,
        recurrence=list(event.recurrence) or None,
        reminders=reminder_minutes(event),
        series_id=event.recurring_event_id,
    )


async def calendar_free_busy(
    call: Call[CalendarApi],
    start: str,
    end: Annotated[str | None, Field(description="Default end of day")] = None,
    calendar_ids: CalendarIds = ("primary",),
) -> FreeBusy:
    """Tell when the person is busy."""
    window = read_window(start, end, call.timezone, call.now)
    ids = tuple(dict.fromkeys(calendar_ids))
    busy, unknown = await _busy(call.api, ids, window)
    rows = [busy_row(period) for period in busy]
    room = rows_that_fit(rows, call.max_chars - _FRAME_CHARS)
    return FreeBusy(
        say=SPEAKERS[call.language].free_busy(
            busy,
            Asked(window, call.now),
            read=len(ids) - len(unknown),
            unreadable=len(unknown),
        ),
        free=False if busy else None if unknown else True,
        busy=rows[:room],
        next_start=rows[room].start if room < len(rows) else None,
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        unknown=unknown,
    )


async def calendar_find_slots(
    call: Call[CalendarApi],
    duration_min: Annotated[int, between(5, 1_440), plain] = 60,
    start: Annotated[str | None, Field(description="Default now")] = None,
    end: str | None = None,
    calendar_ids: CalendarIds = ("primary",),
    working_hours: Annotated[
        str | None, Field(description="09:00-18:00; skips weekends and holidays")
    ] = None,
    min_count: Annotated[int, between(1, 20), plain] = 3,
) -> SlotList:
    """Find times that are free in all these calendars."""
    window = _search_window(start, end, call)
    ids = tuple(dict.fromkeys(calendar_ids))
    hours = read_hours(working_hours) if working_hours else usual_hours(window)
    busy, unknown = await _busy(call.api, ids, window)
    off: Mapping[date, str] | None = {}
    if working_hours:
        off = await days_off(call.api, window)
    search = Search(
        window,
        timedelta(minutes=duration_min),
        hours,
        working=working_hours is not None,
        days_off=frozenset(off or {}),
        wanted=min_count,
    )
    slots = find_slots(busy, search) if len(unknown) < len(ids) else ()
    skipped = tuple(sorted((day, name) for day, name in (off or {}).items() if day.weekday() < 5))
    looked = Looked(
        search.length,
        working=search.working,
        skipped=skipped,
        holidays_known=off is not None,
    )
    return SlotList(
        say=SPEAKERS[call.language].slots(
            slots,
            Asked(window, call.now),
            looked,
            read=len(ids) - len(unknown),
            unreadable=len(unknown),
        ),
        slots=[busy_row(slot) for slot in slots],
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        hours=hours.spelled if hours else None,
        skipped=[day.isoformat() for day, _ in skipped] or None,
        unknown=unknown,
    )


async def _busy(
    api: CalendarApi, ids: tuple[str, ...], window: Window
) -> tuple[tuple[Window, ...], list[str]]:
    """What is taken in any of the calendars, and which could not be read."""
    answer = await api.busy(ids, window)
    unknown = [name for name in ids if name not in answer or answer[name].errors]
    taken = [
        Window(period.start.astimezone(window.zone), period.end.astimezone(window.zone))
        for name in ids
        if name not in unknown
        for period in answer[name].busy
    ]
    return window.clip(taken), unknown


def _search_window(start: str | None, end: str | None, call: Call[CalendarApi]) -> Window:
    """Where slots are looked for: never in the past."""
    ahead = (call.now + _SLOT_DAYS).isoformat()
    open_start = start is None or begins_now(start)
    asked = read_window("now" if open_start else start, end or ahead, call.timezone, call.now)
    if asked.end <= call.now:
        raise BadInput("end", "is in the past")
    if asked.end - asked.start > _LONGEST_SEARCH:
        raise BadInput("end", f"must be within {_LONGEST_SEARCH.days} days of start")
    now = call.now.astimezone(asked.zone).replace(microsecond=0)
    return Window(max(asked.start.replace(microsecond=0), now), asked.end)


def _inviter(event: Event) -> str | None:
    """Who invited the person; None where it is their own event."""
    organizer = event.organizer
    if organizer is None or organizer.me or event.me is None:
        return None
    return next(iter(names_of([organizer.raw_name()])), None)


def _spoken_name(entry: CalendarEntry) -> str | None:
    """The calendar's name; None for the main one while it is named by the account's address."""
    name = entry.summary_override or entry.summary
    return None if entry.primary and ("@" in name or not name) else name
