"""Shopping for MCP clients: products and prices in Korean shops, and a shopping list."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arion_kit.serving import main as serve
from arion_kit.spec import ServerSpec
from arion_shopping.tools import TOOLS, check

if TYPE_CHECKING:
    from arion_shopping.api import ShoppingApi
    from arion_shopping.settings import ShoppingSettings

__all__ = ["SPEC", "main"]


@asynccontextmanager
async def _open() -> AsyncGenerator[ShoppingApi]:
    from arion_shopping.opening import open_shopping

    async with open_shopping() as api:
        yield api


def _settings() -> type[ShoppingSettings]:
    from arion_shopping.settings import ShoppingSettings

    return ShoppingSettings


SPEC = ServerSpec(
    name="shopping",
    title="Shopping",
    instructions=(
        "Finds and compares products in Korean shops and keeps the person's shopping list. "
        "It cannot order or pay."
    ),
    tools=TOOLS,
    open=_open,
    settings=_settings,
    check=check,
    language=Path(__file__).parent / "language.yaml",
)


def main() -> None:
    """The command `arion-shopping`."""
    serve(SPEC)
