"""Tavily. Source: docs.tavily.com/documentation/api-reference/endpoint/search."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.credentials import Bearer
from arion_kit.engines.engine import Ask, Engine, Wire, words_of
from arion_kit.engines.papers import site_name
from arion_kit.engines.query import Kind, Query, Row
from arion_kit.engines.settings import EngineSettings
from arion_kit.engines.text import parse_date, plain
from arion_kit.engines.urls import is_web
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.words import ErrorKind

SERVICE = "Tavily"

_TOPICS: Mapping[Kind, str] = {"web": "general", "news": "news"}
_MOST = 20
_COUNTRIES = {
    "KR": "south korea", "US": "united states", "JP": "japan", "CN": "china", "TW": "taiwan",
    "GB": "united kingdom", "DE": "germany", "FR": "france", "ES": "spain", "IT": "italy",
    "CA": "canada", "AU": "australia", "IN": "india", "SG": "singapore", "VN": "vietnam",
    "TH": "thailand", "ID": "indonesia", "BR": "brazil", "MX": "mexico", "NL": "netherlands",
}  # fmt: skip
"""Tavily takes names of countries; it has more than these."""


class _Result(Wire):
    title: str = ""
    url: str = ""
    content: str | None = None
    published_date: str | None = None


class _Answer(Wire):
    results: tuple[_Result, ...]


def _ask(query: Query) -> Ask:
    count = min(_MOST if query.sites else query.limit, _MOST)
    body: dict[str, JsonValue] = {
        "query": words_of(query, sites=False),
        "topic": _TOPICS[query.kind],
        "search_depth": "basic",
        "max_results": count,
    }
    if query.freshness:
        body["time_range"] = query.freshness
    if query.sites:
        body["include_domains"] = list(query.sites)
    country = _COUNTRIES.get((query.country or "").upper())
    if country and query.kind == "web":
        body["country"] = country
    return Ask(path="/search", json=body, count=count)


def _read(upstream: Upstream, body: JsonValue, query: Query) -> list[Row]:
    return [
        Row(
            title=plain(result.title) or site_name(result.url),
            url=result.url,
            snippet=plain(result.content),
            date=parse_date(result.published_date),
            source=site_name(result.url),
            engine="tavily",
        )
        for result in upstream.parse(_Answer, body).results
        if is_web(result.url)
    ]


def _options(settings: EngineSettings) -> UpstreamOptions:
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.tavily_url(),
        credentials=Bearer(settings.tavily_key, "ARION_SEARCH_TAVILY_KEY"),
        translate=translate,
    )


_SPENT = frozenset({432, 433})
"""Tavily's own statuses: the plan's or the account's limit is used up."""


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """Errors are `{"detail": {"error": "…"}}`."""
    if status not in _SPENT:
        return None
    return UpstreamFailure(
        ErrorKind.RATE_LIMITED,
        f"HTTP {status}: the plan's limit is used up.",
        service=SERVICE,
        next_steps={
            "ko": "Tavily 요금제의 사용량이 다 찼어요. 다음 달에 다시 돼요.",
            "en": "The Tavily plan is used up; it works again next month.",
        },
    )


def engine(_settings: EngineSettings) -> Engine:
    """Tavily."""
    kinds: frozenset[Kind] = frozenset(_TOPICS)
    return Engine(
        name="tavily",
        title=SERVICE,
        variable="ARION_SEARCH_TAVILY_KEY",
        kinds=kinds,
        ask=_ask,
        read=_read,
        options=_options,
        takes_sites=True,
        takes_freshness=kinds,
    )
