from __future__ import annotations

from datetime import datetime

import pytest

from arion_host.agents.following.neighbours import beside, names_neighbour
from arion_kit.words import Language

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
KO: Language = "ko"
EN: Language = "en"


@pytest.mark.parametrize(
    ("said", "words", "becomes", "language"),
    [
        ("다음 주 수요일 일정 알려줘", "그 전날", "12월 1일 일정 알려줘", KO),
        ("내일 일정 뭐야", "이튿날", "11월 25일 일정 뭐야", KO),
        ("다음 주 일정", "그 다음 주", "12월 7일부터 12월 13일까지 일정", KO),
        ("12월 7일부터 12월 13일까지 일정", "그 다음 주", "12월 14일부터 12월 20일까지 일정", KO),
        ("다음 주 화요일 일정", "그 다음 주", "12월 8일 일정", KO),
        ("다음 달 일정", "그 다음 달", "2027년 1월 일정", KO),
        ("금요일 오후 세 시에 시간 돼?", "그 다음 날", "11월 28일 오후 세 시에 시간 돼?", KO),
        (
            "What's on next week?",
            "the week after that",
            "What's on from December 7 to December 13?",
            EN,
        ),
        ("What's on Tuesday?", "the day before", "What's on November 23?", EN),
        ("What's on this month?", "the month before", "What's on October 2026?", EN),
    ],
)
def test_the_time_beside_is_counted_from_the_one_that_was_said(
    said: str, words: str, becomes: str, language: Language
):
    assert names_neighbour(words, language)
    assert beside(said, words, language, NOW) == becomes


def test_without_one_time_there_is_none_beside_it():
    assert beside("일정 알려줘", "그 전날", KO, NOW) is None
    assert beside("매주 월요일 회의", "그 다음 날", KO, NOW) is None
    assert not names_neighbour("다음 주", KO)
