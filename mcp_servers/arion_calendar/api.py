"""Google Calendar's API, as far as the tools need it.

Source of paths and parameters: the Calendar API v3 discovery document.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from pydantic import JsonValue

from arion_calendar.settings import GOOGLE, CalendarSettings
from arion_calendar.times import Window
from arion_calendar.wire import (
    Busy,
    BusyAnswer,
    CalendarEntry,
    CalendarPage,
    Event,
    EventPage,
)
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.google import NextSteps, google_translator
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

SERVICE = "Google Calendar"

SendUpdates = Literal["none", "all", "externalOnly"]
"""Who is sent mail about a change: nobody, every guest, or guests outside Google Calendar."""

REQUEST_PROPERTY = "arionRequest"
"""Private property of an event: digest of the request that made it."""

_ROOT = "/calendar/v3"
_QUOTA = Quota(units_per_s=9, burst=60)
"""Google lets one user make 600 requests in any minute (Calendar API, usage limits)."""


@dataclass(frozen=True)
class Listing:
    """What to list of a calendar. A page token only fits the listing it came from."""

    window: Window
    query: str | None
    max_results: int


@dataclass(frozen=True)
class Created:
    """An event that is in the calendar now."""

    event: Event
    existed: bool
    """Whether an earlier attempt with the same key had put it there."""


@dataclass(frozen=True)
class Deleted:
    """An event that is not in the calendar any more."""

    event: Event
    existed: bool
    """False when it had been deleted before."""


class CalendarApi:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def calendars(self) -> tuple[CalendarEntry, ...]:
        """Every calendar in the person's list."""
        entries: list[CalendarEntry] = []
        token: str | None = None
        while True:
            body = await self._upstream.get(
                f"{_ROOT}/users/me/calendarList", params={"maxResults": 250, "pageToken": token}
            )
            page = self._upstream.parse(CalendarPage, body)
            entries += page.items
            token = page.next_page_token
            if not token:
                return tuple(entries)

    async def events(self, calendar_id: str, listing: Listing, page_token: str | None) -> EventPage:
        """One page of events, series expanded, by start."""
        body = await self._upstream.get(
            _events_path(calendar_id),
            params={
                "timeMin": _rfc3339(listing.window)[0],
                "timeMax": _rfc3339(listing.window)[1],
                "timeZone": listing.window.zone.key,
                "singleEvents": True,
                "orderBy": "startTime",
                "maxResults": listing.max_results,
                "q": listing.query,
                "pageToken": page_token,
            },
        )
        return self._upstream.parse(EventPage, body)

    async def busy(self, calendar_ids: Iterable[str], window: Window) -> Mapping[str, Busy]:
        """When each of the calendars is busy."""
        start, end = _rfc3339(window)
        body = await self._upstream.send(
            "POST",
            f"{_ROOT}/freeBusy",
            json={
                "timeMin": start,
                "timeMax": end,
                "timeZone": window.zone.key,
                "items": [{"id": calendar_id} for calendar_id in calendar_ids],
            },
            retry=True,  # a question, although it is sent with POST
        )
        return self._upstream.parse(BusyAnswer, body).calendars

    async def create(
        self,
        calendar_id: str,
        body: Mapping[str, JsonValue],
        *,
        key: str | None,
        send_updates: SendUpdates,
    ) -> Created:
        """Puts an event into a calendar; with the same `key` only once, however often it is tried.

        Raises:
            BadInput: The key has been used for an event with other details.
            ToolFailure: Of kind `gone` when the event of that key has been deleted since.
        """
        params = {"sendUpdates": send_updates}
        path = _events_path(calendar_id)
        if key is None:
            answer = await self._upstream.send("POST", path, params=params, json=dict(body))
            return Created(self._upstream.parse(Event, answer), existed=False)
        request = _digest(json.dumps(body, sort_keys=True, ensure_ascii=False))
        keyed: dict[str, JsonValue] = {
            **body,
            "id": event_id(key),
            "extendedProperties": {"private": {REQUEST_PROPERTY: request}},
        }
        try:
            answer = await self._upstream.send("POST", path, params=params, json=keyed, retry=True)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.CONFLICT:
                raise
            return Created(await self._made_before(calendar_id, key, request), existed=True)
        return Created(self._upstream.parse(Event, answer), existed=False)

    async def delete(
        self, calendar_id: str, event_id: str, *, send_updates: SendUpdates
    ) -> Deleted:
        """Takes an event out of a calendar; an id of a series takes all of it.

        Raises:
            ToolFailure: Of kind `not_found` when there has never been such an event.
        """
        path = f"{_events_path(calendar_id)}/{_segment('event_id', event_id)}"
        event = self._upstream.parse(Event, await self._upstream.get(path))
        if event.deleted:
            return Deleted(event, existed=False)
        try:
            await self._upstream.send(
                "DELETE", path, params={"sendUpdates": send_updates}, retry=True
            )
        except ToolFailure as failure:
            # It was there a moment ago: an attempt whose answer was lost has taken it away.
            if failure.kind not in (ErrorKind.GONE, ErrorKind.NOT_FOUND):
                raise
        return Deleted(event, existed=True)

    async def _made_before(self, calendar_id: str, key: str, request: str) -> Event:
        path = f"{_events_path(calendar_id)}/{event_id(key)}"
        event = self._upstream.parse(Event, await self._upstream.get(path))
        if event.deleted:
            raise UpstreamFailure(
                ErrorKind.GONE,
                "The event of this idempotency_key has been deleted since.",
                next_steps={
                    "ko": "다시 넣으려면 새로 말씀해 주세요.",
                    "en": "To put it in again, ask anew.",
                },
                service=SERVICE,
            )
        if event.extended_properties.private.get(REQUEST_PROPERTY) != request:
            raise BadInput(
                "idempotency_key", "was used for an event with other details; give each its own"
            )
        return event


