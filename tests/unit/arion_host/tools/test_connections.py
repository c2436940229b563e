from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from fastmcp import FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.middleware import CallNext, Middleware, MiddlewareContext
from fastmcp.tools.base import ToolResult
from mcp_types import ToolAnnotations
from pydantic import JsonValue

from arion_host.tools.connections import (
    ConnectionOptions,
    Connections,
    ConnectionState,
    keep_connections,
)
from arion_host.tools.endpoints import http_endpoint
from arion_kit.words import META_LANGUAGE, ErrorKind

OPTIONS = ConnectionOptions(
    connect_timeout_s=5, call_timeout_s=5, first_pause_s=0.001, longest_pause_s=0.01
)
ECHO = {"text": "안녕"}


class Counting(Middleware):
    """Counts requests by method, and shows what came with them."""

    def __init__(self) -> None:
        self.methods = Counter[str]()
        self.metas: list[object] = []

    async def on_request(self, context: MiddlewareContext, call_next: CallNext) -> object:
        self.methods[context.method or ""] += 1
        if context.fastmcp_context and context.fastmcp_context.request_context:
            self.metas.append(context.fastmcp_context.request_context.meta)
        return await call_next(context)


class Lamp:
    """A server with one read and one write, and what became of it."""

    def __init__(self) -> None:
        self.switched = 0
        self.counting = Counting()
        self.started = asyncio.Event()
        self.release = asyncio.Event()
        self.server = FastMCP("lamp", middleware=[self.counting])
        self.server.tool(self.echo, annotations=ToolAnnotations(read_only_hint=True))
        self.server.tool(self.wait, annotations=ToolAnnotations(read_only_hint=True))
        self.server.tool(self.switch)
        self.server.tool(self.dim, output_schema={"type": "object", "required": ["level"]})
        # As arion_kit does, so that a call never lists the tools.
        self.server._mcp_server.get_tool_input_schema = lambda name: {"type": "object"}

    async def echo(self, text: str) -> dict[str, str]:
        if text == "broken":
            raise ToolError("the lamp is broken")
        return {"say": text}

    async def wait(self) -> dict[str, str]:
        await self.release.wait()
        return {"say": "late"}

    async def switch(self) -> dict[str, str]:
        self.switched += 1
        self.started.set()
        await self.release.wait()
        return {"say": "on"}

    async def dim(self) -> ToolResult:
        self.switched += 1
        return ToolResult(structured_content={"say": "no level"})

    def app(self, connections: list[object] | None = None):
        app = self.server.http_app(path="/mcp", json_response=True)

        async def counted(scope, receive, send) -> None:
            if connections is not None and scope["type"] == "http":
                connections.append(scope["client"])
            await app(scope, receive, send)

        return counted


@pytest.fixture
def lamp() -> Lamp:
    return Lamp()


def kept(*urls: str, options: ConnectionOptions = OPTIONS):
    return keep_connections(
        [http_endpoint(f"lamp{i}", f"{url}/mcp", trusted=False) for i, url in enumerate(urls)],
        options,
    )


async def call(
    connections: Connections, tool: str, arguments: Mapping[str, JsonValue], read: bool = True
):
    return await connections.call("lamp0", tool, arguments, meta={}, read=read)


async def test_a_call_lists_no_tools_and_opens_no_connection(serve, lamp):
    peers: list[object] = []
    served = await serve(lamp.app(peers))
    async with kept(served.url) as connections:
        await connections.catalogue()
        before, sockets = lamp.counting.methods.copy(), len(set(peers))
        for _ in range(20):
            assert (await call(connections, "echo", ECHO)).say == "안녕"
    assert lamp.counting.methods - before == Counter({"tools/call": 20})
    assert len(set(peers)) == sockets


async def test_metadata_of_a_call_reaches_the_server(serve, lamp):
    served = await serve(lamp.app())
    async with kept(served.url) as connections:
        await connections.call("lamp0", "echo", ECHO, meta={META_LANGUAGE: "en"}, read=True)
    assert lamp.counting.metas[-1][META_LANGUAGE] == "en"


async def test_an_error_of_the_tool_is_told_with_its_text(serve, lamp):
    served = await serve(lamp.app())
    async with kept(served.url) as connections:
        outcome = await call(connections, "echo", {"text": "broken"})
    assert outcome.failure is not None
    assert outcome.failure.message == "the lamp is broken"
    assert not outcome.lost


