"""Free slots: nothing that overlaps, at sensible times, where they were asked for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendar_events import SEOUL, at

from arion_calendar.slots import Hours, Search, find_slots, read_hours, usual_hours
from arion_calendar.times import Window
from arion_kit.errors import BadInput

pytestmark = pytest.mark.thorough

HOUR = timedelta(hours=1)
OFFICE = Hours(time(9), time(18))
MONDAY = Window(at(23), at(24))
UTC = ZoneInfo("UTC")


def found(busy: list[Window], window: Window = MONDAY, **options: object) -> list[str]:
    search = Search(**{"window": window, "length": HOUR, "hours": OFFICE, **options})
    return [f"{it.start:%d %H:%M}-{it.end:%H:%M}" for it in find_slots(busy, search)]


def busy(day: int, *hours: tuple[float, float]) -> list[Window]:
    return [Window(at(day) + first * HOUR, at(day) + last * HOUR) for first, last in hours]


def test_the_first_of_every_free_stretch_comes_before_a_second_of_one() -> None:
    assert found(busy(23, (10, 12), (13, 16))) == ["23 09:00-10:00", "23 12:00-13:00",
                                                   "23 16:00-17:00"]  # fmt: skip


def test_a_long_stretch_gives_as_many_as_are_wanted() -> None:
    assert found([], wanted=2) == ["23 09:00-10:00", "23 10:00-11:00"]
    assert len(found([], wanted=20)) == 9


def test_slots_begin_at_half_hours_where_they_fit() -> None:
    taken = busy(23, (9, 9.75), (11.25, 18))
    assert found(taken, wanted=1) == ["23 10:00-11:00"]
    narrow = busy(23, (9, 9 + 5 / 60), (10 + 5 / 60, 18))
    assert found(narrow, wanted=1) == ["23 09:05-10:05"]


def test_what_does_not_fit_is_not_offered() -> None:
    assert found(busy(23, (9.5, 17.5))) == []
    assert found(busy(23, (0, 24))) == []


def test_weekends_and_days_off_are_no_working_days() -> None:
    week = Window(at(27), at(31))  # Friday to Monday
    days = {it[:2] for it in found([], week, working=True, wanted=40)}
    assert days == {"27", "30"}
    off = frozenset({date(2026, 11, 30)})
    assert {it[:2] for it in found([], week, working=True, days_off=off, wanted=40)} == {"27"}


def test_nights_are_left_out_only_of_long_windows() -> None:
    assert usual_hours(Window(at(23, 22), at(24, 2))) is None
    assert usual_hours(MONDAY) == Hours(time(8), time(22))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("09:00-18:00", OFFICE),
        ("9:00 ~ 18:00", OFFICE),
        ("00:00-24:00", Hours(time(0), None)),
    ],
)
def test_hours_are_read(text: str, hours: Hours) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["9-18", "18:00-09:00", "09:00-25:00", "09:00-24:30", "morning"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_hours(text)
    assert raised.value.parameter == "working_hours"


ZONES = st.sampled_from(["Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])


@settings(max_examples=150, deadline=None)
@given(
    zone=ZONES.map(ZoneInfo),
    first=st.integers(0, 365 * 24 * 12),
    days=st.integers(1, 10),
    taken=st.lists(st.tuples(st.integers(-100, 4000), st.integers(1, 600)), max_size=25),
    minutes=st.integers(5, 300),
    office=st.booleans(),
    working=st.booleans(),
)
def test_no_slot_overlaps_what_is_taken_or_leaves_the_window(
    zone: ZoneInfo,
    first: int,
    days: int,
    taken: list[tuple[int, int]],
    minutes: int,
    office: bool,
    working: bool,
) -> None:
    begin = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=5 * first)
    window = Window(begin.astimezone(zone), (begin + timedelta(days=days)).astimezone(zone))
    spans = [
        Window(
            (begin + timedelta(minutes=start)).astimezone(SEOUL),
            (begin + timedelta(minutes=start + length)).astimezone(SEOUL),
        )
        for start, length in taken
    ]
    search = Search(
        window, timedelta(minutes=minutes), OFFICE if office else None, working=working, wanted=10
    )
    slots = find_slots(spans, search)
    for slot in slots:
        ends = slot.start.astimezone(UTC), slot.end.astimezone(UTC)
        assert ends[1] - ends[0] == search.length
        assert begin <= ends[0]
        assert ends[1] <= begin + timedelta(days=days)
        assert all(ends[1] <= it.start or it.end <= ends[0] for it in spans)
        assert not office or (slot.start.hour >= 9 and slot.end.time() <= time(18))
        assert not (office and working) or slot.start.weekday() < 5
    # In one zone, hours on the clock are compared, and an hour that comes twice is not in order.
    starts = [it.start.astimezone(UTC) for it in slots]
    assert starts == sorted(starts)
