"""Drives one of our servers in memory, as the checks that every server has to pass do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client, FastMCP
from mcp_types import CallToolResult, ElicitResult

from arion_kit.clock import Clock
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.serving import build
from arion_kit.words import META_KEY, META_LANGUAGE, META_MAX_CHARS, META_NOW, Language
from tests.sandbox import NOW
from tests.servers import ServerCase, ToolCall, case
from tests.servers.faulty import LARGEST_BYTES

SECRET = "s3cret-nobody-may-see"
ROOM_CHARS = 6_000
"""How long a result may be: what there is room for in a spoken conversation."""
EVERY_TOOL = frozenset({"all"})


@cache
def built(name: str) -> FastMCP:
    """A server is built once: reading its tools and sentences takes longer than a call."""
    return build(case(name).spec, toolsets=EVERY_TOOL)


async def _agree(*_: Any) -> Any:
    return ElicitResult(action="accept", content={"agree": True})


@contextmanager
def settled(settings: Mapping[str, str], folder: Path) -> Generator[None]:
    """Servers that start inside have these settings and no others, and keep their files there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ARION_DATA_DIR", str(folder))
        for variable, value in settings.items():
            patch.setenv(variable, value)
        yield


@asynccontextmanager
async def driven(
    name: str, settings: Mapping[str, str], folder: Path
) -> AsyncGenerator[Client[Any]]:
    """A client of the server `name`, for whom the person agrees to everything."""
    with settled(settings, folder):
        async with Client(built(name), elicitation_handler=_agree) as client:
            yield client


async def called(
    client: Client[Any], call: ToolCall, language: Language = "ko", *, key: str | None = None
) -> CallToolResult:
    """One call; a failure is a result. `key` is the id of a write."""
    meta: dict[str, Any] = {
        META_LANGUAGE: language,
        META_NOW: NOW.isoformat(),
        META_MAX_CHARS: ROOM_CHARS,
    }
    if key:
        meta[META_KEY] = key
    tool, arguments = call
    return await client.call_tool(tool, dict(arguments), meta=meta, raise_on_error=False)


def told(result: CallToolResult) -> str:
    """Everything that a result shows."""
    return json.dumps(result.structured_content, ensure_ascii=False) + str(result.content)


def secretly(known: ServerCase, url: str) -> dict[str, str]:
    """The settings that lead to `url`, with credentials that can be searched for."""
    return known.variables(url) | dict.fromkeys(known.credentials(), SECRET)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes servers wait for nothing between attempts, and read little.

    Their clock stands a minute before `NOW`.
    """
    opened = Upstream.__init__

    async def at_once(_: float) -> None:
        await asyncio.sleep(0)

    clock = Clock(wall=lambda: NOW.timestamp() - 60, sleep=at_once)

    def open_impatiently(self: Upstream, options: UpstreamOptions, **_: Any) -> None:
        opened(self, replace(options, largest_bytes=LARGEST_BYTES, quota=None), clock=clock)

    monkeypatch.setattr(Upstream, "__init__", open_impatiently)
