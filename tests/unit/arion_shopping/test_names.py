"""What is read out of product names: amounts, and which names are the same product."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_shopping.names import has_words, read_amount, same_product, take_apart

AMOUNTS = {
    "한라샘물 생수 무라벨, 2L, 6개": ("ml", 12_000),
    "삼다수 2L x 6": ("ml", 12_000),
    "삼다수 2리터x12병": ("ml", 24_000),
    "생수 500ml×40병": ("ml", 20_000),
    "생수 500ml 20개 2박스": ("ml", 20_000),
    "음료 1,000ml x 12 (총 12개)": ("ml", 12_000),
    "음료 1.5L 6개": ("ml", 9_000),
    "커피믹스, 12g, 100개": ("g", 1_200),
    "매콤라면 5개입, 120g, 8개": ("g", 4_800),
    "햅쌀, 10kg, 1개": ("g", 10_000),
    "100g당 2,500원 삼겹살 600g": ("g", 600),
    "물티슈 캡형, 100매, 10개": ("sheet", 1_000),
    "휴지 30매 10팩 총 300매": ("sheet", 300),
    "화장지 30m 30롤 2팩": ("piece", 60),
    "비타민C 1000mg, 120정, 1개": ("piece", 120),
    "계란, 30구, 1개": ("piece", 30),
    "KF94 마스크 대형, 100개": ("piece", 100),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_the_amount_of_a_name_is_read(name: str) -> None:
    amount = read_amount(name)
    assert amount is not None
    assert (amount.unit, amount.total) == AMOUNTS[name]


@pytest.mark.parametrize(
    "name", ["무선 이어폰 SB-300", "갤럭시 max 2", "칫솔 1개", "모니터 1920x1080", "3 프로", ""]
)
def test_a_name_without_an_amount_has_none(name: str) -> None:
    assert read_amount(name) is None


def test_a_size_without_a_count_is_no_amount_to_compare_by() -> None:
    tumbler, water = read_amount("텀블러 500ml"), read_amount("생수 500ml, 1개")
    assert tumbler is not None
    assert water is not None
    assert (tumbler.counted, water.counted) == (False, True)


def test_unit_prices_are_of_a_usual_amount() -> None:
    water, eggs = read_amount("생수 2L, 6개"), read_amount("계란 30구")
    assert water is not None
    assert eggs is not None
    assert water.price_per(5_180) == (43.2, "100ml")
    assert eggs.price_per(9_000) == (300.0, "1")


SAME = [
    ("한라샘물 생수 무라벨, 2L, 12개", "[무료배송] 한라샘물 생수 무라벨 2L 12개입"),
    ("소리온 무선 이어폰 SB-300, 화이트", "소리온 SB-300 무선 이어폰 화이트 정품"),
    ("맑은샘 생수 2L, 12개", "맑은샘 생수 2리터 x 12"),
    ("ECHO Wireless Earbuds WH-1000XM5", "echo wireless earbuds wh1000xm5"),
]
DIFFERENT = [
    ("한라샘물 생수 2L, 6개", "한라샘물 생수 2L, 12개"),
    ("소리온 무선 이어폰 SB-300", "소리온 무선 이어폰 SB-300 프로"),
    ("소리온 무선 이어폰 SB-300", "소리온 무선 이어폰 SB-400"),
    ("갤럭시 버즈 3", "갤럭시 버즈 2"),
    ("갤럭시 버즈3", "갤럭시 버즈3 프로"),
    ("푸른목장 우유 900ml 2개", "초록목장 우유 900ml 2개"),
    ("텀블러 블랙", "텀블러 화이트"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_the_same_product_are_one(one: str, other: str) -> None:
    assert same_product(take_apart(one), take_apart(other))
    assert same_product(take_apart(other), take_apart(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_products_stay_apart(one: str, other: str) -> None:
    assert not same_product(take_apart(one), take_apart(other))


def test_words_are_found_whatever_the_spaces_and_marks() -> None:
    assert has_words("소리온 SB-300 무선 이어폰", ("무선이어폰", "sb300"))
    assert not has_words("소리온 SB-300 무선 이어폰", ("유선",))
    assert has_words("무엇이든", ())


PARTS = ("한라샘물", "생수", "무라벨", "SB-300", "2L", "6개", "블랙", "프로", "3")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_name_can_be_taken_apart(name: str) -> None:
    apart = take_apart(name)
    assert same_product(apart, apart) or not (apart.words or apart.models)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_the_order_of_words_makes_no_difference(words: list[str]) -> None:
    forward, backward = take_apart(" , ".join(words)), take_apart(" , ".join(reversed(words)))
    assert forward.words == backward.words
    assert forward.models == backward.models
    assert forward.amount == backward.amount
