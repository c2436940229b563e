from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from arion_host.clock import SteadyClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Time:
    """A machine's clocks: time passes for both, and only the wall clock can be set."""

    def __init__(self) -> None:
        self.wall = NOON
        self.running_s = 0.0

    def steady(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.running_s)

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.running_s += seconds

    def is_set(self, by: timedelta) -> None:
        self.wall += by


def test_it_shows_the_time_while_nobody_sets_it():
    time = Time()
    clock = time.steady()
    time.passes(90)
    assert clock() == NOON + timedelta(seconds=90)
    assert not clock.leapt


@pytest.mark.parametrize("back", [timedelta(minutes=10), timedelta(days=400)])
def test_a_wait_is_no_shorter_after_the_clock_was_set_back(back: timedelta):
    time = Time()
    clock = time.steady()
    time.passes(60)
    began = clock()
    time.is_set(-back)
    time.passes(30)
    assert clock() - began == timedelta(seconds=30)
    time.passes(30)
    assert clock() - began == timedelta(seconds=60)
    assert clock.leapt


def test_it_goes_along_when_the_clock_is_set_forward_and_knows_it():
    time = Time()
    clock = time.steady()
    time.is_set(timedelta(hours=1))
    assert clock() == NOON + timedelta(hours=1)
    assert clock.leapt


def test_a_clock_that_is_put_right_by_a_moment_has_not_leapt():
    time = Time()
    clock = time.steady()
    time.passes(1_000)
    time.is_set(timedelta(seconds=-2))
    assert clock() > NOON
    assert not clock.leapt
