"""KakaoMap for MCP clients: where things are in Korea, what is near, and how to get there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from arion_kakaomap.api import KakaoMapApi, PlaceSearch
from arion_kakaomap.opening import open_api
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.tools import TOOLS
from arion_kit.serving import main as serve
from arion_kit.settings import load
from arion_kit.spec import Account, ServerSpec

__all__ = ["SPEC", "main"]


@asynccontextmanager
async def _open() -> AsyncGenerator[KakaoMapApi]:
    async with open_api(load(KakaoMapSettings)) as api:
        yield api


async def _check(api: KakaoMapApi) -> Account:
    await api.places(PlaceSearch("서울역", size=1))
    riding = " and ".join(api.transit.services) or "no key"
    return Account(f"the app of this REST API key; for public transport: {riding}")


SPEC = ServerSpec(
    name="kakaomap",
    title="KakaoMap",
    instructions=(
        "Finds places, addresses and ways to go in Korea. x is longitude and y latitude; "
        "names are Korean."
    ),
    tools=TOOLS,
    open=_open,
    language=Path(__file__).parent / "language.yaml",
    settings=lambda: KakaoMapSettings,
    check=_check,
)


def main() -> None:
    """The command `arion-kakaomap`."""
    serve(SPEC)
