"""One list out of several calendars, page by page."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendar_events import SEOUL, at

from arion_calendar.api import Listing
from arion_calendar.paging import MergedPage, merged_events
from arion_calendar.times import Window
from arion_calendar.wire import Event, EventPage
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.words import ErrorKind

WINDOW = Window(at(23), at(24))


def upstream_event(name: str, start: datetime) -> Event:
    end = start.replace(minute=start.minute + 1)
    times = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
    return Event.model_validate({"id": name, **times})


class Calendars:
    """Stands in for the API: calendars by id, given in pages of `max_results`."""

    def __init__(self, events: Mapping[str, Sequence[Event]]) -> None:
        self.events_of = events
        self.failing: dict[str, ErrorKind] = {}

    async def events(self, calendar_id: str, listing: Listing, page_token: str | None) -> EventPage:
        if calendar_id in self.failing:
            raise UpstreamFailure(self.failing[calendar_id], "no")
        first = int(page_token or 0)
        after = first + listing.max_results
        rows = self.events_of[calendar_id]
        token = str(after) if after < len(rows) else None
        return EventPage(items=tuple(rows[first:after]), next_page_token=token)


async def page_of(
    calendars: Any, *ids: str, max_results: int = 2, token: str | None = None
) -> MergedPage:
    return await merged_events(calendars, ids, Listing(WINDOW, None, max_results), token)


async def all_pages(calendars: Calendars, *ids: str, max_results: int = 2) -> list[str]:
    found: list[str] = []
    token: str | None = None
    while True:
        page = await page_of(calendars, *ids, max_results=max_results, token=token)
        assert len(page.events) <= max_results
        found += [event.id for event in page.events]
        token = page.next_page_token
        if token is None:
            return found


async def test_pages_of_two_calendars_give_every_event_once_by_start() -> None:
    calendars = Calendars(
        {
            "mine": [upstream_event(f"m{hour}", at(23, hour)) for hour in (8, 9, 10, 20)],
            "family": [upstream_event(f"f{hour}", at(23, hour)) for hour in (11, 12, 13)],
        }
    )
    assert await all_pages(calendars, "mine", "family") == [
        "m8", "m9", "m10", "f11", "f12", "f13", "m20",
    ]  # fmt: skip


@settings(max_examples=40)
@given(
    mine=st.lists(st.integers(0, 1438), max_size=9),
    family=st.lists(st.integers(0, 1438), max_size=9),
    max_results=st.integers(1, 4),
)
async def test_paging_loses_and_doubles_nothing(
    mine: list[int], family: list[int], max_results: int
) -> None:
    def rows(name: str, minutes: list[int]) -> list[Event]:
        starts = [at(23, minute // 60, minute % 59) for minute in minutes]
        return [upstream_event(f"{name}{i}", start) for i, start in enumerate(sorted(starts))]

    calendars = Calendars({"mine": rows("m", mine), "family": rows("f", family)})
    found = await all_pages(calendars, "mine", "family", max_results=max_results)
    starts = {
        e.id: e.start and e.start.date_time for row in calendars.events_of.values() for e in row
    }
    assert sorted(found) == sorted(starts)
    assert [starts[name] for name in found] == sorted(starts[name] for name in found)


async def test_a_calendar_named_twice_is_read_once() -> None:
    calendars = Calendars({"mine": [upstream_event("m", at(23, 8))]})
    page = await page_of(calendars, "mine", "mine")
    assert [event.id for event in page.events] == ["m"]


async def test_one_unreadable_calendar_does_not_hide_the_others() -> None:
    calendars = Calendars(
        {"mine": [upstream_event(f"m{hour}", at(23, hour)) for hour in (8, 9, 10)], "gone": []}
    )
    calendars.failing["gone"] = ErrorKind.NOT_FOUND
    first = await page_of(calendars, "mine", "gone")
    assert ([event.id for event in first.events], first.unreadable) == (["m8", "m9"], ("gone",))
    second = await page_of(calendars, "mine", "gone", token=first.next_page_token)
    assert ([event.id for event in second.events], second.unreadable) == (["m10"], ("gone",))


@pytest.mark.parametrize("kind", [ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN])
async def test_when_no_calendar_can_be_read_the_failure_is_told(kind: ErrorKind) -> None:
    calendars = Calendars({"gone": []})
    calendars.failing["gone"] = kind
    with pytest.raises(UpstreamFailure) as raised:
        await page_of(calendars, "gone")
    assert raised.value.kind is kind


async def test_a_failure_of_the_whole_vendor_is_not_mistaken_for_one_calendars() -> None:
    calendars = Calendars({"mine": [], "family": []})
    calendars.failing["family"] = ErrorKind.NOT_SIGNED_IN
    with pytest.raises(UpstreamFailure) as raised:
        await page_of(calendars, "mine", "family")
    assert raised.value.kind is ErrorKind.NOT_SIGNED_IN


@pytest.mark.parametrize(
    "token",
    ["x", "한글", base64.urlsafe_b64encode(b"[]").decode(), "eyJwbGFjZXMiOnsib3RoZXIiOnt9fX0="],
)
async def test_a_foreign_page_token_is_refused(token: str) -> None:
    with pytest.raises(BadInput) as raised:
        await page_of(Calendars({"mine": []}), "mine", token=token)
    assert raised.value.parameter == "page_token"


async def test_a_whole_day_of_the_day_before_is_left_out_in_another_zone() -> None:
    def day(name: str, start: str, end: str) -> Event:
        return Event.model_validate({"id": name, "start": {"date": start}, "end": {"date": end}})

    rows = [day("before", "2026-11-22", "2026-11-23"), day("that", "2026-11-23", "2026-11-24")]
    page = await page_of(Calendars({"mine": rows}), "mine")
    assert [event.id for event in page.events] == ["that"]
    assert page.events[0].start.tzinfo is SEOUL


async def test_deleted_events_and_events_without_time_are_left_out() -> None:
    rows = [Event(id="deleted", status="cancelled"), Event(id="timeless")]
    assert (await page_of(Calendars({"mine": rows}), "mine")).events == ()
