"""Which engine to ask, and which next. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from arion_kit.engines.engine import Engine
from arion_kit.engines.query import EngineName, Query
from arion_kit.engines.text import is_korean

_ORDER: dict[bool, tuple[EngineName, ...]] = {
    True: ("naver", "daum", "brave", "searxng", "tavily"),
    False: ("brave", "tavily", "searxng", "daum", "naver"),
}
"""By whether Korean is wanted."""


def korean(query: Query) -> bool:
    """Whether the best answer is a Korean page."""
    if query.language:
        return query.language.lower().partition("-")[0] == "ko"
    return is_korean(query.text)


def in_order(engines: Iterable[Engine], query: Query) -> list[Engine]:
    """The engines that can answer, the best for this query first.

    Those that know Korean pages come first for a Korean query, those that can do all that was
    asked (search sites only, tell how old a page is) before those that cannot.
    """
    order = _ORDER[korean(query)]
    able = [engine for engine in engines if engine.reaches(query)]
    if query.engine:
        return [engine for engine in able if engine.name == query.engine]

    def rank(engine: Engine) -> tuple[int, int]:
        lacks = bool(query.sites) and not engine.takes_sites
        undated = bool(query.freshness) and query.kind not in engine.takes_freshness
        return lacks + undated, order.index(engine.name)

    return sorted(able, key=rank)


def as_web(query: Query) -> Query:
    """The same for engines that have no news: the newest web pages."""
    word = "뉴스" if korean(query) else "news"
    text = query.text if word in query.text.lower() else f"{query.text} {word}"
    return replace(query, kind="web", text=text)
