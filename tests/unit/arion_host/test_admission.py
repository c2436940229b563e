from __future__ import annotations

from arion_host.admission import Admission


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_place_that_is_given_back_is_free_again():
    admission = Admission()
    for _ in range(2):
        assert admission.wait_s(2) is None
        admission.enter()
    assert admission.wait_s(2) is not None
    admission.leave()
    assert admission.wait_s(2) is None


def test_where_nobody_has_left_yet_half_a_minute_is_guessed():
    admission = Admission()
    admission.enter()
    assert admission.wait_s(1) == 30


def test_it_is_told_how_often_somebody_leaves():
    clock = Clock()
    admission = Admission(clock)
    for _ in range(4):
        admission.enter()
        admission.leave()
        clock.now += 8
    admission.enter()
    assert admission.wait_s(1) == 8
    clock.now += 16
    assert admission.wait_s(1) == 12
    clock.now += 10_000
    assert admission.wait_s(1) == 60


def test_nobody_is_told_to_come_at_once():
    admission = Admission(Clock())
    for _ in range(20):
        admission.enter()
        admission.leave()
    admission.enter()
    assert admission.wait_s(1) == 1
