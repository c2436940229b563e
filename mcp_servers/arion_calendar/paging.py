"""One list out of several calendars, page by page, in order of start.

A page token of ours names, for every calendar that is not at its end, the page of it that is
being read (by the vendor's token) and how many of that page's events were given already.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from arion_calendar.api import CalendarApi, Listing
from arion_calendar.occurrence import Occurrence, read_event
from arion_calendar.wire import EventPage
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.words import ErrorKind

_UNREADABLE = frozenset({ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN, ErrorKind.GONE})
"""Failures of one calendar that say nothing about the others."""


class _Place(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    page: str | None = None
    given: int = 0


class _Cursor(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    places: dict[str, _Place]
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    index: int
    """Place on the vendor's page."""
    event: Occurrence


@dataclass(frozen=True)
class MergedPage:
    """Events of all readable calendars, by start."""

    events: tuple[Occurrence, ...]
    next_page_token: str | None
    unreadable: tuple[str, ...]
    """Ids of calendars that could not be read."""


@dataclass(frozen=True)
class Wanted:
    """Which of the events are given."""

    most: int
    keep: Callable[[Occurrence], bool] = lambda _: True
    room: Callable[[Sequence[Occurrence]], int] = len
    """How many of these, from the first on, the result has room for; at least one."""


async def merged_events(
    api: CalendarApi,
    calendar_ids: Sequence[str],
    listing: Listing,
    page_token: str | None,
    wanted: Wanted | None = None,
) -> MergedPage:
    """A page of the events of these calendars, at most `wanted.most` (`listing.max_results`).

    Raises:
        BadInput: The page token is not of this listing.
        ToolFailure: A calendar failed in a way that concerns all of them, or none can be read.
    """
    ids = tuple(dict.fromkeys(calendar_ids))
    cursor = _read_cursor(page_token, ids)
    answers = await _pages(api, cursor.places, listing)
    failed = {name: it for name, it in answers.items() if isinstance(it, ToolFailure)}
    pages = {name: it for name, it in answers.items() if isinstance(it, EventPage)}
    for failure in failed.values():
        if failure.kind not in _UNREADABLE or len(failed) == len(ids):
            raise failure
    wanted = wanted or Wanted(listing.max_results)
    events, places = _merge(pages, cursor.places, listing, wanted, wanted.most)
    room = wanted.room(events)
    if room < len(events):
        events, places = _merge(pages, cursor.places, listing, wanted, room)
    unreadable = (*cursor.unreadable, *failed)
    token = _write_cursor(_Cursor(places=places, unreadable=unreadable)) if places else None
    return MergedPage(events, token, unreadable)


async def _pages(
    api: CalendarApi, places: Mapping[str, _Place], listing: Listing
) -> dict[str, EventPage | ToolFailure]:
    async def read(calendar_id: str, place: _Place) -> EventPage | ToolFailure:
        try:
            return await api.events(calendar_id, listing, place.page)
        except ToolFailure as failure:
            return failure

    async with asyncio.TaskGroup() as group:
        reading = {name: group.create_task(read(name, it)) for name, it in places.items()}
    return {name: task.result() for name, task in reading.items()}


def _merge(
    pages: Mapping[str, EventPage],
    places: Mapping[str, _Place],
    listing: Listing,
    wanted: Wanted,
    most: int,
) -> tuple[tuple[Occurrence, ...], dict[str, _Place]]:
    """The first events of the pages, and where each calendar stands after them."""
    rows = {name: _rows(name, page, places[name], listing) for name, page in pages.items()}
    known_until = [
        rows[name][-1].event.start if rows[name] else listing.window.start
        for name, page in pages.items()
        if page.next_page_token
    ]
    rows = {name: [it for it in found if wanted.keep(it.event)] for name, found in rows.items()}
    events: list[Occurrence] = []
    given = {name: places[name].given for name in pages}
    for row in heapq.merge(*rows.values(), key=lambda row: row.event.start):
        if len(events) == most:
            break
        # What comes next may be on a page that is not here.
        if known_until and row.event.start > min(known_until):
            break
        events.append(row.event)
        given[row.event.calendar_id] = row.index + 1
    after: dict[str, _Place] = {}
    for name, page in pages.items():
        if any(row.index >= given[name] for row in rows[name]):
            after[name] = _Place(page=places[name].page, given=given[name])
        elif page.next_page_token:
            after[name] = _Place(page=page.next_page_token)
    return tuple(events), after


def _rows(name: str, page: EventPage, place: _Place, listing: Listing) -> list[_Row]:
    """The events of a page that were not given yet."""
    zone = listing.window.zone
    read = ((index, read_event(event, name, zone)) for index, event in enumerate(page.items))
    return [
        _Row(index, event)
        for index, event in read
        # The vendor counts a whole day in the calendar's zone, which may not be the person's.
        if index >= place.given and event and event.overlaps(listing.window)
    ]


def _read_cursor(page_token: str | None, ids: Sequence[str]) -> _Cursor:
    if page_token is None:
        return _Cursor(places={name: _Place() for name in ids})
    try:
        cursor = _Cursor.model_validate_json(base64.urlsafe_b64decode(page_token.encode()))
    except (binascii.Error, UnicodeEncodeError, ValidationError):
        raise BadInput("page_token", "must be the next_page_token of the same list") from None
    if not {*cursor.places, *cursor.unreadable} <= set(ids):
        raise BadInput("page_token", "belongs to other calendar_ids")
    return cursor


def _write_cursor(cursor: _Cursor) -> str:
    text = cursor.model_dump_json(exclude_defaults=True)
    return base64.urlsafe_b64encode(text.encode()).decode()
