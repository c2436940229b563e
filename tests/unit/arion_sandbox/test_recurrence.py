from __future__ import annotations

from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from arion_sandbox.recurrence import BadRecurrenceError, parse_recurrence

SEOUL = ZoneInfo("Asia/Seoul")
FIRST = datetime.fromisoformat("2026-11-23T10:00")
"""A Monday."""
LATER = datetime.fromisoformat("2030-01-01")


def starts(*lines: str, first: datetime = FIRST, until: datetime = LATER, most: int = 5):
    found = parse_recurrence(lines, SEOUL).starts(first, until)
    return [f"{start:%Y-%m-%d}" for start in islice(found, most)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=2", ["2026-11-23", "2026-12-03"]),
        ("FREQ=DAILY;BYDAY=SA,SU;COUNT=2", ["2026-11-28", "2026-11-29"]),
        ("FREQ=DAILY;BYMONTHDAY=1;COUNT=2", ["2026-12-01", "2027-01-01"]),
        ("FREQ=WEEKLY;COUNT=2", ["2026-11-23", "2026-11-30"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", ["2026-11-24", "2026-11-26", "2026-12-01"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=3", ["2026-11-23", "2026-11-29", "2026-12-07"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=3",
            ["2026-11-23", "2026-12-06", "2026-12-07"],
        ),
        ("FREQ=MONTHLY;COUNT=2", ["2026-11-23", "2026-12-23"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2026-11-30", "2026-12-31"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2026-11-27", "2026-12-25"]),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=2", ["2026-12-08", "2027-01-12"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-11-30", "2026-12-31"]),
        ("FREQ=YEARLY;COUNT=2", ["2026-11-23", "2027-11-23"]),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=2", ["2027-01-01", "2028-01-01"]),
        ("FREQ=DAILY;UNTIL=20261124", ["2026-11-23", "2026-11-24"]),
        ("FREQ=DAILY;UNTIL=20261124T005959Z", ["2026-11-23"]),
    ],
)
def test_a_rule_gives_the_days_a_person_expects(rule: str, expected: list[str]):
    assert starts(f"RRULE:{rule}") == expected


def test_the_thirty_first_skips_the_months_that_have_none():
    first = datetime.fromisoformat("2026-12-31T09:00")
    assert starts("RRULE:FREQ=MONTHLY;COUNT=3", first=first) == [
        "2026-12-31",
        "2027-01-31",
        "2027-03-31",
    ]


def test_an_excluded_time_is_left_out_and_still_counts():
    lines = ("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Asia/Seoul:20261124T100000")
    assert starts(*lines) == ["2026-11-23", "2026-11-25"]


def test_an_excluded_time_in_utc_is_read_in_the_zone_of_the_event():
    assert starts("RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261123T010000Z") == ["2026-11-24"]


def test_an_endless_rule_stops_where_it_is_asked_to():
    until = datetime.fromisoformat("2026-11-25")
    assert starts("RRULE:FREQ=DAILY", until=until) == ["2026-11-23", "2026-11-24"]


def test_a_rule_that_never_matches_ends():
    impossible = "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
    assert starts(impossible, until=datetime.fromisoformat("9998-01-01")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=HOURLY",),
        ("RRULE:FREQ=DAILY;COUNT=0",),
        ("RRULE:FREQ=DAILY;COUNT=two",),
        ("RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261201",),
        ("RRULE:FREQ=WEEKLY;BYDAY=XX",),
        ("RRULE:FREQ=DAILY;BYHOUR=3",),
        ("RRULE:FREQ=DAILY;UNTIL=tomorrow",),
        ("FREQ=DAILY",),
        ("EXDATE:20261123",),
        ("RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(lines: tuple[str, ...]):
    with pytest.raises(BadRecurrenceError):
        parse_recurrence(lines, SEOUL)
