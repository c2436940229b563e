"""How the GitHub stand-in lets people in, refuses, pages, and says that nothing has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Reply
from arion_sandbox.github_world import GithubError
from arion_sandbox.json_types import Json, JsonObject

Item = TypeVar("Item")

TOKEN = "sandbox"  # noqa: S105 - the one token of accounts that hold nothing private
"""The access token of the one account."""

SCOPES = "notifications, read:org, repo, workflow"
"""What the token allows, as a classic token's answers tell."""

MOST_PER_PAGE = 100
PAGE = (Parameter("page", "integer", minimum=1), Parameter("per_page", "integer", minimum=1))

Answer: TypeAlias = "JsonObject | list[Json] | Reply | None"


def authorize(headers: Mapping[str, str]) -> None:
    """Let `Authorization: Bearer sandbox` in; `token` is an older word for Bearer."""
    if not headers.get("user-agent"):
        message = "Request forbidden by administrative rules. Please make sure your request has a"
        raise GithubError(403, f"{message} User-Agent header.")
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if not token:
        raise GithubError(401, "Requires authentication")
    if scheme.lower() not in ("bearer", "token") or token != TOKEN:
        raise GithubError(401, "Bad credentials")


def refuse_query(fault: Fault) -> GithubError:
    """Refuse a query parameter.

    GitHub ignores what it does not know; a misspelt one is refused here.
    """
    codes = {"missing": "missing_field", "unknown": "unknown"}
    error: JsonObject = {
        "resource": "Query",
        "field": fault.name,
        "code": codes.get(fault.problem, "invalid"),
    }
    return GithubError(422, "Validation Failed", errors=[error])


def refuse_body(fault: BodyFault) -> GithubError:
    """Refuse a body."""
    if fault.problem == "syntax":
        return GithubError(400, "Problems parsing JSON")
    if fault.problem == "unknown":
        return GithubError(422, f'Invalid request.\n\n"{fault.path}" is not a permitted key.')
    shown = json.dumps(fault.value, ensure_ascii=False)
    return GithubError(
        422, f"Invalid request.\n\nFor 'properties/{fault.path}', {shown} is not a {fault.kind}."
    )


def missing(field: str) -> GithubError:
    """A body without something it needs."""
    return GithubError(422, f'Invalid request.\n\n"{field}" wasn\'t supplied.')


def unavailable() -> GithubError:
    """Say that the service's own storage fails."""
    return GithubError(503, "Service unavailable")


def tagged(endpoint: Endpoint) -> Endpoint:
    """The endpoint with ETags, conditional reads and the headers of every answer."""
    return replace(endpoint, handle=_tagged(endpoint.handle, reading=endpoint.verb == "GET"))


def _tagged(handle: Callable[[Call], Answer], *, reading: bool) -> Callable[[Call], Reply]:
    def answer(call: Call) -> Reply:
        result = handle(call)
        if not isinstance(result, Reply):
            result = Reply(result, status=204 if result is None else 200)
        headers = {
            "X-GitHub-Media-Type": "github.v3; format=json",
            "X-OAuth-Scopes": SCOPES,
            "X-RateLimit-Limit": "5000",
            "X-RateLimit-Remaining": "4999",
            **result.headers,
        }
        if not reading or result.status != 200:
            return replace(result, headers=headers)
        content = json.dumps([str(call.headers.get("accept")), str(result.body)])
        tag = f'W/"{hashlib.sha256(content.encode()).hexdigest()}"'
        headers |= {"ETag": tag, "Cache-Control": "private, max-age=60, s-maxage=60"}
        if call.headers.get("if-none-match") == tag:
            return Reply(None, 304, headers)
        return replace(result, headers=headers)

    return answer


def paged(
    call: Call, items: list[Item], show: Callable[[Item], Json], *, default: int = 30
) -> Reply:
    """The page of a list that `page` and `per_page` ask for, with links to its neighbours."""
    page, rows, links = page_of(call, items, default=default)
    del page
    return Reply([show(item) for item in rows], headers=links)


def page_of(
    call: Call, items: list[Item], *, default: int = 30
) -> tuple[int, list[Item], dict[str, str]]:
    """The page's number, its items, and the Link header."""
    # GitHub cuts a per_page that is too large down without a word.
    size = min(call.query.number("per_page", default), MOST_PER_PAGE)
    page = call.query.number("page", 1)
    last = max(1, -(-len(items) // size))
    links: list[str] = []
    if page > 1:
        links.append(_link(call.url, min(page - 1, last), "prev"))
    if page < last:
        links += [_link(call.url, page + 1, "next"), _link(call.url, last, "last")]
    headers = {"Link": ", ".join(links)} if links else {}
    return page, items[(page - 1) * size : page * size], headers


def _link(url: str, page: int, relation: str) -> str:
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    linked = urlunsplit(parts._replace(query=urlencode([*query, ("page", str(page))])))
    return f'<{linked}>; rel="{relation}"'
