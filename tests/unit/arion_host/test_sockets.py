"""The server's WebSocket connections: what they hold back, pass on and cut off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from arion_host.app import Server
from arion_host.sockets import Socket


@asynccontextmanager
async def connected(
    talk: Callable[[WebSocket], Awaitable[None]],
) -> AsyncGenerator[tuple[ClientConnection, Socket]]:
    """A client of a server with one route, and the server's side of its connection."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = Server(Starlette(routes=[WebSocketRoute("/", talk)]), bound)
        running = asyncio.create_task(server.serve([bound]))
        await server.listening.wait()
        url = f"ws://127.0.0.1:{bound.getsockname()[1]}/"
        try:
            async with connect(url, proxy=None, ping_interval=None) as client:
                [connection] = server.server_state.connections
                assert isinstance(connection, Socket)
                yield client, connection
        finally:
            server.should_exit = True
            await running


async def test_sound_is_not_compressed_though_the_client_offers_it():
    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_bytes(await websocket.receive_bytes())

    async with connected(talk) as (client, _):
        await client.send(bytes(640))
        assert await client.recv() == bytes(640)
        assert client.protocol.extensions == []


async def test_a_refusal_reaches_the_client_and_is_no_error_of_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def refuse(websocket: WebSocket) -> None:
        await websocket.send_denial_response(Response("full", 503, {"Retry-After": "5"}))

    with pytest.raises(InvalidStatus) as refusal:
        async with connected(refuse):
            pass
    assert refusal.value.response.status_code == 503
    assert refusal.value.response.headers["Retry-After"] == "5"
    assert refusal.value.response.body == b"full"
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_an_application_that_does_not_read_holds_its_client_back_and_loses_nothing():
    may_read, is_held_back = asyncio.Event(), asyncio.Event()
    read: list[bytes] = []

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await may_read.wait()
        try:
            while True:
                read.append(await websocket.receive_bytes())
        except WebSocketDisconnect:
            return

    async def flood(client: ClientConnection) -> None:
        for number in range(20_000):
            await client.send(number.to_bytes(4, "big") * 160)
        await client.close()

    async with connected(talk) as (client, connection), asyncio.TaskGroup() as tasks:
        pause = connection.transport.pause_reading

        def note_pause() -> None:
            is_held_back.set()
            pause()

        connection.transport.pause_reading = note_pause  # type: ignore[method-assign]
        flooding = tasks.create_task(flood(client))
        await is_held_back.wait()
        waiting = connection.queue.qsize()
        may_read.set()
        await flooding
    # What one read of the socket brought, at most 256 KiB, is taken in any case.
    assert 16 <= waiting < 16 + 262_144 / 640
    assert [int.from_bytes(message[:4], "big") for message in read] == list(range(20_000))
