"""The host's child processes: started, watched, started again when they die, and stopped.

A child keeps its port for as long as the host lives, so that what is connected to it finds it
again after a restart.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx2

from arion_host.background import beside
from arion_host.errors import PartFailed
from arion_kit.words import ErrorKind

logger = logging.getLogger(__name__)

_STDERR = 2
"""Standard output is for answers; whatever a child prints is a log."""


@dataclass(frozen=True)
class SupervisorOptions:
    """How patient the supervisor is."""

    start_timeout_s: float = 60.0
    """Longest wait for a child to answer for the first time."""
    poll_s: float = 0.1
    """Pause between two looks at a child that is starting."""
    stop_timeout_s: float = 5.0
    """Time a child has to end when asked to, before it is killed."""
    first_pause_s: float = 0.5
    """Pause before a dead child is started again; doubles with each early death."""
    longest_pause_s: float = 30.0


@dataclass
class Child:
    """One child process that serves HTTP on a port of its own."""

    name: str
    command: tuple[str, ...]
    """Console script and its arguments."""
    port: int
    environment: Mapping[str, str]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while it answers."""
    restarts: int = 0
    process: Process | None = None
    """The process that runs now, or ran last."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asynccontextmanager
async def run_child(
    child: Child, options: SupervisorOptions | None = None
) -> AsyncGenerator[dict[str, object]]:
    """Keep a child running, and yield what its `/health` answered first.

    Raises:
        PartFailed: it ended or stayed silent before it answered for the first time.
    """
    options = options or SupervisorOptions()
    try:
        health = await _start(child, options)
        async with beside(_watch(child, options)):
            yield health
    finally:
        child.ready.clear()
        await _stop(child, options.stop_timeout_s)


async def _start(child: Child, options: SupervisorOptions) -> dict[str, object]:
    command = (sys.executable, "-m", "arion_host.child", *child.command)
    # A session of its own: Ctrl-C reaches the host alone, which then stops its children in order.
    child.process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=_STDERR, env=child.environment, start_new_session=True
    )
    health = await _first_answer(child, child.process, options)
    child.ready.set()
    return health


async def _first_answer(
    child: Child, process: Process, options: SupervisorOptions
) -> dict[str, object]:
    try:
        async with asyncio.timeout(options.start_timeout_s), asyncio.TaskGroup() as group:
            death = group.create_task(process.wait())
            answer = group.create_task(_until_healthy(child, options.poll_s))
            await asyncio.wait((death, answer), return_when=asyncio.FIRST_COMPLETED)
            death.cancel()
            answer.cancel()
    except TimeoutError:
        reason = f"did not answer within {options.start_timeout_s:.0f} s"
        raise _child_failed(child, reason) from None
    if answer.cancelled():
        raise _child_failed(child, f"ended with code {process.returncode}")
    return answer.result()


async def _until_healthy(child: Child, poll_s: float) -> dict[str, object]:
    async with httpx2.AsyncClient(verify=False, trust_env=False, timeout=2) as client:
        while True:
            with suppress(httpx2.TransportError, ValueError):
                answer = await client.get(f"{child.url}/health")
                if answer.is_success:
                    return answer.json()
            await asyncio.sleep(poll_s)


async def _watch(child: Child, options: SupervisorOptions) -> None:
    pause_s = options.first_pause_s
    while child.process is not None:
        code = await child.process.wait()
        child.ready.clear()
        child.restarts += 1
        logger.warning("%s ended with code %s; starting it again", child.name, code)
        await asyncio.sleep(pause_s)
        try:
            await _start(child, options)
            pause_s = options.first_pause_s
        except PartFailed as error:
            logger.warning("%s", error)
            await _stop(child, options.stop_timeout_s)
            pause_s = min(pause_s * 2, options.longest_pause_s)


async def _stop(child: Child, timeout_s: float) -> None:
    process = child.process
    if process is None or process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(timeout_s):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _child_failed(child: Child, reason: str) -> PartFailed:
    return PartFailed(
        ErrorKind.UNAVAILABLE,
        f"{child.name} {reason}.",
        next_step="What it wrote above says why; `arion doctor` checks the rest.",
    )
