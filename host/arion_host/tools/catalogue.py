"""What the connected servers can do: their tools, and how people ask for them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from fastmcp import Client
from fastmcp.client.transports import ClientTransport
from mcp import MCPError
from mcp_types import TextResourceContents, Tool
from pydantic import JsonValue, ValidationError

from arion_host.agents.understood import ToolFacts
from arion_host.policy.pins import Admit, visible
from arion_kit.words import (
    LANGUAGE_URI,
    META_EFFECT,
    Effect,
    Language,
    LanguagePack,
    ReferenceSlot,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CatalogueTool:
    """One tool of one server, as the host uses it."""

    server: str
    name: str
    title: str
    input_schema: Mapping[str, JsonValue]
    """JSON Schema of the arguments."""
    read_only: bool
    """False unless the server says so: what is not known to be a read is a write."""
    destructive: bool
    """True unless the server says otherwise, as the protocol has it; false for a read."""
    effect: Effect | None
    """How a write behaves when it is retried or taken back; None when the server does not say."""
    description: str = ""
    """What the server says it does, for a model."""
    open_world: bool = True
    """It reaches beyond the person's own accounts; true unless the server says otherwise."""

    @property
    def facts(self) -> ToolFacts:
        """What routing and validation need to know of the tool."""
        return ToolFacts(
            read_only=self.read_only,
            destructive=self.destructive,
            reversible=self.effect is not None and self.effect.inverse is not None,
            carries_out=self.open_world and not self._asks_before,
        )

    @property
    def _asks_before(self) -> bool:
        """Whether the server itself asks before others see anything of a write."""
        return self.effect is not None and (self.effect.previews or not self.effect.outward)


@dataclass(frozen=True)
class ServerFacts:
    """What was read from one server when it connected."""

    name: str
    tools: tuple[CatalogueTool, ...]
    pack: LanguagePack | None
    """None: it has none, or it is not trusted."""
    problem: str | None = None
    """Why some of its tools are off."""


def _no_servers() -> Mapping[str, ServerFacts]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be called now. Replaced, never changed, when a server connects."""

    servers: Mapping[str, ServerFacts] = field(default_factory=_no_servers)

    @property
    def tools(self) -> tuple[CatalogueTool, ...]:
        """Every tool, in the order of servers and names."""
        return tuple(tool for server in self.servers.values() for tool in server.tools)

    @property
    def packs(self) -> Mapping[str, LanguagePack]:
        """The language packs of trusted servers, by server."""
        return {name: s.pack for name, s in self.servers.items() if s.pack is not None}

    def called(self, server: str, language: Language) -> str:
        """What people call a server; its plain name where it does not say."""
        pack = self.packs.get(server)
        return pack.name.get(language, server) if pack else server

    @property
    def facts(self) -> Mapping[str, Mapping[str, ToolFacts]]:
        """What routing needs to know of every tool, by server and name."""
        return {name: {t.name: t.facts for t in s.tools} for name, s in self.servers.items()}

    def tool(self, server: str, name: str) -> CatalogueTool | None:
        """The tool of that name, or None when there is none."""
        facts = self.servers.get(server)
        tools = facts.tools if facts else ()
        return next((tool for tool in tools if tool.name == name), None)

    def issued(self, tool: CatalogueTool) -> frozenset[str]:
        """Fields of the rows of a reading tool that its service makes up itself, such as ids."""
        pack = self.packs.get(tool.server)
        slots = pack.slots.values() if pack else ()
        return frozenset(
            field
            for slot in slots
            if isinstance(slot, ReferenceSlot) and slot.tool == tool.name
            for field in slot.issued
        )

    def with_server(self, facts: ServerFacts) -> Catalogue:
        """This catalogue with one server added or replaced; itself when nothing changed."""
        if self.servers.get(facts.name) == facts:
            return self
        merged = {**self.servers, facts.name: facts}
        return Catalogue(MappingProxyType(dict(sorted(merged.items()))))


async def read_server(
    client: Client[ClientTransport], name: str, *, trusted: bool, admit: Admit | None = None
) -> ServerFacts:
    """Read the tools of a connected server, and its language pack when it is trusted.

    Tools that `admit` leaves out are off, and `problem` says so.
    """
    tools = sorted(await client.list_tools(), key=lambda tool: tool.name)
    admitted = await admit(name, tools) if admit else frozenset(tool.name for tool in tools)
    return ServerFacts(
        name=name,
        tools=tuple(
            catalogue_tool(name, tool, trusted=trusted) for tool in tools if tool.name in admitted
        ),
        pack=await _read_pack(client, name) if trusted else None,
        problem=_changed(name, [tool.name for tool in tools if tool.name not in admitted]),
    )


def _changed(server: str, tools: Sequence[str]) -> str | None:
    if not tools:
        return None
    names = visible(", ".join(tools))
    logger.warning("%s: not as they were first seen, and off: %s", server, names)
    return f"off, since they have changed: {names}; look, then run: arion servers accept {server}"


def catalogue_tool(server: str, tool: Tool, *, trusted: bool = True) -> CatalogueTool:
    """Take from a tool's definition what the host uses, with the protocol's defaults.

    What a server that is not trusted says of its tools' harmlessness does not count.
    """
    hints = tool.annotations if trusted else None
    read_only = bool(hints and hints.read_only_hint)
    destructive = not (hints and hints.destructive_hint is False)
    return CatalogueTool(
        server=server,
        name=tool.name,
        title=visible(tool.title or tool.name),
        input_schema=cast("Mapping[str, JsonValue]", tool.input_schema),
        read_only=read_only,
        destructive=destructive and not read_only,
        effect=_effect(server, tool) if trusted else None,
        description=visible(tool.description or ""),
        open_world=not (hints and hints.open_world_hint is False),
    )


def _effect(server: str, tool: Tool) -> Effect | None:
    declared = (tool.meta or {}).get(META_EFFECT)
    if declared is None:
        return None
    try:
        return Effect.model_validate(declared)
    except ValidationError:
        logger.warning("%s: the effect that tool %s declares is malformed", server, tool.name)
        return None


async def _read_pack(client: Client[ClientTransport], name: str) -> LanguagePack | None:
    try:
        contents = await client.read_resource(LANGUAGE_URI)
    except MCPError as error:
        logger.info("%s has no language pack: %s", name, error)
        return None
    return _parse_pack(name, contents)


def _parse_pack(name: str, contents: Sequence[object]) -> LanguagePack | None:
    texts = [c.text for c in contents if isinstance(c, TextResourceContents)]
    try:
        return LanguagePack.model_validate_json("".join(texts))
    except ValidationError as error:
        logger.warning("%s: its language pack is malformed: %s", name, error)
        return None
