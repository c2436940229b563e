"""A SearXNG instance with JSON switched on. Parameters and answers: SearXNG's search API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Reply, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.web_pages import Page, is_newer, search_pages

Clock = Callable[[], datetime]

PAGE_SIZE = 10
DAYS = {"day": 1, "month": 31, "year": 365}
KINDS = {
    "general": frozenset({"web", "blog", "cafe", "news"}),
    "news": frozenset({"news"}),
    "images": frozenset({"image"}),
}
PARAMETERS = (
    Parameter("q"),
    Parameter("format", choices=("html", "json", "csv", "rss")),
    Parameter("categories"),
    Parameter("engines"),
    Parameter("language"),
    Parameter("pageno", "integer", minimum=1),
    Parameter("time_range", choices=tuple(DAYS)),
    Parameter("safesearch", choices=("0", "1", "2")),
)


class SearxngError(VendorError):
    """A refusal: `{"error": "…"}`."""

    def __init__(self, message: str) -> None:
        super().__init__(400, "bad_request", message, {"error": message}, {})


def vendor(now: Clock) -> Vendor:
    """Serve the search; nobody has to sign in."""
    return Vendor(
        root="",
        endpoints=(Endpoint("GET", "/search", lambda call: search(call, now()), PARAMETERS),),
        authorize=lambda _: None,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: SearxngError("internal error"),
    )


def search(call: Call, now: datetime) -> JsonObject | Reply:
    """Search; without `format=json` it is a page for people, and a format that is off is 403."""
    query = call.query
    if query.text("format") in (None, "html"):
        return Reply("<!doctype html><title>SearXNG</title>", media_type="text/html")
    if query.text("format") != "json":
        return Reply("Forbidden", 403, media_type="text/plain")
    text = query.text("q")
    if not text:
        raise SearxngError("No query")
    category = query.text("categories") or "general"
    days = DAYS.get(query.text("time_range") or "")
    found = search_pages(text, KINDS.get(category, KINDS["general"]), now)
    fresh = [page for page in found if is_newer(page, now, days)]
    start = (query.number("pageno", 1) - 1) * PAGE_SIZE
    return {
        "query": text,
        "number_of_results": len(fresh),
        "results": [_result(page, category, now) for page in fresh[start : start + PAGE_SIZE]],
        "answers": [],
        "corrections": [],
        "infoboxes": [],
        "suggestions": [],
        "unresponsive_engines": [],
    }


def _result(page: Page, category: str, now: datetime) -> Json:
    published = page.published(now).astimezone(UTC).replace(tzinfo=None)
    width, height = page.size
    result: JsonObject = {
        "url": page.url_for("searxng"),
        "title": page.title,
        "content": page.summary,
        "engine": "duckduckgo",
        "category": category,
        "publishedDate": published.isoformat(),
        "score": 1.0,
    }
    if category == "images":
        result |= {
            "img_src": page.image,
            "thumbnail_src": page.image,
            "resolution": f"{width} x {height}",
            "source": page.site,
        }
    return result


def _refuse_query(fault: Fault) -> VendorError:
    return SearxngError(f"Invalid value for parameter {fault.name}")


def _refuse_body(_fault: BodyFault) -> VendorError:
    return SearxngError("No body is taken")
