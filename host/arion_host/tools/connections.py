"""Kept connections to every server: opened once, used by every call, reopened when they break."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from fastmcp import Client
from fastmcp.client.transports import ClientTransport
from mcp import MCPError
from pydantic import JsonValue

from arion_host.background import beside
from arion_host.policy.pins import Admit
from arion_host.tools.catalogue import Catalogue, ServerFacts, read_server
from arion_host.tools.endpoints import Endpoint
from arion_host.tools.outcome import ToolOutcome, from_error, from_result, not_sent, sent
from arion_kit.words import ErrorKind

logger = logging.getLogger(__name__)


class ConnectionState(StrEnum):
    """Where a connection is in its life."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    DOWN = "down"


@dataclass(frozen=True)
class ConnectionOptions:
    """How long connections wait."""

    connect_timeout_s: float = 10.0
    call_timeout_s: float = 20.0
    first_pause_s: float = 0.25
    """Pause before the first attempt to reconnect; doubles with each one that fails."""
    longest_pause_s: float = 30.0


class Connection:
    """One kept connection. One task runs `keep`; any task may `call`."""

    def __init__(self, endpoint: Endpoint, options: ConnectionOptions, admit: Admit | None) -> None:
        self.endpoint = endpoint
        self._admit = None if endpoint.own else admit
        self.state = ConnectionState.CONNECTING
        self.problem: str | None = None
        """Why it is down."""
        self.facts: ServerFacts | None = None
        """What was read when it last connected."""
        self._options = options
        self._client: Client[ClientTransport] | None = None
        self._finished = asyncio.Event()
        """Set when the attempt to connect that runs now, or the next one, has ended."""
        self._broken = asyncio.Event()
        self._hurry = asyncio.Event()

    async def keep(self) -> None:
        """Hold the connection until cancelled; when it breaks, reconnect after a pause."""
        pause_s = self._options.first_pause_s
        while True:
            held = await self._hold_once()
            pause_s = self._options.first_pause_s if held else pause_s
            # A call that needs the server does not wait for the pause to end.
            with suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await self._hurry.wait()
            self._hurry.clear()
            pause_s = min(pause_s * 2, self._options.longest_pause_s)

    async def attempted(self) -> None:
        """Wait until the first attempt to connect has ended, either way."""
        if self.state is ConnectionState.CONNECTING and self.facts is None:
            await self._finished.wait()

    async def call(
        self,
        tool: str,
        arguments: Mapping[str, JsonValue],
        *,
        meta: Mapping[str, JsonValue],
        read: bool,
    ) -> ToolOutcome:
        """Call a tool. A read that was lost on the way is tried once more; a write never is."""
        outcome = await self._call_once(tool, arguments, meta)
        if read and outcome.lost:
            outcome = await self._call_once(tool, arguments, meta)
        return outcome

    async def _call_once(
        self, tool: str, arguments: Mapping[str, JsonValue], meta: Mapping[str, JsonValue]
    ) -> ToolOutcome:
        client = await self._connected_client()
        if client is None:
            problem = self.problem or "it does not answer"
            return not_sent(ErrorKind.UNAVAILABLE, f"{self.endpoint.name}: {problem}")
        outcome = await _call(client, tool, arguments, meta, self._options.call_timeout_s)
        if outcome.lost and client is self._client:
            self._client, self.state = None, ConnectionState.DOWN
            self._broken.set()
        if not self.endpoint.trusted:
            # Only a server that is trusted is believed when it calls a result the person's own.
            outcome = replace(outcome, untrusted=True)
        return outcome

    async def _connected_client(self) -> Client[ClientTransport] | None:
        if self._client is None:
            self._hurry.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._options.connect_timeout_s):
                    await self._finished.wait()
        return self._client

    async def _hold_once(self) -> bool:
        """Connect and stay until the connection breaks; say whether it ever stood."""
        self.state = ConnectionState.CONNECTING
        self._broken.clear()
        held = False
        try:
            async with self._open() as client:
                self._client, self.state = client, ConnectionState.CONNECTED
                held = True
                self._finish_attempt()
                await self._broken.wait()
        # A server can fail in any way its transport knows; none may end the others.
        except Exception as error:  # noqa: BLE001
            self.problem = f"{type(error).__name__}: {error}"
            logger.warning("%s is not connected: %s", self.endpoint.name, self.problem)
        self._client, self.state = None, ConnectionState.DOWN
        if not held:
            self._finish_attempt()
        return held

    @asynccontextmanager
    async def _open(self) -> AsyncGenerator[Client[ClientTransport]]:
        client = Client(self.endpoint.transport(), init_timeout=self._options.connect_timeout_s)
        try:
            async with asyncio.timeout(self._options.connect_timeout_s):
                await client.__aenter__()
                self.facts = await read_server(
                    client, self.endpoint.name, trusted=self.endpoint.trusted, admit=self._admit
                )
                self.problem = self.facts.problem
            yield client
        finally:
            await client.close()

    def _finish_attempt(self) -> None:
        finished, self._finished = self._finished, asyncio.Event()
        finished.set()


async def _call(
    client: Client[ClientTransport],
    tool: str,
    arguments: Mapping[str, JsonValue],
    meta: Mapping[str, JsonValue],
    timeout_s: float,
) -> ToolOutcome:
    if not client.is_connected():
        return not_sent(ErrorKind.UNAVAILABLE, "the connection has ended", lost=True)
    try:
        result = await client.call_tool_mcp(
            tool, dict(arguments), timeout=timeout_s, meta=dict(meta)
        )
    except MCPError as error:
        return from_error(error)
    # Anything else comes from a session that ended or from an answer that cannot be read.
    except Exception as error:  # noqa: BLE001
        message = f"{type(error).__name__}: {error}"
        return sent(ErrorKind.BAD_RESPONSE, message, lost=not client.is_connected())
    return from_result(result)


class Connections:
    """The connections to all servers, kept by one task each."""

    def __init__(self, connections: Mapping[str, Connection]) -> None:
        self._connections = connections
        self._catalogue = Catalogue()

    @property
    def all(self) -> Iterable[Connection]:
        """Every connection, up or down."""
        return self._connections.values()

    async def catalogue(self) -> Catalogue:
        """Return what can be called, once every server has connected or failed to.

        The same object as before when nothing changed.
        """
        for connection in self.all:
            await connection.attempted()
            if connection.facts is not None:
                self._catalogue = self._catalogue.with_server(connection.facts)
        return self._catalogue

    async def call(
        self,
        server: str,
        tool: str,
        arguments: Mapping[str, JsonValue],
        *,
        meta: Mapping[str, JsonValue],
        read: bool,
    ) -> ToolOutcome:
        """Call a tool of a server; failures are in the outcome, never raised."""
        connection = self._connections.get(server)
        if connection is None:
            return not_sent(ErrorKind.NOT_FOUND, f"There is no server named {server}.")
        return await connection.call(tool, arguments, meta=meta, read=read)


@asynccontextmanager
async def keep_connections(
    endpoints: Iterable[Endpoint], options: ConnectionOptions, admit: Admit | None = None
) -> AsyncGenerator[Connections]:
    """Start connecting to every endpoint at once, and close everything at the end.

    Waits for none: a server that is slow or absent delays only its own calls. `admit` says which
    tools of servers from elsewhere may be used.
    """
    connections = {e.name: Connection(e, options, admit) for e in endpoints}
    async with beside(*(connection.keep() for connection in connections.values())):
        yield Connections(connections)
