from __future__ import annotations

import logging

import pytest

from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.health import EngineHealth, HealthOptions
from arion_voice.testing import SteppedClock

BROKEN = SpeechError(VoiceErrorKind.ENGINE_FAILED, "it broke")


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def health(clock: SteppedClock) -> EngineHealth:
    return EngineHealth("the voice", clock, HealthOptions(failures=2, rest_s=30, longest_rest_s=90))


def fail(health: EngineHealth, times: int, error: SpeechError = BROKEN) -> None:
    for _ in range(times):
        health.failed(error)


async def test_failures_in_a_row_put_an_engine_to_rest_until_the_rest_is_over(
    health: EngineHealth, clock: SteppedClock
) -> None:
    fail(health, 1)
    assert not health.is_resting
    fail(health, 1)
    assert health.is_resting
    await clock.sleep(29)
    assert health.is_resting
    await clock.sleep(1)
    assert not health.is_resting


def test_a_success_between_failures_starts_the_count_again(health: EngineHealth) -> None:
    fail(health, 1)
    health.succeeded()
    fail(health, 1)
    assert not health.is_resting
    assert health.problem == "it broke"
    health.succeeded()
    assert health.problem == ""


async def test_after_a_rest_one_failure_is_enough_and_each_rest_is_longer(
    health: EngineHealth, clock: SteppedClock
) -> None:
    fail(health, 2)
    rests = []
    for _ in range(3):
        rest = 0
        while health.is_resting:
            await clock.sleep(1)
            rest += 1
        rests.append(rest)
        fail(health, 1)
    assert rests == [30, 60, 90]


async def test_a_success_makes_the_next_rest_short_again(
    health: EngineHealth, clock: SteppedClock
) -> None:
    fail(health, 2)
    await clock.sleep(30)
    fail(health, 1)
    await clock.sleep(60)
    health.succeeded()
    fail(health, 2)
    await clock.sleep(30)
    assert not health.is_resting


@pytest.mark.parametrize("kind", [VoiceErrorKind.NOT_ALLOWED, VoiceErrorKind.QUOTA])
async def test_a_refused_key_or_used_up_credit_is_not_tried_again_soon(
    health: EngineHealth, clock: SteppedClock, kind: VoiceErrorKind
) -> None:
    fail(health, 1, SpeechError(kind, "no"))
    await clock.sleep(89)
    assert health.is_resting
    await clock.sleep(1)
    assert not health.is_resting


def test_being_busy_is_no_illness(health: EngineHealth) -> None:
    fail(health, 5, SpeechError(VoiceErrorKind.BUSY, "later"))
    assert not health.is_resting
    assert health.problem == "later"


def test_the_log_tells_a_problem_once(
    health: EngineHealth, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        fail(health, 3)
        health.succeeded()
    assert caplog.text.count("it broke") == 1
    assert caplog.text.count("works again") == 1
