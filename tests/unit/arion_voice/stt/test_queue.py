from __future__ import annotations

import asyncio
import math
import os

import numpy as np
import pytest

from arion_voice.engines import Stretch, Urgency
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.stt.queue import RecognitionQueue
from arion_voice.worker import Worker


def stretch(urgency: Urgency) -> Stretch:
    return Stretch(np.zeros(0, np.float32), "ko", {}, urgency)


class Gated(Worker):
    """A worker whose calls wait for the test."""

    def __init__(self) -> None:
        super().__init__("test")
        self.begun: list[object] = []
        self.gate = asyncio.Event()

    async def call_within(self, limit_s, function, *args, **kwargs):  # type: ignore[override]
        self.begun.append(args[0])
        await self.gate.wait()
        return args[0]


@pytest.fixture
def worker() -> Gated:
    return Gated()


@pytest.fixture
def queue(worker: Gated) -> RecognitionQueue:
    return RecognitionQueue([worker], max_waiting=3)


async def called(queue: RecognitionQueue, of: Stretch, name: str) -> asyncio.Task[str]:
    task = asyncio.create_task(queue.call(of, str, name))
    await asyncio.sleep(0)
    return task


async def test_the_most_urgent_is_recognised_first(worker: Gated, queue: RecognitionQueue) -> None:
    tasks = [await called(queue, stretch(Urgency.SPECULATIVE), "running")]
    tasks += [
        await called(queue, stretch(Urgency.SPECULATIVE), "a guess"),
        await called(queue, stretch(Urgency.FINAL), "a final"),
        await called(queue, stretch(Urgency.FINAL), "another final"),
    ]
    worker.gate.set()
    await asyncio.gather(*tasks)
    assert worker.begun == ["running", "a final", "another final", "a guess"]


async def test_a_guess_whose_utterance_ended_is_as_urgent_as_any(
    worker: Gated, queue: RecognitionQueue
) -> None:
    first, second = stretch(Urgency.SPECULATIVE), stretch(Urgency.SPECULATIVE)
    tasks = [await called(queue, stretch(Urgency.FINAL), "running")]
    tasks += [await called(queue, first, "first"), await called(queue, second, "second")]
    second.urgency = Urgency.FINAL
    worker.gate.set()
    await asyncio.gather(*tasks)
    assert worker.begun == ["running", "second", "first"]


async def test_a_partial_keeps_nobody_waiting_and_does_not_wait(
    worker: Gated, queue: RecognitionQueue
) -> None:
    running = await called(queue, stretch(Urgency.PARTIAL), "running")
    with pytest.raises(SpeechError) as failure:
        await queue.call(stretch(Urgency.PARTIAL), str, "late")
    assert failure.value.kind is VoiceErrorKind.BUSY
    worker.gate.set()
    await running
    assert worker.begun == ["running"]


async def test_beyond_its_capacity_it_refuses_at_once(
    worker: Gated, queue: RecognitionQueue
) -> None:
    tasks = [await called(queue, stretch(Urgency.FINAL), str(number)) for number in range(4)]
    with pytest.raises(SpeechError) as failure:
        await queue.call(stretch(Urgency.FINAL), str, "too many")
    assert failure.value.kind is VoiceErrorKind.BUSY
    worker.gate.set()
    assert await asyncio.gather(*tasks) == ["0", "1", "2", "3"]


async def test_guesses_leave_room_for_what_somebody_waits_for(
    worker: Gated, queue: RecognitionQueue
) -> None:
    tasks = [await called(queue, stretch(Urgency.FINAL), "running")]
    tasks += [await called(queue, stretch(Urgency.SPECULATIVE), name) for name in ("one", "two")]
    with pytest.raises(SpeechError) as failure:
        await queue.call(stretch(Urgency.SPECULATIVE), str, "three")
    assert failure.value.kind is VoiceErrorKind.BUSY
    tasks.append(await called(queue, stretch(Urgency.FINAL), "final"))
    worker.gate.set()
    await asyncio.gather(*tasks)
    assert worker.begun == ["running", "final", "one", "two"]


async def test_what_has_begun_says_so(worker: Gated, queue: RecognitionQueue) -> None:
    running, waiting = stretch(Urgency.SPECULATIVE), stretch(Urgency.SPECULATIVE)
    tasks = [await called(queue, running, "running"), await called(queue, waiting, "waiting")]
    assert (running.has_begun, waiting.has_begun) == (True, False)
    worker.gate.set()
    await asyncio.gather(*tasks)


async def test_a_call_that_was_given_up_before_its_turn_never_runs(
    worker: Gated, queue: RecognitionQueue
) -> None:
    running = await called(queue, stretch(Urgency.FINAL), "running")
    given_up = await called(queue, stretch(Urgency.FINAL), "given up")
    given_up.cancel()
    waiting = await called(queue, stretch(Urgency.FINAL), "waiting")
    worker.gate.set()
    await asyncio.gather(running, waiting)
    assert worker.begun == ["running", "waiting"]


async def test_a_call_that_was_given_up_in_its_midst_keeps_its_worker_to_its_end(
    worker: Gated, queue: RecognitionQueue
) -> None:
    given_up = await called(queue, stretch(Urgency.FINAL), "given up")
    given_up.cancel()
    waiting = await called(queue, stretch(Urgency.FINAL), "waiting")
    assert worker.begun == ["given up"]
    worker.gate.set()
    assert await waiting == "waiting"


async def test_real_workers_run_side_by_side_and_a_dead_one_comes_back() -> None:
    queue = RecognitionQueue([Worker("one"), Worker("two")], max_waiting=4)
    try:
        numbers = await asyncio.gather(
            *(queue.call(stretch(Urgency.FINAL), math.sqrt, number**2) for number in range(5))
        )
        with pytest.raises(SpeechError) as failure:
            await queue.call(stretch(Urgency.FINAL), os._exit, 1)
        assert await queue.call(stretch(Urgency.FINAL), math.sqrt, 9) == 3
    finally:
        await queue.aclose()
    assert numbers == [0, 1, 2, 3, 4]
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
