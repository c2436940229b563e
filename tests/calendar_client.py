"""The calendar server in memory, over a sandbox or another stand-in for Google."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from fastmcp import Client
from pydantic import SecretStr

from arion_calendar import SPEC
from arion_calendar.api import CalendarApi, upstream_options
from arion_calendar.settings import CalendarSettings
from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.http import Upstream
from arion_kit.spec import ServerSpec
from arion_kit.words import META_LANGUAGE, META_NOW, META_TIMEZONE
from tests.sandbox import TOKEN, Sandbox

NOW = "2026-11-23T10:00:00+09:00"


def calendar_at(
    base_url: str, token: str | None = TOKEN, clock: Clock = SYSTEM_CLOCK
) -> ServerSpec:
    """The server, with this stand-in for Google and this token."""

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[CalendarApi]:
        settings = CalendarSettings(base_url=base_url, token=token and SecretStr(token))
        async with Upstream(upstream_options(settings), clock=clock) as upstream:
            yield CalendarApi(upstream)

    return replace(SPEC, open=open_api)


@dataclass
class Calendar:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self, tool: str, language: str = "ko", timezone: str = "Asia/Seoul", **arguments: Any
    ) -> dict[str, Any]:
        meta = {META_LANGUAGE: language, META_TIMEZONE: timezone, META_NOW: NOW}
        result = await self.client.call_tool(
            f"calendar_{tool}", arguments, meta=meta, raise_on_error=False
        )
        return result.structured_content or {}

    async def create(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("create_event", **arguments)

    async def titles(self, **arguments: Any) -> list[str]:
        return [event["summary"] for event in (await self.list(**arguments))["events"]]

    async def list(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("list_events", **arguments)

    def sent(self, method: str) -> list[dict[str, Any]]:
        return [request for request in self.sandbox.requests() if request["method"] == method]
