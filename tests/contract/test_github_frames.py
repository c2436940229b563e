"""What people say about their GitHub in any order of words."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from arion_github import SPEC
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@cache
def router() -> Router:
    signatures = {tool.name: read_signature(tool) for tool in SPEC.tools}
    reading = frozenset(tool.name for tool in SPEC.tools if tool.read_only)
    facts = {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in SPEC.tools}
    return Router({"github": load_pack(SPEC.language, signatures, reading)}, {"github": facts})


def understood(text: str) -> Match:
    language = "en" if text.isascii() else "ko"
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


@pytest.mark.parametrize(
    ("text", "tool", "said"),
    [
        ("노티파이 12번 피알 내용 좀 봐줘", "pr_read", {"repo": "노티파이", "number": "12"}),
        ("노티파이 12번 승인해 줘", "pr_review", {"repo": "노티파이", "number": "12"}),
        ("아리온 2번 이슈 읽어줄래", "issue_read", {"repo": "아리온", "number": "2"}),
        (
            "노티파이 8번 이슈에 내일 볼게요라고 댓글 달아줘",
            "comment",
            {"repo": "노티파이", "number": "8", "body": "내일 볼게요"},
        ),
        (
            "노티파이 11번 PR 리뷰어에 수민 씨 넣어줘",
            "pr_reviewers",
            {"repo": "노티파이", "number": "11", "member": "수민"},
        ),
        (
            "comment on arion issue 2 saying I'll fix it today",
            "comment",
            {"repo": "arion", "number": "2", "body": "I'll fix it today"},
        ),
        (
            "노티파이 5번 이슈에 저도 재현됩니다라고 남겨줘",
            "comment",
            {"repo": "노티파이", "number": "5", "body": "저도 재현됩니다"},
        ),
        (
            "노티파이 8번 이슈에 bug 라벨 달아줘",
            "issue_update",
            {"repo": "노티파이", "number": "8", "label": "bug"},
        ),
        (
            "comment on number four in arion that it's next",
            "comment",
            {"repo": "arion", "number": "four", "body": "it's next"},
        ),
        (
            "file a bug on yeoul-notify: push sound plays twice",
            "issue_create",
            {"repo": "yeoul-notify", "bare_title": "push sound plays twice"},
        ),
        (
            "request changes on yeoul-notify PR nine because there's no delay",
            "pr_review",
            {"repo": "yeoul-notify", "number": "nine", "body": "there's no delay"},
        ),
        ("please get arion PR 7 merged", "pr_merge", {"repo": "arion", "number": "7"}),
        (
            "delete the undici-7 branch in yeoul-notify",
            "branch_delete",
            {"repo": "yeoul-notify", "branch": "undici-7"},
        ),
    ],
)
def test_the_parts_of_a_request_may_come_in_any_order(
    text: str, tool: str, said: dict[str, str]
) -> None:
    match = understood(text)
    assert match.tool == f"github_{tool}"
    assert {name: value.text for name, value in match.slots.items()} == said
    assert match.missing == ()


@pytest.mark.parametrize(
    ("text", "tool", "missing"),
    [
        ("노티파이 이슈 닫아줘", "issue_update", "number"),
        ("깃허브에 이슈 하나 만들어줘", "issue_create", "repo"),
        ("피알 머지 좀 해줘", "pr_merge", "that_pull"),
        ("노티파이 12번 PR에 댓글 달아줘", "comment", "body"),
        ("close the issue in arion", "issue_update", "number"),
        ("delete a branch in yeoul-notify", "branch_delete", "branch"),
        ("comment on arion issue two", "comment", "body"),
        ("open a new issue", "issue_create", "repo"),
        ("승인해줘", "pr_review", "that_pull"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, tool: str, missing: str) -> None:
    match = understood(text)
    assert (match.tool, match.missing[0]) == (f"github_{tool}", missing)
    assert match.asks[missing].endswith("?")


@pytest.mark.parametrize("text", ["PR 한번 봐줘", "이번 PR 머지해줘", "approve that one"])
def test_words_that_only_look_like_numbers_name_nothing(text: str) -> None:
    match = router().route(text, language="en" if text.isascii() else "ko", now=NOW)
    assert isinstance(match, NoMatch) or "number" not in match.slots


@pytest.mark.parametrize(
    "text",
    [
        "give me a rundown of December 4th",
        "open the door",
        "look up Teheran-ro 152",
        "set up a design sync at 4 and invite Sumin",
        "두 번째 거 읽어줘",
    ],
)
def test_what_names_no_issue_and_no_pull_request_is_left_alone(text: str) -> None:
    language = "en" if text.isascii() else "ko"
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)


@pytest.mark.parametrize(
    ("text", "tool", "missing"),
    [
        ("Assign issue 5 to someone", "issue_update", {"member"}),
        ("Open a pull request", "pr_create", {"repo"}),
        ("Ask for a review on PR 10", "pr_reviewers", {"member"}),
        ("leave a note on issue five saying I'll look after lunch", "comment", {"repo"}),
        ("drop Seojun from the reviewers of PR 10", "pr_reviewers", {"repo"}),
    ],
)
def test_what_a_command_leaves_out_is_asked_for(text: str, tool: str, missing: set[str]) -> None:
    match = understood(text)

    assert match.tool == f"github_{tool}"
    assert set(match.missing) == missing


@pytest.mark.parametrize(
    "text",
    [
        "who reviewed number 12 and what did they say",
        "make issue 8 in yeoul-notify mine",
        "issue 5 in yeoul notify: what was the last comment",
        "any new mentions on GitHub since yesterday",
        "find pull requests that Jihoon made",
        'put a "good first issue" label on number 8 in yeoul-notify, would you',
        "ask Sumin and Seojun to review pull request 9",
        "you should not approve PR 13",
    ],
)
def test_words_that_fit_no_slot_are_not_put_into_one(text: str) -> None:
    assert isinstance(router().route(text, language="en", now=NOW), NoMatch)


@pytest.mark.parametrize(
    "text",
    [
        "12번 피알 머지해도 될까?",
        "offline 브랜치 지워줄래? 아 아니다 그냥 둬",
        "어제 실패한 빌드 다시 돌려줘",
    ],
)
def test_what_is_only_asked_or_taken_back_is_not_done(text: str) -> None:
    assert isinstance(router().route(text, language="ko", now=NOW), NoMatch)


def test_how_many_commits_are_wanted_is_not_lost() -> None:
    match = understood("노티파이 저장소 최근 커밋 세 개만")

    assert match.slots["count"].value == 3
