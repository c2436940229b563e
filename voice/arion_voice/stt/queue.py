"""Who is recognised next: stretches of speech wait for a worker, the most urgent first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from arion_voice.engines import Stretch, Urgency
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")

_LIMIT_S = 60.0
"""Longest recognition, with the loading of the model. What takes longer hangs."""

_LIMIT_A_SECOND_S = 4.0
"""What is added for a second of audio."""


@dataclass(eq=False)
class _Waiting:
    stretch: Stretch
    turn: asyncio.Future[Worker]


class RecognitionQueue:
    """Gives each worker one call at a time. Used by one event loop."""

    def __init__(self, workers: Sequence[Worker], *, max_waiting: int) -> None:
        self._workers = workers
        self._free = list(workers)
        self._room = {
            Urgency.FINAL: max_waiting,
            Urgency.PARTIAL: 0,
            # Guesses alone must not keep out what somebody waits for.
            Urgency.SPECULATIVE: (max_waiting + 1) // 2,
        }
        self._waiting: list[_Waiting] = []

    async def call(
        self, stretch: Stretch, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a module-level function for a stretch in a worker, once it is its turn.

        Raises:
            SpeechError: as `work` does.
        """

        async def run(worker: Worker, limit_s: float) -> T:
            stretch.has_begun = True
            return await worker.call_within(limit_s, function, *args, **kwargs)

        return await self.work(stretch, run)

    async def work(self, stretch: Stretch, run: Callable[[Worker, float], Awaitable[T]]) -> T:
        """Do something for a stretch with a worker, once it is its turn.

        Cancelled work that has not begun never runs; what has begun keeps its worker to its end,
        and may look at `stretch.is_dropped` on its way.

        Args:
            stretch: what is recognised.
            run: given the worker, and the longest time a call of it may take, in seconds.

        Raises:
            SpeechError: `busy`, too many wait: half as many where this is a guess, any where it is
                partial; or the worker's, whose process is killed where it takes far too long.
        """
        worker = await self._turn(stretch)
        limit_s = _LIMIT_S + _LIMIT_A_SECOND_S * stretch.audio_s
        running = asyncio.ensure_future(run(worker, limit_s))
        running.add_done_callback(lambda done: self._end(worker, done))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            stretch.is_dropped = True
            raise

    async def aclose(self) -> None:
        """End the workers, each after the call it is in."""
        await asyncio.gather(*(worker.aclose() for worker in self._workers))

    async def _turn(self, stretch: Stretch) -> Worker:
        if self._free:
            return self._free.pop()
        if len(self._waiting) >= self._room[stretch.urgency]:
            raise SpeechError(VoiceErrorKind.BUSY, f"{len(self._waiting)} recognitions wait")
        waiting = _Waiting(stretch, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            return await waiting.turn
        except asyncio.CancelledError:
            if waiting.turn.done() and not waiting.turn.cancelled():
                self._pass_on(waiting.turn.result())
            raise
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    def _end(self, worker: Worker, done: asyncio.Future[T]) -> None:
        if not done.cancelled():
            done.exception()  # whoever asked may have gone
        self._pass_on(worker)

    def _pass_on(self, worker: Worker) -> None:
        # Urgency is looked at now: a guess whose utterance has ended meanwhile is a guess no more.
        waiting = [it for it in self._waiting if not it.turn.done()]
        if not waiting:
            self._free.append(worker)
            return
        next_one = min(waiting, key=lambda it: it.stretch.urgency)
        next_one.turn.set_result(worker)
