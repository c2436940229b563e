from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from fastmcp import Client
from fastmcp.client.transports import StreamableHttpTransport
from tests.sandbox import serving
from tests.toy import Notebook, toy_spec

from arion_kit.serving import build, server_app
from arion_kit.words import TOOLSETS_HEADER

CORE = ["notes_add", "notes_list"]
EVERY = ["notes_add", "notes_delete", "notes_list"]


@pytest.fixture
async def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[str]:
    monkeypatch.delenv("ARION_ALLOWED_HOSTS", raising=False)
    async with serving(server_app(toy_spec(tmp_path, Notebook(notes={"n1": "우유"})))) as url:
        yield f"{url}/mcp"


@pytest.mark.parametrize(
    ("asked", "listed"), [(None, CORE), ("all", EVERY), ("extra", ["notes_delete"]), ("x", [])]
)
async def test_a_client_lists_the_core_tools_unless_it_asks_for_others(
    asked: str | None, listed: list[str], url: str
):
    headers = {TOOLSETS_HEADER: asked} if asked else None
    async with Client(StreamableHttpTransport(url, headers=headers)) as client:
        assert [tool.name for tool in await client.list_tools()] == listed


async def test_a_tool_that_is_not_listed_can_be_called(url: str):
    async with Client(url) as client:
        result = await client.call_tool("notes_delete", {"note_id": "n1"})
    assert result.structured_content == {"say": "지웠어요."}


@pytest.mark.parametrize(
    ("toolsets", "listed"), [({"all"}, EVERY), ({"core"}, CORE), ({"core", "extra"}, EVERY)]
)
async def test_named_toolsets_are_listed_and_no_other_can_be_called(
    toolsets: set[str], listed: list[str], tmp_path: Path
):
    server = build(toy_spec(tmp_path, Notebook()), toolsets=frozenset(toolsets))
    async with Client(server) as client:
        assert [tool.name for tool in await client.list_tools()] == listed
        result = await client.call_tool("notes_delete", {"note_id": "n"}, raise_on_error=False)
    known = "notes_delete" in listed
    assert result.structured_content["error"]["message"].startswith("그런" if known else "This")


async def test_the_header_lists_no_more_than_the_server_was_started_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("ARION_ALLOWED_HOSTS", raising=False)
    app = server_app(toy_spec(tmp_path, Notebook()), toolsets=frozenset({"core"}))
    async with serving(app) as url:
        transport = StreamableHttpTransport(f"{url}/mcp", headers={TOOLSETS_HEADER: "all"})
        async with Client(transport) as client:
            assert [tool.name for tool in await client.list_tools()] == CORE
