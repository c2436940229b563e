"""The search server as tests call it: a client, the sandbox behind it, and settings for both."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from fastmcp import Client

from arion_kit.clock import Clock
from arion_kit.engines import EngineSettings
from arion_kit.testing import connected
from arion_kit.words import META_LANGUAGE, META_MAX_CHARS, META_NOW
from arion_sandbox.web_mounts import SEARCH_SETTINGS
from arion_search import SPEC
from arion_search.api import SearchApi
from arion_search.opening import open_search
from tests.sandbox import NOW, Sandbox, running_sandbox


async def no_wait(_seconds: float) -> None:
    """Stands in for the pauses between attempts."""


def settings_at(url: str, **changes: Any) -> EngineSettings:
    """Settings that lead to the stand-ins at `url`; a change to None leaves one out."""
    known = {
        name.lower(): url + value if value.startswith("/") else value
        for name, value in SEARCH_SETTINGS.items()
    }
    given = {name: value for name, value in (known | changes).items() if value is not None}
    return EngineSettings(**given)


def opened(settings: EngineSettings) -> AbstractAsyncContextManager[SearchApi]:
    """What the server works with, without pauses between attempts."""
    return open_search(settings, clock=Clock(sleep=no_wait))


@dataclass
class Search:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self, tool: str, language: str = "ko", room: int = 24_000, **arguments: Any
    ) -> dict[str, Any]:
        """The structured result, or `{"error": …}`."""
        meta = {
            META_LANGUAGE: language,
            META_NOW: NOW.isoformat(),
            META_MAX_CHARS: room,
        }
        result = await self.client.call_tool(tool, arguments, meta=meta, raise_on_error=False)
        return result.structured_content or {}

    def asked(self) -> list[str]:
        """The vendors that were asked, in order."""
        return [request["vendor"] for request in self.sandbox.requests()]

    def sent(self, vendor: str) -> dict[str, str]:
        """The query of the last request to a vendor."""
        queries = [it["query"] for it in self.sandbox.requests() if it["vendor"] == vendor]
        return dict(queries[-1])


@asynccontextmanager
async def searching(**changes: Any) -> AsyncGenerator[Search]:
    """The server over a sandbox of its own; `changes` are those of its settings."""
    async with running_sandbox() as sandbox:
        settings = settings_at(sandbox.url, **changes)
        spec = replace(SPEC, open=lambda: opened(settings))
        async with connected(spec) as client:
            yield Search(client, sandbox)
