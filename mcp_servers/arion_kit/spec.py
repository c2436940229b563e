"""A tool server as data: typed functions, and what is true of each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from arion_kit.words import Effect, Language

Api = TypeVar("Api")


class Said(BaseModel):
    """What every tool returns: its result, and one sentence that can be spoken."""

    say: str
    """One sentence that can be spoken. Every tool has it: a description would only take space."""


@dataclass(frozen=True)
class Call(Generic[Api]):
    """What a tool function gets besides its arguments."""

    api: Api
    """The server's upstream, open for as long as the server runs."""
    language: Language
    """The language `say` should be in."""
    timezone: ZoneInfo
    """The person's time zone."""
    now: datetime
    """The present moment, in that zone; what "오늘" and "tomorrow" are counted from."""


@dataclass(frozen=True)
class Tool:
    """A typed function plus what is true of it. The function's name is the tool's name."""

    run: Callable[..., Awaitable[Said]]
    """`async def tool_name(call: Call[Api], …) -> Said`; its docstring is the description."""
    title: str
    read_only: bool
    destructive: bool
    idempotent: bool
    open_world: bool
    effect: Effect | None
    """How a write behaves when retried or undone; None for a read."""
    scopes: tuple[str, ...]
    """Vendor scopes the credentials must hold."""
    toolset: str

    @property
    def name(self) -> str:
        """The tool's name on the wire."""
        return self.run.__name__


def reads(
    run: Callable[..., Awaitable[Said]],
    title: str,
    *,
    scopes: tuple[str, ...] = (),
    open_world: bool = True,
    toolset: str = "core",
) -> Tool:
    """A tool that changes nothing."""
    return Tool(
        run=run,
        title=title,
        read_only=True,
        destructive=False,
        idempotent=True,
        open_world=open_world,
        effect=None,
        scopes=scopes,
        toolset=toolset,
    )


def writes(
    run: Callable[..., Awaitable[Said]],
    title: str,
    *,
    effect: Effect,
    destructive: bool,
    idempotent: bool,
    scopes: tuple[str, ...] = (),
    open_world: bool = True,
    toolset: str = "core",
) -> Tool:
    """A tool that changes something, and how that change is kept from happening twice."""
    return Tool(
        run=run,
        title=title,
        read_only=False,
        destructive=destructive,
        idempotent=idempotent,
        open_world=open_world,
        effect=effect,
        scopes=scopes,
        toolset=toolset,
    )


@dataclass(frozen=True)
class ServerSpec:
    """Everything the kit needs to serve one vendor's tools."""

    name: str
    """Lower case, one word: `arion-{name}` is the command, `ARION_{NAME}_` the settings."""
    title: str
    instructions: str
    """What the server is for, in two sentences; shown to the client's model."""
    tools: tuple[Tool, ...]
    open: Callable[[], AbstractAsyncContextManager[Any]]
    """Opens the upstream when the server starts and closes it when it stops."""
    language: Path
    """The YAML file behind `arion://language`."""
