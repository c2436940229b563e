"""The tool that deletes an event, one of a series, its rest, or all of it."""

from __future__ import annotations

from pydantic import JsonValue

from arion_calendar.api import CalendarApi, SendUpdates
from arion_calendar.arguments import CalendarId, Mail
from arion_calendar.changed import Guests, Removal
from arion_calendar.editing import before_of
from arion_calendar.guests import addresses_of, names_of
from arion_calendar.models import Before, DeletedEvent
from arion_calendar.preview import delete_preview
from arion_calendar.say import CHANGES
from arion_calendar.splitting import find_or_series, refuse_as_guest, shortened
from arion_calendar.target import Scope, Target, find_target
from arion_kit.spec import Call


async def calendar_delete_event(
    call: Call[CalendarApi],
    event_id: str,
    scope: Scope | None = None,
    calendar_id: CalendarId = "primary",
    send_updates: Mail = "none",
) -> DeletedEvent:
    """Delete an event, after asking."""
    event, there = await find_or_series(call.api, calendar_id, event_id, scope)
    if event.deleted or not there:
        return DeletedEvent(
            say=CHANGES[call.language].gone(event.summary),
            event_id=event_id,
            calendar_id=calendar_id,
            summary=event.summary,
            scope=scope or "this",
            already_deleted=True,
        )
    target = await find_target(call.api, calendar_id, event, scope, call.timezone)
    refuse_as_guest(target)
    people: list[JsonValue] = [it.raw_name() for it in target.event.others]
    mailed = bool(people) and send_updates != "none"
    removal = Removal(
        target.occurrence(call.timezone),
        target.scope,
        series=bool(target.event.recurrence),
        guests=Guests(tuple(names_of(people)), mailed=mailed),
    )
    addresses, today = addresses_of(people), call.now.date()
    await call.confirm(delete_preview(removal, addresses, send_updates, call.language, today))
    before = await _deleted(call.api, target, send_updates)
    return DeletedEvent(
        say=CHANGES[call.language].removed(removal, today=today),
        event_id=event_id,
        calendar_id=calendar_id,
        summary=target.seen.summary,
        scope=target.scope,
        already_deleted=False,
        before=before,
    )


async def _deleted(api: CalendarApi, target: Target, send_updates: SendUpdates) -> Before:
    """Deletes it; gives what brings it back."""
    if target.scope != "following":
        await api.delete(target.calendar_id, target.event, send_updates=send_updates)
        return Before(
            id=target.event.id,
            calendar_id=target.calendar_id,
            send_updates=send_updates,
            patch={"status": "confirmed"},
        )
    changes = shortened(target)
    await api.change(target.calendar_id, target.event, changes, send_updates=send_updates)
    return before_of(target.event, changes, target.calendar_id, send_updates)
