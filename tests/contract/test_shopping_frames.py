"""Products and the shopping list, asked for in free order, up to the tool call."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import asked, call, misread

from arion_kit.words import Language

pytestmark = pytest.mark.thorough


def test_every_example_reaches_its_tool() -> None:
    assert misread("shopping") == {}


@pytest.mark.parametrize(
    ("text", "language", "tool", "arguments"),
    [
        (
            "키보드 삼만 원에서 칠만 원 사이로 봐줘",
            "ko",
            "shop_search",
            {"query": "키보드", "min_price": 30_000, "max_price": 70_000},
        ),
        (
            "Find wireless earbuds under fifty thousand won",
            "en",
            "shop_search",
            {"query": "wireless earbuds", "max_price": 50_000},
        ),
        (
            "로켓배송되는 가습기만 보여줘",
            "ko",
            "shop_search",
            {"query": "가습기", "rocket_only": True},
        ),
        (
            "a warm blanket with free shipping please",
            "en",
            "shop_search",
            {"query": "warm blanket", "free_shipping": True},
        ),
        (
            "what's the cheapest bottled water",
            "en",
            "shop_search",
            {"query": "bottled water", "sort": "price"},
        ),
        ("오늘 쿠팡 특가 뭐 떴어?", "ko", "shop_deals", {}),
        ("쇼핑 목록에 우유 두 개 넣어줘", "ko", "list_add", {"text": "우유", "quantity": 2}),
        (
            "I need three packs of wet wipes on the list",
            "en",
            "list_add",
            {"text": "wet wipes", "quantity": 3},
        ),
        ("take the eggs off the list", "en", "list_remove", {"item": "eggs"}),
        ("compare the two SB-300 earphones", "en", "shop_compare", {"query": "SB-300 earphones"}),
        ("살 거 목록 싹 비워줘", "ko", "list_remove", {"item": "all"}),
        ("살 거 뭐뭐 적어 놨지?", "ko", "list_get", {}),
    ],
)
def test_parts_in_any_order_make_the_call(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == (tool, arguments)


def test_what_to_add_is_asked_for() -> None:
    assert asked("장보기 목록에 하나 추가해줘", "ko") == "무엇을 추가할까요?"
    assert asked("add something to my shopping list", "en") == "What should I put on it?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how much is the gas bill this month", "en"),
        ("order two cartons of that milk and pay with my card", "en"),
        ("add oat milk, two cartons, to the shopping list", "en"),
        ("remove one carton of milk from the list", "en"),
        ("지훈이한테 오만 원만 송금해줘", "ko"),
        ("장보기 목록에 우유는 안 넣어도 돼", "ko"),
    ],
)
def test_what_is_no_product_and_no_list_is_left_alone(text: str, language: Language) -> None:
    assert call(text, language) is None
