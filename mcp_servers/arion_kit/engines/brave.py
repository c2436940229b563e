"""Brave Search. Source: api-dashboard.search.brave.com/api-reference."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.credentials import HeaderKey
from arion_kit.engines.engine import Ask, Engine, Wire, words_of
from arion_kit.engines.papers import site_name
from arion_kit.engines.query import Freshness, Kind, Query, Row
from arion_kit.engines.settings import BRAVE_URL, EngineSettings
from arion_kit.engines.text import parse_date, plain
from arion_kit.engines.urls import is_web
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

SERVICE = "Brave"

_PATHS: Mapping[Kind, str] = {"web": "web", "news": "news", "image": "images"}
_MOST: Mapping[Kind, int] = {"web": 20, "news": 50, "image": 100}
_FRESHNESS: Mapping[Freshness, str] = {"day": "pd", "week": "pw", "month": "pm", "year": "py"}
_MOST_WORDS = 50


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COUNTRIES = _codes(
    "AR AU AT BE BR CA CL CN DK FI FR DE GR HK IN ID IT JP KR MY MX NL NZ NO PH PL PT RU SA ZA ES"
    " SE CH TW TR GB US"
)
_LANGUAGES = _codes(
    "ar eu bn bg ca hr cs da nl en et fi fr gl de el gu he hi hu is it kn ko lv lt ms ml mr nb pl"
    " pa ro ru sr sk sl es sv ta te th tr uk vi"
)
_OWN_CODES = {"ja": "jp", "zh": "zh-hans", "pt": "pt-br"}
"""Where Brave's codes differ from BCP 47."""


class _Profile(Wire):
    name: str = ""


class _Picture(Wire):
    src: str | None = None
    url: str | None = None
    width: int | None = None
    height: int | None = None


class _Result(Wire):
    title: str = ""
    url: str = ""
    description: str | None = None
    page_age: str | None = None
    source: str = ""
    profile: _Profile | None = None
    thumbnail: _Picture | None = None
    properties: _Picture | None = None


class _Results(Wire):
    results: tuple[_Result, ...]


class _WebAnswer(Wire):
    web: _Results


class _NoneFound(Wire):
    """An answer without `web` when there are no pages."""

    type: str


def _ask(query: Query) -> Ask:
    most = _MOST[query.kind]
    count = min(most if query.sites else query.limit, most)
    image = query.kind == "image"
    return Ask(
        path=f"/res/v1/{_PATHS[query.kind]}/search",
        params={
            "q": words_of(query, sites=True, most_words=_MOST_WORDS),
            "count": count,
            "offset": None if image or query.page == 1 else query.page - 1,
            "country": _country(query.country),
            "search_lang": _language(query.language),
            "freshness": None if image or not query.freshness else _FRESHNESS[query.freshness],
            "text_decorations": "false" if query.kind == "web" else None,
            "result_filter": "web" if query.kind == "web" else None,
        },
        count=count,
    )


def _country(country: str | None) -> str | None:
    return country.upper() if country and country.upper() in _COUNTRIES else None


def _language(language: str | None) -> str | None:
    tag = (language or "").partition("-")[0].lower()
    return _OWN_CODES.get(tag) or (tag if tag in _LANGUAGES else None)


def _read(upstream: Upstream, body: JsonValue, query: Query) -> list[Row]:
    results = _results(upstream, body, query.kind)
    return [_row(result, query.kind) for result in results if is_web(result.url)]


def _results(upstream: Upstream, body: JsonValue, kind: Kind) -> tuple[_Result, ...]:
    if kind != "web":
        return upstream.parse(_Results, body).results
    if isinstance(body, dict) and "web" not in body:
        upstream.parse(_NoneFound, body)
        return ()
    return upstream.parse(_WebAnswer, body).web.results


def _row(result: _Result, kind: Kind) -> Row:
    picture = (result.properties or _Picture()) if kind == "image" else _Picture()
    small = result.thumbnail or _Picture()
    return Row(
        title=plain(result.title),
        url=result.url,
        snippet=plain(result.description),
        date=parse_date(result.page_age),
        source=plain((result.profile or _Profile()).name or result.source) or site_name(result.url),
        engine="brave",
        image_url=picture.url,
        thumbnail_url=small.src if kind == "image" else None,
        width=picture.width,
        height=picture.height,
    )


def _options(settings: EngineSettings) -> UpstreamOptions:
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.brave_url(),
        credentials=HeaderKey("X-Subscription-Token", settings.brave_key, "ARION_SEARCH_BRAVE_KEY"),
        translate=translate,
        # The free plan takes one call a second.
        quota=Quota(units_per_s=1, burst=1) if settings.brave_url() == BRAVE_URL else None,
    )


_BY_CODE = {
    "SUBSCRIPTION_TOKEN_INVALID": ErrorKind.NOT_SIGNED_IN,
    "SUBSCRIPTION_TOKEN_MISSING": ErrorKind.NOT_SIGNED_IN,
    "SUBSCRIPTION_NOT_FOUND": ErrorKind.NOT_SIGNED_IN,
    "RESOURCE_NOT_ALLOWED": ErrorKind.FORBIDDEN,
    "OPTION_NOT_IN_PLAN": ErrorKind.FORBIDDEN,
    "RATE_LIMITED": ErrorKind.RATE_LIMITED,
    "QUOTA_LIMITED": ErrorKind.RATE_LIMITED,
}


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """Errors are `{"error": {"code", "detail"}}`; a wrong key comes with status 422."""
    error = body.get("error") if isinstance(body, dict) else None
    if status < 400 or not isinstance(error, dict):
        return None
    kind = _BY_CODE.get(str(error.get("code")))
    wait = _reset_s(headers.get("x-ratelimit-reset")) if kind is ErrorKind.RATE_LIMITED else None
    if kind is None:
        return None
    return UpstreamFailure(kind, str(error.get("detail")), service=SERVICE, retry_after_s=wait)


def _reset_s(header: str | None) -> float | None:
    """Seconds until the shortest of the plan's windows begins anew: "1, 1419704"."""
    first = (header or "").partition(",")[0].strip()
    return float(first) if first.isdecimal() else None


def engine(_settings: EngineSettings) -> Engine:
    """Brave."""
    return Engine(
        name="brave",
        title=SERVICE,
        variable="ARION_SEARCH_BRAVE_KEY",
        kinds=frozenset(_PATHS),
        ask=_ask,
        read=_read,
        options=_options,
        takes_sites=True,
        takes_freshness=frozenset({"web", "news"}),
        pages=10,
        pages_of={"image": 1},
    )
