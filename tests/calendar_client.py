"""The calendar server in memory, over a sandbox or another stand-in for Google."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from fastmcp import Client, FastMCP
from pydantic import SecretStr

from arion_calendar import SPEC
from arion_calendar.api import CalendarApi
from arion_calendar.settings import CalendarSettings
from arion_calendar.upstream import upstream_options
from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.google import granted_scopes
from arion_kit.http import Upstream
from arion_kit.serving import build
from arion_kit.spec import ServerSpec
from arion_kit.words import META_KEY, META_LANGUAGE, META_MAX_CHARS, META_NOW, META_TIMEZONE
from tests.sandbox import TOKEN, Sandbox

NOW = "2026-11-23T10:00:00+09:00"


def calendar_at(
    base_url: str, token: str | None = TOKEN, clock: Clock = SYSTEM_CLOCK
) -> ServerSpec:
    """The server, with this stand-in for Google and this token."""

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[CalendarApi]:
        secret = SecretStr(token) if token else None
        settings = CalendarSettings(base_url=base_url, token=secret)
        scopes = partial(granted_scopes, settings.oauth, settings.token)
        async with Upstream(upstream_options(settings), clock=clock) as upstream:
            yield CalendarApi(upstream, scopes=scopes)

    return replace(SPEC, open=open_api)


@asynccontextmanager
async def calendar_client(
    base_url: str, token: str | None = TOKEN, clock: Clock = SYSTEM_CLOCK
) -> AsyncGenerator[Client[Any]]:
    """A client of the server at this stand-in. One at a time: the server is built once for all."""
    _SPECS.append(calendar_at(base_url, token, clock))
    async with Client(_server()) as client:
        yield client


_SPECS: list[ServerSpec] = []


@asynccontextmanager
async def _open_latest() -> AsyncGenerator[CalendarApi]:
    async with _SPECS[-1].open() as api:
        yield api


@cache
def _server() -> FastMCP:
    # To read the signatures of ten tools takes longer than most tests.
    return build(replace(SPEC, open=_open_latest))


@dataclass
class Calendar:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self,
        tool: str,
        language: str = "ko",
        timezone: str = "Asia/Seoul",
        key: str | None = None,
        max_chars: int | None = None,
        now: str = NOW,
        **arguments: Any,
    ) -> dict[str, Any]:
        said = {
            META_LANGUAGE: language,
            META_TIMEZONE: timezone,
            META_NOW: now,
            META_KEY: key,
            META_MAX_CHARS: max_chars,
        }
        meta = {name: value for name, value in said.items() if value is not None}
        result = await self.client.call_tool(
            f"calendar_{tool}", arguments, meta=meta, raise_on_error=False
        )
        return result.structured_content or {}

    async def agreed(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Calls a tool that asks, and agrees to what it asks."""
        asked = await self.call(tool, **arguments)
        token = asked.get("confirm_token")
        return await self.call(tool, **arguments, confirm_token=token) if token else asked

    async def delete(self, event_id: str, **arguments: Any) -> dict[str, Any]:
        return await self.agreed("delete_event", event_id=event_id, **arguments)

    async def update(self, event_id: str, **arguments: Any) -> dict[str, Any]:
        return await self.agreed("update_event", event_id=event_id, **arguments)

    async def get(self, event_id: str, **arguments: Any) -> dict[str, Any]:
        return await self.call("get_event", event_id=event_id, **arguments)

    async def undo(self, tool: str, result: dict[str, Any]) -> dict[str, Any]:
        """Takes a write back as its tool declares it."""
        tools = {it.name: it for it in await self.client.list_tools()}
        inverse = (tools[f"calendar_{tool}"].meta or {})["dev.arion/effect"]["inverse"]
        arguments: dict[str, Any] = {}
        for parameter, path in inverse["arguments"].items():
            value: Any = {"result": result}
            for step in path.split("."):
                value = value[step]
            arguments[parameter] = value
        return await self.agreed(inverse["tool"].removeprefix("calendar_"), **arguments)

    async def create(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("create_event", **arguments)

    async def titles(self, **arguments: Any) -> list[str]:
        return [event["summary"] for event in (await self.list(**arguments))["events"]]

    async def list(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("list_events", **arguments)

    def sent(self, method: str) -> list[dict[str, Any]]:
        return [request for request in self.sandbox.requests() if request["method"] == method]
