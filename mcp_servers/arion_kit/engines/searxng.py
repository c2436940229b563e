"""A SearXNG instance of one's own. Source: docs.searxng.org/dev/search_api.html."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx2
from pydantic import Field, JsonValue

from arion_kit.engines.engine import Ask, Engine, Wire, words_of
from arion_kit.engines.papers import site_name
from arion_kit.engines.query import Freshness, Kind, Query, Row
from arion_kit.engines.settings import EngineSettings
from arion_kit.engines.text import parse_date, plain
from arion_kit.engines.urls import is_web
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.words import ErrorKind

SERVICE = "SearXNG"

_CATEGORIES: Mapping[Kind, str] = {"web": "general", "news": "news", "image": "images"}
_TIME_RANGES: Mapping[Freshness, str] = {
    "day": "day",
    # There is no week; older pages are sorted out by their dates.
    "week": "month",
    "month": "month",
    "year": "year",
}
_COUNT = 10
"""It gives as many rows as its engines do, about this many."""


class _Result(Wire):
    title: str = ""
    url: str = ""
    content: str | None = None
    published: str | None = Field(default=None, alias="publishedDate")
    img_src: str | None = None
    thumbnail_src: str | None = None
    source: str | None = None


class _Answer(Wire):
    results: tuple[_Result, ...]


@dataclass(frozen=True)
class _Named:
    """No key: the instance only has to be named."""

    url: str | None

    def missing(self) -> str | None:
        """The setting that names the instance, while it is empty."""
        return None if self.url else "ARION_SEARCH_SEARXNG_URL"

    def sign(self, request: httpx2.Request) -> None:
        """Adds nothing."""

    def secrets(self) -> tuple[str, ...]:
        """None."""
        return ()


def _ask(query: Query) -> Ask:
    return Ask(
        path="/search",
        params={
            "q": words_of(query, sites=True),
            "format": "json",
            "categories": _CATEGORIES[query.kind],
            "language": _language(query),
            "pageno": query.page,
            "time_range": _TIME_RANGES[query.freshness] if query.freshness else None,
        },
        count=_COUNT,
    )


def _language(query: Query) -> str | None:
    tag, _, region = (query.language or "").partition("-")
    region = query.country or region
    return (f"{tag.lower()}-{region.upper()}" if region else tag.lower()) or None


def _read(upstream: Upstream, body: JsonValue, query: Query) -> list[Row]:
    results = upstream.parse(_Answer, body).results
    return [_row(result) for result in results if is_web(result.url)]


def _row(result: _Result) -> Row:
    return Row(
        title=plain(result.title),
        url=result.url,
        snippet=plain(result.content),
        date=parse_date(result.published),
        source=plain(result.source) or site_name(result.url),
        engine="searxng",
        image_url=_absolute(result.img_src),
        thumbnail_url=_absolute(result.thumbnail_src),
    )


def _absolute(url: str | None) -> str | None:
    return f"https:{url}" if url and url.startswith("//") else url


def _options(settings: EngineSettings) -> UpstreamOptions:
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.searxng_url or "http://localhost",
        credentials=_Named(settings.searxng_url),
        translate=translate,
    )


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """An instance whose JSON is switched off answers 403; the limiter answers 429."""
    if status != 403:
        return None
    return UpstreamFailure(
        ErrorKind.FORBIDDEN,
        "HTTP 403.",
        service=SERVICE,
        next_steps={
            "ko": "SearXNG의 settings.yml에서 search.formats에 json을 넣어 주세요.",
            "en": "Please add json to search.formats in SearXNG's settings.yml.",
        },
    )


def engine(_settings: EngineSettings) -> Engine:
    """SearXNG."""
    kinds: frozenset[Kind] = frozenset(_CATEGORIES)
    return Engine(
        name="searxng",
        title=SERVICE,
        variable="ARION_SEARCH_SEARXNG_URL",
        kinds=kinds,
        ask=_ask,
        read=_read,
        options=_options,
        takes_sites=True,
        takes_freshness=kinds,
        pages=10,
    )
