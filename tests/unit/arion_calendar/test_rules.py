"""Recurrence lines: cut, continued and moved without losing or gaining an event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_calendar.rules import Start, continued, moved, tidy, truncated
from arion_calendar.times import midnight
from arion_kit.errors import BadInput
from arion_sandbox.recurrence import parse_recurrence

SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")
MONDAY = Start(datetime(2026, 11, 23, 10, tzinfo=SEOUL), all_day=False)
WHOLE_DAY = Start(midnight(date(2026, 11, 23), SEOUL), all_day=True)

ZONES = st.sampled_from(
    ["Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"]
).map(ZoneInfo)
RULES = st.sampled_from(
    ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY"]
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 12).map(
    lambda steps: datetime.fromisoformat("2026-01-01T00:00:00") + timedelta(minutes=5 * steps)
)


def starts(lines: list[str], start: Start, days: int = 4000) -> list[datetime]:
    """What the sandbox makes of the lines: a reader of recurrences that knows nothing of ours."""
    first = start.moment.replace(tzinfo=None)
    recurrence = parse_recurrence(lines, start.zone, all_day=start.all_day)
    return list(recurrence.starts(first, first + timedelta(days=days)))


@st.composite
def series(draw: st.DrawFn) -> tuple[list[str], Start]:
    zone, all_day = draw(ZONES), draw(st.booleans())
    moment = draw(MOMENTS).replace(tzinfo=zone)
    # A wall time that does not exist is read as another one.
    moment = moment.astimezone(ZoneInfo("UTC")).astimezone(zone)
    start = Start(midnight(moment.date(), zone) if all_day else moment, all_day)
    rule = f"{draw(RULES)};COUNT={draw(st.integers(3, 9))}"
    if draw(st.booleans()):
        last = starts([f"RRULE:{rule}"], start)[-1]
        rule = f"{rule.partition(';COUNT')[0]};UNTIL={last:%Y%m%d}"
    return tidy([rule], start), start


def placed(wall: datetime, start: Start) -> Start:
    return Start(wall.replace(tzinfo=start.zone), start.all_day)


@settings(max_examples=80, deadline=None)
@given(series(), st.data())
def test_a_cut_series_and_its_rest_are_the_whole(
    made: tuple[list[str], Start], data: st.DataObject
) -> None:
    lines, first = made
    whole = starts(lines, first)
    at = data.draw(st.integers(1, len(whole) - 1))
    cut = placed(whole[at], first)
    assert starts(truncated(lines, cut), first) == whole[:at]
    assert starts(continued(lines, cut, done=at, skipped=[]), cut) == whole[at:]


@settings(max_examples=80, deadline=None)
@given(series(), st.timedeltas(timedelta(hours=-60), timedelta(hours=60)))
def test_a_moved_series_has_as_many_events_each_moved_alike(
    made: tuple[list[str], Start], by: timedelta
) -> None:
    lines, first = made
    by = timedelta(days=by.days) if first.all_day else by - by % timedelta(minutes=5)
    after = placed(first.moment.replace(tzinfo=None) + by, first)
    monthly = "MONTHLY" in lines[0]  # which 31st there is depends on the month
    expected = [it + by for it in starts(lines, first)]
    found = starts(moved(lines, first, after), after)
    assert monthly or found == expected


def test_the_end_of_a_timed_series_is_a_moment_in_utc() -> None:
    assert truncated(["RRULE:FREQ=WEEKLY"], MONDAY) == ["RRULE:FREQ=WEEKLY;UNTIL=20261123T005959Z"]


def test_the_end_of_a_series_of_days_is_a_date() -> None:
    assert truncated(["RRULE:FREQ=DAILY;COUNT=9"], WHOLE_DAY) == ["RRULE:FREQ=DAILY;UNTIL=20261122"]


def test_an_earlier_end_stays() -> None:
    lines = ["RRULE:FREQ=DAILY;UNTIL=20261101T000000Z"]
    assert truncated(lines, MONDAY) == lines


def test_exceptions_go_with_the_part_they_are_in() -> None:
    lines = ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Asia/Seoul:20261116T100000,20261130T100000"]
    assert truncated(lines, MONDAY)[1:] == ["EXDATE:20261116T010000Z"]
    skipped = [datetime(2026, 12, 7, 10, tzinfo=SEOUL)]
    assert continued(lines, MONDAY, done=3, skipped=skipped)[1:] == [
        "EXDATE:20261130T010000Z",
        "EXDATE:20261207T010000Z",
    ]


def test_exceptions_move_along() -> None:
    lines = ["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20261130T010000Z"]
    after = Start(datetime(2026, 11, 24, 15, tzinfo=SEOUL), all_day=False)
    assert moved(lines, MONDAY, after) == [
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "EXDATE:20261201T060000Z",
    ]


def test_a_series_of_hours_becomes_one_of_days_and_back() -> None:
    timed = ["RRULE:FREQ=DAILY;UNTIL=20261130T010000Z", "EXDATE:20261125T010000Z"]
    days = ["RRULE:FREQ=DAILY;UNTIL=20261130", "EXDATE;VALUE=DATE:20261125"]
    assert moved(timed, MONDAY, WHOLE_DAY) == days
    assert moved(days, WHOLE_DAY, MONDAY) == timed


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=3"]
)
def test_fixed_days_do_not_move_by_guess(rule: str) -> None:
    after = Start(MONDAY.moment + timedelta(days=1), all_day=False)
    with pytest.raises(BadInput) as raised:
        moved([f"RRULE:{rule}"], MONDAY, after)
    assert raised.value.parameter == "recurrence"
    later = Start(MONDAY.moment + timedelta(hours=1), all_day=False)
    assert moved([f"RRULE:{rule}"], MONDAY, later) == [f"RRULE:{rule}"]


@pytest.mark.parametrize(
    ("line", "start", "tidied"),
    [
        ("freq=weekly;byday=mo", MONDAY, "RRULE:FREQ=WEEKLY;BYDAY=MO"),
        ("RRULE:FREQ=DAILY;UNTIL=20261130", MONDAY, "RRULE:FREQ=DAILY;UNTIL=20261130T145959Z"),
        (
            "RRULE:FREQ=DAILY;UNTIL=20261130T235900",
            MONDAY,
            "RRULE:FREQ=DAILY;UNTIL=20261130T145900Z",
        ),
        ("RRULE:FREQ=DAILY;UNTIL=20261130T235959Z", WHOLE_DAY, "RRULE:FREQ=DAILY;UNTIL=20261130"),
        ("exdate:20261130t010000z", MONDAY, "EXDATE:20261130T010000Z"),
        ("EXDATE;TZID=America/New_York:20261129T200000", MONDAY, "EXDATE:20261130T010000Z"),
        ("RDATE:20261130", WHOLE_DAY, "RDATE;VALUE=DATE:20261130"),
    ],
)
def test_lines_are_put_into_the_form_google_takes(line: str, start: Start, tidied: str) -> None:
    assert tidy([line], start) == [tidied]


@pytest.mark.parametrize(
    "line",
    [
        "매주",
        "RRULE:FREQ=HOURLY",
        "RRULE:BYDAY=MO",
        "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261130",
        "RRULE:FREQ=DAILY;COUNT=0",
        "RRULE:FREQ=DAILY;INTERVAL=two",
        "RRULE:FREQ=DAILY;UNTIL=20260101",
        "RRULE:FREQ=DAILY;UNTIL=20261399",
        "EXDATE:tomorrow",
        "EXDATE;TZID=Mars/Olympus:20261130T100000",
    ],
)
def test_what_no_calendar_understands_is_refused_by_name(line: str) -> None:
    with pytest.raises(BadInput) as raised:
        tidy([line], MONDAY)
    assert raised.value.parameter == "recurrence"
