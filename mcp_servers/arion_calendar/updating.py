"""The tool that changes an event, one of a series, its rest, or all of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field, JsonValue, ValidationError

from arion_calendar.api import CalendarApi, SendUpdates
from arion_calendar.api import event_id as id_for
from arion_calendar.arguments import CalendarId, Mail
from arion_calendar.changed import Changed, Guests
from arion_calendar.creating import Minutes, Reminders
from arion_calendar.editing import Edit, Wishes, before_of, edit_of, restoring
from arion_calendar.guests import addresses_of, names_of
from arion_calendar.models import Before, UpdatedEvent, conflict_row, event_row
from arion_calendar.moving import TimeWish
from arion_calendar.occurrence import Occurrence, meeting_of, read_event
from arion_calendar.preview import change_preview, restore_preview
from arion_calendar.say import CHANGES
from arion_calendar.splitting import Rest, find_or_split, read_rest, refuse_as_guest, split
from arion_calendar.surroundings import Surroundings, look_around
from arion_calendar.target import Scope, Target, find_target, known
from arion_calendar.times import read_zone
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import Event
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.spec import Call
from arion_kit.words import ErrorKind

WhichOnes = Annotated[Scope | None, Field(description="Default what the id names")]
_TEXTS = ("summary", "location", "description")
_OWN = frozenset({"reminders"})
"""Everybody has their own."""


@dataclass(frozen=True)
class _Job:
    """One change, ready to be asked about and made."""

    target: Target
    edit: Edit
    rest: Rest
    changed: Changed
    addresses: list[str]
    """Of everybody who is or will be invited."""

    @property
    def seen_by_others(self) -> bool:
        """Whether it changes what guests see, with mail or without."""
        return bool(self.changed.guests.names) and not self.edit.changes.keys() <= _OWN


async def calendar_update_event(
    call: Call[CalendarApi],
    event_id: str,
    scope: WhichOnes = None,
    summary: str | None = None,
    start: Annotated[str | None, Field(description="Or 15:00, a date, +30: the rest stays")] = None,
    end: str | None = None,
    duration_min: Minutes = None,
    all_day: bool | None = None,
    tz: str | None = None,
    location: str | None = None,
    description: str | None = None,
    attendees: Annotated[tuple[str, ...] | None, Field(description="Replaces all guests")] = None,
    recurrence: tuple[str, ...] | None = None,
    reminders: Reminders | None = None,
    meet: bool | None = None,
    send_updates: Mail = "none",
    calendar_id: CalendarId = "primary",
    restore: Annotated[dict[str, JsonValue] | None, Field(description="before of a result")] = None,
) -> UpdatedEvent:
    """Change what is given; "" clears."""
    texts = {"summary": summary, "location": location, "description": description}
    wishes = Wishes(
        {name: text for name, text in texts.items() if text is not None},
        TimeWish(start, end, duration_min, all_day, tz),
        attendees,
        recurrence,
        reminders,
        meet,
    )
    if restore is not None:
        return await _restore(call, event_id, _before(restore))
    if wishes == Wishes():
        raise BadInput("event_id", "goes with what is to change: summary, start, location, …")
    event, done = await find_or_split(call.api, calendar_id, event_id, scope, call.key)
    if done:
        return _done_before(call, calendar_id, event)
    if event.deleted:
        raise UpstreamFailure(ErrorKind.GONE, "The event was deleted.", service=SERVICE)
    target = await find_target(call.api, calendar_id, event, scope, call.timezone)
    refuse_as_guest(target)
    meeting_id = id_for(f"meet:{call.key or secrets.token_urlsafe(16)}")
    edit = edit_of(target, wishes, read_zone(tz, call.timezone), meeting_id)
    job = await _prepared(call, target, edit, send_updates)
    if job.seen_by_others or job.rest.moved:
        preview = change_preview(
            job.changed, job.addresses, send_updates, call.language, call.now.date()
        )
        await call.confirm(preview)
    return await _made(call, job, send_updates)


async def _prepared(
    call: Call[CalendarApi], target: Target, edit: Edit, send_updates: SendUpdates
) -> _Job:
    following = target.scope == "following"
    rest = await read_rest(call.api, target) if following and edit.changes else Rest(0, (), 0)
    around = Surroundings()
    if edit.moves:
        own = [it for it in (target.seen.id, target.seen.recurring_event_id) if it]
        found = await look_around(call.api, target.calendar_id, edit.span)
        around = found.without(own)
    old = target.occurrence(call.timezone)
    people: list[JsonValue] = [it.raw_name() for it in target.event.others]
    there = set(addresses_of(people))
    invited = edit.changes.get("attendees")
    rows = invited if isinstance(invited, list) else []
    people += [it for it in rows if not set(addresses_of([it])) <= there]
    changed = Changed(
        title=target.seen.summary,
        old=old,
        event=_afterwards(old, edit),
        names=tuple(edit.names),
        scope=target.scope,
        series=bool(target.event.recurrence),
        guests=Guests(tuple(names_of(people)), mailed=bool(people) and send_updates != "none"),
        conflicts=around.conflicts,
        holiday=around.holiday,
        reset=rest.moved,
    )
    return _Job(target, edit, rest, changed, addresses_of(people))


async def _made(call: Call[CalendarApi], job: _Job, send_updates: SendUpdates) -> UpdatedEvent:
    target, edit = job.target, job.edit
    before: Before | None = None
    if not edit.changes:
        after = target.event
    elif target.scope == "following":
        cut = await split(
            call.api,
            target,
            edit,
            job.rest,
            key=call.key,
            send_updates=send_updates,
            language=call.language,
        )
        after, before = cut.event, cut.before
    else:
        before = before_of(target.event, edit.changes, target.calendar_id, send_updates)
        after = await call.api.change(
            target.calendar_id, target.event, edit.changes, send_updates=send_updates
        )
    meeting = meeting_of(after) if "meet" in job.changed.names else ""
    changed = replace(job.changed, event=replace(job.changed.event, meeting=meeting))
    return UpdatedEvent(
        say=CHANGES[call.language].updated(changed, today=call.now.date()),
        event=event_row(known(read_event(after, target.calendar_id, call.timezone))),
        scope=target.scope,
        changed=list(changed.names),
        before=before,
        conflicts=[conflict_row(other) for other in changed.conflicts],
        holiday=changed.holiday,
    )


def _done_before(call: Call[CalendarApi], calendar_id: str, event: Event) -> UpdatedEvent:
    """The result of a change that an earlier attempt with the same key has made."""
    read = known(read_event(event, calendar_id, call.timezone))
    nothing = Changed(event.summary, read, read, (), "following", series=True, guests=Guests())
    return UpdatedEvent(
        say=CHANGES[call.language].updated(nothing, today=call.now.date()),
        event=event_row(read),
        scope="following",
        changed=[],
        conflicts=[],
    )


async def _restore(call: Call[CalendarApi], event_id: str, before: Before) -> UpdatedEvent:
    calendar_id, send_updates = before.calendar_id, before.send_updates
    if before.id != event_id:
        raise BadInput("restore", f"is of the event {before.id!r}, not of event_id")
    event = await call.api.event(calendar_id, event_id)
    changes = restoring(event, before)
    people: list[JsonValue] = [it.raw_name() for it in event.others]
    guests = Guests(tuple(names_of(people)), mailed=bool(people) and send_updates != "none")
    if people and (before.remove is not None or not changes.keys() <= _OWN):
        addresses = addresses_of(people)
        await call.confirm(
            restore_preview(event.summary, guests, addresses, send_updates, call.language)
        )
    if before.remove is not None:
        added = await call.api.event(calendar_id, before.remove)
        if not added.deleted:
            await call.api.delete(calendar_id, added, send_updates=send_updates)
    after = event
    if changes:
        after = await call.api.change(calendar_id, event, changes, send_updates=send_updates)
    row = event_row(known(read_event(after, calendar_id, call.timezone)))
    return UpdatedEvent(
        say=CHANGES[call.language].restored(after.summary, deleted=event.deleted),
        event=row,
        scope="all" if after.recurrence else "this",
        changed=sorted(changes),
        before=before_of(event, changes, calendar_id, send_updates) if changes else None,
        conflicts=[],
    )


def _before(restore: dict[str, JsonValue]) -> Before:
    try:
        return Before.model_validate(restore)
    except ValidationError:
        raise BadInput("restore", "must be `before` of an earlier result") from None


def _afterwards(old: Occurrence, edit: Edit) -> Occurrence:
    """What the person named, as it is to be."""
    texts = {name: edit.changes.get(name) for name in _TEXTS}
    zone = old.zone
    start, end = edit.span.start, edit.span.end
    if not edit.span.all_day:
        start, end = start.astimezone(zone), end.astimezone(zone)
    return replace(
        old,
        start=start,
        end=end,
        all_day=edit.span.all_day,
        title=str(texts["summary"]) if texts["summary"] else old.title,
        location=old.location if texts["location"] is None else str(texts["location"]),
    )
