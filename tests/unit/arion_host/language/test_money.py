"""Limits of prices in words, in both languages."""

from __future__ import annotations

import re

import pytest

from arion_host.language.money import PATTERNS, Price, price_in
from arion_kit.words import Language


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("오만 원 이하로", None, 50_000),
        ("이만 원 밑으로만", None, 20_000),
        ("5만원 미만짜리", None, 50_000),
        ("만 오천 원 안쪽", None, 15_000),
        ("50,000원까지", None, 50_000),
        ("십만 원 넘는", 100_000, None),
        ("3만 원 이상", 30_000, None),
        ("삼만 원에서 칠만 원 사이로", 30_000, 70_000),
        ("3~5만원", 30_000, 50_000),
        ("3만 원대", 30_000, 39_999),
    ],
)
def test_korean_price_limits_are_amounts_of_won(
    text: str, least: int | None, most: int | None
) -> None:
    assert price_in(text, "ko") == Price(least, most)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("under fifty thousand won", None, 50_000),
        ("under a hundred thousand won", None, 100_000),
        ("nothing over thirty thousand", None, 30_000),
        ("for less than 40,000 won", None, 40_000),
        ("50,000 won or less", None, 50_000),
        ("over 100k", 100_000, None),
        ("at least a hundred and twenty thousand won", 120_000, None),
        ("between forty and eighty thousand won", 40_000, 80_000),
        ("30,000 to 70,000 won", 30_000, 70_000),
    ],
)
def test_english_price_limits_are_amounts_of_won(
    text: str, least: int | None, most: int | None
) -> None:
    assert price_in(text, "en") == Price(least, most)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("오만 원", "ko"),
        ("세 시 이후", "ko"),
        ("두 개 이상", "ko"),
        ("under 50", "en"),
        ("twenty thousand milliamp", "en"),
        ("between three and five", "en"),
    ],
)
def test_what_limits_no_price_is_none(text: str, language: Language) -> None:
    assert price_in(text, language) is None


def test_a_limit_is_found_inside_of_an_utterance() -> None:
    found = re.search(PATTERNS["en"], "earbuds between forty and eighty thousand won please")

    assert found is not None
    assert found[0] == "between forty and eighty thousand won"
