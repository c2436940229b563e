"""The calendar tools, and what is true of each of them."""

from __future__ import annotations

from arion_calendar.account import CALENDARS, EVENTS, EVENTS_READ, FREE_BUSY
from arion_calendar.answering import calendar_respond
from arion_calendar.creating import calendar_create_event
from arion_calendar.deleting import calendar_delete_event
from arion_calendar.reading import (
    calendar_find_slots,
    calendar_free_busy,
    calendar_get_event,
    calendar_list_calendars,
    calendar_list_events,
    calendar_now,
)
from arion_calendar.updating import calendar_update_event
from arion_kit.spec import Tool, reads, writes
from arion_kit.words import Effect, EffectClass, Inverse

_RESTORE = Inverse(
    tool="calendar_update_event",
    arguments={"event_id": "result.before.id", "restore": "result.before"},
)
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
    outward=False,
)
"""Nobody is invited before the person was asked, nor does what guests see change."""
_UPDATE = Effect(effect_class=EffectClass.PROBE, inverse=_RESTORE, outward=False)
"""What is so already is not changed again. The new series of a cut one has an id that follows
from the request, so that there is never a second one."""

_DELETE = Effect(effect_class=EffectClass.PROBE, inverse=_RESTORE, previews=True)
"""The tool itself looks whether the event is still there. Google keeps a deleted event for a
while and restores it when it is confirmed anew (Calendar API, events, `status`)."""

_RESPOND = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="calendar_respond",
        arguments={
            "event_id": "result.event.id",
            "calendar_id": "result.event.calendar_id",
            "response": "result.previous_response",
            "comment": "result.previous_comment",
        },
    ),
)

TOOLS: tuple[Tool, ...] = (
    reads(calendar_now, "Current time", open_world=False, brief=True),
    reads(
        calendar_list_calendars,
        "List calendars",
        open_world=False,
        untrusted=True,
        scopes=(CALENDARS,),
        brief=True,
    ),
    reads(
        calendar_list_events,
        "List events",
        open_world=False,
        scopes=(EVENTS_READ,),
        untrusted=True,
        brief=True,
    ),
    reads(
        calendar_get_event,
        "Read event",
        open_world=False,
        scopes=(EVENTS_READ,),
        untrusted=True,
        brief=True,
    ),
    reads(calendar_free_busy, "Free or busy", open_world=False, scopes=(FREE_BUSY,), brief=True),
    reads(
        calendar_find_slots,
        "Find free time",
        open_world=False,
        scopes=(FREE_BUSY, EVENTS_READ),
        brief=True,
    ),
    writes(
        calendar_create_event,
        "Create event",
        effect=_CREATE,
        destructive=False,
        idempotent=False,
        scopes=(EVENTS,),
        asks=True,
        brief=True,
    ),
    writes(
        calendar_update_event,
        "Change event",
        effect=_UPDATE,
        destructive=True,
        idempotent=True,
        scopes=(EVENTS,),
        asks=True,
        brief=True,
    ),
    writes(
        calendar_delete_event,
        "Delete event",
        effect=_DELETE,
        destructive=True,
        idempotent=True,
        scopes=(EVENTS,),
        asks=True,
        brief=True,
    ),
    writes(
        calendar_respond,
        "Answer invitation",
        effect=_RESPOND,
        destructive=False,
        idempotent=True,
        scopes=(EVENTS,),
        brief=True,
    ),
)
