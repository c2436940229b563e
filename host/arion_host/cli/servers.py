"""`arion servers`: what the tool servers can do, and calls by hand."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import JsonValue, TypeAdapter, ValidationError

from arion_host.agents.executor import CallContext, read_status
from arion_host.cli.running import find_running
from arion_host.database import open_database
from arion_host.effects.ledger import Action
from arion_host.errors import RequestRefused
from arion_host.host import Host, open_host
from arion_host.policy.pins import Pins
from arion_host.settings import HostSettings
from arion_kit.words import EffectClass, ErrorKind

_ARGUMENTS = TypeAdapter(dict[str, JsonValue])


async def list_servers(settings: HostSettings) -> dict[str, JsonValue]:
    """Return every server and how it is."""
    async with _tools(settings) as host:
        catalogue = await host.connections.catalogue()
        return {
            "servers": [
                {
                    "name": connection.endpoint.name,
                    "state": connection.state,
                    "problem": connection.problem,
                    "trusted": connection.endpoint.trusted,
                    "tools": len(facts.tools) if facts else 0,
                }
                for connection in host.connections.all
                for facts in [catalogue.servers.get(connection.endpoint.name)]
            ]
        }


async def list_tools(settings: HostSettings) -> dict[str, JsonValue]:
    """Return every tool of every connected server."""
    async with _tools(settings) as host:
        catalogue = await host.connections.catalogue()
    return {
        "tools": [
            {
                "server": tool.server,
                "name": tool.name,
                "title": tool.title,
                "read_only": tool.read_only,
                "destructive": tool.destructive,
            }
            for tool in catalogue.tools
        ]
    }


async def call_tool(
    settings: HostSettings, server: str, tool_name: str, arguments: str
) -> dict[str, JsonValue]:
    """Call a tool with arguments given as JSON; a write goes through the ledger.

    Raises:
        RequestRefused: the arguments are no JSON object, or there is no such tool.
    """
    try:
        given = _ARGUMENTS.validate_json(arguments)
    except ValidationError as error:
        raise RequestRefused(
            ErrorKind.BAD_INPUT,
            f"The arguments are no JSON object: {arguments}",
            next_step="""Write them like '{"query": "치과"}'.""",
        ) from error
    async with _tools(settings) as host:
        tool = (await host.connections.catalogue()).tool(server, tool_name)
        if tool is None:
            raise RequestRefused(
                ErrorKind.NOT_FOUND,
                f"There is no tool {tool_name} on a connected server {server}.",
                next_step="See what there is with: arion servers tools",
            )
        now = datetime.now(ZoneInfo(settings.timezone))
        context = CallContext(settings.language, settings.timezone, now)
        if tool.read_only:
            outcome = await host.executor.read(server, tool_name, given, context)
            status, effect_id = read_status(outcome), None
        else:
            action = Action(
                principal=host.principal.id,
                session="servers-call",
                turn=uuid4().hex,
                step=0,
                server=server,
                tool=tool_name,
                arguments=given,
                effect_class=tool.effect.effect_class if tool.effect else EffectClass.ASK,
            )
            status, outcome = await host.executor.write(action, tool, context)
            effect_id = action.id
    failure = outcome.failure.model_dump(mode="json") if outcome.failure else None
    return {
        "server": server,
        "tool": tool_name,
        "arguments": given,
        "status": status,
        "effect_id": effect_id,
        "result": dict(outcome.result) or None,
        "error": failure,
    }


async def accept_server(settings: HostSettings, server: str) -> dict[str, JsonValue]:
    """Take the tools of a server as they are now, the next time it connects."""
    async with open_database(settings.database) as database:
        return {"server": server, "forgotten": await Pins(database).forget(server)}


def servers_text(result: Mapping[str, JsonValue]) -> str:
    """Return the servers as one line each."""
    return "\n".join(
        f"{row['name']:<12} {row['state']:<12} {row['tools']} tools {row['problem'] or ''}".rstrip()
        for row in _rows(result, "servers")
    )


def tools_text(result: Mapping[str, JsonValue]) -> str:
    """Return the tools as one line each."""
    return "\n".join(
        f"{row['server']:<12} {row['name']:<28} {'reads' if row['read_only'] else 'writes'}"
        f"  {row['title']}"
        for row in _rows(result, "tools")
    )


def call_text(result: Mapping[str, JsonValue]) -> str:
    """Return what came of a call, as readable JSON."""
    return json.dumps(result["result"] or result["error"], ensure_ascii=False, indent=2)


def _rows(result: Mapping[str, JsonValue], name: str) -> list[dict[str, JsonValue]]:
    return cast("list[dict[str, JsonValue]]", result[name])


@asynccontextmanager
async def _tools(settings: HostSettings) -> AsyncGenerator[Host]:
    """Open the tools, through the running host where there is one."""
    running = find_running(settings)
    if running is not None:
        settings = settings.model_copy(update={"servers_url": running.url})
    async with open_host(settings, with_speech=False) as host:
        yield host
