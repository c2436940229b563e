"""Price limits inside of what people look for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_shopping.wishes import Wish, read_wish, wants_order

WISHES = {
    "무선 이어폰 5만 원 이하": Wish("무선 이어폰", None, 50_000),
    "무선 이어폰 5만원 이하로": Wish("무선 이어폰", None, 50_000),
    "이어폰 5만 이하": Wish("이어폰", None, 50_000),
    "오만 원 이하 이어폰": Wish("이어폰", None, 50_000),
    "이어폰 50,000원 미만": Wish("이어폰", None, 50_000),
    "1만 5천원 이하 커피": Wish("커피", None, 15_000),
    "삼만오천원 이하 텀블러": Wish("텀블러", None, 35_000),
    "만 원 이하 간식": Wish("간식", None, 10_000),
    "3만원대 이어폰": Wish("이어폰", 30_000, 39_999),
    "10만 원대 키보드": Wish("키보드", 100_000, 199_999),
    "이어폰 3만 원에서 5만 원 사이": Wish("이어폰", 30_000, 50_000),
    "50만원 이상 노트북": Wish("노트북", 500_000, None),
    "5만원 넘는 마우스": Wish("마우스", 50_000, None),
    "wireless earbuds under 50,000 won": Wish("wireless earbuds", None, 50_000),
    "frying pan for less than 40,000 won": Wish("frying pan", None, 40_000),
    "earbuds Under 50k": Wish("earbuds", None, 50_000),
    "coffee between 10000 and 20000 won": Wish("coffee", 10_000, 20_000),
    "생수 500ml 20개": Wish("생수 500ml 20개"),
    "보조배터리 20000mAh": Wish("보조배터리 20000mAh"),
    "under armour shoes": Wish("under armour shoes"),
    "monitors over 30 inches": Wish("monitors over 30 inches"),
    "오만 샐러드": Wish("오만 샐러드"),
}


@pytest.mark.parametrize("query", WISHES)
def test_limits_are_taken_out_of_the_words(query: str) -> None:
    assert read_wish(query) == WISHES[query]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_words_can_be_read(query: str) -> None:
    wish = read_wish(query)
    assert len(wish.text) <= len(query) * 3


@settings(deadline=None)
@given(st.text("1234567890,. 만천백원이일", max_size=200))
def test_long_numbers_are_read_in_no_time(query: str) -> None:
    read_wish(query + " x")


@pytest.mark.parametrize(
    "query",
    ["우유 주문해 줘", "이거 결제하고 싶어", "구매 진행해줘", "order two pizzas", "Purchase milk"],
)
def test_orders_are_told_from_searches(query: str) -> None:
    assert wants_order(query)


@pytest.mark.parametrize(
    "query", ["주문 제작 케이크", "결제 단말기", "in order to cook", "구매평 좋은 의자"]
)
def test_searches_that_name_orders_are_searches(query: str) -> None:
    assert not wants_order(query)
