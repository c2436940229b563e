"""When an event is after a change of its times."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendar_events import SEOUL, at

from arion_calendar.moving import TimeWish, moved_span, series_span
from arion_calendar.times import EventSpan
from arion_kit.errors import BadInput

NEW_YORK = ZoneInfo("America/New_York")
MEETING = EventSpan(at(23, 10), at(23, 11, 30), all_day=False)
TRIP = EventSpan(at(23), at(26), all_day=True)


def shown(span: EventSpan) -> str:
    if span.all_day:
        return f"{span.start:%m-%d}..{span.end:%m-%d}"
    return f"{span.start:%m-%dT%H:%M}..{span.end:%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("wish", "after"),
    [
        (TimeWish(start="2026-11-24T15:00:00+09:00"), "11-24T15:00..11-24T16:30"),
        (TimeWish(start="15:00"), "11-23T15:00..11-23T16:30"),
        (TimeWish(start="2026-11-27"), "11-27T10:00..11-27T11:30"),
        (TimeWish(start="+90"), "11-23T11:30..11-23T13:00"),
        (TimeWish(start="-30"), "11-23T09:30..11-23T11:00"),
        (TimeWish(end="12:00"), "11-23T10:00..11-23T12:00"),
        (TimeWish(start="2026-11-27", end="12:00"), "11-27T10:00..11-27T12:00"),
        (TimeWish(start="15:00", duration_min=30), "11-23T15:00..11-23T15:30"),
        (TimeWish(all_day=True), "11-23..11-24"),
        (TimeWish(start="2026-11-27", all_day=True), "11-27..11-28"),
    ],
)
def test_what_was_not_said_of_a_meeting_stays(wish: TimeWish, after: str) -> None:
    assert shown(moved_span(MEETING, wish, SEOUL)) == after


@pytest.mark.parametrize(
    ("wish", "after"),
    [
        (TimeWish(start="2026-12-01"), "12-01..12-04"),
        (TimeWish(end="2026-11-24"), "11-23..11-24"),
        (TimeWish(start="2026-12-01T09:00:00+09:00"), "12-01T09:00..12-01T10:00"),
        (TimeWish(start="09:00", end="2026-11-23T12:00:00+09:00"), "11-23T09:00..11-23T12:00"),
    ],
)
def test_what_was_not_said_of_whole_days_stays(wish: TimeWish, after: str) -> None:
    assert shown(moved_span(TRIP, wish, SEOUL)) == after


@pytest.mark.parametrize(
    ("span", "wish", "parameter"),
    [
        (MEETING, TimeWish(end="12:00", duration_min=30), "duration_min"),
        (MEETING, TimeWish(end="09:00"), "end"),
        (MEETING, TimeWish(start="soon"), "start"),
        (MEETING, TimeWish(end="2026-11-24"), "end"),
        (MEETING, TimeWish(tz="Asia/Seoul"), "tz"),
        (TRIP, TimeWish(all_day=False), "start"),
        (TRIP, TimeWish(start="+30"), "start"),
        (TRIP, TimeWish(end="2026-11-23"), "end"),
        (TRIP, TimeWish(duration_min=30), "duration_min"),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(
    span: EventSpan, wish: TimeWish, parameter: str
) -> None:
    with pytest.raises(BadInput) as raised:
        moved_span(span, wish, SEOUL)
    assert raised.value.parameter == parameter


def test_a_time_is_meant_in_the_persons_zone_and_kept_in_the_events() -> None:
    there = EventSpan.timed(at(23, 23).astimezone(NEW_YORK), timedelta(hours=1))
    after = moved_span(there, TimeWish(start="22:00"), SEOUL)
    assert after.start == at(23, 22)
    assert after.zone == NEW_YORK


def test_another_zone_is_taken_only_when_it_is_named() -> None:
    wish = TimeWish(start="2026-11-23T09:00:00", tz="America/New_York")
    assert moved_span(MEETING, wish, NEW_YORK).zone == NEW_YORK


def test_a_series_moves_by_the_days_its_seen_event_moves() -> None:
    first = EventSpan(at(2, 10), at(2, 11), all_day=False)
    seen = EventSpan(at(23, 10), at(23, 11), all_day=False)
    after = EventSpan(at(25, 15), at(25, 16, 30), all_day=False)
    assert shown(series_span(first, seen, after)) == "11-04T15:00..11-04T16:30"
    days = EventSpan(at(25), at(27), all_day=True)
    assert shown(series_span(first, seen, days)) == "11-04..11-06"


@settings(max_examples=100, deadline=None)
@given(
    minutes=st.integers(0, 500 * 24 * 60),
    length=st.integers(1, 3000),
    to=st.integers(0, 500 * 24 * 60),
    zone=st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Seoul"]).map(ZoneInfo),
)
def test_a_moved_event_is_as_long_as_before(
    minutes: int, length: int, to: int, zone: ZoneInfo
) -> None:
    utc = ZoneInfo("UTC")
    begin = (at(1).astimezone(utc) + timedelta(minutes=minutes)).astimezone(zone)
    span = EventSpan.timed(begin, timedelta(minutes=length))
    start = (at(1).astimezone(utc) + timedelta(minutes=to)).astimezone(SEOUL)
    after = moved_span(span, TimeWish(start=start.isoformat()), SEOUL)
    assert after.length == timedelta(minutes=length)
    # In the hour that comes twice, times of two zones are never equal to Python.
    assert after.start.timestamp() == start.timestamp()
    assert after.zone == zone
