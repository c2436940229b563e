"""Daum search with a Kakao REST API key, the one of KakaoMap.

Source: developers.kakao.com/docs/en/daum-search/dev-guide.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.credentials import Bearer
from arion_kit.engines.engine import Ask, Engine, Wire, words_of
from arion_kit.engines.papers import site_name
from arion_kit.engines.query import Kind, Query, Row
from arion_kit.engines.settings import EngineSettings
from arion_kit.engines.text import SEOUL, parse_date, plain
from arion_kit.engines.urls import is_web
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.kakao import kakao_translator
from arion_kit.words import ErrorKind

SERVICE = "Daum"

_PATHS: Mapping[Kind, str] = {"web": "web", "blog": "blog", "cafe": "cafe", "image": "image"}
_MOST = 50


class _Document(Wire):
    title: str = ""
    contents: str = ""
    url: str = ""
    datetime: str | None = None
    blogname: str = ""
    cafename: str = ""
    display_sitename: str = ""
    doc_url: str = ""
    image_url: str | None = None
    thumbnail_url: str | None = None
    width: int | None = None
    height: int | None = None
    collection: str = ""


class _Answer(Wire):
    documents: tuple[_Document, ...]


def _ask(query: Query) -> Ask:
    # It knows no `site:`, so that pages of other sites are sorted out here.
    count = _MOST if query.sites or query.freshness else min(query.limit, _MOST)
    by_date = query.sort == "date" or query.freshness
    return Ask(
        path=f"/v2/search/{_PATHS[query.kind]}",
        params={
            "query": words_of(query, sites=False),
            "sort": "recency" if by_date else "accuracy",
            "page": query.page,
            "size": count,
        },
        count=count,
    )


def _read(upstream: Upstream, body: JsonValue, query: Query) -> list[Row]:
    rows = [_row(document, query) for document in upstream.parse(_Answer, body).documents]
    return [row for row in rows if is_web(row.url)]


def _row(document: _Document, query: Query) -> Row:
    image = query.kind == "image"
    url = document.doc_url if image else document.url
    named = plain(document.blogname or document.cafename or document.display_sitename)
    return Row(
        # Images have no title of their own.
        title=plain(document.title) or (query.text if image else ""),
        url=url or (document.image_url or ""),
        snippet=plain(document.contents),
        date=parse_date(document.datetime, SEOUL),
        source=named or site_name(url),
        engine="daum",
        image_url=document.image_url,
        thumbnail_url=document.thumbnail_url,
        width=document.width,
        height=document.height,
    )


def _options(settings: EngineSettings) -> UpstreamOptions:
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.kakao_url(),
        credentials=Bearer(settings.token, "ARION_SEARCH_TOKEN", scheme="KakaoAK"),
        translate=kakao_translator(
            SERVICE,
            {
                ErrorKind.FORBIDDEN: {
                    "ko": "카카오 개발자 사이트에서 앱의 키와 허용 IP를 확인해 주세요.",
                    "en": "Please check the app's key and its allowed IPs on Kakao Developers.",
                }
            },
        ),
    )


def engine(_settings: EngineSettings) -> Engine:
    """Daum."""
    kinds: frozenset[Kind] = frozenset(_PATHS)
    return Engine(
        name="daum",
        title=SERVICE,
        variable="ARION_SEARCH_TOKEN",
        kinds=kinds,
        ask=_ask,
        read=_read,
        options=_options,
        korean=True,
        takes_freshness=kinds,
        pages=50,
    )
