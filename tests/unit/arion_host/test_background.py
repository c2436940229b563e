from __future__ import annotations

import asyncio
import threading

import pytest

from arion_host.background import run_aside


async def test_work_aside_runs_in_a_thread_of_its_own_and_is_waited_for():
    threads: list[int] = []
    await run_aside(lambda stopped: threads.append(threading.get_ident()))
    assert threads
    assert threads != [threading.get_ident()]


async def test_work_aside_is_told_when_nobody_wants_it_any_more():
    begun, told = threading.Event(), threading.Event()

    def work(stopped: threading.Event) -> None:
        begun.set()
        stopped.wait()
        told.set()

    task = asyncio.create_task(run_aside(work))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert told.is_set()
