"""Korean verbs in the forms in which people ask."""

from __future__ import annotations

import pytest

from arion_host.language.korean_verbs import Forms, infinitive, question, request


def whole(forms: Forms, said: str) -> bool:
    found = forms.match(said, 0)
    return found is not None and found.end() == len(said)


@pytest.mark.parametrize(
    ("stem", "form"),
    [
        ("옮기", "옮겨"), ("지우", "지워"), ("바꾸", "바꿔"), ("보내", "보내"), ("잡", "잡아"),
        ("넣", "넣어"), ("고르", "골라"), ("부르", "불러"), ("쓰", "써"), ("모으", "모아"),
        ("듣", "들어"), ("하", "해"), ("오", "와"), ("빼", "빼"), ("되", "돼"), ("따르", "따라"),
    ],
)  # fmt: skip
def test_a_stem_takes_the_form_before_a_request(stem: str, form: str) -> None:
    assert infinitive(stem) == form


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("옮기다", "옮겨줘"),
        ("옮기다", "옮겨 주실래요"),
        ("옮기다", "옮기자"),
        ("옮기다", "옮겨야 될 것 같은데"),
        ("옮기다", "옮길 수 있어"),
        ("옮기다", "옮기고 싶어"),
        ("옮기다", "옮겨 놔"),
        ("취소하다", "취소 좀 해 줘"),
        ("취소하다", "취소 부탁드려요"),
        ("취소하다", "취소"),
        ("별표 달다", "별표 좀 달아 줄래"),
        ("별표 달다", "별표를 달아"),
    ],
)
def test_one_verb_is_asked_for_in_many_ways(verb: str, said: str) -> None:
    assert whole(request(verb), said)


@pytest.mark.parametrize(
    "said", ["옮기지 마", "옮겼어", "옮긴", "옮겨서", "옮기는 중이야", "옮겨줬어"]
)
def test_what_asks_for_nothing_is_no_request(said: str) -> None:
    assert not whole(request("옮기다"), said)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("있다", "있어"), ("있다", "있나요"), ("있다", "있었지"), ("있다", "있는지 알려줘"),
        ("어떻다", "어때"), ("어떻다", "어땠어"), ("뭐이다", "뭐야"), ("뭐이다", "뭐였지"),
        ("몇 시이다", "몇 시였더라"), ("몇 시이다", "몇시인지 알려 주세요"),
    ],
)  # fmt: skip
def test_one_verb_is_asked_about_in_many_ways(verb: str, said: str) -> None:
    assert whole(question(verb), said)


@pytest.mark.parametrize("word", ["옮겨", "다", "move"])
def test_what_is_no_dictionary_form_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="dictionary form"):
        request(word)
