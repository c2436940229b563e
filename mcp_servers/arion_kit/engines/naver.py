"""Naver: NAVER API HUB, and the old API at openapi.naver.com until it ends.

Sources: api.ncloud-docs.com/docs/naver-api-hub-search-webkr (and -news, -blog; the other kinds
are taken over from the old API), naver.github.io/naver-openapi-guide, and for gateway errors
api.ncloud-docs.com/docs/common-apigatewayerrorcodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from pydantic import Field, JsonValue

from arion_kit.credentials import HeaderKey, Together
from arion_kit.engines.engine import Ask, Engine, Wire, words_of
from arion_kit.engines.papers import site_name
from arion_kit.engines.query import Kind, Query, Row
from arion_kit.engines.settings import NAVER_LEGACY_URL, NAVER_URL, EngineSettings
from arion_kit.engines.text import SEOUL, parse_date, plain
from arion_kit.engines.urls import is_web
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

SERVICE = "Naver"

_SLUGS: Mapping[Kind, str] = {
    "web": "webkr",
    "news": "news",
    "image": "image",
    "blog": "blog",
    "cafe": "cafearticle",
    "kin": "kin",
    "local": "local",
}
_SORTED_BY_DATE: frozenset[Kind] = frozenset({"news", "blog", "cafe", "kin", "image"})
_OWN = frozenset({NAVER_URL, NAVER_LEGACY_URL})
"""Where its quota holds; a stand-in has none."""
_MOST = 100
_MOST_LOCAL = 5
_LAST_START = 1_000


class _Item(Wire):
    title: str = ""
    link: str = ""
    originallink: str = ""
    description: str = ""
    pub_date: str | None = Field(default=None, alias="pubDate")
    postdate: str | None = None
    bloggername: str = ""
    cafename: str = ""
    thumbnail: str | None = None
    sizewidth: str | None = None
    sizeheight: str | None = None
    category: str = ""
    telephone: str = ""
    address: str = ""
    road_address: str = Field(default="", alias="roadAddress")


class _Answer(Wire):
    items: tuple[_Item, ...]


def _ask(query: Query, *, legacy: bool) -> Ask:
    local = query.kind == "local"
    # It knows no `site:`, so that pages of other sites are sorted out here.
    count = min(_MOST if query.sites or query.freshness else query.limit, _MOST)
    count = min(count, _MOST_LOCAL) if local else count
    by_date = query.sort == "date" or query.freshness
    slug = _SLUGS[query.kind]
    return Ask(
        path=f"/v1/search/{slug}.json" if legacy else f"/search/v1/{slug}",
        params={
            "query": words_of(query, sites=False),
            "display": count,
            "start": min((query.page - 1) * count + 1, _LAST_START),
            "sort": "date" if by_date and query.kind in _SORTED_BY_DATE else None,
            "format": None if legacy else "json",
        },
        count=count,
    )


def _read(upstream: Upstream, body: JsonValue, query: Query) -> list[Row]:
    answer = upstream.parse(_Answer, body)
    return [_row(item, query.kind) for item in answer.items if is_web(item.link) or item.address]


def _row(item: _Item, kind: Kind) -> Row:
    url = item.link if is_web(item.link) else ""
    paper = item.originallink if is_web(item.originallink) else url
    image = kind == "image"
    return Row(
        title=plain(item.title),
        url=url,
        snippet=plain(item.description),
        date=parse_date(item.pub_date or item.postdate, SEOUL),
        source=plain(item.bloggername or item.cafename) or site_name(paper),
        engine="naver",
        image_url=url if image else None,
        thumbnail_url=item.thumbnail if image else None,
        width=_size(item.sizewidth),
        height=_size(item.sizeheight),
        address=plain(item.road_address or item.address) or None,
        phone=item.telephone or None,
        category=plain(item.category) or None,
    )


def _size(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _options(settings: EngineSettings) -> UpstreamOptions:
    header, secret_header = (
        ("X-Naver-Client-Id", "X-Naver-Client-Secret")
        if settings.naver_legacy
        else ("X-NCP-APIGW-API-KEY-ID", "X-NCP-APIGW-API-KEY")
    )
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.naver_url(),
        credentials=Together(
            (
                HeaderKey(header, settings.naver_id, "ARION_SEARCH_NAVER_ID"),
                HeaderKey(secret_header, settings.naver_secret, "ARION_SEARCH_NAVER_SECRET"),
            )
        ),
        translate=translate,
        # About ten calls a second are let through; 25,000 a day.
        quota=Quota(units_per_s=10, burst=10) if settings.naver_url() in _OWN else None,
    )


_BY_CODE = {
    "SE05": ErrorKind.NOT_FOUND,
    "SE99": ErrorKind.UNAVAILABLE,
    "024": ErrorKind.NOT_SIGNED_IN,
    "028": ErrorKind.NOT_SIGNED_IN,
    "010": ErrorKind.RATE_LIMITED,
    "012": ErrorKind.RATE_LIMITED,
    "200": ErrorKind.NOT_SIGNED_IN,
    "210": ErrorKind.FORBIDDEN,
    "400": ErrorKind.RATE_LIMITED,
    "410": ErrorKind.RATE_LIMITED,
    "420": ErrorKind.RATE_LIMITED,
}
"""Codes that say more than the status they come with: the search's own and the gateways'."""


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """Errors are `{"errorCode", "errorMessage"}`, from a gateway inside of `{"error": …}`."""
    fields = body if isinstance(body, dict) else {}
    inner = fields.get("error")
    told = inner if isinstance(inner, dict) else fields
    code, message = told.get("errorCode"), told.get("errorMessage") or told.get("message")
    if status < 400 and not code:
        return None
    kind = _BY_CODE.get(str(code))
    return UpstreamFailure(kind, str(message), service=SERVICE) if kind else None


def engine(settings: EngineSettings) -> Engine:
    """Naver, at the API that the keys are of."""
    unset = "ARION_SEARCH_NAVER_SECRET" if settings.naver_id else "ARION_SEARCH_NAVER_ID"
    kinds: frozenset[Kind] = frozenset(_SLUGS)
    return Engine(
        name="naver",
        title=SERVICE,
        variable=unset,
        kinds=kinds,
        ask=partial(_ask, legacy=settings.naver_legacy),
        read=_read,
        options=_options,
        korean=True,
        # Answers of kin and of the web carry no date.
        takes_freshness=frozenset({"news", "blog"}),
        pages=10,
        pages_of={"local": 1},
    )
