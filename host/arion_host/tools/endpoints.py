"""Where the servers are: Arion's own, and those of an `mcpServers` file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from fastmcp.client.transports import ClientTransport, StreamableHttpTransport
from fastmcp.mcp_config import MCPConfig, MCPServerTypes, StdioMCPServer
from pydantic import ValidationError

from arion_host.tools.server_list import listed_servers, unusable_list
from arion_host.tools.wire import loopback_client, remote_client
from arion_kit.words import TOOLSETS_HEADER

_EVERY_TOOL: Mapping[str, str] = {TOOLSETS_HEADER: "all"}
"""A short list is for clients whose model reads all of it; the host picks what a turn needs."""


@dataclass(frozen=True)
class Endpoint:
    """One server and how to reach it."""

    name: str
    trusted: bool
    """Whether its language pack may route commands."""
    transport: Callable[[], ClientTransport]
    """Makes a fresh transport for each connection."""
    own: bool = False
    """Whether this installation serves it."""


def own_endpoints(base_url: str, names: Iterable[str]) -> tuple[Endpoint, ...]:
    """Return the endpoints of servers that one `arion-servers` process serves."""
    base = base_url.rstrip("/")
    return tuple(
        replace(http_endpoint(name, f"{base}/servers/{name}/mcp", trusted=True), own=True)
        for name in names
    )


def http_endpoint(name: str, url: str, *, trusted: bool) -> Endpoint:
    """Return the endpoint of a server that speaks streamable HTTP."""
    headers = dict(_EVERY_TOOL) if trusted else None
    return Endpoint(name, trusted, lambda: _guarded(StreamableHttpTransport(url, headers=headers)))


def listed_endpoints(file: Path | None, trusted: Collection[str]) -> tuple[Endpoint, ...]:
    """Return the endpoints of the servers in an `mcpServers` file.

    Raises:
        PartFailed: the file is missing, or an entry says no way to reach a server.
    """
    if file is None:
        return ()
    try:
        config = MCPConfig.model_validate({"mcpServers": listed_servers(file)})
    except ValidationError as error:
        raise unusable_list(file, error) from error
    return tuple(
        Endpoint(name, name in trusted, partial(_listed_transport, server, name in trusted))
        for name, server in sorted(config.mcpServers.items())
    )


def _listed_transport(server: MCPServerTypes, trusted: bool) -> ClientTransport:
    if isinstance(server, StdioMCPServer):
        # A kept-alive process would outlive the connection and be found again half dead.
        server = server.model_copy(update={"keep_alive": False})
    transport = _guarded(server.to_transport())
    if trusted and isinstance(transport, StreamableHttpTransport):
        transport.headers |= _EVERY_TOOL
    return transport


def _guarded(transport: ClientTransport) -> ClientTransport:
    if isinstance(transport, StreamableHttpTransport):
        loopback = _is_plain_loopback(transport.url)
        transport.httpx_client_factory = loopback_client if loopback else remote_client
    return transport


def _is_plain_loopback(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname is None:
        return False
    try:
        return ip_address(parts.hostname).is_loopback
    except ValueError:
        return parts.hostname == "localhost"
