from __future__ import annotations

import pytest

from arion_voice.inflow import Inflow

SECOND = 2 * 16_000


def test_a_microphone_is_read_at_once_however_long_it_speaks():
    inflow = Inflow()
    for now in range(3600):
        inflow.take(SECOND, now)
        assert inflow.wait_s(now) == 0


def test_what_was_kept_over_a_drop_is_read_at_once():
    inflow = Inflow()
    inflow.take(10 * SECOND, 1_000.0)
    assert inflow.wait_s(1_000.0) == 0


def test_a_flood_is_read_four_times_as_fast_as_it_was_spoken():
    inflow, now = Inflow(), 1_000.0
    for _ in range(100):
        inflow.take(SECOND, now)
        now += inflow.wait_s(now)
        assert inflow.wait_s(now) == pytest.approx(0, abs=1e-9)
    assert now - 1_000 == pytest.approx((100 - 20) / 4)


def test_after_a_flood_its_time_passes():
    inflow = Inflow()
    inflow.take(30 * SECOND, 5.0)
    assert inflow.wait_s(5.0) == 2.5
    assert inflow.wait_s(7.5) == 0
