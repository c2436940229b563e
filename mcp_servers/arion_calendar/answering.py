"""The tool that answers an invitation."""

from __future__ import annotations

from typing import Literal

from arion_calendar.api import CalendarApi
from arion_calendar.arguments import CalendarId
from arion_calendar.changed import Answered
from arion_calendar.guests import answered
from arion_calendar.models import AnsweredInvitation, event_row
from arion_calendar.occurrence import read_event
from arion_calendar.say import CHANGES
from arion_calendar.surroundings import Surroundings, look_around
from arion_calendar.target import known, span_of
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import Attendee, Event
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.spec import Call
from arion_kit.words import ErrorKind

Response = Literal["accepted", "declined", "tentative", "needsAction"]


async def calendar_respond(
    call: Call[CalendarApi],
    event_id: str,
    response: Response,
    comment: str | None = None,
    calendar_id: CalendarId = "primary",
) -> AnsweredInvitation:
    """Answer an invitation for the person alone."""
    event = await call.api.event(calendar_id, event_id)
    if event.deleted:
        raise UpstreamFailure(ErrorKind.GONE, "The event was deleted.", service=SERVICE)
    me = event.me or await _by_address(call.api, event)
    if me is None or me.organizer or (event.organizer is not None and event.organizer.me):
        message, next_step = CHANGES[call.language].not_invited(event.summary)
        raise ToolFailure(ErrorKind.BAD_INPUT, message, next_step=next_step)
    around = await _conflicts(call, calendar_id, event, response)
    after = event
    if me.response_status != response or (comment is not None and comment != me.comment):
        changes = answered(event, me, response, comment)
        after = await call.api.change(calendar_id, event, changes, send_updates="none")
    read = known(read_event(after, calendar_id, call.timezone))
    said = Answered(read, response, around.conflicts)
    return AnsweredInvitation(
        say=CHANGES[call.language].answered(said, today=call.now.date()),
        event=event_row(read),
        response=response,
        previous_response=me.response_status,
        previous_comment=me.comment,
    )


async def _by_address(api: CalendarApi, event: Event) -> Attendee | None:
    """The person among the guests of an event that does not mark them: not every stand-in does."""
    if not event.attendees:
        return None
    address = (await api.primary()).id.casefold()
    return next((it for it in event.attendees if it.email.casefold() == address), None)


async def _conflicts(
    call: Call[CalendarApi], calendar_id: str, event: Event, response: Response
) -> Surroundings:
    """What else is at that time, where the person says that they will come."""
    if response != "accepted":
        return Surroundings()
    own = [it for it in (event.id, event.recurring_event_id) if it]
    found = await look_around(call.api, calendar_id, span_of(event, call.timezone))
    return found.without(own)
