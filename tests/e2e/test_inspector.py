"""The MCP inspector, a client written by others, lists and calls every server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import running_sandbox
from tests.servers import NAMES, case
from tests.servers.processes import BIN, NODE_MODULES, needs, run, served

INSPECTOR = NODE_MODULES / ".bin/mcp-inspector"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(90),
    needs(INSPECTOR),
]


@asynccontextmanager
async def over_stdio(name: str, settings: Mapping[str, str]) -> AsyncIterator[list[str]]:
    # The inspector hands a server it starts only what it is told to.
    told = [it for key, value in settings.items() if value for it in ("-e", f"{key}={value}")]
    yield [str(BIN / f"arion-{name}"), *told]


@asynccontextmanager
async def over_http(name: str, settings: Mapping[str, str]) -> AsyncIterator[list[str]]:
    async with served(BIN / f"arion-{name}", "--http", "--port", "0", settings=settings) as server:
        yield [f"{server.url}/mcp", "--transport", "http"]


async def inspect(target: list[str], *method: str) -> dict[str, Any]:
    code, out, err = await run([INSPECTOR, "--cli", *target, "--method", *method])
    assert code == 0, err
    return json.loads(out)


def flag(name: str, value: Any) -> str:
    return f"{name}={value if isinstance(value, str) else json.dumps(value)}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("transport", [over_stdio, over_http])
async def test_the_inspector_lists_and_calls(name: str, transport: Any, tmp_path: Path):
    tool, arguments = case(name).read
    async with running_sandbox() as vendors:
        settings = {**case(name).variables(vendors.url), "ARION_DATA_DIR": str(tmp_path)}
        async with transport(name, settings) as target:
            listed = await inspect(target, "tools/list")
            given = [it for key in arguments for it in ("--tool-arg", flag(key, arguments[key]))]
            called = await inspect(target, "tools/call", "--tool-name", tool, *given)
    assert tool in {it["name"] for it in listed["tools"]}
    assert called.get("isError", False) is False
    assert called["structuredContent"]["say"]
