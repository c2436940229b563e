"""A client of the shopping server, with the sandbox behind it and a clock that can be turned."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client

from arion_kit.testing import connected
from arion_kit.words import META_KEY, META_LANGUAGE, META_MAX_CHARS
from arion_shopping import SPEC
from arion_shopping.malls import OPENERS, Opener
from arion_shopping.opening import open_shopping
from tests.sandbox import Sandbox, running_sandbox

SEARCH = "/v2/providers/affiliate_open_api/apis/openapi/v1/products/search"
DISCLOSURE = "쿠팡 파트너스 활동을 통해 일정액의 수수료를 제공받을 수 있습니다"


@dataclass
class Turned:
    """A clock that stands still until it is turned."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Shopping:
    """The server as a client sees it."""

    client: Client[Any]
    sandbox: Sandbox
    clock: Turned

    async def call(
        self,
        tool: str,
        language: str = "ko",
        *,
        key: str | None = None,
        max_chars: int | None = None,
        **arguments: Any,
    ) -> dict[str, Any]:
        meta: dict[str, Any] = {META_LANGUAGE: language}
        meta |= {META_KEY: key} if key else {}
        meta |= {META_MAX_CHARS: max_chars} if max_chars else {}
        result = await self.client.call_tool(tool, arguments, meta=meta, raise_on_error=False)
        return result.structured_content or {}

    async def failure(self, tool: str, **arguments: Any) -> dict[str, Any]:
        return (await self.call(tool, **arguments))["error"]

    async def names(self, query: str, **arguments: Any) -> list[str]:
        found = await self.call("shop_search", query=query, **arguments)
        return [offer["name"] for offer in found["offers"]]

    async def on_list(self) -> list[tuple[str, int]]:
        listed = await self.call("list_get")
        return [(item["text"], item["quantity"]) for item in listed["items"]]

    def searches(self) -> list[str]:
        """The keywords that reached Coupang."""
        return [
            dict(request["query"])["keyword"]
            for request in self.sandbox.requests()
            if request["path"] == SEARCH
        ]


def settings_at(url: str, **others: str) -> Mapping[str, str]:
    """The environment for a stand-in at `url`."""
    return {
        "ARION_SHOPPING_BASE_URL": f"{url}/coupang",
        "ARION_SHOPPING_TOKEN": "sandbox:sandbox",
        **others,
    }


@asynccontextmanager
async def shopping_at(
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    *,
    clock: Turned | None = None,
    openers: Sequence[Opener] = OPENERS,
    **settings: str | None,
) -> AsyncGenerator[Shopping]:
    """A server with its data in `folder`; a setting that is None is left out."""
    clock = clock or Turned()
    given = {"ARION_DATA_DIR": str(folder), **settings_at(sandbox.url), **settings}
    for name, value in given.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    spec = replace(SPEC, open=lambda: open_shopping(openers, clock))
    async with connected(spec) as client:
        yield Shopping(client, sandbox, clock)


@asynccontextmanager
async def running_shopping(
    monkeypatch: pytest.MonkeyPatch, folder: Path, **settings: str | None
) -> AsyncGenerator[Shopping]:
    """A server, and a sandbox of its own."""
    async with (
        running_sandbox() as sandbox,
        shopping_at(sandbox, monkeypatch, folder, **settings) as shopping,
    ):
        yield shopping
