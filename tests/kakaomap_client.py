"""A client of the KakaoMap server, and the sandbox behind it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from fastmcp import Client
from pydantic import SecretStr

from arion_kakaomap import SPEC
from arion_kakaomap.api import KakaoMapApi
from arion_kakaomap.opening import open_api
from arion_kakaomap.settings import KakaoMapSettings
from arion_kit.clock import Clock
from arion_kit.spec import ServerSpec
from arion_kit.testing import connected
from arion_kit.words import META_LANGUAGE, META_MAX_CHARS, META_NOW
from tests.sandbox import NOW, TOKEN, Sandbox


async def no_wait(_seconds: float) -> None:
    """Stands in for the pauses between attempts."""


@dataclass(frozen=True)
class Keys:
    """The keys that the server is given; None is none."""

    kakao: str | None = TOKEN
    odsay: str | None = TOKEN
    tmap: str | None = TOKEN


@dataclass(frozen=True)
class Vendors:
    """Where the vendors are."""

    kakao: str
    odsay: str
    tmap: str


def kakaomap_at(vendors: Vendors, keys: Keys | None = None) -> ServerSpec:
    """The server with these vendors and keys."""
    keys = keys or Keys()

    @asynccontextmanager
    async def open_it() -> AsyncGenerator[KakaoMapApi]:
        settings = KakaoMapSettings(
            base_url=vendors.kakao,
            token=_secret(keys.kakao),
            odsay_base_url=vendors.odsay,
            odsay_key=_secret(keys.odsay),
            tmap_base_url=vendors.tmap,
            tmap_key=_secret(keys.tmap),
        )
        async with open_api(settings, clock=Clock(sleep=no_wait)) as api:
            yield api

    return replace(SPEC, open=open_it)


def _secret(key: str | None) -> SecretStr | None:
    return SecretStr(key) if key else None


@dataclass
class KakaoMap:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self, tool: str, language: str = "ko", max_chars: int | None = None, **arguments: Any
    ) -> dict[str, Any]:
        """Calls `map_{tool}` on the sandbox's Monday morning."""
        meta: dict[str, Any] = {META_LANGUAGE: language, META_NOW: NOW.isoformat()}
        if max_chars:
            meta[META_MAX_CHARS] = max_chars
        result = await self.client.call_tool(
            f"map_{tool}", arguments, meta=meta, raise_on_error=False
        )
        return result.structured_content or {}

    async def text(self, tool: str, **arguments: Any) -> str:
        """The text of a call's result, as a model reads it."""
        result = await self.client.call_tool(f"map_{tool}", arguments, raise_on_error=False)
        return "\n".join(getattr(content, "text", "") for content in result.content)

    async def names(self, query: str, **arguments: Any) -> list[str]:
        """The names of the places found."""
        found = await self.call("search", query=query, **arguments)
        return [place["name"] for place in found["places"]]

    async def forget(self) -> None:
        """Empties the record of what was asked."""
        async with self.sandbox.kakao_client() as http:
            (await http.post(f"{self.sandbox.url}/_sandbox/reset")).raise_for_status()


@asynccontextmanager
async def kakaomap_on(sandbox: Sandbox, keys: Keys | None = None) -> AsyncGenerator[KakaoMap]:
    """A client of the server on a running sandbox."""
    async with connected(kakaomap_at(vendors_of(sandbox), keys)) as client:
        yield KakaoMap(client, sandbox)


def vendors_of(sandbox: Sandbox) -> Vendors:
    """The vendors' stand-ins in the sandbox."""
    return Vendors(f"{sandbox.url}/kakao", f"{sandbox.url}/odsay", f"{sandbox.url}/tmap")
