"""The GitHub server against the sandbox over HTTP: what it changes, and how it is undone."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from tests.servers.github import ARION, ME, NOTIFY, Github, running_github

from arion_github import SPEC
from arion_host.effects.inverse import inverse_call

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.thorough]

EFFECTS = {tool.name: tool.effect for tool in SPEC.tools}
ISSUES, NOTIFY_PATH = "/repos/haneul-kim/arion/issues", "/repos/yeoulsoft/yeoul-notify"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Github]:
    async with running_github() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def github(shared: Github) -> AsyncIterator[Github]:
    await shared.begin_anew()
    yield shared
    assert shared.sandbox.violations() == []


async def undone(github: Github, tool: str, arguments: dict[str, Any], result: dict[str, Any]):
    """Runs what the tool declares as its inverse."""
    inverse = inverse_call(EFFECTS[f"github_{tool}"], arguments, result)
    assert inverse is not None
    return await github.call(inverse.tool.removeprefix("github_"), **inverse.arguments)


async def test_an_issue_is_created(github: Github) -> None:
    fields = {"title": "로그인이 안 돼요", "body": "어제부터요.", "labels": ["bug"]}
    made = await github.call("issue_create", **ARION, **fields, assignees=[ME])
    kept = await github.kept(f"{ISSUES}/{made['issue']['number']}")
    assert (kept["title"], kept["body"]) == ("로그인이 안 돼요", "어제부터요.")
    assert [it["name"] for it in kept["labels"]] == ["bug"]
    assert [it["login"] for it in kept["assignees"]] == [ME]
    assert made["issue"]["already_existed"] is False
    assert made["say"] == "arion 저장소에 8번 이슈 '로그인이 안 돼요'를 만들었어요."


async def test_the_same_key_makes_one_issue(github: Github) -> None:
    first = await github.call("issue_create", **ARION, title="한 번만", key="k1")
    again = await github.call("issue_create", **ARION, title="한 번만", key="k1")
    other = await github.call("issue_create", **ARION, title="한 번만", key="k2")
    assert again["issue"]["number"] == first["issue"]["number"]
    assert again["issue"]["already_existed"] is True
    assert other["issue"]["number"] != first["issue"]["number"]
    shown = await github.call("issue_read", **ARION, number=first["issue"]["number"])
    assert shown["issue"]["body"] == ""  # the mark is not shown


async def test_creating_an_issue_is_undone_by_closing_it(github: Github) -> None:
    arguments = {**ARION, "title": "잘못 만든 이슈"}
    made = await github.call("issue_create", **arguments)
    await undone(github, "issue_create", arguments, made)
    kept = await github.kept(f"{ISSUES}/{made['issue']['number']}")
    assert (kept["state"], kept["state_reason"]) == ("closed", "not_planned")


async def test_an_issue_is_closed_and_that_is_undone(github: Github) -> None:
    arguments = {**ARION, "number": 6, "state": "closed", "state_reason": "completed"}
    changed = await github.call("issue_update", **arguments)
    assert changed["before"] == {"state": "open"}
    assert changed["say"] == "6번 '설정 화면에 볼륨 조절 추가'를 닫았어요."
    assert (await github.kept(f"{ISSUES}/6"))["state"] == "closed"
    await undone(github, "issue_update", arguments, changed)
    assert (await github.kept(f"{ISSUES}/6"))["state"] == "open"


async def test_undoing_puts_back_only_what_was_changed(github: Github) -> None:
    arguments = {**ARION, "number": 2, "title": "멈춤", "labels": ["enhancement"], "assignees": []}
    changed = await github.call("issue_update", **arguments)
    assert changed["before"] == {
        "title": "마이크 권한을 거부하면 화면이 멈춤",
        "labels": ["bug"],
        "assignees": [ME],
    }
    await github.call("issue_update", **ARION, number=2, body="그사이 고친 글")
    await undone(github, "issue_update", arguments, changed)
    kept = await github.kept(f"{ISSUES}/2")
    assert kept["title"] == "마이크 권한을 거부하면 화면이 멈춤"
    assert kept["body"] == "그사이 고친 글"


async def test_me_as_an_assignee_is_who_is_signed_in(github: Github):
    changed = await github.call("issue_update", **ARION, number=2, assignees=["@me"])
    kept = await github.call("issue_read", **ARION, number=changed["issue"]["number"])
    assert kept["issue"]["assignees"] == [ME]


async def test_a_text_too_long_to_hand_over_is_not_promised_to_come_back(github: Github) -> None:
    await github.call("issue_update", **ARION, number=6, body="가" * 5_000)
    arguments = {**ARION, "number": 6, "body": "짧게"}
    changed = await github.call("issue_update", **arguments, chars=6_000)
    assert "before" not in changed
    assert inverse_call(EFFECTS["github_issue_update"], arguments, changed) is None


async def test_a_value_that_is_there_already_is_not_sent_again(github: Github) -> None:
    changed = await github.call("issue_update", **ARION, number=6, state="open")
    assert changed["before"] == {}
    assert github.sent("PATCH") == []


async def test_a_comment_is_written_once_and_deleted_again(github: Github) -> None:
    arguments = {**ARION, "number": 2, "body": "확인했어요."}
    first = await github.call("comment", **arguments, key="k1")
    again = await github.call("comment", **arguments, key="k1")
    assert again["comment"] == first["comment"] | {"already_existed": True}
    bodies = [it["body"] for it in await github.kept(f"{ISSUES}/2/comments")]
    assert sum("확인했어요." in body for body in bodies) == 1
    gone = await undone(github, "comment", arguments, first)
    assert gone["already_deleted"] is False
    assert len(await github.kept(f"{ISSUES}/2/comments")) == 2
    gone = await undone(github, "comment", arguments, first)
    assert gone["already_deleted"] is True


async def test_without_a_key_the_text_is_sent_as_it_is(github: Github) -> None:
    await github.call("comment", **ARION, number=2, body="안녕하세요")
    assert (await github.kept(f"{ISSUES}/2/comments"))[-1]["body"] == "안녕하세요"


async def test_a_review_is_written_once(github: Github) -> None:
    for _ in range(2):
        said = await github.call("pr_review", **NOTIFY, number=12, event="APPROVE", key="k1")
        assert said["review"]["state"] == "APPROVED"
    reviews = await github.kept(f"{NOTIFY_PATH}/pulls/12/reviews")
    assert [(it["user"]["login"], it["state"]) for it in reviews] == [
        ("sumin-lee", "APPROVED"),
        (ME, "APPROVED"),
    ]


async def test_an_approval_is_taken_back_and_a_remark_is_not(github: Github) -> None:
    arguments = {**NOTIFY, "number": 12, "event": "APPROVE"}
    said = await github.call("pr_review", **arguments)
    for already in (False, True):
        gone = await undone(github, "pr_review", arguments, said)
        assert (gone["state"], gone["already_dismissed"]) == ("DISMISSED", already)
    read = await github.call("pr_read", **NOTIFY, number=12)
    assert read["pull"]["approved_by"] == ["sumin-lee"]
    remark = {**NOTIFY, "number": 12, "event": "COMMENT", "body": "나중에 볼게요"}
    said = await github.call("pr_review", **remark)
    assert inverse_call(EFFECTS["github_pr_review"], remark, said) is None


async def test_reviewers_are_asked_and_asked_no_more(github: Github) -> None:
    arguments = {**NOTIFY, "number": 10, "add": ["sumin-lee"], "remove": ["seojun-park", "nobody"]}
    changed = await github.call("pr_reviewers", **arguments)
    assert changed["reviewers"] == ["sumin-lee"]
    assert (changed["added"], changed["removed"]) == (["sumin-lee"], ["seojun-park"])
    assert changed["say"] == "10번 PR의 리뷰를 요청한 사람은 sumin-lee 님이에요."
    back = await undone(github, "pr_reviewers", arguments, changed)
    assert back["reviewers"] == ["seojun-park"]


async def test_only_collaborators_can_be_asked_for_a_review(github: Github) -> None:
    told = await github.call("pr_reviewers", **NOTIFY, number=10, add=["quick-helper-77"])
    assert told["error"]["kind"] == "bad_input"


async def test_one_cannot_approve_ones_own(github: Github) -> None:
    told = await github.client.call_tool(
        "github_pr_review", {**NOTIFY, "number": 10, "event": "APPROVE"}, raise_on_error=False
    )
    assert told.structured_content["error"]["kind"] == "bad_input"
    assert "Can not approve your own pull request" in told.content[0].text


async def test_asking_for_changes_needs_a_text(github: Github) -> None:
    told = await github.call("pr_review", **NOTIFY, number=12, event="REQUEST_CHANGES")
    assert told["error"]["kind"] == "bad_input"
    assert github.sandbox.requests() == []


async def test_merging_asks_first_and_then_merges(github: Github) -> None:
    asked = await github.call("pr_merge", **NOTIFY, number=10, merge_method="squash")
    assert asked["say"] == (
        "yeoul-notify 저장소의 10번 PR '조용한 시간 화면'을 main으로 커밋 하나로 합쳐서 병합할까요?"
    )
    assert asked["preview"]["merge_method"] == "squash and merge"
    assert (await github.kept(f"{NOTIFY_PATH}/pulls/10"))["merged"] is False
    token = asked["confirm_token"]
    done = await github.call(
        "pr_merge", **NOTIFY, number=10, merge_method="squash", confirm_token=token
    )
    assert done["merged"] is True
    kept = await github.kept(f"{NOTIFY_PATH}/pulls/10")
    assert (kept["merged"], kept["state"]) == (True, "closed")
    text = await github.kept(f"{NOTIFY_PATH}/contents/src/settings.ts")
    assert "quietLabel" in base64.b64decode(text["content"]).decode()
    again = await github.call("pr_merge", **NOTIFY, number=10)
    assert again["already_merged"] is True


async def test_merging_tells_what_speaks_against_it(github: Github) -> None:
    asked = await github.call("pr_merge", **NOTIFY, number=12)
    assert asked["say"].startswith(
        "실패한 검사가 한 개 있어요. 그래도 yeoul-notify 저장소의 12번 PR"
    )
    assert asked["preview"]["failed_checks"] == ["unit-test"]


@pytest.mark.parametrize(
    ("where", "number", "reason"),
    [
        (NOTIFY, 9, "충돌이 있어서 병합할 수 없어요."),
        (ARION, 5, "아직 초안이라 병합할 수 없어요."),
    ],
)
async def test_what_cannot_be_merged_is_not_asked_about(
    github: Github, where: dict[str, str], number: int, reason: str
) -> None:
    told = await github.call("pr_merge", **where, number=number)
    assert (told["error"]["kind"], told["error"]["message"]) == ("conflict", reason)


async def test_a_pull_request_that_grew_since_the_question_is_asked_about_anew(
    github: Github,
) -> None:
    token = (await github.call("pr_merge", **NOTIFY, number=10))["confirm_token"]
    await github.call(
        "file_write", **NOTIFY, path="evil.ts", content="x", message="m", branch="quiet-hours-ui"
    )
    again = await github.call("pr_merge", **NOTIFY, number=10, confirm_token=token)
    assert "confirm_token" in again
    assert (await github.kept(f"{NOTIFY_PATH}/pulls/10"))["merged"] is False


async def test_a_branch_a_file_and_a_pull_request_and_all_of_it_undone(github: Github) -> None:
    branch = {**ARION, "branch": "fix-login"}
    made = await github.call("branch_create", **branch)
    file = {**ARION, "path": "notes/로그인.md", "content": "고침\n", "message": "메모"}
    file |= {"branch": "fix-login"}
    saved = await github.call("file_write", **file)
    assert (saved["previous_sha"], saved["already_existed"]) == ("", False)
    opening = {**ARION, "title": "로그인 고치기", "head": "fix-login"}
    opened = await github.call("pr_create", **opening)
    pull = await github.kept(f"/repos/haneul-kim/arion/pulls/{opened['pull']['number']}")
    assert (pull["head"]["ref"], pull["base"]["ref"], pull["changed_files"]) == (
        "fix-login",
        "main",
        1,
    )
    await undone(github, "pr_create", opening, opened)
    pull = await github.kept(f"/repos/haneul-kim/arion/pulls/{opened['pull']['number']}")
    assert (pull["state"], pull["merged"]) == ("closed", False)
    await undone(github, "file_write", file, saved)
    gone = await github.kept("/repos/haneul-kim/arion/contents/notes/로그인.md?ref=fix-login")
    assert gone["status"] == "404"
    told = await undone(github, "branch_create", branch, made)
    assert told["error"]["kind"] == "conflict"  # it has commits of its own by now


async def test_the_same_two_branches_make_one_pull_request(github: Github) -> None:
    opening = {**ARION, "title": "또", "head": "mic-permission"}
    again = await github.call("pr_create", **opening)
    assert (again["pull"]["number"], again["pull"]["already_existed"]) == (7, True)
    assert inverse_call(EFFECTS["github_pr_create"], opening, again) is None


async def test_a_branch_is_made_once_and_removed_again(github: Github) -> None:
    arguments = {**ARION, "branch": "feature/소리"}
    made = await github.call("branch_create", **arguments)
    again = await github.call("branch_create", **arguments)
    assert (made["already_existed"], again["already_existed"]) == (False, True)
    assert inverse_call(EFFECTS["github_branch_create"], arguments, again) is None
    gone = await undone(github, "branch_create", arguments, made)
    assert gone["sha"] == made["sha"]
    names = [it["name"] for it in await github.kept("/repos/haneul-kim/arion/branches")]
    assert "feature/소리" not in names
    await undone(github, "branch_delete", {**ARION, "branch": "feature/소리"}, gone)
    names = [it["name"] for it in await github.kept("/repos/haneul-kim/arion/branches")]
    assert "feature/소리" in names


async def test_a_branch_at_another_commit_is_a_conflict(github: Github) -> None:
    told = await github.call("branch_create", **ARION, branch="offline")
    assert told["error"]["kind"] == "conflict"
    assert "이미 있어요" in told["error"]["next_step"]


@pytest.mark.parametrize("name", ["a b", "a..b", "-x", "x.lock", "a~1"])
async def test_what_no_branch_can_be_called_is_refused(github: Github, name: str) -> None:
    told = await github.call("branch_create", **ARION, branch=name)
    assert told["error"]["kind"] == "bad_input"


async def test_a_file_is_replaced_and_put_back(github: Github) -> None:
    read = await github.call("file_read", **ARION, path="README.md")
    arguments = {**ARION, "path": "README.md", "content": "# 새 글\n", "message": "고침"}
    arguments |= {"sha": read["file"]["sha"]}
    saved = await github.call("file_write", **arguments)
    assert saved["previous_sha"] == read["file"]["sha"]
    again = await github.call("file_write", **arguments)
    assert (again["already_existed"], again["previous_sha"]) == (True, read["file"]["sha"])
    await undone(github, "file_write", arguments, saved)
    assert (await github.call("file_read", **ARION, path="README.md"))["text"] == read["text"]


async def test_a_file_is_not_replaced_unseen_or_in_another_version(github: Github) -> None:
    arguments = {**ARION, "path": "README.md", "content": "x", "message": "m"}
    unseen = await github.call("file_write", **arguments)
    assert unseen["error"]["kind"] == "bad_input"
    stale = await github.call("file_write", **arguments, sha="0" * 40)
    assert stale["error"]["kind"] == "conflict"
    assert "다시 읽은 다음에" in stale["error"]["next_step"]
    assert github.sent("PUT") == []


async def test_one_notification_is_marked_as_read(github: Github) -> None:
    row = (await github.call("notifications_list"))["notifications"][1]
    first = await github.call("notifications_mark_read", thread_id=row["id"])
    again = await github.call("notifications_mark_read", thread_id=row["id"])
    assert (first["marked"], again["marked"]) == (1, 0)
    assert len(await github.kept("/notifications")) == 3


async def test_all_notifications_are_marked_as_read(github: Github) -> None:
    await github.call("notifications_mark_read", **ARION)
    assert len(await github.kept("/notifications")) == 4
    told = await github.call("notifications_mark_read")
    assert await github.kept("/notifications") == []
    assert told["say"] == "알림을 모두 읽음으로 표시했어요."


async def test_a_failed_run_is_run_again_after_asking(github: Github) -> None:
    [run] = (await github.call("actions_list_runs", **NOTIFY, status="failure"))["runs"]
    arguments = {**NOTIFY, "action": "rerun", "run_id": run["id"], "failed_only": True}
    asked = await github.call("actions_run", **arguments)
    assert (
        asked["say"] == "yeoul-notify 저장소의 알림 묶어 보내기 작업을 batch에서 다시 실행할까요?"
    )
    assert github.sent("POST") == []
    await github.call("actions_run", **arguments, confirm_token=asked["confirm_token"])
    assert len(github.sent("POST", "/rerun-failed-jobs")) == 1
    kept = await github.kept(f"{NOTIFY_PATH}/actions/runs/{run['id']}")
    assert (kept["status"], kept["run_attempt"]) == ("queued", 2)


async def test_a_running_run_is_cancelled_and_a_finished_one_is_not(github: Github) -> None:
    runs = (await github.call("actions_list_runs", **NOTIFY))["runs"]
    running, over = runs[0], runs[1]
    await github.agreed("actions_run", **NOTIFY, action="cancel", run_id=running["id"])
    kept = await github.kept(f"{NOTIFY_PATH}/actions/runs/{running['id']}")
    assert kept["conclusion"] == "cancelled"
    told = await github.call("actions_run", **NOTIFY, action="cancel", run_id=over["id"])
    assert told["error"]["message"] == "이미 끝난 작업이에요."


async def test_a_workflow_is_started_with_inputs(github: Github) -> None:
    arguments = {**NOTIFY, "action": "dispatch", "workflow": "deploy.yml"}
    done = await github.agreed("actions_run", **arguments, inputs={"target": "dev"})
    assert done["say"] == "Deploy 작업을 실행했어요."
    [sent] = github.sent("POST", "/dispatches")
    assert sent["body"] == {"ref": "main", "inputs": {"target": "dev"}}
    runs = await github.kept(f"{NOTIFY_PATH}/actions/runs")
    assert runs["workflow_runs"][0]["event"] == "workflow_dispatch"


async def test_a_workflow_that_is_not_there_is_not_asked_about(github: Github) -> None:
    arguments = {**NOTIFY, "action": "dispatch", "workflow": "nothing.yml"}
    assert (await github.call("actions_run", **arguments))["error"]["kind"] == "not_found"


async def test_without_an_id_the_run_is_the_one_that_is_meant(github: Github) -> None:
    again = await github.call("actions_run", **NOTIFY, action="rerun")
    assert again["preview"]["branch"] == "batch"
    stop = await github.call("actions_run", **NOTIFY, action="cancel")
    assert stop["preview"]["workflow"] == "Deploy"
    none = await github.call("actions_run", **ARION, action="cancel")
    assert none["error"]["message"] == "arion 저장소에는 실행 중인 작업이 없어요."


async def test_a_workflow_to_start_has_to_be_named(github: Github) -> None:
    told = await github.call("actions_run", **NOTIFY, action="dispatch")
    assert told["error"]["kind"] == "bad_input"


async def test_without_push_access_nothing_is_written(github: Github) -> None:
    arguments = {"owner": "opendocs", "repo": "handbook", "path": "a.md", "content": "x"}
    told = await github.call("file_write", **arguments, message="m")
    assert told["error"]["kind"] == "forbidden"
    assert "권한" in told["error"]["next_step"]
