"""KakaoMap for MCP clients: where things are in Korea, and what is near."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from arion_kakaomap.api import KakaoMapApi, upstream_options
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.tools import TOOLS
from arion_kit.http import Upstream
from arion_kit.serving import main as serve
from arion_kit.settings import load
from arion_kit.spec import ServerSpec

__all__ = ["SPEC", "main"]


@asynccontextmanager
async def _open() -> AsyncGenerator[KakaoMapApi]:
    async with Upstream(upstream_options(load(KakaoMapSettings))) as upstream:
        yield KakaoMapApi(upstream)


SPEC = ServerSpec(
    name="kakaomap",
    title="KakaoMap",
    instructions=(
        "Finds places and addresses in Korea. x is longitude and y latitude; names are Korean."
    ),
    tools=TOOLS,
    open=_open,
    language=Path(__file__).parent / "language.yaml",
)


def main() -> None:
    """The command `arion-kakaomap`."""
    serve(SPEC)
