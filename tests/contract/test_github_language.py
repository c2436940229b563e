"""What people say about their GitHub, through the host's router, up to the tool call."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from arion_github import SPEC
from arion_host.agents.references import complete, reference_query
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, Resolved, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.words import Language, LanguagePack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
NOTIFY = {"full_name": "yeoulsoft/yeoul-notify", "owner": "yeoulsoft", "name": "yeoul-notify"}
PULL = {"id": "yeoulsoft/yeoul-notify#12", "owner": "yeoulsoft", "repo": "yeoul-notify"}
PULL |= {"number": 12, "title": "알림 묶어 보내기"}


@cache
def pack() -> LanguagePack:
    signatures = {tool.name: read_signature(tool) for tool in SPEC.tools}
    reading = frozenset(tool.name for tool in SPEC.tools if tool.read_only)
    return load_pack(SPEC.language, signatures, reading)


@cache
def router() -> Router:
    facts = {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in SPEC.tools}
    return Router({"github": pack()}, {"github": facts})


def understood(text: str, language: Language = "ko") -> Match:
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


def call(match: Match, slot: str, row: dict[str, Any]) -> tuple[str, dict[str, Any], str | None]:
    """The call when the reference turns out to be this row."""
    reference = match.references[slot]
    found = Resolved(row[reference.value], row[reference.label], row)
    done = complete(match, {slot: found})
    return done.tool.removeprefix("github_"), done.arguments, done.readback


def test_no_template_is_refused() -> None:
    assert router().refused == {}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_means_its_own_tool(language: Language) -> None:
    said = [(it.tool, text) for it in pack().intents for text in it.examples.get(language, ())]
    heard = [(understood(text, language).tool, text) for _, text in said]
    assert heard == said


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("PR 12번 상태 알려줘", "ko"),
        ("12번 PR 어때?", "ko"),
        ("피알 십이번 상태 알려줘", "ko"),
        ("What's the status of PR 12?", "en"),
    ],
)
def test_a_pull_request_is_found_by_its_number_alone(text: str, language: Language) -> None:
    match = understood(text, language)
    query = reference_query(match, "pull")
    assert (query.tool, query.arguments) == ("github_search", {"kind": "prs", "query": "#12"})
    tool, arguments, _ = call(match, "pull", PULL)
    assert tool == "pr_read"
    assert arguments == {"owner": "yeoulsoft", "repo": "yeoul-notify", "number": 12}


@pytest.mark.parametrize(
    ("text", "name", "tool", "arguments"),
    [
        (
            "여울 노티파이 저장소에 열린 이슈 뭐 있어?",
            "여울 노티파이",
            "list_issues",
            {"state": "open"},
        ),
        ("여울 노티파이 저장소 이슈 보여줘", "여울 노티파이", "list_issues", {}),
        ("여울 노티파이 저장소 PR 12번 어때?", "여울 노티파이", "pr_read", {"number": 12}),
        ("여울 노티파이 저장소 빌드 왜 실패했어?", "여울 노티파이", "actions_job_logs", {}),
        (
            "여울 노티파이 저장소에 결제가 안 된다고 이슈 만들어줘",
            "여울 노티파이",
            "issue_create",
            {"title": "결제가 안 된다"},
        ),
    ],
)
def test_a_repository_is_found_by_the_name_that_was_said(
    text: str, name: str, tool: str, arguments: dict[str, Any]
) -> None:
    match = understood(text)
    query = reference_query(match, "repo")
    assert (query.tool, query.arguments) == ("github_list_repos", {"query": name})
    done = call(match, "repo", NOTIFY)
    assert done[0] == tool
    assert done[1] == {"owner": "yeoulsoft", "repo": "yeoul-notify", **arguments}


def test_a_new_issue_without_a_repository_asks_for_one() -> None:
    match = understood("로그인 안 되는 문제로 이슈 만들어 줘")
    assert (match.tool, match.missing) == ("github_issue_create", ("repo",))
    assert match.asks["repo"] == "어느 저장소에 이슈를 만들까요?"


def test_merging_names_what_is_merged_first() -> None:
    _, _, readback = call(understood("PR 12번 병합해줘"), "pull", PULL)
    assert readback == "yeoul-notify 저장소의 12번 PR '알림 묶어 보내기', 병합할까요?"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("리뷰 요청 온 PR 있어?", {"kind": "prs", "query": "is:open review-requested:@me"}),
        ("나한테 할당된 이슈 있어?", {"kind": "issues", "query": "is:open assignee:@me"}),
        ("열린 이슈 뭐 있어?", {"kind": "issues", "query": "is:open involves:@me"}),
    ],
)
def test_what_is_mine_is_searched_for(text: str, query: dict[str, str]) -> None:
    done = complete(understood(text), {})
    assert (done.tool, done.arguments) == ("github_search", query)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 알려줘", "ko"),
        ("안 읽은 메일 있어?", "ko"),
        ("강남역 근처 카페 찾아줘", "ko"),
        ("이슈 6번 닫지 마", "ko"),
        ("PR 10번 병합하지 말아줘", "ko"),
        ("이 저장소 지워줘", "ko"),
        ("내일 3시에 회의 잡아줘", "ko"),
        ("don't merge PR 10", "en"),
        ("what's on my calendar", "en"),
        ("delete the arion repository", "en"),
    ],
)
def test_what_is_no_githubs_business_is_left_alone(text: str, language: Language) -> None:
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)
