"""A tool server as data: typed functions, and what is true of each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from arion_kit.confirm import Confirm
from arion_kit.words import Effect, Language

if TYPE_CHECKING:
    from arion_kit.settings import ServerSettings

Api = TypeVar("Api")

CORE = "core"
"""The toolset that every listing shows."""

ALL = "all"
"""Stands for every toolset."""

MAX_CHARS = 24_000
"""Room for a result where the client does not say: desktop clients cut at about 25,000 tokens,
and half of their context is not for one answer."""


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
    confirm: Confirm
    """`await call.confirm(Preview(…))` goes on only when the person has agreed to just this."""
    key: str | None = None
    """Id of this write, where the client gave one: the same id is the same write."""
    max_chars: int = MAX_CHARS
    """Characters that the result may take as JSON."""


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
    """`core` tools are listed always, others when they are asked for."""
    asks: bool = False
    """It asks before it acts (`call.confirm`), and so takes a `confirm_token`."""
    untrusted: bool = False
    """Its result holds text that others than the person wrote."""
    brief: bool = False
    """Its listed output schema names the top-level fields only."""

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
    toolset: str = CORE,
    untrusted: bool = False,
    brief: bool = False,
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
        untrusted=untrusted,
        brief=brief,
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
    toolset: str = CORE,
    asks: bool = False,
    untrusted: bool = False,
    brief: bool = False,
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
        asks=asks,
        untrusted=untrusted,
        brief=brief,
    )


@dataclass(frozen=True)
class Account:
    """Whom the credentials belong to, as far as the vendor tells."""

    name: str
    """As the person would recognise it."""
    scopes: frozenset[str] | None = None
    """What the credentials allow; None where the vendor does not tell."""


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
    settings: Callable[[], type[ServerSettings]]
    """The settings class; a function, so that a spec can be read without loading it."""
    check: Callable[[Any], Awaitable[Account]]
    """One harmless read that needs the credentials; takes what `open` opened."""
