"""The sentences, in both languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_github import say_en, say_ko
from arion_github.spoken import Item, PullSpoken, RunSpoken, ThreadSpoken, name_of, title_of


def pull(**changes: object) -> PullSpoken:
    values = {
        "item": Item(12, "알림 묶어 보내기"),
        "state": "open",
        "draft": False,
        "conflicts": False,
        "checks": (3, 0, 0),
        "approvals": 1,
        "changes_requested": 0,
    }
    return PullSpoken(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "korean", "english"),
    [
        (
            {},
            "열려 있어요. 승인은 한 개 받았어요. 검사는 모두 통과했어요.",
            "is open. It has one approval. All checks passed.",
        ),
        (
            {"checks": (2, 1, 0), "approvals": 0},
            "열려 있어요. 검사 한 개가 실패했어요.",
            "is open. One check failed.",
        ),
        (
            {"checks": (2, 0, 2), "changes_requested": 1},
            "열려 있어요. 수정을 요청한 리뷰가 있어요. 검사 두 개가 아직 돌고 있어요.",
            "is open. A review asks for changes. Two checks are still running.",
        ),
        ({"state": "merged"}, "이미 병합됐어요.", "is already merged."),
        ({"state": "closed"}, "병합되지 않고 닫혔어요.", "was closed without merging."),
        (
            {"draft": True, "checks": None, "approvals": 0},
            "아직 초안이에요.",
            "is still a draft.",
        ),
    ],
)
def test_how_a_pull_request_stands(changes: dict[str, object], korean: str, english: str) -> None:
    assert say_ko.pull(pull(**changes)) == f"12번 PR '알림 묶어 보내기'는 {korean}"
    assert say_en.pull(pull(**changes)) == f"Pull request 12, '알림 묶어 보내기', {english}"


def test_the_question_before_merging() -> None:
    assert say_ko.merge_question(pull(), "arion", "main", "merge") == (
        "arion 저장소의 12번 PR '알림 묶어 보내기'를 main으로 병합할까요?"
    )
    assert say_ko.merge_question(pull(), "arion", "main", "squash").endswith(
        "main으로 커밋 하나로 합쳐서 병합할까요?"
    )
    assert say_en.merge_question(pull(changes_requested=1), "arion", "main", "rebase") == (
        "A review asks for changes. Still merge pull request 12 of arion, "
        "'알림 묶어 보내기', into main by rebasing?"
    )


def test_the_question_before_a_workflow_runs() -> None:
    assert say_ko.run_question("dispatch", "배포", "arion", "main") == (
        "arion 저장소의 배포 작업을 main에서 실행할까요?"
    )
    assert say_en.run_question("rerun", "CI", "arion", "") == (
        "Shall I run the workflow CI of arion again?"
    )


def test_many_rows_are_counted_and_the_first_are_named() -> None:
    rows = [Item(n, f"문제 {n}") for n in range(1, 8)]
    told = say_ko.items("issues", "arion", "open", rows, more=True)
    assert told == (
        "arion 저장소에 열린 이슈가 7개 넘게 있어요."
        " 먼저 1번 '문제 1', 2번 '문제 2', 3번 '문제 3'이 있어요. 나머지는 화면에서 볼 수 있어요."
    )


def test_notifications_say_why_they_came() -> None:
    rows = [ThreadSpoken("arion", "마이크", "review_requested")]
    assert say_ko.notifications(rows, unread=True, more=False) == (
        "읽지 않은 깃허브 알림이 한 개 있어요. arion의 리뷰 요청 '마이크'예요."
    )
    assert say_en.notifications(rows, unread=True, more=False) == (
        "You have one unread notification on GitHub: a review request in arion, '마이크'."
    )


def test_the_latest_run_is_named_once() -> None:
    rows = [RunSpoken("Deploy", "Deploy", "running"), RunSpoken("CI", "x", "failure")]
    assert say_ko.runs("arion", rows, more=False) == (
        "arion에서 가장 최근에 돌린 Deploy는 아직 실행 중이에요."
        " 그 전에 실패한 실행도 한 개 있어요."
    )


def test_an_error_of_a_log_is_quoted() -> None:
    assert say_ko.log("unit-test", "npm test", "failure", "FAIL batch") == (
        "unit-test는 'npm test' 단계에서 실패했어요. 로그에는 'FAIL batch'라고 적혀 있어요."
    )


@given(st.text(), st.text())
def test_no_sentence_holds_an_address_or_markdown(title: str, name: str) -> None:
    rows = [Item(1, title_of(f"{title} https://x.example/y?z=1 `**굵게**` #5"))]
    for told in (
        say_ko.items("prs", name_of(name), "all", rows, more=False),
        say_en.items("prs", name_of(name), "all", rows, more=False),
    ):
        assert not re.search(r"https?://|[`*#]", told)
