"""Turns a `ServerSpec` into a FastMCP server."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import mcp_types
from fastmcp import FastMCP
from fastmcp.resources import TextResource
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler
from pydantic import AnyUrl

from arion_kit.calls import Opened, ServedTool, UnknownTools
from arion_kit.errors import SpecError
from arion_kit.listing import ListedTools
from arion_kit.packs import load_pack, served_part
from arion_kit.settings import PersonSettings, load
from arion_kit.signatures import Signature, read_signature
from arion_kit.spec import ALL, ServerSpec, Tool
from arion_kit.words import LANGUAGE_URI, META_EFFECT, LanguagePack


def build_server(spec: ServerSpec, toolsets: frozenset[str] | None, *, read_only: bool) -> FastMCP:
    """The server of `spec`, with the tools that the limits leave.

    Raises:
        SpecError: The spec contradicts itself, or the limits leave nothing.
        SettingsError: `ARION_LANGUAGE` or `ARION_TIMEZONE` is wrong.
    """
    person = load(PersonSettings)
    signatures = {tool.name: read_signature(tool) for tool in spec.tools}
    _check_effects(spec, signatures)
    reading = frozenset(tool.name for tool in spec.tools if tool.read_only)
    pack = load_pack(spec.language, signatures, reading)
    tools = _limited(spec, toolsets, read_only=read_only)
    served = frozenset(tool.name for tool in tools)
    opened = Opened()

    @asynccontextmanager
    async def lifespan(_server: FastMCP) -> AsyncGenerator[None]:
        async with spec.open() as api:
            opened.api = api
            yield

    mcp: FastMCP = FastMCP(
        name=spec.name,
        instructions=spec.instructions,
        version=version("arion-hub"),
        tools=[
            _served_tool(tool, signatures[tool.name], served).bind(
                tool, signatures[tool.name], opened, person
            )
            for tool in tools
        ],
        middleware=[
            UnknownTools(tuple(sorted(served))),
            ListedTools({tool.name: tool.toolset for tool in tools}, core_only=toolsets is None),
        ],
        lifespan=lifespan,
        mask_error_details=True,
        dereference_schemas=False,
    )
    mcp.add_resource(_language_resource(served_part(pack, served)))
    _reach_into(mcp, {name: signatures[name].input_schema for name in served})
    return mcp


def _limited(spec: ServerSpec, toolsets: frozenset[str] | None, *, read_only: bool) -> list[Tool]:
    known = {tool.toolset for tool in spec.tools}
    if toolsets is not None and ALL in toolsets:
        toolsets = frozenset(known)
    if toolsets is not None and not toolsets <= known:
        unknown = ", ".join(sorted(toolsets - known))
        raise SpecError(f"There is no toolset {unknown}; there are {', '.join(sorted(known))}.")
    tools = [
        tool
        for tool in spec.tools
        if (tool.read_only or not read_only) and (toolsets is None or tool.toolset in toolsets)
    ]
    if not tools:
        raise SpecError("These limits leave no tool.")
    return sorted(tools, key=lambda tool: tool.name)


def _served_tool(tool: Tool, signature: Signature, served: frozenset[str]) -> ServedTool:
    meta: dict[str, Any] | None = None
    if tool.effect:
        effect = tool.effect
        if effect.inverse and effect.inverse.tool not in served:
            effect = effect.model_copy(update={"inverse": None})
        meta = {META_EFFECT: effect.model_dump(mode="json", exclude_defaults=True)}
    return ServedTool(
        name=tool.name,
        title=tool.title,
        description=signature.description,
        parameters=signature.input_schema,
        output_schema=signature.listed_output,
        annotations=mcp_types.ToolAnnotations(
            read_only_hint=tool.read_only,
            destructive_hint=tool.destructive,
            idempotent_hint=tool.idempotent,
            open_world_hint=tool.open_world,
        ),
        meta=meta,
    )


def _check_effects(spec: ServerSpec, signatures: Mapping[str, Signature]) -> None:
    for tool in spec.tools:
        if tool.effect is None:
            continue
        key, inverse = tool.effect.key_parameter, tool.effect.inverse
        wanted = [(tool.name, key)] if key else []
        if inverse:
            if inverse.tool not in signatures:
                raise SpecError(f"{tool.name}: its inverse {inverse.tool} does not exist.")
            wanted += [(inverse.tool, parameter) for parameter in inverse.arguments]
        for name, parameter in wanted:
            if parameter not in signatures[name].input_schema.get("properties", {}):
                raise SpecError(f"{tool.name}: its effect names no parameter {name}.{parameter}.")


def _language_resource(pack: LanguagePack) -> TextResource:
    return TextResource(
        uri=AnyUrl(LANGUAGE_URI),
        name="language",
        title="How people ask for these tools",
        mime_type="application/json",
        text=pack.model_dump_json(exclude_unset=True),
    )


def _reach_into(
    mcp: FastMCP, input_schemas: Mapping[str, dict[str, Any]]
) -> InMemorySubscriptionBus:
    """Sets what FastMCP 4.1 leaves unset on the SDK's server; it has no public way to do it.

    Without the schema lookup, every `tools/call` over HTTP first runs a whole `tools/list`.
    Without the listen handler, clients that subscribe to changes of the tool list disconnect.
    Such changes go out over the bus that is returned.
    """
    server = mcp._mcp_server  # pyright: ignore[reportPrivateUsage]
    server.get_tool_input_schema = input_schemas.get
    bus = InMemorySubscriptionBus()
    server.add_request_handler(
        "subscriptions/listen", mcp_types.SubscriptionsListenRequestParams, ListenHandler(bus)
    )
    return bus
