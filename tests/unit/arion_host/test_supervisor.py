from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from arion_host.errors import PartFailed
from arion_host.supervisor import Child, SupervisorOptions, free_port, run_child
from arion_kit.words import ErrorKind

HASTY = SupervisorOptions(poll_s=0.01, first_pause_s=0)


class Watched(asyncio.Event):
    """Readiness that remembers having been lost."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = asyncio.Event()

    def clear(self) -> None:
        super().clear()
        self.lost.set()


def sandbox(folder: Path, **changes: object) -> Child:
    port = free_port()
    command = ("arion-sandbox", "--port", str(port), "--data", str(folder))
    return Child(**{
        "name": "sandbox", "command": command, "port": port, "environment": dict(os.environ),
        **changes,
    })  # fmt: skip


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_command_that_does_not_exist_is_told_as_a_part_that_failed(tmp_path: Path):
    child = sandbox(tmp_path, command=("arion-nothing",))
    with pytest.raises(PartFailed) as raised:
        async with run_child(child, HASTY):
            pass
    assert raised.value.kind is ErrorKind.UNAVAILABLE
    assert "ended with code 1" in raised.value.message
    assert not child.ready.is_set()


async def test_a_child_that_stays_silent_is_told_and_ended(tmp_path: Path):
    child = sandbox(tmp_path, port=free_port())
    options = SupervisorOptions(start_timeout_s=0.2, poll_s=0.01, stop_timeout_s=5)
    with pytest.raises(PartFailed, match="did not answer"):
        async with run_child(child, options):
            pass
    assert child.process is not None
    assert not is_alive(child.process.pid)


@pytest.mark.slow
async def test_a_child_runs_as_long_as_the_block_does(tmp_path: Path):
    child = sandbox(tmp_path)
    async with run_child(child, HASTY) as health, httpx2.AsyncClient() as client:
        assert health["status"] == "ok"
        assert child.ready.is_set()
        assert (await client.get(f"{child.url}/health")).is_success
    assert child.process is not None
    assert not is_alive(child.process.pid)


@pytest.mark.slow
async def test_a_child_that_dies_is_started_again_where_it_was(tmp_path: Path):
    ready = Watched()
    child = sandbox(tmp_path, ready=ready)
    async with run_child(child, HASTY), httpx2.AsyncClient() as client:
        first = child.process
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        await ready.lost.wait()
        await ready.wait()
        assert (await client.get(f"{child.url}/health")).is_success
        assert child.process is not first
        assert child.restarts == 1


@pytest.mark.slow
async def test_an_error_in_the_block_comes_out_as_it_is_and_ends_the_child(tmp_path: Path):
    child = sandbox(tmp_path)
    with pytest.raises(LookupError, match="broken"):
        async with run_child(child, HASTY):
            raise LookupError("broken")
    assert child.process is not None
    assert not is_alive(child.process.pid)


ORPHAN = """
import asyncio, os, sys
from arion_host.supervisor import Child, free_port, run_child
port = free_port()
command = ("arion-sandbox", "--port", str(port), "--data", sys.argv[1])
child = Child("sandbox", command, port, dict(os.environ))
async def main():
    async with run_child(child):
        print(child.process.pid, flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="a stranger's end is seen on Linux only")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        orphan = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([orphan], [], [], 10)
    os.close(orphan)
    assert ended
