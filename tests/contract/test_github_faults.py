"""The GitHub server before a vendor that fails, limits, moves things, or is not to be trusted."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from fastmcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.sandbox import NOW, Sandbox, serving
from tests.servers.github import ALL, ARION, NOTIFY, Github, github_at, running_github

from arion_kit.clock import Clock
from arion_kit.testing import connected
from arion_sandbox.app import create_app

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.thorough]


async def no_wait(_seconds: float) -> None:
    """Stands in for the pauses between attempts."""


class LostAnswer:
    """Carries out the first writing request and then answers 502, as a broken proxy does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.lost = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reading = scope["type"] != "http" or scope["method"] == "GET"
        if reading or self.lost or scope["path"].startswith("/_sandbox"):
            await self._app(scope, receive, send)
            return
        self.lost += 1

        async def swallow(_message: Message) -> None:
            pass

        await self._app(scope, receive, swallow)
        await Response("Bad Gateway", 502)(scope, receive, send)


@asynccontextmanager
async def losing() -> AsyncGenerator[Github]:
    """The server before a vendor that acts and then fails to answer, once."""
    app = create_app(None, lambda: NOW)
    async with serving(LostAnswer(app)) as url:
        spec = github_at(f"{url}/github", clock=Clock(sleep=no_wait))
        async with connected(spec, toolsets=ALL) as client:
            yield Github(client, Sandbox(url, app.state.recorder))


@pytest.mark.parametrize(
    ("tool", "arguments", "place"),
    [
        ("issue_create", {**ARION, "title": "한 번만"}, "/repos/haneul-kim/arion/issues"),
        (
            "comment",
            {**ARION, "number": 2, "body": "네"},
            "/repos/haneul-kim/arion/issues/2/comments",
        ),
        (
            "pr_review",
            {**NOTIFY, "number": 12, "event": "APPROVE"},
            "/repos/yeoulsoft/yeoul-notify/pulls/12/reviews",
        ),
        (
            "branch_create",
            {**ARION, "branch": "once"},
            "/repos/haneul-kim/arion/branches",
        ),
        (
            "file_write",
            {**ARION, "path": "once.md", "content": "x", "message": "m"},
            "/repos/haneul-kim/arion/commits",
        ),
        (
            "pr_create",
            {**NOTIFY, "title": "한 번만", "head": "batch", "base": "retry"},
            "/repos/yeoulsoft/yeoul-notify/pulls",
        ),
    ],
)
async def test_a_write_whose_answer_was_lost_is_not_done_twice(
    tool: str, arguments: dict[str, Any], place: str
) -> None:
    async with losing() as github:
        before = len(await github.kept(place))
        told = await github.call(tool, **arguments, key="k1")
        assert told["error"]["may_have_happened"] is True
        again = await github.call(tool, **arguments, key="k1")
        assert "error" not in again
        assert 'already_existed": true' in json.dumps(again)
        assert len(await github.kept(place)) == before + 1


async def test_a_merge_whose_answer_was_lost_is_found_merged() -> None:
    async with losing() as github:
        told = await github.agreed("pr_merge", **NOTIFY, number=10)
        assert told["error"]["may_have_happened"] is True
        assert (await github.call("pr_merge", **NOTIFY, number=10))["already_merged"] is True


Answer = Callable[[Request], Response]


