"""What a text turn costs, and what the kept connections spare it."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import AsyncExitStack

from fastmcp import Client
from starlette.types import ASGIApp, Receive, Scope, Send

from arion_calendar import SPEC
from arion_host.tools.connections import ConnectionOptions, keep_connections
from arion_host.tools.endpoints import http_endpoint
from arion_kit.serving import server_app
from tests.bench.processes import ARION, free_port, started
from tests.bench.report import Report, median, percentile
from tests.sandbox import running_sandbox, serving

TURNS = 200
CALLS = 200
WARM_UP = 10
UTTERANCE = "내일 일정 알려줘"


class Counted:
    """An app that counts what reaches it: MCP methods and connections."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.methods = Counter[str]()
        self.peers: set[object] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.peers.add(scope["client"])
            self.methods[dict(scope["headers"]).get(b"mcp-method", b"").decode()] += 1
        await self.app(scope, receive, send)


def ask(url: str, text: str) -> dict[str, float]:
    """The host's own timings of one turn, in ms."""
    request = urllib.request.Request(
        f"{url}/v1/turns",
        data=json.dumps({"text": text}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        turn = json.load(answer)
    if turn["route"] != "template" or [call["status"] for call in turn["calls"]] != ["ok"]:
        raise RuntimeError(f"not the turn that is measured: {turn}")
    return turn["timings_ms"]


def turns() -> list[float]:
    """Total ms of template turns with one reading call against the sandbox, in a running host."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        env = {"ARION_PORT": str(port), "ARION_DATA_DIR": data, "ARION_VOICE_ENABLED": "false"}
        with started([ARION, "up"], url, env):
            return [ask(url, UTTERANCE)["total"] for _ in range(WARM_UP + TURNS)][WARM_UP:]


async def calls() -> tuple[list[float], list[float], Counted]:
    """Ms of the same call through the host's kept connection and through a bare kept client."""
    kept_ms: list[float] = []
    direct_ms: list[float] = []
    async with AsyncExitStack() as stack:
        vendors = await stack.enter_async_context(running_sandbox())
        os.environ.update(ARION_CALENDAR_BASE_URL=vendors.google, ARION_CALENDAR_TOKEN="sandbox")
        counted = Counted(server_app(SPEC))
        kept_url = await stack.enter_async_context(serving(counted))
        direct_url = await stack.enter_async_context(serving(server_app(SPEC)))
        connections = await stack.enter_async_context(
            keep_connections(
                [http_endpoint("calendar", f"{kept_url}/mcp", trusted=True)], ConnectionOptions()
            )
        )
        client = await stack.enter_async_context(Client(f"{direct_url}/mcp"))
        await connections.catalogue()
        await client.list_tools()
        counted.methods.clear()
        counted.peers.clear()
        for _ in range(WARM_UP + CALLS):
            begun = time.perf_counter()
            await connections.call("calendar", "calendar_now", {}, meta={}, read=True)
            between = time.perf_counter()
            await client.call_tool("calendar_now", {})
            direct_ms.append((time.perf_counter() - between) * 1000)
            kept_ms.append((between - begun) * 1000)
    return kept_ms[WARM_UP:], direct_ms[WARM_UP:], counted


def measure() -> Report:
    """Turns over HTTP against a running host; calls side by side in this process."""
    report = Report(
        "turn", baseline="a bare fastmcp Client with a kept connection to the same server"
    )
    total_ms = turns()
    kept_ms, direct_ms, counted = asyncio.run(calls())
    ratios = [kept / direct for kept, direct in zip(kept_ms, direct_ms, strict=True)]
    made = counted.methods["tools/call"]
    report.add("template_p50_ms", median(total_ms), len(total_ms))
    report.add("template_p95_ms", percentile(total_ms, 95), len(total_ms))
    # The same words again cost nothing, so `accuracy` measures these: its utterances all differ.
    report.add("nearest_p50_ms", None, 0)
    report.add("call_ratio", median(ratios), len(ratios))
    report.add("lists_per_call", counted.methods["tools/list"] / made, made)
    report.add("connections_per_call", (len(counted.peers) - 1) / made, made)
    return report
