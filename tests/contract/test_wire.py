"""The kit over real HTTP and stdio: both protocol eras, the guard, and the cost of a call."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx2
import mcp
import pytest
from fastmcp import Client, FastMCP
from fastmcp.client.transports import StdioTransport
from jsonschema import Draft202012Validator
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.sandbox import serving
from tests.toy import Notebook, toy_spec, unreachable

from arion_kit.serving import build, server_app
from arion_kit.spec import ServerSpec
from arion_kit.testing import Mode, language_pack
from arion_kit.web import http_app

ROOT = Path(__file__).resolve().parents[2]
MODES = ["auto", "legacy", "2026-07-28"]
MODERN_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": "tools/call",
    "Mcp-Name": "notes_list",
}


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def spec(notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ServerSpec:
    monkeypatch.delenv("ARION_ALLOWED_HOSTS", raising=False)
    return toy_spec(tmp_path, notebook)


@pytest.fixture
async def url(spec: ServerSpec) -> AsyncGenerator[str]:
    async with serving(server_app(spec)) as url:
        yield url


class Counted:
    """An application that counts the connections its requests came over."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.connections: set[Any] = set()
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.connections.add(tuple(scope["client"]))
            self.requests += 1
        await self.app(scope, receive, send)


def counting_lists(server: FastMCP) -> Counter[str]:
    """Counts how often the server lists its tools."""
    counted: Counter[str] = Counter()
    listing = server.list_tools

    async def list_tools(**options: Any) -> Any:
        counted["tools/list"] += 1
        return await listing(**options)

    server.list_tools = list_tools
    return counted


def modern_call(arguments: Any, tool: str = "notes_list") -> dict[str, Any]:
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments, "_meta": meta},
    }


@pytest.mark.parametrize("mode", MODES)
async def test_a_client_of_either_era_lists_calls_and_reads_over_http(mode: Mode, url: str):
    async with Client(f"{url}/mcp", mode=mode) as client:
        assert len(await client.list_tools()) == 2
        assert len((await language_pack(client)).intents) == 3
        result = await client.call_tool("notes_add", {"title": "우유 🥛"})
        assert result.structured_content == {
            "say": "적어 뒀어요.",
            "note": {"note_id": "n1", "title": "우유 🥛"},
        }


async def test_a_call_lists_no_tools_and_opens_no_connection(spec: ServerSpec):
    server = build(spec)
    app = Counted(http_app(server))
    handled = counting_lists(server)
    async with serving(app) as url, Client(f"{url}/mcp", mode="2026-07-28") as client:
        await client.list_tools()
        before, connections = app.requests, set(app.connections)
        handled.clear()
        for _ in range(5):
            await client.call_tool("notes_list", {"query": "x"})
        assert handled == {}
        assert app.requests - before == 5
        assert app.connections == connections


async def test_without_the_schema_lookup_every_call_would_list_the_tools(spec: ServerSpec):
    server = build(spec)
    server._mcp_server.get_tool_input_schema = None
    handled = counting_lists(server)
    async with serving(http_app(server)) as url, Client(f"{url}/mcp", mode="2026-07-28") as client:
        await client.list_tools()
        handled.clear()
        await client.call_tool("notes_list", {"query": "x"})
    assert handled["tools/list"] > 0


async def test_a_client_may_listen_for_changes(url: str):
    async with mcp.Client(f"{url}/mcp") as client, client.listen(tools_list_changed=True):
        assert len((await client.list_tools()).tools) == 2


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
async def test_results_and_failures_fit_the_output_schema(mode: Mode, url: str, notebook: Notebook):
    async with Client(f"{url}/mcp", mode=mode) as client:
        schemas = {tool.name: tool.output_schema for tool in await client.list_tools()}
        results = [await client.call_tool("notes_list", {})]
        notebook.trouble = unreachable()
        results.append(await client.call_tool("notes_list", {}, raise_on_error=False))
    for result in results:
        Draft202012Validator(schemas["notes_list"] or {}).validate(result.structured_content)
    assert [result.is_error for result in results] == [False, True]


async def test_garbage_is_answered_and_the_server_goes_on(url: str):
    async with httpx2.AsyncClient(verify=False, headers=MODERN_HEADERS) as client:

        async def posted(content: bytes) -> tuple[int, dict[str, Any]]:
            response = await client.post(f"{url}/mcp", content=content)
            return response.status_code, response.json()

        for content in (b"", b"{", b"[]", b"\xff\xfe", b'{"jsonrpc":"2.0","id":1}', b"[" * 50_000):
            status, body = await posted(content)
            assert status == 400
            assert body["error"]["code"] in {-32700, -32600, -32602}
        status, body = await posted(json.dumps(modern_call([1, 2])).encode())
        assert (status, body["error"]["code"]) == (400, -32602)
        for arguments in ({"query": "\ud800"}, {"query": "\0"}, {"query": {"a": [1]}}, {"": 1}):
            status, body = await posted(json.dumps(modern_call(arguments)).encode())
            assert status == 200
            assert body["result"]["structuredContent"]["error"]["kind"] == "bad_input"
        status, body = await posted(json.dumps(modern_call({})).encode())
        assert body["result"]["structuredContent"]["say"] == "메모가 0개 있어요."


async def test_health_says_what_is_served(url: str):
    async with httpx2.AsyncClient(verify=False) as client:
        response = await client.get(f"{url}/health")
    assert response.json() == {
        "status": "ok",
        "server": "notes",
        "version": "0.1.0",
        "tools": ["notes_add", "notes_delete", "notes_list"],
    }


@pytest.mark.parametrize("path", ["/mcp", "/health"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
)
async def test_a_foreign_host_or_origin_is_refused(
    path: str, headers: dict[str, str], status: int, url: str
):
    async with httpx2.AsyncClient(verify=False) as client:
        response = await client.post(url + path, headers=headers, json=modern_call({}))
    assert response.status_code == status


async def test_an_allowed_host_is_answered(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ARION_ALLOWED_HOSTS", "calendar,arion.example")
    app = server_app(toy_spec(tmp_path, notebook))
    async with serving(app) as url, httpx2.AsyncClient(verify=False) as client:
        for host, status in (("calendar:8000", 200), ("localhost", 200), ("mail", 421)):
            response = await client.get(f"{url}/health", headers={"Host": host})
            assert response.status_code == status


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
async def test_stdio_speaks_both_eras_and_keeps_stdout_clean(mode: Mode, tmp_path: Path):
    program = (
        "from pathlib import Path; from arion_kit.serving import main; "
        "from tests.toy import Notebook, toy_spec; import sys; "
        "main(toy_spec(Path(sys.argv[1]), Notebook()), [])"
    )
    transport = StdioTransport(sys.executable, ["-c", program, str(tmp_path)], cwd=str(ROOT))
    async with Client(transport, mode=mode) as client:
        result = await client.call_tool("notes_add", {"title": "우유"})
        assert result.structured_content is not None
        assert result.structured_content["note"]["title"] == "우유"
        failed = await client.call_tool("notes_add", {}, raise_on_error=False)
        assert failed.is_error
