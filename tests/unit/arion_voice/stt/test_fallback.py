from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from arion_voice.engines import Stretch, Transcript, Urgency
from arion_voice.errors import ModelsError, SpeechError, VoiceErrorKind
from arion_voice.stt.fallback import FallbackRecognizer
from arion_voice.testing import SteppedClock

BROKEN = SpeechError(VoiceErrorKind.ENGINE_FAILED, "the line broke")
NO_MODELS = ModelsError(VoiceErrorKind.NO_MODELS, "no model is here")


@dataclass
class Hearer:
    """Hears its own name."""

    name: str
    failure: Exception | None = None
    asked: int = 0
    warmed: int = 0
    closed: bool = False

    async def transcribe(self, stretch: Stretch) -> Transcript:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        return Transcript(self.name, "ko", 0.0, -0.1, 1.0, 0.1)

    async def warm(self) -> None:
        self.warmed += 1
        if self.failure is not None:
            raise self.failure

    async def aclose(self) -> None:
        self.closed = True


def stretch(urgency: Urgency = Urgency.FINAL) -> Stretch:
    return Stretch(np.zeros(1600, np.float32), "ko", {}, urgency)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def cloud() -> Hearer:
    return Hearer("cloud")


@pytest.fixture
def local() -> Hearer:
    return Hearer("local")


@pytest.fixture
def recognizer(cloud: Hearer, local: Hearer, clock: SteppedClock) -> FallbackRecognizer:
    return FallbackRecognizer(cloud, local, clock=clock)


async def hear(recognizer: FallbackRecognizer, times: int = 1) -> str:
    heard = [(await recognizer.transcribe(stretch())).text for _ in range(times)]
    return " ".join(heard)


async def test_as_long_as_the_cloud_hears_nothing_is_loaded_here(
    recognizer: FallbackRecognizer, local: Hearer
) -> None:
    await recognizer.warm()
    assert await hear(recognizer, 2) == "cloud cloud"
    assert (local.warmed, local.asked) == (0, 0)


async def test_where_the_cloud_fails_the_same_utterance_is_heard_here(
    recognizer: FallbackRecognizer, cloud: Hearer
) -> None:
    cloud.failure = BROKEN
    assert await hear(recognizer) == "local"


async def test_a_cloud_that_breaks_in_its_own_way_is_replaced_too(
    recognizer: FallbackRecognizer, cloud: Hearer
) -> None:
    cloud.failure = ZeroDivisionError("half a second")
    assert await hear(recognizer) == "local"


async def test_a_cloud_that_failed_twice_is_not_asked_until_it_has_rested(
    recognizer: FallbackRecognizer, cloud: Hearer, clock: SteppedClock
) -> None:
    cloud.failure = BROKEN
    assert await hear(recognizer, 5) == "local local local local local"
    assert cloud.asked == 2
    cloud.failure = None
    await clock.sleep(30)
    assert await hear(recognizer, 2) == "cloud cloud"


async def test_a_busy_cloud_is_asked_again_the_next_time(
    recognizer: FallbackRecognizer, cloud: Hearer
) -> None:
    cloud.failure = SpeechError(VoiceErrorKind.BUSY, "too many")
    assert await hear(recognizer, 4) == "local local local local"
    assert cloud.asked == 4


async def test_what_is_only_to_be_shown_is_no_reason_to_fall_back(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    cloud.failure = BROKEN
    for _ in range(3):
        with pytest.raises(SpeechError, match="the line broke"):
            await recognizer.transcribe(stretch(Urgency.PARTIAL))
    assert local.asked == 0
    cloud.failure = None
    assert await hear(recognizer) == "cloud"


async def test_where_both_fail_it_is_told_why_the_cloud_did(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    cloud.failure, local.failure = BROKEN, NO_MODELS
    with pytest.raises(SpeechError, match="the line broke"):
        await hear(recognizer)


async def test_without_a_model_here_a_resting_cloud_is_asked_all_the_same(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    cloud.failure, local.failure = BROKEN, NO_MODELS
    for _ in range(2):
        with pytest.raises(SpeechError):
            await hear(recognizer)
    cloud.failure = None
    assert await hear(recognizer) == "cloud"


async def test_a_cloud_that_cannot_be_reached_has_the_model_loaded_here(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    cloud.failure = SpeechError(VoiceErrorKind.NOT_ALLOWED, "the key is refused")
    await recognizer.warm()
    assert local.warmed == 1
    assert await hear(recognizer) == "local"
    assert cloud.asked == 0


async def test_where_neither_can_be_used_warming_says_why_the_cloud_cannot(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    cloud.failure, local.failure = BROKEN, NO_MODELS
    with pytest.raises(SpeechError, match="the line broke"):
        await recognizer.warm()


async def test_closing_closes_both(
    recognizer: FallbackRecognizer, cloud: Hearer, local: Hearer
) -> None:
    await recognizer.aclose()
    assert cloud.closed
    assert local.closed
