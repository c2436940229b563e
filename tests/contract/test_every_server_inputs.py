"""Every tool of every server, given what people and models give: sensible, odd and hostile."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastmcp import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mcp_types import CallToolResult, Tool
from tests.sandbox import Sandbox, running_sandbox, serving
from tests.servers import NAMES, ServerCase, ToolCall, case
from tests.servers.arguments import WORST, arguments, example, kind_in
from tests.servers.driving import ROOM_CHARS, built, called, driven, impatient

from arion_kit.web import http_app

__all__ = ["impatient"]

TOOLS = [
    pytest.param(name, tool.name, id=tool.name) for name in NAMES for tool in case(name).spec.tools
]
WRONG: Mapping[str, Any] = {
    "string": {"a": 1},
    "integer": "many",
    "number": "far",
    "boolean": "perhaps",
    "array": {"a": 1},
    "object": [1],
}
"""By the type that a parameter has: a value of another."""
UNUSABLE = re.compile("[\x00\ud800-\udfff]")

pytestmark = [
    pytest.mark.usefixtures("impatient"),
    pytest.mark.timeout(60),
    pytest.mark.thorough,
]
each_server = pytest.mark.parametrize("name", NAMES)


class Running:
    """A client of one server, and the vendors behind it."""

    def __init__(self, known: ServerCase, client: Client[Any], vendors: Sandbox) -> None:
        self.known = known
        self.client = client
        self.vendors = vendors
        self._tools: dict[str, Tool] = {}
        self._strategies: dict[str, st.SearchStrategy[dict[str, Any]]] = {}

    async def listed(self) -> dict[str, Tool]:
        """The tools by name, asked for once."""
        if not self._tools:
            self._tools = {tool.name: tool for tool in await self.client.list_tools()}
        return self._tools

    async def call(self, tool: Tool, given: Mapping[str, Any]) -> CallToolResult:
        """Calls, and holds the result to what is true of every result."""
        self.vendors.forget()
        result = await called(self.client, (tool.name, given))
        Draft202012Validator(tool.output_schema or {}).validate(result.structured_content)
        content = result.structured_content or {}
        assert len(json.dumps(content, ensure_ascii=False)) <= ROOM_CHARS
        assert content.get("error", {}).get("kind") != "internal"
        assert self.vendors.violations() == []
        return result

    def strategy(self, tool: Tool) -> st.SearchStrategy[dict[str, Any]]:
        """Arguments for a tool; made once, since making takes longer than drawing."""
        if tool.name not in self._strategies:
            self._strategies[tool.name] = arguments(tool.input_schema, self.known.values)
        return self._strategies[tool.name]

    def usual(self, tool: Tool) -> dict[str, Any]:
        """Arguments of the right types for what is required."""
        properties = tool.input_schema.get("properties", {})
        return {
            name: example(properties[name], self.known.values.get(name, ()))
            for name in tool.input_schema.get("required", ())
        }

    def calls(self) -> list[ToolCall]:
        """The calls that make sense."""
        return [call for call in (self.known.read, self.known.write) if call]


@pytest.fixture
async def server(name: str, tmp_path: Path) -> AsyncIterator[Running]:
    """The server `name`, over a fresh sandbox."""
    async with (
        running_sandbox() as vendors,
        driven(name, case(name).variables(vendors.url), tmp_path) as client,
    ):
        yield Running(case(name), client, vendors)


def kind_of(result: CallToolResult) -> str | None:
    return (result.structured_content or {}).get("error", {}).get("kind")


def as_json_text(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


def examples(count: int, *, seeded: bool) -> settings:
    """How many calls are made of each tool, and whether they are the same ones every time."""
    return settings(
        max_examples=count,
        derandomize=seeded,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@examples(8, seeded=True)
@given(data=st.data())
@each_server
async def test_anything_is_answered(name: str, server: Running, data: st.DataObject):
    for tool in (await server.listed()).values():
        await server.call(tool, data.draw(server.strategy(tool), label=tool.name))


@pytest.mark.slow
@pytest.mark.timeout(60)
@examples(60, seeded=False)
@given(data=st.data())
@pytest.mark.parametrize(("name", "tool"), TOOLS)
async def test_anything_is_answered_again_and_again(
    name: str, tool: str, server: Running, data: st.DataObject
):
    listed = (await server.listed())[tool]
    await server.call(listed, data.draw(server.strategy(listed), label="arguments"))


@each_server
async def test_an_unknown_parameter_is_refused_by_name(name: str, server: Running):
    for tool in (await server.listed()).values():
        result = await server.call(tool, {**server.usual(tool), "made_up": 1})
        assert kind_of(result) == "bad_input", tool.name
        assert "made_up" in str(result.structured_content), tool.name


@each_server
async def test_a_value_of_the_wrong_type_is_refused_by_name(name: str, server: Running):
    for tool in (await server.listed()).values():
        for parameter, schema in tool.input_schema.get("properties", {}).items():
            wrong = WRONG[kind_in(schema)]
            result = await server.call(tool, {**server.usual(tool), parameter: wrong})
            assert kind_of(result) == "bad_input", (tool.name, parameter)
            assert parameter in str(result.structured_content), (tool.name, parameter)


@each_server
async def test_a_list_or_an_object_may_be_sent_as_json_text(name: str, server: Running):
    for tool, usual in server.calls():
        listed = (await server.listed())[tool]
        plain = await server.call(listed, usual)
        as_text = {key: as_json_text(value) for key, value in usual.items()}
        assert kind_of(await server.call(listed, as_text)) == kind_of(plain)


@each_server
async def test_a_hostile_text_in_any_parameter_is_no_internal_error(name: str, server: Running):
    for tool, usual in server.calls():
        listed = (await server.listed())[tool]
        for parameter, schema in listed.input_schema["properties"].items():
            for text in WORST if kind_in(schema) == "string" else ():
                result = await server.call(listed, {**usual, parameter: text})
                assert kind_of(result) == "bad_input" or not UNUSABLE.search(text)


def modern_call(tool: str, arguments: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """The headers and the body of a call that no client library would send."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": "2026-07-28",
        "Mcp-Method": "tools/call",
        "Mcp-Name": tool,
    }
    params = {"name": tool, "arguments": arguments, "_meta": meta}
    return headers, {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


@pytest.mark.parametrize("text", ["\ud800", "a\0b"])
@each_server
async def test_what_is_no_text_is_refused_over_the_wire_too(name: str, text: str, server: Running):
    tool, usual = server.known.read
    headers, call = modern_call(tool, {**usual, next(iter(usual), "text"): text})
    async with serving(http_app(built(name))) as url, httpx2.AsyncClient(verify=False) as client:
        response = await client.post(f"{url}/mcp", headers=headers, content=json.dumps(call))
    assert response.json()["result"]["structuredContent"]["error"]["kind"] == "bad_input"
