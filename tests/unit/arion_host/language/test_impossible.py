"""Dates and hours that no calendar has."""

from __future__ import annotations

import pytest

from arion_host.language.impossible import impossible_time
from arion_kit.words import Language


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        ("ko", "2월 30일에 회의 잡아줘", "2월 30일"),
        ("ko", "2027년 2월 29일 회의", "2027년 2월 29일"),
        ("ko", "13월 1일에 치과", "13월 1일"),
        ("ko", "내일 25시에 회의", "25시"),
        ("ko", "3시 75분에 알려줘", "3시 75분"),
        ("en", "a meeting on february 30 at 3", "february 30"),
        ("en", "the 31st of june", "31st of june"),
        ("en", "tomorrow at 25:00", "25:00"),
        ("en", "on 2026-02-30", "2026-02-30"),
    ],
)
def test_what_does_not_exist_is_named(language: Language, said: str, words: str) -> None:
    found = impossible_time(said, language)

    assert found is not None
    assert (found.words, found.flaw) == (words, "none")


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        ("ko", "내일 오후 3시 오전에 회의", "오후 3시 오전"),
        ("ko", "내일 3시부터 2시까지 회의", "3시부터 2시"),
        ("ko", "오후 3시부터 오후 2시까지", "오후 3시부터 오후 2시"),
        ("ko", "15시부터 14시까지", "15시부터 14시"),
        ("en", "tomorrow at 3 pm in the morning", "3 pm in the morning"),
        ("en", "from 3 pm to 2 pm", "from 3 pm to 2 pm"),
        ("en", "between 3:30 and 3", "between 3:30 and 3"),
    ],
)
def test_what_contradicts_itself_is_named(language: Language, said: str, words: str) -> None:
    found = impossible_time(said, language)

    assert found is not None
    assert (found.words, found.flaw) == (words, "clash")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ko", "2월 29일 회의"),
        ("ko", "24시에 만나"),
        ("ko", "25시간 뒤에"),
        ("ko", "오전 10시 오후 3시 회의"),
        ("ko", "9시부터 6시까지"),
        ("ko", "밤 10시부터 새벽 2시까지"),
        ("ko", "22시부터 2시까지"),
        ("ko", "오전 11시부터 오전 12시까지"),
        ("ko", "3시에서 2시로 옮겨줘"),
        ("en", "from 9 to 5"),
        ("en", "from 10 pm to 2 am"),
        ("en", "from 11 am to 12 pm"),
        ("en", "at 15 pm"),
        ("en", "move it from 3 to 2"),
        ("en", "close issue 12 may 5"),
        ("en", "12:30 pm"),
    ],
)
def test_what_people_mean_is_left_alone(language: Language, said: str) -> None:
    assert impossible_time(said, language) is None
