"""Servers in processes of their own, as people start them."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
"""Where the commands of this environment are, Node's among them."""

NODE_MODULES = Path(__file__).resolve().parents[1] / "node/node_modules"
"""The clients and suites that others have written; `scripts/specs` fetches them."""


def needs(file: Path) -> pytest.MarkDecorator:
    """Skips where `file`, the work of others, has not been fetched; in CI it has to be there."""
    absent = not file.exists() and not os.environ.get("CI")
    return pytest.mark.skipif(absent, reason=f"needs {file.name}: run scripts/specs")


@dataclass(frozen=True)
class Process:
    """A server that answers."""

    url: str
    pid: int


@asynccontextmanager
async def served(
    *command: str | Path, settings: Mapping[str, str], cwd: Path | None = None
) -> AsyncGenerator[Process]:
    """Runs a server that says on stderr where it serves, and stops it.

    Raises:
        RuntimeError: It ended instead; with what it said.
    """
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **settings}, cwd=cwd, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield Process(await _address(process), process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    said = ""
    assert process.stderr is not None
    # The line comes once requests are answered: an event to wait for, not a time.
    async for line in process.stderr:
        said += line.decode()
        if found := re.search(r"Serving on (http://\S+)", said):
            return found[1]
    raise RuntimeError(said)


async def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, limit_s: float = 60
) -> tuple[int, str, str]:
    """Runs a command with Node on its path; gives exit code, output and error output.

    Raises:
        TimeoutError: It took longer than `limit_s`; it is ended.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(limit_s):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.communicate()
        raise
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()
