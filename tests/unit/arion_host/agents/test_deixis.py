from __future__ import annotations

import pytest

from arion_host.agents.deixis import LAST, Pointing, leans, may_point, read_pointing
from arion_kit.words import Language

KO: Language = "ko"
EN: Language = "en"


@pytest.mark.parametrize(
    ("words", "language", "meant"),
    [
        ("그거", KO, Pointing()),
        ("그", KO, Pointing()),
        ("방금 그거", KO, Pointing()),
        ("그 메일", KO, Pointing(noun="메일")),
        ("첫 번째", KO, Pointing(1)),
        ("두 번째 거", KO, Pointing(2)),
        ("세번째 기사", KO, Pointing(3, "기사")),
        ("맨 마지막 거", KO, Pointing(LAST)),
        ("둘 다", KO, Pointing(every=True)),
        ("거기", KO, Pointing()),
        ("it", EN, Pointing()),
        ("that email", EN, Pointing(noun="email")),
        ("the second one", EN, Pointing(2)),
        ("last", EN, Pointing(LAST)),
        ("the 3rd issue", EN, Pointing(3, "issue")),
        ("both of them", EN, Pointing(every=True)),
    ],
)
def test_words_that_only_point_are_read(words: str, language: Language, meant: Pointing):
    assert read_pointing(words, language) == meant


@pytest.mark.parametrize(
    ("words", "language"),
    [("우유", KO), ("그룹 회의", KO), ("이수민", KO), ("첫 만남", KO), ("item", EN), ("Italy", EN)],
)
def test_names_do_not_point(words: str, language: Language):
    assert read_pointing(words, language) is None


@pytest.mark.parametrize(
    ("words", "language"),
    [("나머지 하나", KO), ("나머지", KO), ("the other one", EN), ("other", EN)],
)
def test_the_rest_is_what_nothing_was_done_with(words: str, language: Language):
    assert read_pointing(words, language) == Pointing(other=True)


@pytest.mark.parametrize(
    ("words", "language"),
    [("제일 싼 거", KO), ("the cheapest one", EN), ("best one", EN), ("the same one", EN)],
)
def test_what_a_quality_tells_apart_is_not_known(words: str, language: Language):
    assert read_pointing(words, language) == Pointing(unknown=True)


def test_what_points_at_nothing_costs_no_look():
    assert not may_point("내일 일정 알려줘", KO)
    assert not may_point("show my mail", EN)


@pytest.mark.parametrize(
    ("words", "language", "points"),
    [
        ("그날 날씨", "ko", True),
        ("두 번째 상품 후기", "ko", True),
        ("제일 오래된 거 읽어줘", "ko", True),
        ("거기 주차", "ko", True),
        ("reviews of that one", "en", True),
        ("제주도 날씨", "ko", False),
        ("두 번째 스무살", "ko", False),
        ("이사 때 준비물", "ko", False),
        ("the second world war", "en", False),
    ],
)
def test_words_to_look_for_lean_where_they_mean_what_was_shown(
    words: str, language: Language, points: bool
) -> None:
    assert leans(words, language) is points
