"""Google Calendar's API, as far as the tools need it.

Source of paths and parameters: the Calendar API v3 discovery document.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, JsonValue

from arion_calendar.occurrence import HOLIDAYS
from arion_calendar.settings import KOREAN_HOLIDAYS
from arion_calendar.state import already
from arion_calendar.times import Window
from arion_calendar.upstream import SERVICE
from arion_calendar.wire import (
    Busy,
    BusyAnswer,
    CalendarEntry,
    CalendarPage,
    Event,
    EventPage,
)
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.http import Upstream
from arion_kit.messages import Content
from arion_kit.words import ErrorKind

SendUpdates = Literal["none", "all", "externalOnly"]
"""Who is sent mail about a change: nobody, every guest, or guests outside Google Calendar."""

REQUEST_PROPERTY = "arionRequest"
"""Private property of an event: digest of the request that made it."""

_ROOT = "/calendar/v3"

_Model = TypeVar("_Model", bound=BaseModel)
_Value = str | int | bool | None


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


async def _nobody_tells() -> frozenset[str] | None:
    return None


class CalendarApi:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(
        self,
        upstream: Upstream,
        *,
        holidays: str = KOREAN_HOLIDAYS,
        scopes: Callable[[], Awaitable[frozenset[str] | None]] = _nobody_tells,
    ) -> None:
        self._upstream = upstream
        self._holidays = holidays
        self.granted_scopes = scopes
        """What the token allows; None where nobody tells."""

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

    async def primary(self) -> CalendarEntry:
        """The person's own calendar, which is called by their address."""
        return await self._read(CalendarEntry, f"{_ROOT}/users/me/calendarList/primary", {})

    async def events(self, calendar_id: str, listing: Listing, page_token: str | None) -> EventPage:
        """One page of events, series expanded, by start."""
        start, end = _rfc3339(listing.window)
        params = {
            "timeMin": start,
            "timeMax": end,
            "timeZone": listing.window.zone.key,
            "singleEvents": True,
            "orderBy": "startTime",
            "maxResults": listing.max_results,
            "q": listing.query,
            "pageToken": page_token,
        }
        return await self._read(EventPage, self._events(calendar_id), params)

    async def event(self, calendar_id: str, event_id: str) -> Event:
        """One event, one occurrence of a series, or a series; a deleted one too."""
        return await self._read(Event, self._event(calendar_id, event_id), {})

    async def instances(
        self, calendar_id: str, series_id: str, until: datetime | None
    ) -> tuple[Event, ...]:
        """The occurrences of a series, removed ones too: when each was to be, and when it is.

        Without `until` all of them, of a series that ends.
        """
        path = f"{self._event(calendar_id, series_id)}/instances"
        events: list[Event] = []
        token: str | None = None
        while True:
            params = {
                "showDeleted": True,
                "maxResults": 2500,
                "pageToken": token,
                "timeMax": until and until.isoformat(timespec="seconds"),
                "fields": "items(id,status,start,originalStartTime),nextPageToken",
            }
            page = await self._read(EventPage, path, params)
            events += page.items
            token = page.next_page_token
            if not token:
                return tuple(events)

    async def busy(self, calendar_ids: Iterable[str], window: Window) -> Mapping[str, Busy]:
        """When each of the calendars is busy, by the id that was asked with."""
        ids = {calendar_id: self._resolved(calendar_id) for calendar_id in calendar_ids}
        start, end = _rfc3339(window)
        body = await self._upstream.send(
            "POST",
            f"{_ROOT}/freeBusy",
            json={
                "timeMin": start,
                "timeMax": end,
                "timeZone": window.zone.key,
                "items": [{"id": calendar_id} for calendar_id in ids.values()],
            },
            retry=True,  # a question, although it is sent with POST
        )
        calendars = self._upstream.parse(BusyAnswer, body).calendars
        return {asked: calendars[found] for asked, found in ids.items() if found in calendars}

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
        # Without a key of the caller's, one of our own still makes our retries harmless.
        key = key or secrets.token_urlsafe(16)
        request = _digest(json.dumps(dict(body), sort_keys=True, ensure_ascii=False))
        private = _private_properties(body) | {REQUEST_PROPERTY: request}
        properties = body.get("extendedProperties")
        shared = properties if isinstance(properties, dict) else {}
        keyed: dict[str, JsonValue] = {
            **body,
            "id": event_id(key),
            "extendedProperties": {**shared, "private": private},
        }
        try:
            event = await self._write(
                "POST", self._events(calendar_id), keyed, send_updates=send_updates
            )
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.CONFLICT:
                raise
            return Created(await self._made_before(calendar_id, key, request), existed=True)
        return Created(event, existed=False)

    async def change(
        self,
        calendar_id: str,
        event: Event,
        changes: Mapping[str, JsonValue],
        *,
        send_updates: SendUpdates,
    ) -> Event:
        """Changes fields of an event that is still as it was read; None clears a field.

        Raises:
            ToolFailure: Of kind `conflict` when somebody has changed the event since.
        """
        path = self._event(calendar_id, event.id)
        try:
            return await self._write("PATCH", path, changes, send_updates=send_updates, seen=event)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.CONFLICT:
                raise
            now = await self.event(calendar_id, event.id)
            if not already(now, changes):
                raise
            # An attempt of ours whose answer was lost has changed it.
            return now

    async def delete(self, calendar_id: str, event: Event, *, send_updates: SendUpdates) -> None:
        """Takes an event out of a calendar; a series with all of its occurrences.

        Raises:
            ToolFailure: Of kind `conflict` when somebody has changed the event since.
        """
        path = self._event(calendar_id, event.id)
        content = Content(params={"sendUpdates": send_updates}, headers=_if_match(event))
        try:
            await self._upstream.fetch("DELETE", path, content, retry=True)
        except ToolFailure as failure:
            # It was there a moment ago: an attempt whose answer was lost has taken it away.
            if failure.kind in (ErrorKind.GONE, ErrorKind.NOT_FOUND):
                return
            if failure.kind is not ErrorKind.CONFLICT:
                raise
            if not (await self.event(calendar_id, event.id)).deleted:
                raise

    async def _made_before(self, calendar_id: str, key: str, request: str) -> Event:
        event = await self.event(calendar_id, event_id(key))
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

    async def _read(self, model: type[_Model], path: str, params: Mapping[str, _Value]) -> _Model:
        return self._upstream.parse(model, await self._upstream.get(path, params=params))

    async def _write(
        self,
        method: str,
        path: str,
        body: Mapping[str, JsonValue],
        *,
        send_updates: SendUpdates,
        seen: Event | None = None,
    ) -> Event:
        params: dict[str, str | int | bool | None] = {
            "sendUpdates": send_updates,
            # Without it Google leaves meetings as they are.
            "conferenceDataVersion": 1 if "conferenceData" in body else None,
            "supportsAttachments": True if "attachments" in body else None,
        }
        headers = _if_match(seen) if seen else {}
        content = Content(params=params, json=dict(body), headers=headers)
        answer = await self._upstream.fetch(method, path, content, retry=True, json_only=True)
        return self._upstream.parse(Event, answer.json)

    def _resolved(self, calendar_id: str) -> str:
        return self._holidays if calendar_id == HOLIDAYS else calendar_id

    def _events(self, calendar_id: str) -> str:
        return f"{_ROOT}/calendars/{_segment('calendar_id', self._resolved(calendar_id))}/events"

    def _event(self, calendar_id: str, event_id: str) -> str:
        return f"{self._events(calendar_id)}/{_segment('event_id', event_id)}"


def event_id(key: str) -> str:
    """The event id for a key. Google takes 5 to 1024 of the letters of base32hex (a-v, 0-9)."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.b32hexencode(digest).decode().rstrip("=").lower()


def _if_match(event: Event) -> dict[str, str]:
    # A stand-in may know no versions of an event.
    return {"If-Match": event.etag} if event.etag else {}


def _private_properties(body: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    properties = body.get("extendedProperties")
    private = properties.get("private") if isinstance(properties, dict) else None
    return private if isinstance(private, dict) else {}


def _segment(parameter: str, value: str) -> str:
    """An id as one segment of a path; one that would lead to another path is refused."""
    if value in ("", ".", "..") or "/" in value:
        raise BadInput(parameter, f"{value!r} is no id")
    return quote(value, safe="")


def _rfc3339(window: Window) -> tuple[str, str]:
    return window.start.isoformat(timespec="seconds"), window.end.isoformat(timespec="seconds")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
