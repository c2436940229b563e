"""Brave Search: web, news and images.

Parameters, answers and the refusal of a key: Brave's API reference. That parameters nobody knows
are refused, and the wording of that, is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.web_pages import Page, is_newer, search_pages
from arion_sandbox.web_quota import Quota

KEY = "sandbox"
DAILY_CALLS = 2_000
MOST_CHARS, MOST_WORDS = 400, 50

Clock = Callable[[], datetime]

_COUNTRIES = (
    "AR AU AT BE BR CA CL DK FI FR DE GR HK IN ID IT JP KR MY MX NL NZ NO CN PL PT PH RU SA ZA ES"
    " SE CH TW TR GB US ALL"
)
_LANGUAGES = (
    "ar eu bn bg ca zh-hans zh-hant hr cs da nl en en-gb et fi fr gl de el gu he hi hu is it jp kn"
    " ko lv lt ms ml mr nb pl pt-br pt-pt pa ro ru sr sk sl es sv ta te th tr uk vi"
)
COUNTRIES, LANGUAGES = tuple(_COUNTRIES.split()), tuple(_LANGUAGES.split())
DAYS = {"pd": 1, "pw": 7, "pm": 31, "py": 365}
COMMON = (
    Parameter("q", required=True),
    Parameter("country", choices=COUNTRIES),
    Parameter("search_lang", choices=LANGUAGES),
    Parameter("ui_lang"),
    Parameter("safesearch", choices=("off", "moderate", "strict")),
    Parameter("spellcheck", "boolean"),
)
PAGED = (
    Parameter("offset", "integer", minimum=0, maximum=9),
    Parameter("freshness"),
    Parameter("extra_snippets", "boolean"),
    Parameter("goggles", repeated=True),
)
WEB = (
    *COMMON,
    *PAGED,
    Parameter("count", "integer", minimum=1, maximum=20),
    Parameter("text_decorations", "boolean"),
    Parameter("result_filter"),
    Parameter("units", choices=("metric", "imperial")),
)


class BraveError(VendorError):
    """`{"type": "ErrorResponse", "error": {"code", "detail", "status"}}`."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        error: JsonObject = {"id": "sandbox", "status": status, "code": code, "detail": detail}
        body: JsonObject = {"type": "ErrorResponse", "error": error, "time": 0}
        headers = {"x-ratelimit-reset": "1, 1419704"} if status == 429 else {}
        super().__init__(status, code, detail, body, headers)


def vendor(now: Clock, daily_calls: int = DAILY_CALLS) -> Vendor:
    """Serve the searches, which share one quota."""

    def exceeded() -> VendorError:
        return BraveError(429, "QUOTA_LIMITED", "Request quota limit exceeded for plan.")

    quota = Quota(daily_calls, exceeded)

    def counted(handle: Callable[[Call, datetime], JsonObject]) -> Callable[[Call], JsonObject]:
        def run(call: Call) -> JsonObject:
            _check_query(call.query.text("q") or "")
            quota.use(now())
            return handle(call, now())

        return run

    news = (*COMMON, *PAGED, Parameter("count", "integer", minimum=1, maximum=50))
    images = (*COMMON, Parameter("count", "integer", minimum=1, maximum=200))
    return Vendor(
        root="/res/v1",
        endpoints=(
            Endpoint("GET", "/web/search", counted(_web), WEB),
            Endpoint("GET", "/news/search", counted(_news), news),
            Endpoint("GET", "/images/search", counted(_images), images),
        ),
        authorize=_authorize,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: BraveError(500, "INTERNAL", "Internal server error."),
    )


def _authorize(headers: Mapping[str, str]) -> None:
    key = headers.get("x-subscription-token")
    if key is None:
        raise BraveError(422, "VALIDATION", "Unable to validate request parameter(s)")
    if key != KEY:
        detail = "The provided subscription token is invalid."
        raise BraveError(422, "SUBSCRIPTION_TOKEN_INVALID", detail)


def _check_query(text: str) -> None:
    if len(text) > MOST_CHARS or len(text.split()) > MOST_WORDS:
        raise BraveError(422, "VALIDATION", "Unable to validate request parameter(s)")


def _refuse_query(_fault: Fault) -> VendorError:
    return BraveError(422, "VALIDATION", "Unable to validate request parameter(s)")


def _refuse_body(_fault: BodyFault) -> VendorError:
    return BraveError(422, "VALIDATION", "Unable to validate request parameter(s)")


def _found(call: Call, kinds: frozenset[str], now: datetime) -> list[Page]:
    query = call.query
    days = DAYS.get(query.text("freshness") or "")
    found = search_pages(query.text("q") or "", kinds, now)
    fresh = [page for page in found if is_newer(page, now, days)]
    count = query.number("count", 20)
    return fresh[query.number("offset", 0) * count :][:count]


def _web(call: Call, now: datetime) -> JsonObject:
    pages = _found(call, frozenset({"web", "blog", "cafe", "news"}), now)
    answer: JsonObject = {"type": "search", "query": {"original": call.query.text("q")}}
    if pages:
        results = [_result(page, now, "search_result") for page in pages]
        answer["web"] = {"type": "search", "results": results, "family_friendly": True}
    return answer


def _news(call: Call, now: datetime) -> JsonObject:
    pages = _found(call, frozenset({"news"}), now)
    return {
        "type": "news",
        "query": {"original": call.query.text("q")},
        "results": [_result(page, now, "news_result") for page in pages],
    }


def _images(call: Call, now: datetime) -> JsonObject:
    pages = search_pages(call.query.text("q") or "", frozenset({"image"}), now)
    return {
        "type": "images",
        "query": {"original": call.query.text("q")},
        "results": [_image(page) for page in pages[: call.query.number("count", 50)]],
    }


def _result(page: Page, now: datetime, kind: str) -> Json:
    url = page.url_for("brave")
    # As Brave has it: in UTC, without saying so.
    stamp = page.published(now).astimezone(UTC).replace(tzinfo=None)
    result: JsonObject = {
        "type": kind,
        "title": page.title,
        "url": url,
        "description": page.summary,
        "page_age": stamp.isoformat(timespec="seconds"),
        "meta_url": {"hostname": urlsplit(url).hostname or ""},
    }
    if kind == "search_result":
        result["profile"] = {"name": page.site, "url": url}
    return result


def _image(page: Page) -> Json:
    width, height = page.size
    return {
        "type": "image_result",
        "title": page.title,
        "url": page.url,
        "source": page.host,
        "thumbnail": {"src": page.image, "width": width // 4, "height": height // 4},
        "properties": {"url": page.image, "width": width, "height": height},
    }
