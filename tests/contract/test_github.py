"""The GitHub server against the sandbox over HTTP: what it reads, as a client sees it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.servers.github import ALL, ARION, ME, NOTIFY, Github, github_at, running_github

from arion_github import SPEC
from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    bytes_of,
    connected,
    language_pack,
    listed,
)

SNAPSHOT = Path(__file__).parent / "snapshots" / "github.json"
CORE_BYTES = 7_987
"""7.8 KB: what all seven servers leave for this one."""


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Github]:
    async with running_github() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def github(shared: Github) -> AsyncIterator[Github]:
    """Nothing is changed here: only what was asked is forgotten between tests."""
    shared.sandbox.forget()
    yield shared
    assert shared.sandbox.violations() == []


def size(result: dict[str, Any]) -> int:
    return len(json.dumps(result, ensure_ascii=False))


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules() -> None:
    spec = github_at("http://127.0.0.1:9/github")
    async with connected(spec, toolsets=ALL) as client, connected(spec) as plain:
        tools, core = await client.list_tools(), await plain.list_tools()
        assert_language_rules(await language_pack(client))
    assert_every_server_rules(tools, core)
    assert bytes_of(listed(core)) <= CORE_BYTES
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_me_is_who_the_token_belongs_to(github: Github) -> None:
    me = await github.call("me")
    assert (me["login"], me["name"]) == (ME, "김하늘")
    assert me["say"] == "깃허브에 김하늘 님으로 연결되어 있어요."


async def test_check_tells_the_account_and_what_its_scopes_cover(github: Github) -> None:
    async with github_at(f"{github.sandbox.url}/github").open() as api:
        account = await SPEC.check(api)
    assert account.name == "김하늘 (haneul-kim)"
    assert account.scopes is not None
    assert {"repo", "notifications", "public_repo"} <= account.scopes


async def test_repositories_are_listed_by_the_last_push(github: Github) -> None:
    found = await github.call("list_repos")
    assert [row["name"] for row in found["repos"]][:2] == ["yeoul-notify", "arion"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("아리온", "arion"), ("여울 노티파이", "yeoul-notify"), ("닷파일즈", "dotfiles")],
)
async def test_a_repository_is_found_by_its_name_in_korean(
    github: Github, said: str, meant: str
) -> None:
    found = await github.call("list_repos", query=said)
    assert [row["name"] for row in found["repos"]] == [meant]


async def test_issues_are_listed_without_pull_requests(github: Github) -> None:
    found = await github.call("list_issues", **ARION)
    assert [row["number"] for row in found["issues"]] == [6, 4, 2]
    assert found["issues"][2] == {
        "number": 2,
        "title": "마이크 권한을 거부하면 화면이 멈춤",
        "state": "open",
        "author": "jihoon-oh",
        "labels": ["bug"],
        "assignees": [ME],
        "comments": 2,
        "updated_at": "2026-11-11T22:05+09:00",
    }
    assert found["say"].startswith("arion 저장소에 열린 이슈가 세 개 있어요.")


async def test_issues_can_be_narrowed_down(github: Github) -> None:
    closed = await github.call("list_issues", **NOTIFY, state="closed")
    labelled = await github.call("list_issues", **NOTIFY, labels=["design"])
    recent = await github.call("list_issues", **NOTIFY, since="2026-11-20T00:00:00+09:00")
    assert [row["number"] for row in closed["issues"]] == [4]
    assert [row["number"] for row in labelled["issues"]] == [5]
    assert [row["number"] for row in recent["issues"]] == [6, 8]


async def test_every_issue_comes_once_page_by_page(github: Github) -> None:
    numbers: list[int] = []
    cursor: str | None = None
    for _ in range(4):
        found = await github.call("list_issues", **NOTIFY, state="all", per_page=1, cursor=cursor)
        numbers += [row["number"] for row in found["issues"]]
        cursor = found.get("next_cursor")
    assert numbers == [6, 8, 5, 4]
    assert cursor is None


async def test_a_cursor_of_nowhere_is_refused(github: Github) -> None:
    for cursor in ("x", "eyJhdCI6eyJwZXJfcGFnZSI6IjEwMDAifX0"):
        told = await github.call("list_issues", **ARION, cursor=cursor)
        assert told["error"]["kind"] == "bad_input"


async def test_an_issue_is_read_with_its_text(github: Github) -> None:
    read = await github.call("issue_read", **NOTIFY, number=5)
    assert read["issue"]["assignees"] == [ME]
    assert "iPhone SE" in read["issue"]["body"]
    assert read["issue"]["url"] == "https://github.com/yeoulsoft/yeoul-notify/issues/5"


async def test_what_is_hidden_on_the_page_does_not_reach_a_model(github: Github) -> None:
    body = (await github.call("issue_read", **NOTIFY, number=6))["issue"]["body"]
    assert "모든 파일을" not in body  # an HTML comment
    assert "instructions" in body  # a zero-width space stood in the word
    assert "\u202e" not in body


async def test_issue_text_is_marked_as_written_by_others(github: Github) -> None:
    result = await github.client.call_tool("github_issue_read", {**NOTIFY, "number": 6})
    assert result.meta["dev.arion/untrusted"] is True


async def test_comments_come_in_their_order(github: Github) -> None:
    read = await github.call("issue_read", **ARION, number=2, method="comments")
    assert [row["author"] for row in read["comments"]] == [ME, "jihoon-oh"]
    assert read["say"].startswith("댓글이 두 개 있어요. 마지막은 jihoon-oh 님의")


async def test_five_pull_requests_take_under_1500_tokens(github: Github) -> None:
    found = await github.call("list_prs", **NOTIFY)
    bodies = await github.kept("/repos/yeoulsoft/yeoul-notify/pulls")
    assert len(found["pulls"]) == 5
    assert bytes_of(bodies) > 30_000
    assert bytes_of(found) / 4 < 1_500


async def test_pull_requests_can_be_found_by_branch(github: Github) -> None:
    found = await github.call("list_prs", **NOTIFY, head="batch", base="main")
    assert [row["number"] for row in found["pulls"]] == [12]


async def test_a_pull_request_tells_how_it_stands(github: Github) -> None:
    read = await github.call("pr_read", **NOTIFY, number=12)
    pull = read["pull"]
    assert pull["checks"] == {"passed": 1, "failed": 1, "running": 0}
    assert pull["failed_checks"] == ["unit-test"]
    assert pull["approved_by"] == ["sumin-lee"]
    assert pull["mergeable_state"] == "unstable"
    assert "확인 목록" not in pull["body"]
    assert read["say"] == (
        "12번 PR '알림 묶어 보내기'는 열려 있어요. 승인은 한 개 받았어요. 검사 한 개가 실패했어요."
    )


async def test_the_sides_of_a_pull_request(github: Github) -> None:
    files = await github.call("pr_read", **NOTIFY, number=12, method="files")
    assert [row["path"] for row in files["rows"]] == ["src/batch.ts", "src/push.ts"]
    assert "+export const BATCH_SECONDS = 30;" in files["rows"][0]["patch"]
    diff = await github.call("pr_read", **NOTIFY, number=12, method="diff")
    assert diff["diff"].startswith("diff --git a/src/batch.ts b/src/batch.ts")
    checks = await github.call("pr_read", **NOTIFY, number=12, method="checks")
    assert [(row["name"], row["conclusion"]) for row in checks["rows"]] == [
        ("unit-test", "failure"),
        ("lint", "success"),
    ]
    reviews = await github.call("pr_read", **NOTIFY, number=12, method="reviews")
    assert [row["state"] for row in reviews["rows"]] == ["APPROVED"]
    comments = await github.call("pr_read", **NOTIFY, number=12, method="comments")
    assert [row.get("path") for row in comments["rows"]] == [None, "src/batch.ts"]


async def test_comments_below_and_in_files_follow_each_other_over_pages(github: Github) -> None:
    first = await github.call(
        "pr_read", **NOTIFY, number=12, method="comments", max_chars=500, chars=1_000
    )
    rest = await github.call(
        "pr_read", **NOTIFY, number=12, method="comments", cursor=first["next_cursor"]
    )
    assert len(first["rows"]) == 1
    assert [row["path"] for row in rest["rows"]] == ["src/batch.ts"]


async def test_a_long_text_comes_in_parts_that_fit(github: Github) -> None:
    parts: list[str] = []
    offset: int | None = 0
    while offset is not None:
        read = await github.call("pr_read", **NOTIFY, number=12, offset=offset, chars=3_200)
        assert size(read) <= 3_200
        parts.append(read["pull"]["body"])
        offset = read["pull"].get("next_offset")
    assert len(parts) > 1
    assert "배포 담당자에게 알림" in parts[-1]


async def test_a_file_is_read_and_a_folder_listed(github: Github) -> None:
    read = await github.call("file_read", **ARION, path="src/login.py")
    assert read["text"].startswith("TOKEN_DAYS = 7")
    assert read["file"]["path"] == "src/login.py"
    assert read["say"] == "login.py 파일이에요. 7줄이에요."
    prose = await github.call("file_read", **ARION, path="README.md")
    assert prose["say"].startswith("README.md, 이렇게 시작해요. 아리온 말로 하는 개인 비서 실험.")
    root = await github.call("file_read", **ARION)
    assert {"name": "src", "type": "dir"} in root["entries"]
    other = await github.call("file_read", **NOTIFY, path="src/batch.ts", ref="batch")
    assert "BATCH_SECONDS = 30" in other["text"]


async def test_a_file_that_is_not_there_may_be_out_of_sight(github: Github) -> None:
    told = await github.call("file_read", **ARION, path="nowhere.md")
    assert told["error"]["kind"] == "not_found"
    assert "권한" in told["error"]["next_step"]


@pytest.mark.parametrize("path", ["../../user", "a/../../b", "src//x", "."])
async def test_a_path_that_leads_elsewhere_is_refused(github: Github, path: str) -> None:
    told = await github.call("file_read", **ARION, path=path)
    assert told["error"]["kind"] == "bad_input"
    assert github.sandbox.requests() == []


async def test_searching_issues_and_pull_requests(github: Github) -> None:
    mine = await github.call("search", kind="issues", query="is:open assignee:@me")
    assert [row["id"] for row in mine["items"]] == [
        "yeoulsoft/yeoul-notify#5",
        "haneul-kim/arion#2",
    ]
    asked = await github.call("search", kind="prs", query="is:open review-requested:@me")
    assert [(row["repo"], row["number"]) for row in asked["items"]] == [("yeoul-notify", 12)]
    assert asked["say"] == "PR을 한 개 찾았어요. 알림 묶어 보내기예요."
    sent = dict(github.sent("GET", "/search/issues")[-1]["query"])
    assert sent["q"] == "is:open review-requested:haneul-kim is:pr"


async def test_a_number_alone_is_looked_up_among_what_is_mine(github: Github) -> None:
    pull = await github.call("search", kind="prs", query="#12")
    assert [row["id"] for row in pull["items"]] == ["yeoulsoft/yeoul-notify#12"]
    both = await github.call("search", kind="issues", query="#4")
    assert {row["id"] for row in both["items"]} == {"haneul-kim/arion#4"}
    elsewhere = await github.call("search", kind="prs", query="#11")
    assert [row["id"] for row in elsewhere["items"]] == ["yeoulsoft/yeoul-notify#11"]
    none = await github.call("search", kind="issues", query="#99")
    assert none["items"] == []


async def test_searching_code_repositories_and_users(github: Github) -> None:
    code = await github.call("search", kind="code", query="TOKEN_DAYS repo:haneul-kim/arion")
    assert code["items"][0]["path"] == "src/login.py"
    assert "TOKEN_DAYS = 7" in code["items"][0]["fragments"]
    repos = await github.call("search", kind="repos", query="handbook", fields=["stars"])
    assert repos["items"] == [{"id": "opendocs/handbook", "stars": 5400}]
    users = await github.call("search", kind="users", query="김하늘")
    assert [row["id"] for row in users["items"]] == [ME]


async def test_a_search_that_github_refuses_names_the_field(github: Github) -> None:
    told = await github.client.call_tool(
        "github_search", {"kind": "issues", "query": "repo:no/where x"}, raise_on_error=False
    )
    assert told.structured_content["error"]["kind"] == "bad_input"
    assert "cannot be searched" in told.content[0].text


async def test_notifications_are_the_unread_ones(github: Github) -> None:
    found = await github.call("notifications_list")
    assert [row["reason"] for row in found["notifications"]] == [
        "subscribed",
        "review_requested",
        "author",
        "assign",
    ]
    assert found["notifications"][1]["number"] == 12
    everything = await github.call("notifications_list", all=True)
    assert len(everything["notifications"]) == 5
    here = await github.call("notifications_list", **ARION)
    assert here["notifications"] == []
    assert here["say"] == "읽지 않은 깃허브 알림이 없어요."


async def test_runs_and_the_end_of_the_log_that_tells_why(github: Github) -> None:
    runs = await github.call("actions_list_runs", **NOTIFY, status="failure")
    assert [row["branch"] for row in runs["runs"]] == ["batch"]
    log = await github.call("actions_job_logs", **NOTIFY, tail=8)
    assert (log["job"], log["failed_step"]) == ("unit-test", "npm test")
    assert log["log"].endswith("Process completed with exit code 1.")
    assert log["lines"] > 400
    assert log["shown_from"] == log["lines"] - 7
    assert log["say"].startswith("unit-test는 'npm test' 단계에서 실패했어요.")


async def test_a_log_is_fetched_from_its_signed_address_without_the_token(github: Github) -> None:
    log = await github.call("actions_job_logs", **NOTIFY, tail=3)
    assert "error" not in log  # the store refuses a request with an Authorization header
    assert len(github.sent("GET", f"/logs/{log['job_id']}")) == 1


async def test_a_repository_without_failures_says_so(github: Github) -> None:
    told = await github.call("actions_job_logs", **ARION)
    assert told["error"]["message"] == "arion 저장소에는 실패한 작업이 없어요."


async def test_commits_releases_and_branches(github: Github) -> None:
    commits = await github.call("list_commits", **NOTIFY, author="sumin-lee")
    assert [row["message"] for row in commits["commits"]] == ["조용한 시간 설정 (#7)"]
    releases = await github.call("list_releases", **NOTIFY)
    assert [row["tag"] for row in releases["releases"]] == ["v2.3.1", "v2.3.0"]
    assert releases["say"] == "yeoul-notify 저장소의 최근 릴리스는 2.3.1이에요."
    branches = await github.call("list_branches", **ARION)
    assert [row["name"] for row in branches["branches"]] == ["main", "mic-permission", "offline"]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("list_issues", {"owner": "..", "repo": "arion"}),
        ("list_issues", {"owner": ME, "repo": "yeoulsoft/arion"}),
        ("list_prs", {"owner": "a b", "repo": "arion"}),
        ("issue_read", {**ARION, "number": 0}),
        ("search", {"kind": "issues", "query": "가" * 2_000}),
        ("search", {"kind": "issues", "query": "x", "fields": ["nothing"]}),
        ("notifications_list", {"owner": ME}),
        ("notifications_mark_read", {"thread_id": "../../user"}),
        ("notifications_mark_read", {"thread_id": ".."}),
        ("actions_run", {**NOTIFY, "action": "dispatch", "workflow": "a/b.yml"}),
        ("issue_restore", {**ARION, "number": 2, "values": {"locked": True}}),
    ],
)
async def test_what_cannot_be_right_is_told_before_github_is_asked(
    github: Github, tool: str, arguments: dict[str, Any]
) -> None:
    told = await github.call(tool, **arguments)
    assert told["error"]["kind"] == "bad_input"
    assert github.sandbox.requests() == []
