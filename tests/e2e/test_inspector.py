"""The MCP inspector, a client written by others, lists and calls every server."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.bench.processes import free_port
from tests.sandbox import running_sandbox

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
INSPECTOR = ROOT / "tests/node/node_modules/.bin/mcp-inspector"
CALLS: dict[str, list[str]] = {
    "calendar": ["calendar_list_calendars"],
    "gmail": ["gmail_search", "query=is:unread"],
    "kakaomap": ["map_geocode", "address=서울 중구 세종대로 110"],
}
SERVERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][
    "arion.servers"
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(90),
    pytest.mark.skipif(not INSPECTOR.exists(), reason="needs the inspector: npm ci in tests/node"),
]


@asynccontextmanager
async def practice_account() -> AsyncIterator[dict[str, str]]:
    """The settings of a server whose vendor is the sandbox."""
    async with running_sandbox() as vendors:
        yield {
            **{f"ARION_{name.upper()}_TOKEN": "sandbox" for name in SERVERS},
            "ARION_CALENDAR_BASE_URL": vendors.google,
            "ARION_GMAIL_BASE_URL": vendors.google,
            "ARION_KAKAOMAP_BASE_URL": vendors.kakao,
        }


@asynccontextmanager
async def over_stdio(name: str, settings: dict[str, str]) -> AsyncIterator[list[str]]:
    # The inspector hands a server it starts only what it is told to.
    told = [flag for key, value in settings.items() for flag in ("-e", f"{key}={value}")]
    yield [str(BIN / f"arion-{name}"), *told]


@asynccontextmanager
async def over_http(name: str, settings: dict[str, str]) -> AsyncIterator[list[str]]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        BIN / f"arion-{name}",
        "--http",
        "--port",
        str(port),
        env={**os.environ, **settings},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        async for line in process.stderr:
            if str(port) in line.decode():
                break
        yield [f"http://127.0.0.1:{port}/mcp", "--transport", "http"]
    finally:
        process.terminate()
        await process.communicate()


async def inspect(target: list[str], *method: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        INSPECTOR,
        "--cli",
        *target,
        "--method",
        *method,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("transport", [over_stdio, over_http])
async def test_the_inspector_lists_and_calls(name: str, transport: Any):
    tool, *arguments = CALLS[name]
    async with practice_account() as settings, transport(name, settings) as target:
        listed = await inspect(target, "tools/list")
        assert tool in {t["name"] for t in listed["tools"]}
        flags = [flag for argument in arguments for flag in ("--tool-arg", argument)]
        called = await inspect(target, "tools/call", "--tool-name", tool, *flags)
    assert called.get("isError", False) is False
    assert called["structuredContent"]["say"]
