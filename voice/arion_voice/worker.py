"""A process of its own for an engine that uses the CPU.

The process starts with the first call, runs one call at a time, and is started again when it
dies. Inside it nothing is kept but what the called functions keep (`functools.cache` a model
loader); so an exception that they raise reaches the caller as it is.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

from arion_voice.errors import SpeechError, VoiceErrorKind

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)


class Worker:
    """One spawned process, used by one event loop."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._executor: ProcessPoolExecutor | None = None
        self._free = asyncio.Lock()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in the process and return what it returns.

        Calls run in the order they were made. A cancelled call that has not begun never runs;
        one that has begun runs to its end, unheard, before the next.

        Raises:
            SpeechError: the process died. The next call starts a new one.
        """
        await self._free.acquire()
        try:
            future = self._submit(function, *args, **kwargs)
        except BaseException:
            self._free.release()
            raise
        done = asyncio.wrap_future(future)
        done.add_done_callback(self._release)
        try:
            return await asyncio.shield(done)
        except BrokenProcessPool as error:
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED, f"the {self._name} process died"
            ) from error

    def _submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._executor is not None:
            try:
                return self._executor.submit(function, *args, **kwargs)
            except BrokenProcessPool:
                logger.warning("the %s process died while idle; starting another", self._name)
        self._executor = ProcessPoolExecutor(
            max_workers=1,
            # A forked child would inherit the event loop, sockets and locks of the host.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
        )
        return self._executor.submit(function, *args, **kwargs)

    def _release(self, done: asyncio.Future[T]) -> None:
        if not done.cancelled() and isinstance(done.exception(), BrokenProcessPool):
            self._executor = None
        self._free.release()

    async def aclose(self) -> None:
        """End the process, after the call it is in."""
        executor, self._executor = self._executor, None
        if executor is not None:
            await asyncio.to_thread(executor.shutdown, cancel_futures=True)


def _begin() -> None:
    # Ctrl-C reaches the whole process group; the host decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
