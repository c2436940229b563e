"""Web search engines behind one interface: Naver, Daum, Brave, Tavily and SearXNG.

`async with open_engines(load(EngineSettings)) as engines` opens them, and
`await engines.search(Query("겨울 코트", sites=("coupang.com",)), now=now)` asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arion_kit.engines.query import (
    EngineName,
    Failed,
    Found,
    Freshness,
    Kind,
    Query,
    Row,
    Sort,
)
from arion_kit.engines.settings import EngineSettings

if TYPE_CHECKING:
    from arion_kit.engines.search import Engines, EngineState, open_engines

__all__ = [
    "EngineName",
    "EngineSettings",
    "EngineState",
    "Engines",
    "Failed",
    "Found",
    "Freshness",
    "Kind",
    "Query",
    "Row",
    "Sort",
    "open_engines",
]


def __getattr__(name: str) -> Any:
    """Loads the engines, and with them the HTTP client, when they are used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from arion_kit.engines import search

    return getattr(search, name)
