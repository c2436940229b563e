"""Daum search: web, blog, cafe and image, beside Kakao Local and with the same key.

Parameters and answers: Kakao's guide to Daum search. Refusals are those of Kakao Local.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.errors import KakaoError, VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.kakao_local import authorize, refuse_body, refuse_query
from arion_sandbox.web_pages import Page, marked, search_pages
from arion_sandbox.web_quota import Quota

DAILY_CALLS = 30_000
LAST_PAGE = 50

Clock = Callable[[], datetime]

KINDS = {
    "web": frozenset({"web", "blog", "cafe", "kin", "news"}),
    "blog": frozenset({"blog"}),
    "cafe": frozenset({"cafe"}),
    "image": frozenset({"image"}),
}


class QuotaError(VendorError):
    """What Kakao says when the day's calls are used up, with status 400."""

    def __init__(self) -> None:
        message = "API limit has been exceeded."
        super().__init__(400, "-10", message, {"code": -10, "msg": message}, {})


def vendor(now: Clock, daily_calls: int = DAILY_CALLS) -> Vendor:
    """Serve the searches; each kind has a quota of its own."""

    def endpoint(kind: str) -> Endpoint:
        quota = Quota(daily_calls, QuotaError)

        def handle(call: Call) -> JsonObject:
            quota.use(now())
            return _search(call, kind, now())

        most = 80 if kind == "image" else 50
        parameters = (
            Parameter("query", required=True),
            Parameter("sort", choices=("accuracy", "recency")),
            Parameter("page", "integer", minimum=1, maximum=LAST_PAGE),
            Parameter("size", "integer", minimum=1, maximum=most),
        )
        return Endpoint("GET", f"/{kind}", handle, parameters)

    return Vendor(
        root="/v2/search",
        endpoints=tuple(endpoint(kind) for kind in KINDS),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: KakaoError(500, "InternalError", "internal server error"),
    )


def _search(call: Call, kind: str, now: datetime) -> JsonObject:
    text = call.query.text("query") or ""
    by_date = call.query.text("sort") == "recency"
    found = search_pages(text, KINDS[kind], now, by_date=by_date)
    page, size = call.query.number("page", 1), call.query.number("size", 10)
    shown = found[(page - 1) * size : page * size]
    return {
        "meta": {
            "total_count": len(found),
            "pageable_count": len(found),
            "is_end": page * size >= len(found) or page == LAST_PAGE,
        },
        "documents": [_document(item, kind, text, now) for item in shown],
    }


def _document(page: Page, kind: str, query: str, now: datetime) -> Json:
    stamp = page.published(now).isoformat(timespec="milliseconds")
    if kind == "image":
        width, height = page.size
        return {
            "collection": "blog",
            "thumbnail_url": page.image,
            "image_url": page.image,
            "width": width,
            "height": height,
            "display_sitename": page.site,
            "doc_url": page.url,
            "datetime": stamp,
        }
    document: JsonObject = {
        "title": marked(page.title, query),
        "contents": marked(page.summary, query),
        "url": page.url_for("daum"),
        "datetime": stamp,
    }
    named: JsonObject = {f"{kind}name": page.site, "thumbnail": ""}
    return document if kind == "web" else document | named