async def test_a_server_that_is_not_there_fails_its_own_calls_only(serve, lamp, free_port):
    served = await serve(lamp.app())
    async with kept(served.url, f"http://127.0.0.1:{free_port}") as connections:
        there = await call(connections, "echo", ECHO)
        absent = await connections.call("lamp1", "echo", ECHO, meta={}, read=True)
        states = [c.state for c in connections.all]
    assert there.say == "안녕"
    assert absent.failure is not None
    assert absent.failure.kind is ErrorKind.UNAVAILABLE
    assert not absent.uncertain
    assert states[0] is ConnectionState.CONNECTED
    assert states[1] is not ConnectionState.CONNECTED


async def test_a_server_that_restarts_is_used_again(serve, lamp):
    served = await serve(lamp.app())
    port = urlsplit(served.url).port
    async with kept(served.url) as connections:
        await connections.catalogue()
        await served.die()
        dead = await call(connections, "echo", ECHO)
        await serve(lamp.app(), port=port)
        revived = await call(connections, "echo", ECHO)
    assert dead.failure is not None
    assert dead.failure.kind is ErrorKind.UNAVAILABLE
    assert revived.say == "안녕"


async def test_a_server_that_starts_late_is_connected_when_it_is_needed(serve, lamp, free_port):
    slow = ConnectionOptions(connect_timeout_s=5, first_pause_s=300, longest_pause_s=300)
    async with kept(f"http://127.0.0.1:{free_port}", options=slow) as connections:
        assert (await connections.catalogue()).tools == ()
        await serve(lamp.app(), port=free_port)
        outcome = await call(connections, "echo", ECHO)
        catalogue = await connections.catalogue()
    assert outcome.say == "안녕"
    assert [tool.name for tool in catalogue.tools] == ["dim", "echo", "switch", "wait"]


async def test_a_write_that_is_cut_off_is_uncertain_and_never_sent_twice(serve, lamp):
    served = await serve(lamp.app())
    port = urlsplit(served.url).port
    async with kept(served.url) as connections, asyncio.TaskGroup() as group:
        write = group.create_task(call(connections, "switch", {}, read=False))
        await lamp.started.wait()
        await served.die()
        await serve(lamp.app(), port=port)
        outcome = await write
        lamp.release.set()
        again = await call(connections, "echo", ECHO)
    assert outcome.failure is not None
    assert outcome.failure.kind is ErrorKind.UNAVAILABLE
    assert outcome.uncertain
    assert lamp.switched == 1
    assert again.say == "안녕"


async def test_a_write_to_a_dead_server_is_known_not_to_have_happened(serve, lamp):
    served = await serve(lamp.app())
    async with kept(served.url) as connections:
        await connections.catalogue()
        await served.die()
        outcome = await call(connections, "switch", {}, read=False)
    assert outcome.failure is not None
    assert not outcome.uncertain
    assert lamp.switched == 0


async def test_a_write_whose_answer_breaks_the_tools_own_schema_is_uncertain(serve, lamp):
    served = await serve(lamp.app())
    async with kept(served.url) as connections:
        outcome = await call(connections, "dim", {}, read=False)
    assert outcome.failure is not None
    assert outcome.failure.kind is ErrorKind.BAD_RESPONSE
    assert outcome.uncertain
    assert lamp.switched == 1


async def test_a_call_that_takes_too_long_ends_and_the_connection_lives_on(serve, lamp):
    served = await serve(lamp.app())
    hasty = ConnectionOptions(call_timeout_s=0.2)
    async with kept(served.url, options=hasty) as connections:
        late = await call(connections, "wait", {})
        lamp.release.set()
        after = await call(connections, "echo", ECHO)
    assert late.failure is not None
    assert late.failure.kind is ErrorKind.TIMEOUT
    assert late.uncertain
    assert after.say == "안녕"


async def test_an_unknown_server_is_not_found(serve):
    async with kept() as connections:
        outcome = await connections.call("nobody", "echo", {}, meta={}, read=True)
    assert outcome.failure is not None
    assert outcome.failure.kind is ErrorKind.NOT_FOUND


async def test_the_catalogue_stays_the_same_object_while_nothing_changes(serve, lamp):
    served = await serve(lamp.app())
    async with kept(served.url) as connections:
        assert await connections.catalogue() is await connections.catalogue()
