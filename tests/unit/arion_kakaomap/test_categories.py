from __future__ import annotations

import re

import pytest

from arion_kakaomap.categories import NAMES, category_of


@pytest.mark.parametrize(
    ("words", "code", "word"),
    [
        ("카페", "CE7", "카페"),
        ("커피숍", "CE7", "카페"),
        ("CE7", "CE7", "카페"),
        ("ce7", "CE7", "카페"),
        ("Cafes", "CE7", "카페"),
        ("coffee  shops", "CE7", "카페"),
        ("pharmacies", "PM9", "약국"),
        ("subway station", "SW8", "지하철역"),
        ("places to eat", "FD6", "음식점"),
        ("식당", "FD6", "음식점"),
        ("모텔", "AD5", "모텔"),
        ("charging stations", "OL7", "충전소"),
        ("daycare", "PS3", "어린이집"),
    ],
)
def test_a_word_in_either_language_names_its_category(words: str, code: str, word: str) -> None:
    found = category_of(words)
    assert found is not None
    assert (found.code, found.word) == (code, word)


@pytest.mark.parametrize(
    ("words", "whole"),
    [("카페", True), ("찻집", False), ("주유소", False), ("OL7", True), ("hotels", False)],
)
def test_a_word_for_a_part_of_a_group_is_known_as_such(words: str, whole: bool) -> None:
    found = category_of(words)
    assert found is not None
    assert found.whole is whole


@pytest.mark.parametrize("words", ["스타벅스", "맛집", "카페 물결", "", "s", "zoo"])
def test_other_words_name_none(words: str) -> None:
    assert category_of(words) is None


def test_all_eighteen_groups_can_be_named() -> None:
    codes = re.findall(r"\((\w{3})\)", NAMES)
    assert len(codes) == 18
    assert [found.code for code in codes if (found := category_of(code))] == codes
