from __future__ import annotations

import pytest

from arion_host.agents.letters import Letters, jamo


def test_endings_of_a_verb_stay_alike() -> None:
    same, other = Letters(["회의 잡아줘", "메일 읽어줘"])("회의 잡아 주세요")
    assert same > 0.5 > other


def test_a_text_is_as_like_itself_as_can_be() -> None:
    scores = Letters(["내일 일정 알려줘", "any unread mail?"])("Any unread mail")
    assert scores == pytest.approx([0.0, 1.0])


def test_what_few_texts_have_weighs_more() -> None:
    texts = ["메일 보내줘", "메일 읽어줘", "메일 지워줘", "택시 불러줘"]
    scores = Letters(texts)("택시 메일")
    assert max(zip(scores, texts, strict=True))[1] == "택시 불러줘"


@pytest.mark.parametrize("said", ["", "?!", "ㅋ"])
def test_nothing_is_like_nothing(said: str) -> None:
    assert list(Letters(["일정 알려줘", ""])(said)) == [0.0, 0.0]


def test_syllables_are_taken_apart_and_marks_left_out() -> None:
    assert jamo("가, A!") == "\u1100\u1161a"
