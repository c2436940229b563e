from __future__ import annotations

import pytest

from arion_host.agents.deixis import LAST, Pointing, may_point, named, read_pointing
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
    ("text", "whole"),
    [
        ("그거 지워줘", "그 메일 지워줘"),
        ("그걸 지워줘", "그 메일을 지워줘"),
        ("방금 거 지워줘", "그 메일 지워줘"),
        ("그게 언제 왔어", "그 메일이 언제 왔어"),
        ("첫 번째 거 읽어줘", "첫 번째 메일 읽어줘"),
        ("두 번째 읽어줘", "두 번째 메일 읽어줘"),
        ("세 번째 걸로 해줘", "세 번째 메일로 해줘"),
    ],
)
def test_the_noun_that_korean_leaves_out_is_put_back(text: str, whole: str):
    assert list(named(text, ["메일"], KO)) == [whole]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Read the first one", "Read the first email"),
        ("bin it", "bin that email"),
        ("Forward that to Seojun", "Forward that email to Seojun"),
        ("delete the second", "delete the second email"),
    ],
)
def test_the_noun_that_english_leaves_out_is_put_back(text: str, whole: str):
    assert list(named(text, ["email"], EN)) == [whole]


def test_a_thing_that_is_named_keeps_its_name():
    assert list(named("첫 번째 기사 읽어줘", ["메일"], KO)) == []
    assert list(named("read that message to me", ["email"], EN)) == []


def test_what_points_at_nothing_costs_no_look():
    assert not may_point("내일 일정 알려줘", KO)
    assert not may_point("show my mail", EN)
