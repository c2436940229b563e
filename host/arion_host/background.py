"""Work that runs beside a block of code, for as long as the block lasts."""

from __future__ import annotations

import asyncio
import os
import platform
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager


@asynccontextmanager
async def beside(*jobs: Coroutine[object, object, None]) -> AsyncGenerator[None]:
    """Run the jobs while the block runs, and cancel them at its end.

    Raises:
        Whatever the block raised, as it is and not in a group; a group when a job failed.
    """
    failure: Exception | None = None
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job) for job in jobs]
        try:
            yield
        except Exception as error:  # noqa: BLE001 - raised again below, outside of the group
            failure = error
        finally:
            for task in tasks:
                task.cancel()
    if failure is not None:
        raise failure


async def run_aside(work: Callable[[threading.Event], None]) -> None:
    """Run `work` in a thread that leaves the cores to others, and wait for it.

    When this is cancelled, the event it got is set, and it is waited for until it stops.
    """
    stopped = threading.Event()
    with ThreadPoolExecutor(1, "aside", _leave_the_cores_to_others) as pool:
        try:
            await asyncio.get_running_loop().run_in_executor(pool, work, stopped)
        finally:
            stopped.set()


def _leave_the_cores_to_others() -> None:
    """Make this thread wait for others; on Linux, where a thread has a niceness of its own.

    There is no way back without rights, so it is for a thread that ends with its work.
    """
    if platform.system() == "Linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
