"""A change to an occurrence and all that follow: the series is cut in two.

First the new series is put in, under an id that follows from the request, then the old one is
shortened. When the second step fails, nothing is lost but shown twice, and the same request goes
on where it stopped: Google refuses the id a second time.

Source of the two steps: Calendar API, "Recurring events", modifying all following instances.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_calendar.api import CalendarApi, SendUpdates
from arion_calendar.api import event_id as id_for
from arion_calendar.editing import Edit, before_of
from arion_calendar.models import Before
from arion_calendar.moving import start_of
from arion_calendar.occurrence import span_between
from arion_calendar.rules import continued, dates_before, has_count, moved, truncated
from arion_calendar.target import Scope, Target, known
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import Event, EventTime
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.words import ErrorKind, Language

_HORIZON = timedelta(days=2 * 366)
"""How far ahead single changes are looked for in a series without an end."""

_COPIED = (
    "summary",
    "description",
    "location",
    "colorId",
    "transparency",
    "visibility",
    "attendees",
    "reminders",
    "extendedProperties",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "anyoneCanAddSelf",
    "source",
    "attachments",
)
"""What the rest of a series takes over from it."""

_HALF_DONE: dict[Language, str] = {
    "ko": "바뀐 반복 일정은 넣었지만 원래 일정의 뒷부분을 아직 줄이지 못해서, 지금은 둘 다 보여요. "
    "같은 요청을 다시 하면 마저 끝낼 수 있어요.",
    "en": "The changed series is in, but the old one could not be shortened yet, so both are "
    "there now. The same request again will finish it.",
}


@dataclass(frozen=True)
class Rest:
    """What single changes there are among the occurrences that follow."""

    done: int
    """Occurrences before them."""
    removed: tuple[Event, ...]
    moved: int
    """Occurrences that somebody put elsewhere; they go back to the series' own time."""


@dataclass(frozen=True)
class Split:
    """The two series after the cut."""

    event: Event
    """The new one."""
    before: Before


def shortened(target: Target) -> dict[str, JsonValue]:
    """The change that ends a series before the target."""
    lines = truncated(target.event.recurrence, start_of(target.slot))
    return {"recurrence": list[JsonValue](lines)}


def refuse_as_guest(target: Target) -> None:
    """Refuses to cut a series that somebody else keeps: a copy of our own would stay beside it."""
    organizer = target.event.organizer
    if target.scope == "following" and organizer is not None and not organizer.me:
        raise UpstreamFailure(
            ErrorKind.FORBIDDEN,
            "Only the organizer can change the rest of a series.",
            service=SERVICE,
            next_steps={
                "ko": "이 일정은 주최자만 바꿀 수 있어요.",
                "en": "Only the organizer can change this event.",
            },
        )


async def read_rest(api: CalendarApi, target: Target) -> Rest:
    """Reads the single changes among a series' occurrences."""
    counted = has_count(target.event.recurrence)
    until = None if counted else target.slot.start + _HORIZON
    done, away, removed = 0, 0, list[Event]()
    for one in await api.instances(target.calendar_id, target.event.id, until):
        start = one.original_start_time or one.start
        if start is None:
            continue
        if _moment(start, target.slot.zone) < target.slot.start:
            done += 1
        elif one.deleted:
            removed.append(one)
        elif one.start and (one.start.day, one.start.date_time) != (start.day, start.date_time):
            away += 1
    done += dates_before(target.event.recurrence, start_of(target.slot))
    return Rest(done, tuple(removed), away)


def split_key(target: Target, key: str | None) -> str:
    """What the id of the new series is made from: the same for the same request."""
    return f"{key or target.event.etag}:{target.seen.id}"


async def split(
    api: CalendarApi,
    target: Target,
    edit: Edit,
    rest: Rest,
    *,
    key: str | None,
    send_updates: SendUpdates,
    language: Language,
) -> Split:
    """Cuts the series before the target and changes what follows.

    Raises:
        ToolFailure: Nothing has happened, or it is said what stands.
    """
    body = _new_series(target, edit, rest)
    made = await api.create(
        target.calendar_id, body, key=split_key(target, key), send_updates=send_updates
    )
    changes = shortened(target)
    try:
        await api.change(target.calendar_id, target.event, changes, send_updates=send_updates)
    except ToolFailure as failure:
        told = failure.failure
        raise ToolFailure(
            told.kind, _HALF_DONE[language], retry_after_s=told.retry_after_s
        ) from failure
    before = before_of(target.event, changes, target.calendar_id, send_updates)
    return Split(made.event, before.model_copy(update={"remove": made.event.id}))


async def find_or_split(
    api: CalendarApi, calendar_id: str, event_id: str, scope: Scope | None, key: str | None
) -> tuple[Event, bool]:
    """The event to change; or the new series, and True, when the same key has cut it off before.

    Raises:
        ToolFailure: There is neither.
    """
    try:
        event = await api.event(calendar_id, event_id)
    except ToolFailure as failure:
        if failure.kind is not ErrorKind.NOT_FOUND or scope != "following" or key is None:
            raise
        # An occurrence that is cut off its series is not found any more.
        return await api.event(calendar_id, id_for(f"{key}:{event_id}")), True
    return event, False


async def find_or_series(
    api: CalendarApi, calendar_id: str, event_id: str, scope: Scope | None
) -> tuple[Event, bool]:
    """The event to delete; or its series, and False, when that has no such occurrence any more.

    Raises:
        ToolFailure: There is neither.
    """
    series_id = event_id.rpartition("_")[0]
    try:
        return await api.event(calendar_id, event_id), True
    except ToolFailure as failure:
        if failure.kind is not ErrorKind.NOT_FOUND or scope != "following" or not series_id:
            raise
        return await api.event(calendar_id, series_id), False


def _new_series(target: Target, edit: Edit, rest: Rest) -> dict[str, JsonValue]:
    raw = target.event.raw
    body = {name: raw[name] for name in _COPIED if name in raw}
    conference = raw.get("conferenceData")
    if isinstance(conference, dict):
        # A copied meeting is the same meeting; its first request is over.
        body["conferenceData"] = {k: v for k, v in conference.items() if k != "createRequest"}
    body |= {**edit.first.body()}
    body["recurrence"] = list[JsonValue](_rest_of(target, edit, rest))
    body |= {name: it for name, it in edit.changes.items() if name not in ("start", "end")}
    return {name: it for name, it in body.items() if it not in (None, "", [])}


def _rest_of(target: Target, edit: Edit, rest: Rest) -> list[str]:
    slot = start_of(target.slot)
    removed = [
        _moment(start, slot.zone).astimezone(slot.zone)
        for it in rest.removed
        if (start := it.original_start_time or it.start)
    ]
    lines = continued(target.event.recurrence, slot, done=rest.done, skipped=removed)
    return lines if edit.first == target.slot else moved(lines, slot, start_of(edit.first))


def _moment(start: EventTime, zone: ZoneInfo) -> datetime:
    return known(span_between(start, start, zone)).start