class Vendor:
    """Stands in for GitHub; each test says what it answers."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _: Response(status_code=500)

    async def __call__(self, request: Request) -> Response:
        return self.answer(request)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def before() -> AsyncIterator[tuple[Client[Any], Vendor]]:
    """A client of the server, and the vendor before it."""
    vendor, methods = Vendor(), ["GET", "POST", "PATCH", "PUT", "DELETE"]

    async def endpoint(request: Request) -> Response:
        return await vendor(request)

    app = Starlette(routes=[Route("/{path:path}", endpoint, methods=methods)])
    async with serving(app) as url:
        spec = github_at(url, clock=Clock(sleep=no_wait))
        async with connected(spec, toolsets=ALL) as client:
            yield client, vendor


@pytest.fixture
def answering(before: tuple[Client[Any], Vendor]) -> Callable[[Answer], Github]:
    """The server before a vendor that answers everything so."""
    client, vendor = before

    def answering(answer: Answer) -> Github:
        vendor.answer = answer
        return Github(client, None)  # type: ignore[arg-type]

    return answering


Answering = Callable[[Answer], Github]


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind", "wait_s"),
    [
        (403, {"retry-after": "90"}, {"message": "secondary rate limit"}, "rate_limited", 90.0),
        (429, {}, {"message": "You have exceeded a secondary rate limit."}, "rate_limited", 60.0),
        (403, {"x-ratelimit-remaining": "0"}, {"message": "limit"}, "rate_limited", 60.0),
        (403, {}, {"message": "Resource not accessible by integration"}, "forbidden", None),
        (403, {"x-github-sso": "required; url=x"}, {"message": "SAML"}, "forbidden", None),
        (401, {}, {"message": "Bad credentials"}, "not_signed_in", None),
        (404, {}, {"message": "Not Found"}, "not_found", None),
        (410, {}, {"message": "Issues are disabled for this repo"}, "forbidden", None),
        (405, {}, {"message": "Required status check is expected"}, "forbidden", None),
        (409, {}, {"message": "Git Repository is empty."}, "not_found", None),
        (451, {}, {"message": "Repository access blocked"}, "forbidden", None),
    ],
)
async def test_every_refusal_has_its_kind(
    answering: Answering,
    status: int,
    headers: dict[str, str],
    body: dict[str, str],
    kind: str,
    wait_s: float | None,
) -> None:
    github = answering(lambda _: JSONResponse(body, status, headers))
    told = await github.call("list_issues", **ARION)
    assert told["error"]["kind"] == kind
    assert told["error"].get("retry_after_s") == wait_s
    assert told["error"]["next_step"]


async def test_a_refused_field_is_named(answering: Answering) -> None:
    errors = [{"resource": "Issue", "field": "title", "code": "missing_field"}]
    body = {"message": "Validation Failed", "errors": errors}
    github = answering(lambda _: JSONResponse(body, 422))
    told = await github.client.call_tool(
        "github_issue_create", {**ARION, "title": "x"}, raise_on_error=False
    )
    assert told.structured_content["error"]["kind"] == "bad_input"
    assert "Validation Failed: title is missing" in told.content[0].text


async def test_the_scope_that_is_missing_is_named(answering: Answering) -> None:
    headers = {"x-oauth-scopes": "read:user", "x-accepted-oauth-scopes": "notifications, repo"}
    body = {"message": "Missing the 'notifications' scope."}
    github = answering(lambda _: JSONResponse(body, 403, headers))
    told = await github.client.call_tool("github_notifications_list", {}, raise_on_error=False)
    assert "needs scope: notifications, repo" in told.content[0].text


@pytest.mark.parametrize("body", [{"items": []}, [{"number": 1}], "text", [1, 2]])
async def test_an_answer_of_another_shape_is_a_bad_response(
    answering: Answering, body: Any
) -> None:
    github = answering(lambda _: JSONResponse(body))
    told = await github.call("list_issues", **ARION)
    assert told["error"]["kind"] == "bad_response"


async def test_a_renamed_repository_is_read_at_its_new_place(answering: Answering) -> None:
    at = "2026-11-23T00:00:00Z"
    issue = {"number": 2, "title": "마이크", "created_at": at, "updated_at": at}

    def moved(request: Request) -> Response:
        if request.url.path == "/repos/me/new/issues/2":
            return JSONResponse(issue)
        place = str(request.url.replace(path="/repos/me/new/issues/2"))
        return JSONResponse({"message": "Moved Permanently"}, 301, {"location": place})

    github = answering(moved)
    read = await github.call("issue_read", owner="me", repo="old", number=2)
    assert read["issue"]["title"] == "마이크"
    told = await github.client.call_tool(
        "github_comment",
        {"owner": "me", "repo": "old", "number": 2, "body": "x"},
        raise_on_error=False,
    )
    assert told.structured_content["error"]["kind"] == "not_found"
    assert "renamed" in told.content[0].text


async def test_a_redirect_to_somewhere_else_is_not_followed(answering: Answering) -> None:
    def elsewhere(_: Request) -> Response:
        return JSONResponse({}, 301, {"location": "http://169.254.169.254/latest/meta-data"})

    github = answering(elsewhere)
    told = await github.call("issue_read", **ARION, number=2)
    assert told["error"]["kind"] == "not_found"


async def test_what_has_not_changed_is_not_sent_again(answering: Answering) -> None:
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("if-none-match"))
        if asked[-1] == '"v1"':
            return Response(status_code=304, headers={"etag": '"v1"'})
        return JSONResponse([], headers={"etag": '"v1"'})

    github = answering(answer)
    first = await github.call("list_releases", **ARION)
    again = await github.call("list_releases", **ARION)
    assert first == again
    assert asked == [None, '"v1"']


async def test_what_has_changed_is_seen_in_spite_of_the_cache() -> None:
    async with running_github() as github:
        await github.call("issue_read", **ARION, number=6)
        await github.call("issue_update", **ARION, number=6, title="새 제목")
        read = await github.call("issue_read", **ARION, number=6)
        assert read["issue"]["title"] == "새 제목"
        statuses = [it["status"] for it in github.sent("GET", "/issues/6")]
        assert statuses == [200, 304, 200]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def guarded() -> AsyncIterator[Github]:
    """The server in lockdown."""
    async with running_github(lockdown=True) as running:
        yield running


async def test_lockdown_hides_what_outsiders_wrote_and_says_so(guarded: Github) -> None:
    read = await guarded.call("issue_read", **NOTIFY, number=6)
    assert read["issue"]["hidden"] is True
    assert "body" not in read["issue"]
    assert "가렸어요" in read["say"]
    comments = await guarded.call("issue_read", **NOTIFY, number=5, method="comments")
    assert [row.get("hidden") for row in comments["comments"]] == [None, True]
    assert "grant write access" not in json.dumps(comments)


async def test_lockdown_hides_the_changes_of_outsiders(guarded: Github) -> None:
    read = await guarded.call("pr_read", **NOTIFY, number=13)
    assert read["pull"]["hidden"] is True
    diff = await guarded.call("pr_read", **NOTIFY, number=13, method="diff")
    assert diff == {
        "say": "13번 PR은 쓰기 권한이 없는 사람이 만들어서 변경 내용을 가렸어요.",
        "hidden": True,
    }
    files = await guarded.call("pr_read", **NOTIFY, number=13, method="files")
    assert [(row["path"], row["hidden"]) for row in files["rows"]] == [("README.md", True)]
    assert "patch" not in files["rows"][0]


async def test_lockdown_shows_what_members_wrote(guarded: Github) -> None:
    read = await guarded.call("issue_read", **NOTIFY, number=5)
    assert "iPhone SE" in read["issue"]["body"]
    diff = await guarded.call("pr_read", **NOTIFY, number=12, method="diff")
    assert "BATCH_SECONDS" in diff["diff"]


async def test_lockdown_shows_no_code_whose_author_nobody_knows(guarded: Github) -> None:
    code = await guarded.call("search", kind="code", query="TOKEN_DAYS repo:haneul-kim/arion")
    assert code["items"][0]["path"] == "src/login.py"
    assert "fragments" not in code["items"][0]
