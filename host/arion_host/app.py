"""The web application of a host, and the server that runs it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from arion_auth import Tickets
from arion_host.errors import HostError
from arion_host.host import Host
from arion_host.routes.guard import HostGuard
from arion_host.routes.health import health_routes
from arion_host.routes.page import Page, find_page
from arion_host.routes.responses import on_any_error, on_host_error, on_http_error
from arion_host.routes.servers import servers_route
from arion_host.routes.turns import turns_route
from arion_host.routes.voice import voice_routes
from arion_host.sockets import Socket

MAX_FRAME = 1_310_720
"""Bytes of one WebSocket message: the largest event of the Realtime API that is read, and more, so
that it is answered when it is too large. What is allowed in the voice protocol is far less."""

PING_S = 20.0
"""Between two pings, and the time a client has to answer one, in seconds."""

STOP_TIMEOUT_S = 3
"""Time open requests have to end when the host stops, in seconds."""


def build_app(host: Host) -> Starlette:
    """Build the application over the open parts of a host."""
    routes: list[BaseRoute] = [
        *health_routes(host.readiness),
        turns_route(host.engine, host.principal),
        *voice_routes(host.engine, host.principal, host.speech, Tickets()),
    ]
    client: httpx2.AsyncClient | None = None
    if host.servers_url is not None:
        # Plain http needs no TLS context, which takes 50 ms to make. A tool may run for long.
        client = httpx2.AsyncClient(
            verify=host.servers_url.startswith("https:"),
            trust_env=False,
            timeout=httpx2.Timeout(10.0, read=None),
        )
        routes.append(servers_route(host.servers_url, client))
    if (page := find_page()) is not None:
        routes.append(Mount("/", Page(page)))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        yield
        if client is not None:
            await client.aclose()

    return Starlette(
        routes=routes,
        middleware=[Middleware(HostGuard, allowed_hosts=host.settings.allowed_hosts)],
        exception_handlers={
            HostError: on_host_error,
            HTTPException: on_http_error,
            Exception: on_any_error,
        },
        lifespan=lifespan,
    )


class Server(uvicorn.Server):
    """A web server in a process that has more to close than this server."""

    def __init__(self, app: ASGIApp, bound: socket.socket) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                ws=Socket,
                ws_max_size=MAX_FRAME,
                # Sound does not get smaller, and a compressor takes 100 kB a connection.
                ws_per_message_deflate=False,
                ws_ping_interval=PING_S,
                ws_ping_timeout=PING_S,
                timeout_graceful_shutdown=STOP_TIMEOUT_S,
            )
        )
        self.listening = asyncio.Event()
        self._bound = bound

    async def run_until_told(self) -> None:
        """Serve until SIGINT or SIGTERM; a second one does not wait for open requests."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            await self.serve([self._bound])
        finally:
            for number in signals:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals alone: uvicorn would send them again and end the process too early."""
        yield
