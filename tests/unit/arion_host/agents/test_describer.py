from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from arion_host.agents import describer
from arion_host.agents.phrases import PHRASES
from arion_kit.words import ErrorKind, Failure


def test_what_was_not_understood_comes_with_examples() -> None:
    assert describer.not_understood(["내일 일정 알려줘", "지금 몇 시야?"], "ko") == (
        '이해하지 못했어요. 이렇게 말해 보세요: "내일 일정 알려줘", "지금 몇 시야".'
    )
    assert describer.not_understood(["Show my calendar"], "en") == (
        'I didn\'t understand that. You could say: "Show my calendar".'
    )


def test_without_examples_nothing_is_offered() -> None:
    assert describer.not_understood([], "ko") == "이해하지 못했어요."


def test_several_things_are_asked_about_by_place() -> None:
    assert describer.which_one("치과", ["치과 예약", "치과 검진"], "ko") == (
        "'치과'는 어느 것을 말씀하시는 거예요? 첫 번째는 치과 예약, 두 번째는 치과 검진이에요."
    )
    assert describer.which_one("dentist", ["Dentist", "Dentist bill"], "en") == (
        'Which "dentist" do you mean? First, Dentist; second, Dentist bill.'
    )


def test_things_of_one_name_are_asked_about_by_date() -> None:
    assert describer.which_one("회의", ["주간 회의"] * 3, "ko") == (
        "이름이 '주간 회의'인 것이 3개 있어요. 날짜와 함께 다시 말해 주세요."
    )
    assert describer.which_one("sync", ["Team sync"] * 2, "en").startswith(
        'There are 2 called "Team sync".'
    )


def test_no_more_than_five_things_are_read_out() -> None:
    asked = describer.which_one("회의", [f"회의 {n}" for n in range(1, 9)], "ko")
    assert "다섯 번째는 회의 5예요" in asked
    assert "회의 6" not in asked


def test_what_was_not_found_is_named() -> None:
    assert describer.nothing_found("회식", "ko").startswith("'회식'을 찾지 못했어요.")
    assert describer.nothing_found("lunch", "en").startswith('I couldn\'t find "lunch".')


def test_the_packs_question_is_asked_and_the_title_where_there_is_none() -> None:
    assert describer.needs_yes("삭제할까요?", "일정 삭제", "ko") == "삭제할까요?"
    assert describer.needs_yes(None, "일정 삭제", "ko") == "일정 삭제, 진행할까요?"
    assert describer.needs_yes(None, "Delete event", "en") == "Delete event: shall I go ahead?"


def test_a_servers_own_sentence_is_told_with_its_next_step() -> None:
    failure = Failure(
        kind=ErrorKind.FORBIDDEN, message="권한이 없어요.", next_step="설정을 확인해 주세요."
    )
    assert describer.failed(failure, "gmail", "ko") == "권한이 없어요. 설정을 확인해 주세요."


def test_a_sentence_in_the_other_language_is_replaced() -> None:
    failure = Failure(kind=ErrorKind.FORBIDDEN, message="No access.", next_step="Check.")
    assert describer.failed(failure, "gmail", "ko") == (
        "gmail에서 허용하지 않는 일이에요. 계정 권한을 확인해 주세요."
    )


def test_a_servers_sentence_without_next_step_is_told_too() -> None:
    failure = Failure(kind=ErrorKind.NOT_FOUND, message="그 일정은 없어요.")
    assert describer.failed(failure, "calendar", "ko") == "그 일정은 없어요."


def test_a_raw_error_is_never_read_out() -> None:
    failure = Failure(kind=ErrorKind.UNAVAILABLE, message="ConnectError: [Errno 111]")
    assert describer.failed(failure, "calendar", "en") == (
        "I can't reach calendar right now. Please try again in a moment."
    )


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_every_failure_has_a_sentence_in_both_languages(kind: ErrorKind) -> None:
    failure = Failure(kind=kind, message="")
    assert re.search("[가-힣]", describer.failed(failure, "calendar", "ko"))
    assert not re.search("[가-힣]", describer.failed(failure, "calendar", "en"))


def test_every_sentence_exists_in_both_languages() -> None:
    korean, english = PHRASES["ko"], PHRASES["en"]
    for field in fields(korean):
        for sentence in sentences(getattr(korean, field.name)):
            assert re.search("[가-힣]", sentence), field.name
        for sentence in sentences(getattr(english, field.name)):
            assert not re.search("[가-힣]", sentence), field.name


def sentences(value: str | tuple[str, ...] | dict[Any, str]) -> tuple[str, ...]:
    if isinstance(value, dict):
        return tuple(value.values())
    return (value,) if isinstance(value, str) else value


def test_the_plain_sentences_are_those_of_the_language() -> None:
    said = [
        describer.done("ko"),
        describer.cancelled("ko"),
        describer.nothing_to_confirm("ko"),
        describer.not_recorded("ko"),
        describer.internal("ko"),
        describer.no_such_tool("ko"),
        describer.refused("empty", "ko"),
        describer.refused("too_long", "ko"),
        describer.refused("unreadable", "ko"),
        describer.may_have_happened("gmail", "ko"),
    ]
    assert len(set(said)) == len(said)
    assert all(re.search("[가-힣]", sentence) for sentence in said)
