"""Words that name nothing by themselves, against names that look like them."""

from __future__ import annotations

import pytest

from arion_host.language.nameless import is_empty, is_nameless, is_no_message
from arion_kit.words import Language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("뒤로", "ko"),
        ("4번", "ko"),
        ("제일 싼", "ko"),
        ("가장 가까운 데", "ko"),
        ("그 중에 점심", "ko"),
        ("중에 점심", "ko"),
        ("유나가 못 온대", "ko"),
        ("누가 오는데", "ko"),
        ("씨", "ko"),
        ("나도", "ko"),
        ("이거 수민 씨도 보게", "ko"),
        ("그거보다", "ko"),
        ("어머니 거 빼고", "ko"),
        ("예약 시간이 언제래", "ko"),
        ("더 작은 병", "ko"),
        ("가는 비행기", "ko"),
        ("her", "en"),
        ("her next", "en"),
        ("the cheapest", "en"),
        ("which of them", "en"),
        ("meeting her next", "en"),
        ("that works", "en"),
        ("actually", "en"),
    ],
)
def test_words_that_only_lean_on_others_name_nothing(words: str, language: Language) -> None:
    assert is_nameless(words, language)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("더 글로리", "ko"),
        ("제일모직", "ko"),
        ("가장 높은 산", "ko"),
        ("안 쓰는 물건", "ko"),
        ("점심 약속", "ko"),
        ("Budapest", "en"),
        ("her birthday", "en"),
        ("the harvest", "en"),
    ],
)
def test_names_that_look_like_such_words_stay_names(words: str, language: Language) -> None:
    assert not is_nameless(words, language)


@pytest.mark.parametrize("words", ["the email", "a row", "someone", "drop", "PRs"])
def test_words_for_any_thing_name_none(words: str) -> None:
    assert is_empty(words, "en")


@pytest.mark.parametrize("words", ["in", "off", "in Notion", "something", "a row", "an entry"])
def test_a_word_left_over_is_no_message(words: str) -> None:
    assert is_no_message(words)


@pytest.mark.parametrize("words", ["on it", "ok", "fixed", "row the boat", "in the end we ship"])
def test_a_short_message_is_one(words: str) -> None:
    assert not is_no_message(words)
