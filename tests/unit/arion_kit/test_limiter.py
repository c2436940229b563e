from __future__ import annotations

import asyncio

import pytest

from arion_kit.limiter import Limiter, Quota

from .conftest import FakeTime


async def test_a_burst_goes_through_at_once_and_the_rest_waits(time: FakeTime):
    limiter = Limiter(Quota(units_per_s=2, burst=3), time.clock)
    for _ in range(4):
        await limiter.take()
    assert time.slept == [0.5]


async def test_idle_time_fills_the_bucket_no_further_than_its_burst(time: FakeTime):
    limiter = Limiter(Quota(units_per_s=2, burst=3), time.clock)
    time.now += 3600
    await limiter.take(3)
    assert limiter.wait_s(1) == 0.5


async def test_concurrent_callers_each_wait_for_their_own_units(time: FakeTime):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    clock = time.clock
    limiter = Limiter(
        Quota(units_per_s=1, burst=1), type(clock)(clock.monotonic, clock.wall, sleep)
    )
    await asyncio.gather(limiter.take(), limiter.take(), limiter.take(2))
    assert slept == [1.0, 3.0]


@pytest.mark.parametrize("cost", [1.0, 250.0])
async def test_a_call_dearer_than_the_burst_still_gets_through(cost: float, time: FakeTime):
    limiter = Limiter(Quota(units_per_s=100, burst=50), time.clock)
    await limiter.take(cost)
    assert sum(time.slept) == max(0.0, (cost - 50) / 100)
