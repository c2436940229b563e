"""Naver search: NAVER API HUB (`/search/v1/webkr`) and the old API (`/v1/search/webkr.json`).

Parameters and answers: NAVER API HUB's and the old API's guides. Refusals of the search are from
the old guide, those of the gateways from Naver Cloud's list; for HUB itself none was ever seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.place_search import search_places
from arion_sandbox.places import Place
from arion_sandbox.web_pages import Page, marked, search_pages
from arion_sandbox.web_quota import Quota

KEY = "sandbox"
"""The id and the secret that are accepted."""

DAILY_CALLS = 25_000

Clock = Callable[[], datetime]

KINDS: Mapping[str, frozenset[str]] = {
    "webkr": frozenset({"web", "blog", "cafe"}),
    "news": frozenset({"news"}),
    "blog": frozenset({"blog"}),
    "cafearticle": frozenset({"cafe"}),
    "kin": frozenset({"kin"}),
    "image": frozenset({"image"}),
}
SORTS: Mapping[str, tuple[str, ...]] = {
    "news": ("sim", "date"),
    "blog": ("sim", "date"),
    "cafearticle": ("sim", "date"),
    "image": ("sim", "date"),
    "kin": ("sim", "date", "point"),
    "local": ("random", "comment"),
}


class NaverError(VendorError):
    """A refusal of the search: `{"errorCode": "SE01", "errorMessage": "…"}`."""

    def __init__(self, status: int, code: str, message: str) -> None:
        body: JsonObject = {"errorMessage": message, "errorCode": code}
        super().__init__(status, code, message, body, {})


class GatewayError(VendorError):
    """A refusal of HUB's gateway."""

    def __init__(self, status: int, code: str, message: str) -> None:
        error: JsonObject = {"errorCode": code, "message": message, "details": message}
        super().__init__(status, code, message, {"error": error}, {})


def vendor(now: Clock, daily_calls: int = DAILY_CALLS) -> Vendor:
    """Serve NAVER API HUB."""
    quota = Quota(daily_calls, lambda: GatewayError(429, "400", "Quota Exceeded"))
    formats = (Parameter("format", choices=("json", "xml")),)
    return _vendor(now, quota, "/search/v1", "", formats, _authorize_hub)


def legacy_vendor(now: Clock, daily_calls: int = DAILY_CALLS) -> Vendor:
    """Serve the old API."""

    def exceeded() -> VendorError:
        return NaverError(429, "010", "Query limit exceeded (쿼리 한도를 초과했습니다.)")

    quota = Quota(daily_calls, exceeded)
    return _vendor(now, quota, "/v1/search", ".json", (), _authorize_legacy)


def _vendor(
    now: Clock,
    quota: Quota,
    root: str,
    ending: str,
    more: tuple[Parameter, ...],
    authorize: Callable[[Mapping[str, str]], None],
) -> Vendor:
    def pages(slug: str) -> Endpoint:
        def handle(call: Call) -> JsonObject:
            quota.use(now())
            return _pages(call, slug, now())

        parameters = (*_parameters(SORTS.get(slug, ()), 100, 1_000), *more)
        return Endpoint("GET", f"/{slug}{ending}", handle, parameters)

    def local(call: Call) -> JsonObject:
        quota.use(now())
        return _places(call, now())

    local_parameters = (*_parameters(SORTS["local"], 5, 1), *more)
    return Vendor(
        root=root,
        endpoints=(
            *(pages(slug) for slug in KINDS),
            Endpoint("GET", f"/local{ending}", local, local_parameters),
        ),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: NaverError(500, "SE99", "System error (시스템 에러)"),
    )


def _parameters(sorts: tuple[str, ...], most: int, last: int) -> tuple[Parameter, ...]:
    sort = (Parameter("sort", choices=sorts),) if sorts else ()
    return (
        Parameter("query", required=True),
        Parameter("display", "integer", minimum=1, maximum=most),
        Parameter("start", "integer", minimum=1, maximum=last),
        *sort,
    )


def _authorize_hub(headers: Mapping[str, str]) -> None:
    given = headers.get("x-ncp-apigw-api-key-id"), headers.get("x-ncp-apigw-api-key")
    if given != (KEY, KEY):
        raise GatewayError(401, "200", "Authentication Failed")


def _authorize_legacy(headers: Mapping[str, str]) -> None:
    given = headers.get("x-naver-client-id"), headers.get("x-naver-client-secret")
    if given[0] is None or given[1] is None:
        message = "Not Exist Client ID : Authentication failed. (인증에 실패했습니다.)"
        raise NaverError(401, "024", message)
    if given != (KEY, KEY):
        message = "NID AUTH Result Invalid (1000) : Authentication failed. (인증에 실패했습니다.)"
        raise NaverError(401, "024", message)


def refuse_query(fault: Fault) -> VendorError:
    """Refuse a query parameter, with the code for it."""
    if fault.name == "query":
        return NaverError(400, "SE01", "Incorrect query request (잘못된 쿼리요청입니다.)")
    codes = {"display": "SE02", "start": "SE03", "sort": "SE04"}
    code = codes.get(fault.name, "SE01")
    return NaverError(400, code, f"Invalid {fault.name} value (부적절한 {fault.name} 값입니다.)")


def _refuse_body(fault: BodyFault) -> VendorError:
    return NaverError(400, "SE01", f"Incorrect query request ({fault.path})")


def _pages(call: Call, slug: str, now: datetime) -> JsonObject:
    query = call.query.text("query") or ""
    by_date = call.query.text("sort") == "date"
    found = search_pages(query, KINDS[slug], now, by_date=by_date)
    return _answer(call, now, [_item(page, slug, query, now) for page in found])


def _places(call: Call, now: datetime) -> JsonObject:
    query = call.query.text("query") or ""
    return _answer(call, now, [_place(place, query) for place in search_places(query).places])


def _answer(call: Call, now: datetime, items: list[Json]) -> JsonObject:
    start, display = call.query.number("start", 1), call.query.number("display", 10)
    shown = items[start - 1 : start - 1 + display]
    return {
        "lastBuildDate": format_datetime(now),
        "total": len(items),
        "start": start,
        "display": len(shown),
        "items": shown,
    }


def _item(page: Page, slug: str, query: str, now: datetime) -> Json:
    item: JsonObject = {
        "title": marked(page.title, query),
        "link": page.url_for("naver"),
        "description": marked(page.summary, query),
    }
    published = page.published(now)
    if slug == "news":
        item |= {"originallink": page.url, "pubDate": format_datetime(published)}
    elif slug == "blog":
        item |= {
            "bloggername": page.site,
            "bloggerlink": page.host,
            "postdate": f"{published:%Y%m%d}",
        }
    elif slug == "cafearticle":
        item |= {"cafename": page.site, "cafeurl": f"https://{page.host}"}
    elif slug == "image":
        width, height = page.size
        image: JsonObject = {"title": page.title, "link": page.image, "thumbnail": page.image}
        return image | {"sizeheight": str(height), "sizewidth": str(width)}
    return item


def _place(place: Place, query: str) -> Json:
    return {
        "title": marked(place.name, query),
        "link": "",
        "category": place.category.replace(" > ", ">"),
        "description": "",
        "telephone": "",
        "address": place.address,
        "roadAddress": place.road_address,
        "mapx": place.x.replace(".", "").ljust(10, "0"),
        "mapy": place.y.replace(".", "").ljust(9, "0"),
    }
