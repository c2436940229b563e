from __future__ import annotations

from arion_kit.breaker import Breaker, BreakerState

from .conftest import FakeTime


def opened(time: FakeTime) -> Breaker:
    breaker = Breaker(threshold=2, cool_s=10, clock=time.clock)
    breaker.record(healthy=False)
    breaker.record(healthy=False)
    return breaker


def test_it_opens_after_failures_in_a_row_and_says_for_how_long(time: FakeTime):
    breaker = opened(time)
    assert breaker.state is BreakerState.OPEN
    time.now += 4
    assert breaker.refused_for_s() == 6


def test_a_success_between_failures_keeps_it_closed(time: FakeTime):
    breaker = Breaker(threshold=2, clock=time.clock)
    for _ in range(5):
        breaker.record(healthy=False)
        breaker.record(healthy=True)
    assert breaker.state is BreakerState.CLOSED
    assert breaker.refused_for_s() == 0


def test_after_cooling_one_call_tries_and_the_others_wait_for_it(time: FakeTime):
    breaker = opened(time)
    time.now += 10
    assert breaker.state is BreakerState.HALF_OPEN
    assert breaker.refused_for_s() == 0
    assert breaker.refused_for_s() == 10


def test_a_trial_that_succeeds_closes_it(time: FakeTime):
    breaker = opened(time)
    time.now += 10
    breaker.refused_for_s()
    breaker.record(healthy=True)
    assert breaker.state is BreakerState.CLOSED


def test_a_trial_that_fails_opens_it_again(time: FakeTime):
    breaker = opened(time)
    time.now += 10
    breaker.refused_for_s()
    time.now += 3
    breaker.record(healthy=False)
    assert breaker.refused_for_s() == 10
