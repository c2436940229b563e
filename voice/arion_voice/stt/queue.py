"""Who is recognised next: stretches of speech wait for a worker, the most urgent first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from arion_voice.engines import Stretch, Urgency
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class _Waiting:
    stretch: Stretch
    turn: asyncio.Future[Worker]


class RecognitionQueue:
    """Gives each worker one call at a time. Used by one event loop."""

    def __init__(self, workers: Sequence[Worker], *, max_waiting: int) -> None:
        self._workers = workers
        self._free = list(workers)
        self._max_waiting = max_waiting
        self._waiting: list[_Waiting] = []

    async def call(
        self, stretch: Stretch, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a module-level function for a stretch in a worker, once it is its turn.

        A cancelled call that has not begun never runs; one that has begun keeps its worker to its
        end.

        Raises:
            SpeechError: `busy`, too many wait, or any where this is partial; or the worker's.
        """
        worker = await self._turn(stretch)
        running = asyncio.ensure_future(worker.call(function, *args, **kwargs))
        running.add_done_callback(lambda done: self._end(worker, done))
        return await asyncio.shield(running)

    async def aclose(self) -> None:
        """End the workers, each after the call it is in."""
        await asyncio.gather(*(worker.aclose() for worker in self._workers))

    async def _turn(self, stretch: Stretch) -> Worker:
        if self._free:
            return self._free.pop()
        most = 0 if stretch.urgency is Urgency.PARTIAL else self._max_waiting
        if len(self._waiting) >= most:
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
