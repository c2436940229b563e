from __future__ import annotations

import asyncio

import pytest

from arion_voice.testing import SteppedClock
from arion_voice.timing import Pacer, TurnTimer


async def test_marks_count_from_the_end_of_the_speech() -> None:
    clock = SteppedClock()
    timer = TurnTimer(clock, speech_ended=-0.5)
    timer.mark("endpoint")
    await clock.sleep(0.25)
    timer.mark("stt")
    assert timer.milliseconds() == {"endpoint": 500.0, "stt": 750.0}


async def test_the_first_mark_of_a_step_counts() -> None:
    clock = SteppedClock()
    timer = TurnTimer(clock, speech_ended=0)
    timer.mark("first_audio")
    await clock.sleep(1)
    timer.mark("first_audio")
    assert timer.milliseconds() == {"first_audio": 0.0}


async def test_audio_is_never_sent_further_ahead_than_it_may_be() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    for step in range(100):
        await pacer.wait(step * 0.04)
        assert clock.now() >= step * 0.04 - 0.4 - 1e-9
    assert clock.now() == pytest.approx(99 * 0.04 - 0.4)


async def test_the_first_stretch_is_sent_at_once() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    for step in range(11):
        await pacer.wait(step * 0.04)
    assert clock.now() == 0


async def test_after_a_gap_the_player_starts_from_where_it_ran_dry() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    await pacer.wait(0)
    await clock.sleep(10)
    await pacer.wait(1.0)
    await pacer.wait(1.4)
    assert clock.now() == pytest.approx(10)
    await pacer.wait(2.0)
    assert clock.now() == pytest.approx(10.6)


async def test_a_paused_player_goes_on_where_it_stopped() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    for step in range(26):
        await pacer.wait(step * 0.04)
    assert pacer.played_s == pytest.approx(0.6)
    pacer.pause()
    await clock.sleep(5)
    assert pacer.played_s == pytest.approx(0.6)
    pacer.resume()
    assert pacer.played_s == pytest.approx(0.6)
    await pacer.wait(1.04)
    assert clock.now() == pytest.approx(5.64)


async def test_nothing_is_sent_to_a_paused_player() -> None:
    pacer = Pacer(SteppedClock(), ahead_s=0.4)
    await pacer.wait(0)
    pacer.pause()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await pacer.wait(0.04)
    pacer.resume()
    await pacer.wait(0.04)


async def test_after_a_machine_has_slept_nothing_is_sent_in_a_burst() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    for step in range(50):
        await pacer.wait(step * 0.04)
    await clock.sleep(3600)
    woke = clock.now()
    for step in range(50, 100):
        await pacer.wait(step * 0.04)
    assert clock.now() - woke == pytest.approx(49 * 0.04 - 0.4)


async def test_another_player_begins_where_it_is_told() -> None:
    clock = SteppedClock()
    pacer = Pacer(clock, ahead_s=0.4)
    for step in range(50):
        await pacer.wait(step * 0.04)
    pacer.restart(0.5)
    await clock.sleep(10)
    assert pacer.played_s == 0.5
    await pacer.wait(0.5)
    await pacer.wait(0.9)
    assert clock.now() == pytest.approx(11.56)
    await clock.sleep(0.3)
    assert pacer.played_s == pytest.approx(0.8)
