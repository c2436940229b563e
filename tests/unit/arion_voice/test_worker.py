from __future__ import annotations

import asyncio
import math
import os
import select
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.worker import Worker


@pytest.fixture
async def worker():
    worker = Worker("test")
    yield worker
    await worker.aclose()


async def test_calls_run_in_one_other_process_that_ctrl_c_does_not_end(worker: Worker) -> None:
    first, second = await asyncio.gather(worker.call(os.getpid), worker.call(os.getpid))
    assert first == second != os.getpid()
    os.kill(first, signal.SIGINT)
    assert await worker.call(math.sqrt, 9) == 3


async def test_the_process_leaves_the_cores_to_the_microphones(worker: Worker) -> None:
    assert await worker.call(os.nice, 0) == os.nice(0) + 5


async def test_an_exception_reaches_the_caller_and_the_process_lives_on(worker: Worker) -> None:
    before = await worker.call(os.getpid)
    with pytest.raises(ValueError, match="math domain"):
        await worker.call(math.sqrt, -1)
    assert await worker.call(os.getpid) == before


async def test_a_process_that_dies_is_told_and_replaced(worker: Worker) -> None:
    before = await worker.call(os.getpid)
    with pytest.raises(SpeechError) as failure:
        await worker.call(os._exit, 1)
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    assert await worker.call(os.getpid) != before


async def test_a_cancelled_call_that_has_not_begun_never_runs(worker: Worker) -> None:
    await worker.call(os.getpid)
    running = asyncio.create_task(worker.call(math.factorial, 60_000))
    waiting = asyncio.create_task(worker.call(os._exit, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await worker.call(math.sqrt, 4) == 2
    assert waiting.cancelled()
    assert await running > 0


async def test_a_call_that_hangs_is_ended_with_its_process_and_the_next_runs(
    worker: Worker,
) -> None:
    before = await worker.call(os.getpid)
    with pytest.raises(SpeechError) as failure:
        await worker.call_within(0.2, time.sleep, 600)
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    assert await worker.call(os.getpid) != before


async def test_a_limit_that_was_kept_ends_nothing(worker: Worker) -> None:
    before = await worker.call_within(60, os.getpid)
    assert await worker.call_within(60, os.getpid) == before
    with pytest.raises(SpeechError):
        await worker.call_within(0.2, time.sleep, 600)


@pytest.mark.thorough
async def test_a_worker_that_hangs_can_be_closed() -> None:
    worker = Worker("test")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        hanging = asyncio.create_task(worker.call(urlopen, url))
        # It is called, and never answers.
        called, _ = await asyncio.get_running_loop().sock_accept(server)
        await worker.aclose()
        called.close()
        with pytest.raises(SpeechError):
            await hanging


async def test_closing_a_worker_that_never_started_does_nothing() -> None:
    await Worker("test").aclose()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_the_process_ends_when_its_parent_is_killed() -> None:
    program = (
        "import asyncio, os\n"
        "from arion_voice.worker import Worker\n"
        "async def main():\n"
        "    print(await Worker('test').call(os.getpid), flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        worker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            ended, _, _ = select.select([worker], [], [], 10)
            assert ended == [worker]
        finally:
            os.close(worker)
