from __future__ import annotations

import pytest

from arion_kit.changes import Changes
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.failures import failure_for
from arion_kit.words import ErrorKind, Language


@pytest.mark.parametrize("kind", ErrorKind)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_has_a_sentence_and_a_next_step_in_both_languages(
    kind: ErrorKind, language: Language
):
    error = UpstreamFailure(kind, "HTTP 418.", service="Gmail", retry_after_s=3)
    failure = failure_for(error, language)
    assert failure.next_step
    for sentence in (failure.message, failure.next_step):
        assert sentence.endswith(".")
        assert "418" not in sentence
        assert any("가" <= letter <= "힣" for letter in sentence) is (language == "ko")
    assert (failure.kind, failure.retry_after_s) == (kind, 3)


def test_a_write_whose_fate_is_unknown_asks_to_look_first():
    error = UpstreamFailure(ErrorKind.TIMEOUT, "No answer in 10 s.", service="Gmail")
    read = failure_for(error, "ko")
    write = failure_for(error, "ko", Changes(asked=True, possible=True))
    assert (read.may_have_happened, read.next_step) == (False, "잠시 뒤에 다시 해 주세요.")
    assert write == read.model_copy(
        update={
            "may_have_happened": True,
            "next_step": "그래도 처리됐을 수 있으니 먼저 확인해 주세요.",
        }
    )


@pytest.mark.parametrize(
    ("kind", "changes", "open_"),
    [
        (ErrorKind.UNAVAILABLE, Changes(asked=True), False),
        (ErrorKind.NOT_FOUND, Changes(asked=True, possible=True), True),
        (ErrorKind.INTERNAL, Changes(), True),
        (ErrorKind.FORBIDDEN, Changes(), False),
    ],
)
def test_what_was_asked_of_the_vendor_decides_and_else_the_kind(
    kind: ErrorKind, changes: Changes, open_: bool
):
    failure = failure_for(ToolFailure(kind, "Broken."), "en", changes)
    assert failure.may_have_happened is open_


def test_a_vendors_own_next_step_replaces_the_kits():
    error = UpstreamFailure(
        ErrorKind.FORBIDDEN,
        "disabled",
        service="카카오맵",
        next_steps={"ko": "앱 설정에서 켜 주세요."},
    )
    assert failure_for(error, "ko").next_step == "앱 설정에서 켜 주세요."
    assert failure_for(error, "en").next_step == ("Please check the account's permissions.")


@pytest.mark.parametrize(
    "error",
    [
        BadInput("end", "must be after start"),
        ToolFailure(ErrorKind.NOT_FOUND, "그런 메모는 없어요.", next_step="이름을 확인해 주세요."),
        UpstreamFailure(ErrorKind.CONFLICT, "It exists already."),
    ],
)
def test_a_failure_with_its_own_words_is_told_word_for_word(error: ToolFailure):
    assert failure_for(error, "en") == error.failure


def test_nothing_of_an_unexpected_error_is_shown():
    failure = failure_for(RuntimeError("/home/me/secret.db is locked"), "en")
    assert failure.kind is ErrorKind.INTERNAL
    assert failure.message == "Something unexpected went wrong."