def upstream_options(settings: CalendarSettings) -> UpstreamOptions:
    """How to reach Google Calendar with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        token=settings.token,
        token_variable="ARION_CALENDAR_TOKEN",  # noqa: S106 - the name of a variable
        translate=google_translator(SERVICE, _NEXT_STEPS),
        quota=_QUOTA if settings.base_url == GOOGLE else None,  # a stand-in has none
    )


def event_id(key: str) -> str:
    """The event id for a key. Google takes 5 to 1024 of the letters of base32hex (a-v, 0-9)."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.b32hexencode(digest).decode().rstrip("=").lower()


_NEXT_STEPS: NextSteps = {
    "accessNotConfigured": {
        "ko": "구글 클라우드 프로젝트에서 Google Calendar API를 켜 주세요.",
        "en": "Enable the Google Calendar API in the Google Cloud project.",
    },
    "insufficientPermissions": {
        "ko": "캘린더 권한이 있는 토큰을 새로 받아 주세요.",
        "en": "Get a token with the calendar scopes that the README names.",
    },
    "forbiddenForNonOrganizer": {
        "ko": "이 일정은 주최자만 바꿀 수 있어요.",
        "en": "Only the organizer can change this event.",
    },
    ErrorKind.NOT_FOUND: {
        "ko": "일정이나 캘린더를 다시 찾아 주세요.",
        "en": "Look the event up with calendar_list_events, the calendar with "
        "calendar_list_calendars.",
    },
}
"""What to do next, by Google's reason or else by kind, where the kit's own words say too little."""


def _events_path(calendar_id: str) -> str:
    return f"{_ROOT}/calendars/{_segment('calendar_id', calendar_id)}/events"


def _segment(parameter: str, value: str) -> str:
    """An id as one segment of a path; one that would lead to another path is refused."""
    if value in ("", ".", ".."):
        raise BadInput(parameter, f"{value!r} is no id")
    return quote(value, safe="")


def _rfc3339(window: Window) -> tuple[str, str]:
    return window.start.isoformat(timespec="seconds"), window.end.isoformat(timespec="seconds")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
