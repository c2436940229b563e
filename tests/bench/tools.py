"""What the tool servers cost: bytes in a prompt, start, memory, and a read over stdio and HTTP."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastmcp import Client
from fastmcp.client.transports import StdioTransport

from arion_kit.testing import bytes_of, listed
from arion_kit.words import META_NOW
from tests.bench.processes import cpu_s, free_port, read_json, rss_mb, tree_of
from tests.bench.report import Report, median, percentile
from tests.sandbox import NOW
from tests.servers import NAMES, ToolCall, case
from tests.servers.processes import BIN, served

STARTS = 3
WARM_UP = 20
CALLS = 200
BASELINE = "echo"
ECHO = """
import sys

import uvicorn
from fastmcp import FastMCP

mcp = FastMCP("echo")


@mcp.tool
def echo(text: str) -> str:
    'Give the text back.'
    return text


class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(f"Serving on http://127.0.0.1:{self.config.port}", file=sys.stderr, flush=True)


if "--http" in sys.argv:
    port = int(sys.argv[-1])
    Server(uvicorn.Config(mcp.http_app(), port=port, log_level="warning", ws="none")).run()
else:
    mcp.run(show_banner=False)
"""


@dataclass(frozen=True)
class Measured:
    """One server: how it is started, and what is read of it."""

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, str]
    read: ToolCall


@dataclass(frozen=True)
class Reads:
    """A series of the same reading call over one connection."""

    ms: Sequence[float]
    cpu_ms: float
    """The server's own, per call."""


async def reads(client: Client[Any], call: ToolCall, pid: int) -> Reads:
    """Makes the call again and again.

    Raises:
        RuntimeError: It fails.
    """
    tool, arguments = call
    ms: list[float] = []
    spent_s = 0.0
    for number in range(WARM_UP + CALLS):
        if number == WARM_UP:
            spent_s = cpu_s(pid)
        begun = time.perf_counter()
        result = await client.call_tool(
            tool, dict(arguments), meta={META_NOW: NOW.isoformat()}, raise_on_error=False
        )
        ms.append((time.perf_counter() - begun) * 1000)
        if result.is_error:
            raise RuntimeError(f"not the call that is measured: {result.structured_content}")
    return Reads(ms[WARM_UP:], (cpu_s(pid) - spent_s) / CALLS * 1000)


@asynccontextmanager
async def over_stdio(server: Measured) -> AsyncGenerator[tuple[Client[Any], int, float]]:
    """A client of a fresh process; its id, and the seconds until it had answered."""
    command, *arguments = server.command
    transport = StdioTransport(
        command, arguments, env={**os.environ, **server.settings}, log_file=Path(os.devnull)
    )
    before = set(tree_of(os.getpid()))
    begun = time.perf_counter()
    async with Client(transport, mode="legacy") as client:
        took_s = time.perf_counter() - begun
        [pid] = [it for it in tree_of(os.getpid()) if it not in before]
        yield client, pid, took_s


async def measure_alone(server: Measured, report: Report) -> None:
    """One server in a process of its own, over stdio and over HTTP."""
    starts: list[float] = []
    for _ in range(STARTS):
        async with over_stdio(server) as (client, pid, took_s):
            starts.append(took_s)
            tools = await client.list_tools()
    async with over_stdio(server) as (client, pid, _):
        stdio = await reads(client, server.read, pid)
        memory_mb = rss_mb(pid)
    port = str(free_port())
    command = (*server.command, "--http", "--port", port)
    async with (
        served(*command, settings=server.settings) as process,
        Client(f"{process.url}/mcp", verify=False) as client,
    ):
        http = await reads(client, server.read, process.pid)
    report.add(f"{server.name}.list_bytes", bytes_of(listed(tools)), 1)
    report.add(f"{server.name}.start_s", median(starts), len(starts))
    report.add(f"{server.name}.rss_mb", memory_mb, 1)
    for way, series in (("", http), ("stdio_", stdio)):
        report.add(f"{server.name}.{way}read_p50_ms", median(series.ms), CALLS)
        report.add(f"{server.name}.{way}read_p99_ms", percentile(series.ms, 99), CALLS)
        report.add(f"{server.name}.{way}read_cpu_ms", series.cpu_ms, CALLS)


FIGURES = (
    "list_bytes",
    "start_s",
    "rss_mb",
    *(f"{way}read_{what}_ms" for way in ("", "stdio_") for what in ("p50", "p99", "cpu")),
)


async def measure_together(servers: Sequence[Measured], report: Report) -> None:
    """All servers in one process, each used once."""
    settings = {key: value for server in servers for key, value in server.settings.items()}
    starts: list[float] = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        command = (BIN / "arion-servers", "--port", str(free_port()))
        async with served(*command, settings=settings) as process:
            # The command says where it serves once requests are answered.
            starts.append(time.perf_counter() - begun)
            states = read_json(f"{process.url}/health")["servers"]
            if broken := [name for name, state in states.items() if state["status"] != "ok"]:
                raise RuntimeError(f"these did not start: {', '.join(broken)}")
            size = 0
            for server in servers:
                url = f"{process.url}/servers/{server.name}/mcp"
                async with Client(url, verify=False) as client:
                    size += bytes_of(listed(await client.list_tools()))
                    await client.call_tool(server.read[0], dict(server.read[1]))
            memory_mb = rss_mb(process.pid)
    report.add("all.list_bytes", size, 1)
    report.add("all.rss_mb", memory_mb, 1)
    report.add("all.start_s", median(starts), len(starts))


@contextmanager
def vendors(folder: str) -> Iterator[str]:
    """The sandbox in a process of its own, with its clock stopped; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = (BIN / "arion-sandbox", "--port", str(port), "--now", NOW.isoformat())
    process = subprocess.Popen([*command, "--data", folder])
    try:
        while read_json(f"{url}/health") is None:
            if process.poll() is not None:
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait()


async def take(report: Report, url: str, folder: str) -> None:
    """Takes every figure; those that cannot be taken are null."""
    servers = [
        Measured(
            name,
            (str(BIN / f"arion-{name}"),),
            {"ARION_DATA_DIR": folder, **case(name).variables(url)},
            case(name).read,
        )
        for name in NAMES
    ]
    echo = Measured(BASELINE, (sys.executable, "-c", ECHO), {}, ("echo", {"text": "hi"}))
    for server in (echo, *servers):
        try:
            await measure_alone(server, report)
        except (RuntimeError, OSError) as error:
            give_up(report, server.name, FIGURES, error)
    try:
        await measure_together(servers, report)
    except (RuntimeError, OSError) as error:
        give_up(report, "all", ("list_bytes", "rss_mb", "start_s"), error)


def give_up(report: Report, name: str, figures: Sequence[str], error: Exception) -> None:
    """Says why figures could not be taken."""
    print(f"{name}: {error}", file=sys.stderr)
    for figure in figures:
        report.add(f"{name}.{figure}", None, 0)


def measure() -> Report:
    """Every server against the sandbox, beside the least that FastMCP can serve."""
    report = Report("tools", baseline=f"{BASELINE}: a FastMCP server with one tool, no vendor")
    with tempfile.TemporaryDirectory() as folder, vendors(folder) as url:
        asyncio.run(take(report, url, folder))
    return report
