"""A process of its own for an engine that uses the CPU.

The process starts with the first call, runs one call at a time, and is started again when it
dies; one that hangs is killed. Inside it nothing is kept but what the called functions keep
(`functools.cache` a model loader); so an exception that they raise reaches the caller as it is.
"""

from __future__ import annotations

import asyncio
import contextlib
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

_LAST_CALL_S = 3.0
"""Time a call has to end when the worker is closed."""

_BEHIND = 5
"""How far a process steps back behind the one that listens to the microphones: an engine takes all
cores, and can wait; a microphone cannot."""


class Worker:
    """One spawned process, used by one event loop."""

    def __init__(self, name: str, *, limit_s: float = 120.0) -> None:
        """Start nothing yet.

        Args:
            name: for people.
            limit_s: longest call, with the start of the process; then it hangs. In seconds.
        """
        self._name = name
        self._limit_s = limit_s
        self._executor: ProcessPoolExecutor | None = None
        self._pid: Future[int] | None = None
        self._free = asyncio.Lock()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in the process and return what it returns.

        Calls run in the order they were made. A cancelled call that has not begun never runs;
        one that has begun runs to its end, unheard, before the next.

        Raises:
            SpeechError: the process died or hung. The next call starts a new one.
        """
        return await self.call_within(self._limit_s, function, *args, **kwargs)

    async def call_within(
        self, limit_s: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what `call` does, with a limit of its own in seconds.

        Raises:
            SpeechError: as `call` does.
        """
        await self._free.acquire()
        try:
            future = self._submit(function, *args, **kwargs)
        except BaseException:
            self._free.release()
            raise
        done = asyncio.wrap_future(future)
        done.add_done_callback(self._release)
        limit = asyncio.get_running_loop().call_later(limit_s, self._kill, "takes too long")
        done.add_done_callback(lambda _: limit.cancel())
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
        self._pid = self._executor.submit(os.getpid)
        return self._executor.submit(function, *args, **kwargs)

    def _release(self, done: asyncio.Future[T]) -> None:
        if not done.cancelled() and isinstance(done.exception(), BrokenProcessPool):
            self._executor = None
        self._free.release()

    async def aclose(self) -> None:
        """End the process, after the call it is in unless that takes long."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        limit = asyncio.get_running_loop().call_later(_LAST_CALL_S, self._kill, "does not end")
        try:
            await asyncio.to_thread(executor.shutdown, cancel_futures=True)
        finally:
            limit.cancel()

    def _kill(self, why: str) -> None:
        if self._pid is None or not self._pid.done() or self._pid.exception() is not None:
            return
        logger.warning("the %s process %s; it is killed", self._name, why)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid.result(), signal.SIGKILL)


def _begin() -> None:
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    # What numpy multiplies here is small: its threads would wait in loops, for half of all CPU.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Ctrl-C reaches the whole process group; the host decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
