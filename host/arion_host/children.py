"""Which child processes a host needs, and with which environment."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import cast

from arion_host.settings import ENV_PREFIX, HostSettings, server_environment
from arion_host.supervisor import Child, free_port, run_child
from arion_host.tools.server_list import installed_servers, listed_servers

_CREDENTIALS = ("TOKEN", "URL", "_KEY", "_ID", "_SECRET")
"""How the settings end that connect a server to something real."""


@dataclass(frozen=True)
class Children:
    """The child processes that run, and what they are for."""

    running: tuple[Child, ...]
    servers_url: str | None
    """Where Arion's own servers answer; None when all of them are replaced."""
    names: frozenset[str]
    """Those of Arion's own servers that nothing replaces."""


@asynccontextmanager
async def open_children(settings: HostSettings) -> AsyncGenerator[Children]:
    """Start the tool servers, and the sandbox first where one of them works on it.

    Raises:
        PartFailed: one of them did not start.
    """
    installed, listed = installed_servers(), listed_servers(settings.mcp_servers)
    names = installed - listed.keys()
    if settings.servers_url is not None or not names:
        url = str(settings.servers_url) if settings.servers_url else None
        yield Children((), url, names)
        return
    environment = server_environment() | {f"{ENV_PREFIX}DATA_DIR": str(settings.data_dir)}
    configured = {n for n in installed if n in listed or _is_configured(n, environment)}
    async with AsyncExitStack() as stack:
        running: list[Child] = []
        on_sandbox = sandboxed(settings, installed, configured)
        if on_sandbox:
            folder = str(settings.data_dir / "sandbox")
            sandbox = _child("arion-sandbox", environment, "--data", folder)
            health = await stack.enter_async_context(run_child(sandbox))
            environment |= sandbox_environment(on_sandbox, sandbox.url, health)
            running.append(sandbox)
        servers = _child("arion-servers", environment)
        await stack.enter_async_context(run_child(servers))
        yield Children((*running, servers), servers.url, names)


def sandboxed(
    settings: HostSettings, installed: frozenset[str], configured: set[str]
) -> frozenset[str]:
    """Return the names of the servers that work on sandbox accounts.

    `configured` are those that have credentials, an address of their own, or a replacement.
    """
    match settings.sandbox:
        case "off":
            return frozenset()
        case "on":
            return installed - configured
        case "auto":
            # Beside real accounts, made-up ones would be taken for real.
            return frozenset() if configured else installed


def sandbox_environment(
    names: frozenset[str], url: str, health: Mapping[str, object]
) -> dict[str, str]:
    """Return the settings that make servers work on the sandbox, as far as it stands in for them.

    `health` is what the sandbox says of itself: the settings of each server, of which those that
    start with a slash are paths below its own address.
    """
    servers = cast("Mapping[str, Mapping[str, str]]", health["servers"])
    return {
        f"{ENV_PREFIX}{name.upper()}_{setting}": f"{url}{value}" if value[:1] == "/" else value
        for name in sorted(names & servers.keys())
        for setting, value in servers[name].items()
    }


def _is_configured(name: str, environment: Mapping[str, str]) -> bool:
    prefix = f"{ENV_PREFIX}{name.upper()}_"
    return any(
        value and variable.startswith(prefix) and variable.endswith(_CREDENTIALS)
        for variable, value in environment.items()
    )


def _child(command: str, environment: Mapping[str, str], *arguments: str) -> Child:
    port = free_port()
    words = (command, "--port", str(port), *arguments)
    return Child(command, words, port, dict(environment))
