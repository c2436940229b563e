"""The stand-in for GitHub: what it accepts, refuses, pages and keeps."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from tests.descriptions.github import check_response
from tests.sandbox import NOW, TOKEN, Sandbox, running_sandbox
from tests.servers.github import signed_in

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.thorough]

ARION, NOTIFY = "/repos/haneul-kim/arion", "/repos/yeoulsoft/yeoul-notify"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="module")
async def github(shared: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in(shared) as client:
        await client.post(f"{shared.url}/_sandbox/reset")
        yield client


async def one(github: httpx2.AsyncClient, path: str) -> Any:
    answer = await github.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


READS = [
    "/user",
    "/user/repos",
    ARION,
    f"{ARION}/issues?state=all",
    f"{ARION}/issues/2",
    f"{ARION}/issues/2/comments",
    f"{NOTIFY}/pulls?state=all",
    f"{NOTIFY}/pulls/12",
    f"{NOTIFY}/pulls/12/files",
    f"{NOTIFY}/pulls/12/reviews",
    f"{NOTIFY}/pulls/12/comments",
    f"{NOTIFY}/commits/batch/check-runs",
    f"{NOTIFY}/commits/batch/status",
    f"{ARION}/contents/README.md",
    f"{ARION}/contents/src",
    f"{ARION}/branches",
    f"{ARION}/git/ref/heads/main",
    f"{ARION}/commits",
    f"{NOTIFY}/releases",
    f"{NOTIFY}/actions/runs",
    f"{NOTIFY}/actions/workflows",
    "/notifications",
    "/search/issues?q=is:issue",
    "/search/code?q=push",
    "/search/repositories?q=arion",
    "/search/users?q=haneul",
]


@pytest.mark.parametrize("path", READS)
async def test_every_answer_has_the_types_that_github_describes(
    github: httpx2.AsyncClient, path: str
) -> None:
    body = await one(github, path)
    assert check_response("GET", path.partition("?")[0], 200, body) == []


async def test_without_the_token_nobody_gets_in(shared: Sandbox) -> None:
    async with httpx2.AsyncClient(base_url=f"{shared.url}/github", verify=False) as client:
        nobody = await client.get("/user")
        wrong = await client.get("/user", headers={"Authorization": "Bearer other"})
        older = await client.get("/user", headers={"Authorization": f"token {TOKEN}"})
        nameless = await client.get("/user", headers={"User-Agent": ""})
    assert (nobody.status_code, nobody.json()["message"]) == (401, "Requires authentication")
    assert (wrong.status_code, wrong.json()["message"]) == (401, "Bad credentials")
    assert (older.status_code, nameless.status_code) == (200, 403)


async def test_pages_are_linked(github: httpx2.AsyncClient) -> None:
    seen: list[int] = []
    url: str | None = f"{NOTIFY}/issues?state=all&per_page=4"
    while url:
        answer = await github.get(url)
        seen += [it["number"] for it in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert sorted(seen) == [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert "prev" in answer.links


async def test_what_has_not_changed_answers_304(github: httpx2.AsyncClient) -> None:
    first = await github.get(f"{ARION}/issues/6")
    headers = {"If-None-Match": first.headers["etag"]}
    assert (await github.get(f"{ARION}/issues/6", headers=headers)).status_code == 304
    await github.patch(f"{ARION}/issues/6", json={"title": "새 제목"})
    assert (await github.get(f"{ARION}/issues/6", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("GET", "/repos/haneul-kim/nothing", None, 404, "Not Found"),
        ("GET", f"{ARION}/issues/99", None, 404, "Not Found"),
        ("GET", f"{ARION}/pulls/2", None, 404, "Not Found"),
        ("GET", f"{ARION}/contents/nothing", None, 404, "Not Found"),
        ("GET", f"{ARION}/issues?perPage=5", None, 422, "Validation Failed"),
        ("GET", f"{ARION}/issues?state=done", None, 422, "Validation Failed"),
        ("GET", "/search/issues?q=hello", None, 422, "Validation Failed"),
        ("GET", "/search/issues?q=is:issue+repo:no/where", None, 422, "Validation Failed"),
        ("POST", f"{ARION}/issues", {}, 422, "title"),
        ("POST", f"{ARION}/issues", {"title": "x", "labels": "bug"}, 422, "labels"),
        ("POST", f"{ARION}/issues", {"title": "x", "assignees": ["who"]}, 422, "Failed"),
        ("POST", f"{ARION}/issues/2/comments", {"body": " "}, 422, "Failed"),
        ("PATCH", f"{ARION}/issues/2", {"state": "done"}, 422, "Failed"),
        ("POST", f"{ARION}/pulls", {"title": "x", "head": "no", "base": "main"}, 422, "Failed"),
        ("POST", f"{ARION}/pulls", {"title": "x", "head": "main", "base": "main"}, 422, "Failed"),
        ("POST", f"{NOTIFY}/pulls/10/reviews", {"event": "APPROVE"}, 422, "Unprocessable"),
        ("PUT", f"{NOTIFY}/pulls/9/merge", {}, 405, "not mergeable"),
        ("PUT", f"{NOTIFY}/pulls/10/merge", {"sha": "0" * 40}, 409, "modified"),
        ("PUT", f"{ARION}/contents/README.md", {"message": "m", "content": "eA=="}, 422, "sha"),
        (
            "PUT",
            f"{ARION}/contents/README.md",
            {"message": "m", "content": "eA==", "sha": "0" * 40},
            409,
            "does not match",
        ),
        ("PUT", f"{ARION}/contents/a", {"message": "m", "content": "?"}, 422, "Base64"),
        ("POST", f"{ARION}/git/refs", {"ref": "x", "sha": "0" * 40}, 422, "not a valid ref"),
        ("POST", f"{ARION}/git/refs", {"ref": "refs/heads/x", "sha": "0" * 40}, 422, "exist"),
        ("DELETE", f"{ARION}/git/refs/heads/nothing", None, 422, "does not exist"),
        ("PUT", "/repos/opendocs/handbook/contents/a", {"message": "m"}, 403, "not accessible"),
        (
            "POST",
            f"{NOTIFY}/actions/workflows/ci.yml/dispatches",
            {"ref": "main"},
            422,
            "workflow_dispatch",
        ),
    ],
)
async def test_it_refuses_what_github_refuses(
    github: httpx2.AsyncClient, method: str, path: str, body: Any, status: int, says: str
) -> None:
    answer = await github.request(method, path, json=body)
    assert answer.status_code == status
    assert says in answer.text
    assert answer.json()["status"] == str(status)


async def test_broken_json_is_told_from_wrong_json(github: httpx2.AsyncClient) -> None:
    answer = await github.post(f"{ARION}/issues", content=b"{")
    assert (answer.status_code, answer.json()["message"]) == (400, "Problems parsing JSON")


async def test_an_issue_is_kept_with_its_comments(github: httpx2.AsyncClient) -> None:
    made = (await github.post(f"{ARION}/issues", json={"title": "새", "labels": ["new"]})).json()
    assert check_response("POST", f"{ARION}/issues", 201, made) == []
    place = f"{ARION}/issues/{made['number']}"
    comment = (await github.post(f"{place}/comments", json={"body": "하나"})).json()
    assert (await one(github, place))["comments"] == 1
    await github.patch(place, json={"state": "closed", "state_reason": "not_planned"})
    kept = await one(github, place)
    assert (kept["state"], kept["state_reason"]) == ("closed", "not_planned")
    gone = await github.delete(f"{ARION}/issues/comments/{comment['id']}")
    assert gone.status_code == 204
    assert await one(github, f"{place}/comments") == []


async def test_without_push_access_labels_are_dropped_in_silence(
    github: httpx2.AsyncClient,
) -> None:
    body = {"title": "x", "labels": ["bug"]}
    made = await github.post("/repos/opendocs/handbook/issues", json=body)
    assert (made.status_code, made.json()["labels"]) == (201, [])


async def test_a_file_becomes_a_commit_on_its_branch(github: httpx2.AsyncClient) -> None:
    head = (await one(github, f"{ARION}/git/ref/heads/main"))["object"]["sha"]
    await github.post(f"{ARION}/git/refs", json={"ref": "refs/heads/a/b", "sha": head})
    content = base64.b64encode("안녕\n".encode()).decode()
    body = {"message": "인사", "content": content, "branch": "a/b"}
    saved = await github.put(f"{ARION}/contents/인사.md", json=body)
    assert saved.status_code == 201
    commits = await one(github, f"{ARION}/commits?sha=a/b")
    assert [it["commit"]["message"] for it in commits][:1] == ["인사"]
    assert commits[1]["sha"] == head
    assert (await github.get(f"{ARION}/contents/인사.md")).status_code == 404
    blob = await one(github, f"{ARION}/git/blobs/{saved.json()['content']['sha']}")
    assert base64.b64decode(blob["content"]).decode() == "안녕\n"


async def test_a_merged_pull_request_changes_its_base(github: httpx2.AsyncClient) -> None:
    merged = await github.put(f"{NOTIFY}/pulls/10/merge", json={})
    assert merged.json()["merged"] is True
    assert (await one(github, f"{NOTIFY}/pulls/10"))["merged_by"]["login"] == "haneul-kim"
    head = await one(github, f"{NOTIFY}/commits?per_page=1")
    assert head[0]["sha"] == merged.json()["sha"]
    again = await github.put(f"{NOTIFY}/pulls/10/merge", json={})
    assert again.status_code == 405
    files = await one(github, f"{NOTIFY}/pulls/10/files")
    assert [it["filename"] for it in files] == ["src/settings.ts"]


async def test_a_log_is_at_a_signed_address_that_wants_no_token(
    github: httpx2.AsyncClient, shared: Sandbox
) -> None:
    [run] = (await one(github, f"{NOTIFY}/actions/runs?status=failure"))["workflow_runs"]
    jobs = (await one(github, f"{NOTIFY}/actions/runs/{run['id']}/jobs"))["jobs"]
    answer = await github.get(f"{NOTIFY}/actions/jobs/{jobs[1]['id']}/logs")
    assert answer.status_code == 302
    place = answer.headers["location"]
    assert (await github.get(place)).status_code == 403
    async with httpx2.AsyncClient(verify=False) as client:
        assert "1 failed" in (await client.get(place)).text
        assert (await client.get(place.replace("sig=", "sig=x"))).status_code == 422


async def test_notifications_are_read_up_to_a_moment(github: httpx2.AsyncClient) -> None:
    before = (NOW - timedelta(days=1)).isoformat()
    answer = await github.put("/notifications", json={"last_read_at": before})
    assert answer.status_code == 205
    assert len(await one(github, "/notifications")) >= 1
    assert len(await one(github, "/notifications?all=true")) == 5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:issue is:open assignee:@me", [5, 2]),
        ("is:pr is:open review-requested:haneul-kim", [12]),
        ("is:pr is:merged repo:haneul-kim/arion", [3]),
        ("is:issue label:design", [5]),
        ("is:issue is:open -label:bug repo:haneul-kim/arion", [6, 4]),
        ("is:issue mentions:@me", [5]),
        ("is:issue 사파리", [2]),
        ("is:issue no:assignee org:yeoulsoft is:open", [6, 8]),
        ("is:pr is:open draft:x author:jihoon-oh", []),
        ("is:issue created:>=2026-11-22 repo:opendocs/handbook", [1]),
    ],
)
async def test_searches_follow_their_qualifiers(
    github: httpx2.AsyncClient, query: str, found: list[int]
) -> None:
    body = (await github.get("/search/issues", params={"q": query})).json()
    assert [it["number"] for it in body["items"]] == found
