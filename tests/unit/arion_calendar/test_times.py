"""Times that tools are given, and windows."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_calendar.times import Window, read_span, read_window, read_zone
from arion_kit.errors import BadInput

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SEOUL)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SEOUL)


def test_without_start_and_end_the_window_is_today() -> None:
    assert read_window(None, None, SEOUL, NOW) == Window(at(22), at(23))


def test_today_is_counted_in_the_zone_of_the_window() -> None:
    window = read_window(None, None, NEW_YORK, NOW)
    assert window.start == datetime(2026, 11, 21, tzinfo=NEW_YORK)


def test_a_plain_date_as_end_is_exclusive() -> None:
    assert read_window("2026-11-23", "2026-11-24", SEOUL, NOW) == Window(at(23), at(24))


def test_without_end_a_window_lasts_to_the_end_of_its_day() -> None:
    window = read_window("2026-11-23T15:00:00+09:00", None, SEOUL, NOW)
    assert window == Window(at(23, 15), at(24))


def test_a_search_without_end_looks_ninety_days_on() -> None:
    window = read_window(None, None, SEOUL, NOW, searching=True)
    assert window.end - window.start == timedelta(days=90)


def test_an_offset_is_turned_into_the_zone_of_the_person() -> None:
    window = read_window("2026-11-23T01:00:00Z", "2026-11-23t12:00:00+09:00", SEOUL, NOW)
    assert window.start.isoformat() == "2026-11-23T10:00:00+09:00"
    assert window.end == at(23, 12)


def test_a_time_without_offset_is_meant_in_the_zone_of_the_person() -> None:
    assert read_window("2026-11-23T15:00", None, SEOUL, NOW).start == at(23, 15)


@pytest.mark.parametrize(
    "start",
    ["내일", "2026-02-30", "2026-11-23T25:00:00+09:00", "20261123", "3pm", "0001-01-01", "", " "],
)
def test_what_is_no_time_is_refused_by_name(start: str) -> None:
    with pytest.raises(BadInput, match="start"):
        read_span(start, None, None, None, SEOUL)


@pytest.mark.parametrize("end", ["2026-11-23", "2026-11-22", "2026-11-22T23:59:00+09:00"])
def test_an_end_that_is_not_after_the_start_is_refused(end: str) -> None:
    with pytest.raises(BadInput, match="end: must be after start"):
        read_window("2026-11-23", end, SEOUL, NOW)


@pytest.mark.parametrize("tz", ["Mars/Olympus", "", "Asia", "../etc/passwd", "KST"])
def test_an_unknown_zone_is_refused(tz: str) -> None:
    with pytest.raises(BadInput, match="tz"):
        read_zone(tz, SEOUL)


def test_an_event_without_end_lasts_an_hour() -> None:
    span = read_span("2026-11-23T15:00:00+09:00", None, None, None, SEOUL)
    assert (span.start, span.end, span.all_day) == (at(23, 15), at(23, 16), False)


def test_a_duration_is_elapsed_time_across_a_change_of_the_clock() -> None:
    span = read_span("2026-11-01T00:30:00-04:00", None, 120, None, NEW_YORK)
    assert span.end.isoformat() == "2026-11-01T01:30:00-05:00"


def test_a_date_makes_an_event_of_the_whole_day() -> None:
    span = read_span("2026-11-23", None, None, None, SEOUL)
    assert span.all_day
    assert span.body() == {"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}}


def test_all_day_takes_the_days_of_given_times() -> None:
    start, end = "2026-11-23T09:00:00+09:00", "2026-11-24T18:00:00+09:00"
    span = read_span(start, end, None, True, SEOUL)
    assert span.body() == {"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-25"}}


def test_timed_events_carry_their_zone_beside_the_offset() -> None:
    span = read_span("2026-11-23T15:00:00+09:00", None, 30, None, SEOUL)
    assert span.body()["end"] == {
        "dateTime": "2026-11-23T15:30:00+09:00",
        "timeZone": "Asia/Seoul",
    }


@pytest.mark.parametrize(
    ("start", "end", "duration_min", "all_day", "parameter"),
    [
        ("2026-11-23T15:00:00+09:00", "2026-11-23T16:00:00+09:00", 30, None, "duration_min"),
        ("2026-11-23", None, 30, None, "duration_min"),
        ("2026-11-23", None, None, False, "start"),
        ("2026-11-23T15:00:00+09:00", "2026-11-24", None, None, "end"),
        ("2026-11-23", "2026-11-23", None, None, "end"),
        ("2026-11-23T15:00:00+09:00", "2026-11-23T15:00:00+09:00", None, None, "end"),
    ],
)
def test_contradictions_are_refused_by_name(
    start: str, end: str | None, duration_min: int | None, all_day: bool | None, parameter: str
) -> None:
    with pytest.raises(BadInput) as raised:
        read_span(start, end, duration_min, all_day, SEOUL)
    assert raised.value.parameter == parameter


def test_overlapping_periods_are_joined_and_cut_to_the_window() -> None:
    window = Window(at(23, 9), at(23, 18))
    periods = [
        Window(at(23, 14), at(23, 15)),
        Window(at(23, 8), at(23, 10)),
        Window(at(23, 15), at(23, 16)),
        Window(at(23, 14, 30), at(23, 14, 45)),
        Window(at(23, 19), at(23, 20)),
    ]
    assert window.clip(periods) == (Window(at(23, 9), at(23, 10)), Window(at(23, 14), at(23, 16)))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 1440), st.integers(0, 1440)), max_size=8))
def test_clipped_periods_are_apart_in_order_and_cover_the_same_minutes(
    pairs: list[tuple[int, int]],
) -> None:
    window = Window(at(23, 6), at(23, 20))
    minute = timedelta(minutes=1)
    given_periods = [Window(at(23) + min(p) * minute, at(23) + max(p) * minute) for p in pairs]
    clipped = window.clip(given_periods)
    assert all(a.end < b.start for a, b in pairwise(clipped))
    for count in range(6 * 60, 20 * 60, 17):
        moment = at(23) + count * minute
        assert any(p.start <= moment < p.end for p in clipped) == any(
            p.start <= moment < p.end for p in given_periods
        )
