"""The Notion server for the checks that every server has to pass, and a client of it for tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fastmcp import Client, FastMCP
from pydantic import SecretStr

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.http import Upstream
from arion_kit.serving import build
from arion_kit.spec import ServerSpec
from arion_kit.words import (
    META_EFFECT,
    META_KEY,
    META_LANGUAGE,
    META_MAX_CHARS,
    META_NOW,
    META_TIMEZONE,
)
from arion_notion import SPEC
from arion_notion.api import NotionApi, upstream_options
from arion_notion.journal import Journal
from arion_notion.settings import NotionSettings
from tests.sandbox import TOKEN, Sandbox, running_sandbox
from tests.servers import ServerCase

NOW = "2026-11-23T10:00:00+09:00"
TASKS = "할 일"


def seeded(key: str) -> str:
    """The id of a page that the sandbox starts with on the day of the tests."""
    return str(uuid5(NAMESPACE_URL, f"{NOW[:10]}|row|{key}"))


CASE = ServerCase(
    spec=SPEC,
    read=("notion_search", {"query": "회의록"}),
    write=("notion_create_page", {"parent_id": TASKS, "title": "우유 사기"}),
    values={
        "page_id": (seeded("groceries"), seeded("copy")),
        "page_id_or_url": (seeded("groceries"), f"https://app.notion.com/p/{seeded('copy')}"),
        "parent_id": (TASKS, seeded("minutes")),
        "data_source_id": (TASKS, "독서 목록"),
        "id": (TASKS,),
        "query": ("회의록", "장보기"),
        "filter": ({"상태": "진행 중"}, {"마감": {"before": "내일"}}),
        "sorts": (["-마감"], ["이름"]),
        "properties": ({"상태": "완료"}, {"마감": "2026-11-27"}, ["상태"]),
        "old": ("우유",),
    },
    changes=lambda method, path: method != "GET" and not path.endswith(("/search", "/query")),
)


def notion_at(
    base_url: str,
    token: str | None = TOKEN,
    *,
    clock: Clock = SYSTEM_CLOCK,
    journal: Journal | None = None,
) -> ServerSpec:
    """The server, with this stand-in for Notion and this token."""
    kept = journal or Journal(None)

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[NotionApi]:
        settings = NotionSettings(base_url=base_url, token=token and SecretStr(token))
        async with Upstream(upstream_options(settings), clock=clock) as upstream:
            yield NotionApi(upstream, kept)

    return replace(SPEC, open=open_api)


@dataclass
class Notion:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self,
        tool: str,
        language: str = "ko",
        key: str | None = None,
        max_chars: int | None = None,
        **arguments: Any,
    ) -> dict[str, Any]:
        """What a tool gives, or its error."""
        meta: dict[str, Any] = {
            META_LANGUAGE: language,
            META_TIMEZONE: "Asia/Seoul",
            META_NOW: NOW,
        }
        meta |= {META_KEY: key} if key else {}
        meta |= {META_MAX_CHARS: max_chars} if max_chars else {}
        result = await self.client.call_tool(
            f"notion_{tool}", arguments, meta=meta, raise_on_error=False
        )
        return result.structured_content or {}

    async def id_of(self, title: str, kind: str = "page") -> str:
        """The id of the one page or data source of this title."""
        found = await self.call("search", query=title, type=kind, page_size=50)
        [row] = [row for row in found["results"] if row["title"] == title]
        return row["id"]

    async def markdown(self, page_id: str) -> str:
        """What a page says now."""
        return (await self.call("read_page", page_id_or_url=page_id))["markdown"]

    async def values(self, page_id: str) -> dict[str, Any]:
        """The properties of a page now."""
        return (await self.call("read_page", page_id_or_url=page_id))["properties"]

    async def titles(self, **arguments: Any) -> list[str]:
        """Titles of the rows that a query gives."""
        return [row["title"] for row in (await self.call("query", **arguments))["rows"]]

    async def undo(self, tool: str, arguments: dict[str, Any], result: Any) -> dict[str, Any]:
        """Runs the inverse that a tool declares, out of a finished call of it."""
        tools = {it.name: it for it in await self.client.list_tools()}
        inverse = (tools[f"notion_{tool}"].meta or {})[META_EFFECT]["inverse"]
        filled: dict[str, Any] = {}
        for parameter, path in inverse["arguments"].items():
            value: Any = {"arguments": arguments, "result": result}
            for step in path.split("."):
                value = value[step]
            filled[parameter] = value
        return await self.call(inverse["tool"].removeprefix("notion_"), **filled)

    def sent(self, method: str, ending: str = "") -> list[dict[str, Any]]:
        """Requests that reached Notion."""
        return [
            request
            for request in self.sandbox.requests()
            if request["method"] == method and request["path"].endswith(ending)
        ]


ALL = frozenset({"all"})


@dataclass
class _Place:
    """Where a shared server finds Notion, and its journal."""

    url: str = ""
    journal: Path | None = None


@cache
def _shared(number: int) -> tuple[FastMCP, _Place]:
    """A server with all its tools; building one for each test would take most of the time."""
    place = _Place()

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[NotionApi]:
        journal = Journal(place.journal)
        async with notion_at(place.url, journal=journal).open() as api:
            yield api
        journal.close()

    return build(replace(SPEC, open=open_api), toolsets=ALL), place


@asynccontextmanager
async def client_of(
    url: str, journal: Path | None = None, *, number: int = 0
) -> AsyncGenerator[Client[Any]]:
    """A client of a server with all its tools; two at a time need two numbers."""
    server, place = _shared(number)
    place.url, place.journal = url, journal
    async with Client(server) as client:
        yield client


@asynccontextmanager
async def notion_running() -> AsyncGenerator[Notion]:
    """The server with all its tools, over a sandbox; what it sent has to fit Notion's types."""
    async with running_sandbox() as sandbox, client_of(f"{sandbox.url}/notion") as client:
        yield Notion(client, sandbox)
        assert sandbox.violations() == []
