"""Tavily search. Parameters, answers and refusals: Tavily's API reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import cast

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject, as_text, as_texts
from arion_sandbox.web_pages import Page, is_newer, search_pages
from arion_sandbox.web_quota import Quota

KEY = "sandbox"
DAILY_CALLS = 1_000
MOST_CHARS, MOST_RESULTS = 400, 20

Clock = Callable[[], datetime]

DAYS = {"day": 1, "d": 1, "week": 7, "w": 7, "month": 31, "m": 31, "year": 365, "y": 365}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "search_depth": ("basic", "advanced", "fast", "ultra-fast"),
    "topic": ("general", "news", "finance"),
    "time_range": tuple(DAYS),
}


class TavilyError(VendorError):
    """`{"detail": {"error": "…"}}`."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, str(status), message, {"detail": {"error": message}}, {})


def vendor(now: Clock, daily_calls: int = DAILY_CALLS) -> Vendor:
    """Serve the search."""

    def exceeded() -> VendorError:
        return TavilyError(432, "This request exceeds your plan's set usage limit.")

    quota = Quota(daily_calls, exceeded)

    def handle(call: Call) -> JsonObject:
        _check(call.body)
        quota.use(now())
        return _search(call.body, now())

    return Vendor(
        root="",
        endpoints=(
            Endpoint(
                "POST",
                "/search",
                handle,
                body={
                    "query": "string",
                    "topic": "string",
                    "search_depth": "string",
                    "max_results": "int32",
                    "time_range": "string",
                    "start_date": "date",
                    "end_date": "date",
                    "country": "string",
                    "include_domains": ["string"],
                    "exclude_domains": ["string"],
                    "include_answer": "boolean",
                    "include_raw_content": "boolean",
                    "include_images": "boolean",
                    "include_favicon": "boolean",
                },
            ),
        ),
        authorize=_authorize,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: TavilyError(500, "Internal Server Error"),
    )


def _authorize(headers: Mapping[str, str]) -> None:
    if headers.get("authorization") != f"Bearer {KEY}":
        raise TavilyError(401, "Unauthorized: missing or invalid API key.")


def _check(body: JsonObject) -> None:
    query = as_text(body.get("query"))
    if not query.strip():
        raise TavilyError(400, "Query is missing.")
    if len(query) > MOST_CHARS:
        raise TavilyError(400, f"Query is too long. Max query length is {MOST_CHARS} characters.")
    most = cast("int", body.get("max_results", 5))
    if not 0 <= most <= MOST_RESULTS:
        raise TavilyError(400, "Invalid max results.")
    for name, choices in CHOICES.items():
        if name in body and as_text(body[name]) not in choices:
            raise TavilyError(400, f"Invalid {name}. Must be one of {', '.join(choices)}.")
    if "country" in body and body.get("topic", "general") != "general":
        raise TavilyError(400, "country is only available when topic is general.")


def _search(body: JsonObject, now: datetime) -> JsonObject:
    news = body.get("topic") == "news"
    kinds = frozenset({"news"}) if news else frozenset({"web", "blog", "news"})
    days = DAYS.get(as_text(body.get("time_range")))
    domains = " ".join(f"site:{domain}" for domain in as_texts(body.get("include_domains")))
    found = search_pages(f"{as_text(body['query'])} {domains}", kinds, now)
    fresh = [page for page in found if is_newer(page, now, days)]
    shown = fresh[: cast("int", body.get("max_results", 5))]
    return {
        "query": body["query"],
        "follow_up_questions": None,
        "answer": None,
        "images": [],
        "results": [_result(page, place, now, news=news) for place, page in enumerate(shown)],
        "response_time": 0.5,
        "request_id": "sandbox",
    }


def _result(page: Page, place: int, now: datetime, *, news: bool) -> Json:
    result: JsonObject = {
        "title": page.title,
        "url": page.url_for("tavily"),
        "content": page.summary,
        "score": round(0.95 - place * 0.05, 2),
        "raw_content": None,
    }
    if news:
        published = page.published(now).astimezone(UTC)
        result["published_date"] = format_datetime(published, usegmt=True)
    return result


def _refuse_query(fault: Fault) -> VendorError:
    return TavilyError(400, f"Unexpected query parameter {fault.name}.")


def _refuse_body(fault: BodyFault) -> VendorError:
    return TavilyError(422, f"{fault.path or 'body'}: not as expected.")
