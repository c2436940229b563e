"""Real HTTP servers on loopback, in the test's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator

import pytest
import uvicorn
from starlette.types import ASGIApp
from tests.databases import where

__all__ = ["free_port", "notes_language", "serve", "where"]

NOTES_LANGUAGE = """
slots:
  when: {type: time}
  title: {type: text}
  note:
    type: reference
    tool: notes_list
    arguments: {query: "{text}"}
    items: notes
    value: note_id
    label: title
intents:
  - name: list
    tool: notes_list
    sentences: {ko: ["메모 보여줘"], en: ["show my notes"]}
    examples: {ko: ["메모 보여줘"], en: ["show my notes"]}
  - name: add
    tool: notes_add
    arguments: {title: "{title}"}
    sentences: {ko: ["{when}까지 {title} 메모해줘"], en: ["note {title} for {when}"]}
    examples: {ko: ["내일까지 우유 사기 메모해줘"], en: ["note buy milk for tomorrow"]}
  - name: delete
    tool: notes_delete
    arguments: {note_id: "{note}"}
    sentences: {ko: ["{note} 메모 지워줘"], en: ["delete the note {note}"]}
    examples: {ko: ["우유 사기 메모 지워줘"], en: ["delete the note buy milk"]}
    readback: {ko: "'{note.label}' 메모를 지울까요?", en: "Delete the note '{note.label}'?"}
"""


@pytest.fixture
def notes_language() -> str:
    """How people ask for the tools of the toy server, so that a router takes it."""
    return NOTES_LANGUAGE


class Served(uvicorn.Server):
    """An app on a port of its own."""

    def __init__(self, app: ASGIApp, bound: socket.socket) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        self.up = asyncio.Event()
        self.bound = bound
        self.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self.task: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def start(self) -> Served:
        self.task = asyncio.create_task(self.serve([self.bound]))
        await self.up.wait()
        return self

    async def finish(self) -> None:
        """End as when asked to, with everything closed."""
        self.should_exit = True
        if self.task is not None:
            await self.task

    async def die(self) -> None:
        """End the way a killed process does."""
        self.should_exit = self.force_exit = True
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        if self.task is not None:
            await self.task


Serve = Callable[..., Awaitable[Served]]


@pytest.fixture
async def serve() -> AsyncGenerator[Serve]:
    """Start an ASGI app on a free port, or on the port given."""
    running: list[Served] = []

    async def start(app: ASGIApp, port: int = 0) -> Served:
        # With the protocol named asyncio sets TCP_NODELAY, without which answers wait 40 ms.
        bound = socket.socket(proto=socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
        served = await Served(app, bound).start()
        running.append(served)
        return served

    yield start
    for served in running:
        await served.finish()


@pytest.fixture
def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
