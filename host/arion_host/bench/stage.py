"""A whole host over sandbox accounts that can be put back to their first state.

The servers, the stand-ins and the host are the real ones, in processes of their own and over HTTP.
Nothing of the person's own settings reaches them, except for the language model, where one is set.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import httpx2
from pydantic import JsonValue

from arion_host.children import sandbox_environment
from arion_host.host import Host, open_host
from arion_host.settings import ENV_PREFIX, HostSettings, server_environment
from arion_host.supervisor import Child, free_port, run_child
from arion_host.tools.server_list import installed_servers

Holding = Mapping[str, Mapping[str, str]]
"""What accounts hold: a hash of everything, by its place and its key."""


@dataclass
class Stage:
    """A host and its accounts."""

    host: Host
    _sandbox_url: str
    _client: httpx2.AsyncClient
    _server_files: Path

    async def reset(self, now: datetime) -> None:
        """Make the accounts what they were at first, on the day of `now`."""
        answer = await self._client.post(
            f"{self._sandbox_url}/_sandbox/reset", params={"now": now.isoformat()}
        )
        answer.raise_for_status()
        await asyncio.to_thread(_empty, self._server_files)

    async def holding(self) -> Holding:
        """What the accounts, and the list of the shopping server, hold now."""
        answer = await self._client.get(f"{self._sandbox_url}/_sandbox/digest")
        answer.raise_for_status()
        found = await self.host.connections.call("shopping", "list_get", {}, meta={}, read=True)
        items = cast("list[dict[str, JsonValue]]", found.result.get("items") or [])
        listed = {str(it["id"]): f"{it['text']} {it.get('quantity')}" for it in items}
        return {**answer.json(), "shopping/list": listed}


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncGenerator[Stage]:
    """Start everything; `folder` keeps the records and has to be empty.

    Raises:
        StorageFailed: the database cannot be opened.
        PartFailed: a process did not start.
    """
    files, names = folder / "servers", installed_servers()
    environment = {n: v for n, v in server_environment().items() if not n.startswith(ENV_PREFIX)}
    environment |= {f"{ENV_PREFIX}DATA_DIR": str(files)}
    async with AsyncExitStack() as stack:
        sandbox = _child("arion-sandbox", environment)
        health = await stack.enter_async_context(run_child(sandbox))
        environment |= sandbox_environment(names, sandbox.url, health)
        servers = _child("arion-servers", environment)
        await stack.enter_async_context(run_child(servers))
        settings = HostSettings.model_validate(
            {
                "data_dir": folder,
                "servers_url": servers.url,
                "database_url": None,
                "rules": "",
                "mcp_servers": None,
                "trusted_servers": (),
                "language": "ko",
                "timezone": "Asia/Seoul",
            }
        )
        host = await stack.enter_async_context(open_host(settings, with_speech=False))
        await host.settled()
        # What is near in meaning is part of what is measured.
        await host.meanings.ready()
        client = httpx2.AsyncClient(verify=False, trust_env=False)
        await stack.enter_async_context(client)
        yield Stage(host, sandbox.url, client, files)


def _child(command: str, environment: dict[str, str]) -> Child:
    port = free_port()
    return Child(command, (command, "--port", str(port)), port, dict(environment))


def _empty(folder: Path) -> None:
    """Take every row out of the servers' own files: they were empty at first."""
    for path in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            for (name,) in names:
                connection.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of its own tables
