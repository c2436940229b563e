"""Products and the list as people say them in passing: reasons, asides, half sentences."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import call

from arion_kit.words import Language

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("text", "language", "arguments"),
    [
        ("요새 에어프라이어 얼마 정도면 사?", "ko", {"query": "에어프라이어"}),
        ("전기장판 하나 사야 되는데 뭐가 괜찮아", "ko", {"query": "전기장판"}),
        ("쿠팡에 고양이 모래 파나", "ko", {"query": "고양이 모래"}),
        (
            "단백질 쉐이크 어디서 사는 게 제일 싸?",
            "ko",
            {"query": "단백질 쉐이크", "sort": "price"},
        ),
        (
            "아이폰 케이스 이만 원 넘지 않게 찾아줘",
            "ko",
            {"query": "아이폰 케이스", "max_price": 20_000},
        ),
        ("내일 도착하는 생수 있나", "ko", {"query": "생수", "rocket_only": True}),
        (
            "배송비 없이 살 수 있는 화장지 있어?",
            "ko",
            {"query": "화장지", "free_shipping": True},
        ),
        ("which rice cooker should I get", "en", {"query": "rice cooker"}),
        ("what would a wireless mouse set me back?", "en", {"query": "wireless mouse"}),
        ("who sells the cheapest cat litter", "en", {"query": "cat litter", "sort": "price"}),
        (
            "looking for hiking boots, ideally under 100,000 won",
            "en",
            {"query": "hiking boots", "max_price": 100_000},
        ),
        (
            "find bottled water that arrives tomorrow with rocket delivery",
            "en",
            {"query": "bottled water", "rocket_only": True},
        ),
    ],
)
def test_a_product_is_told_from_the_words_around_it(
    text: str, language: Language, arguments: dict[str, JsonValue]
) -> None:
    tool, given = call(text, language) or ("", {})
    assert tool == "shop_search"
    assert {name: it for name, it in given.items() if it is not None} == arguments


@pytest.mark.parametrize(
    ("text", "language", "arguments"),
    [
        ("우유 떨어졌네 적어놔줘", "ko", {"text": "우유"}),
        ("장 볼 때 두부 사야 된다고 적어줘", "ko", {"text": "두부"}),
        ("샴푸 다 써가니까 목록에 넣어둬", "ko", {"text": "샴푸"}),
        ("건전지 사는 거 까먹지 않게 장보기 목록에 넣어줘", "ko", {"text": "건전지"}),
        ("고양이 사료가 거의 다 떨어졌네 장보기 목록에 올려", "ko", {"text": "고양이 사료"}),
        ("냉장고에 계란 없더라 목록에 추가해", "ko", {"text": "계란"}),
        ("참치캔 세 개 장바구니에", "ko", {"text": "참치캔", "quantity": 3}),
        ("I'm running low on shampoo, add it to my shopping list", "en", {"text": "shampoo"}),
        ("don't let me forget the cheese, stick it on the list", "en", {"text": "cheese"}),
        ("oh we also need butter on the list", "en", {"text": "butter"}),
        ("jot garlic down for the next shop", "en", {"text": "garlic"}),
        ("put down two dozen eggs on the grocery list", "en", {"text": "two dozen eggs"}),
        ("we need more rice, add it to the shopping list please", "en", {"text": "rice"}),
    ],
)
def test_why_it_goes_on_the_list_is_not_written_on_it(
    text: str, language: Language, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == ("list_add", arguments)


@pytest.mark.parametrize(
    ("text", "language", "item"),
    [
        ("두부는 안 사도 돼 목록에서 빼", "ko", "두부"),
        ("계란 샀으니까 목록에서 지워", "ko", "계란"),
        ("아까 넣은 사과 빼줘", "ko", "사과"),
        ("장보기 목록에 있는 라면 빼줘", "ko", "라면"),
        ("장 다 봤어 목록 비워줘", "ko", "all"),
        ("I got the milk, take it off the list", "en", "milk"),
        ("never mind the lemons, take them off the grocery list", "en", "lemons"),
        ("I've bought the garlic already, cross it out", "en", "garlic"),
        ("I'm done shopping, clear the list", "en", "all"),
    ],
)
def test_what_was_bought_is_told_from_how_it_was_said(
    text: str, language: Language, item: str
) -> None:
    assert call(text, language) == ("list_remove", {"item": item})


@pytest.mark.parametrize(
    ("text", "language", "query"),
    [
        ("나 뭐 사기로 했더라", "ko", None),
        ("마트 왔는데 뭐 사면 돼", "ko", None),
        ("장보기 목록 보여줄 수 있나", "ko", None),
        ("장보기 리스트에 계란 넣었던가?", "ko", "계란"),
        ("쇼핑 목록에 샴푸 들어가 있나", "ko", "샴푸"),
        ("I'm at the store, what do I need", "en", None),
        ("what else do I need to buy", "en", None),
        ("did I already put cheese on the shopping list", "en", "cheese"),
    ],
)
def test_the_list_is_read(text: str, language: Language, query: str | None) -> None:
    assert call(text, language) == ("list_get", {"query": query} if query else {})


@pytest.mark.parametrize(
    ("text", "language", "tool"),
    [
        ("지금 싸게 파는 거 뭐 있어?", "ko", "shop_deals"),
        ("is anything discounted at the moment?", "en", "shop_deals"),
        ("에어팟이랑 버즈 중에 뭐가 더 싸", "ko", "shop_compare"),
        ("weigh up instant noodles against each other on price", "en", "shop_compare"),
    ],
)
def test_offers_are_weighed(text: str, language: Language, tool: str) -> None:
    assert (call(text, language) or ("",))[0] == tool


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("피자 주문해줘", "ko"),
        ("공기청정기 켜줘", "ko"),
        ("가습기 틀어", "ko"),
        ("내 계좌 잔액 얼마야", "ko"),
        ("쿠팡 주문 취소해줘", "ko"),
        ("김철수 지워줘", "ko"),
        ("turn on the humidifier", "en"),
        ("where are my headphones", "en"),
        ("cancel my coupang order", "en"),
        ("put the kettle on", "en"),
        ("send Hana the shopping list", "en"),
        ("find the email about the shoes", "en"),
    ],
)
def test_goods_alone_ask_for_nothing(text: str, language: Language) -> None:
    assert call(text, language) is None


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        (
            "고양이 사료 3만원에서 5만원 사이로 알아봐",
            "shop_search",
            {"query": "고양이 사료", "min_price": 30_000, "max_price": 50_000},
        ),
        (
            "칠만 원에서 십만 원 정도 하는 공기청정기 볼래",
            "shop_search",
            {"query": "공기청정기", "min_price": 70_000, "max_price": 100_000},
        ),
        (
            "우유 두 개랑 계란 한 판 장보기 목록에 넣어줘",
            "list_add",
            {"text": "우유 두 개랑 계란 한 판"},
        ),
        ("목록에 적어 둔 우유 취소", "list_remove", {"item": "우유"}),
    ],
)
def test_what_was_said_of_korean_goods_is_in_the_call(
    text: str, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, "ko") == (tool, arguments)


@pytest.mark.parametrize(
    "text",
    [
        "샴푸는 됐고 린스만 목록에 추가해",
        "세제 큰 걸로 하나 담아줘 장바구니에",
        "장보기에 샴푸 린스 치약 이렇게 세 개 넣어줘",
        "캠핑 의자 후기 좋은 걸로 추천해 줘",
        "배송 빠른 걸로 커피믹스 찾아줘",
        "이어폰 중에 노이즈캔슬링 되는 걸로 하나 추천해 주라",
        "텀블러 500ml짜리로 이만 원 안 넘는 거",
        "강아지 사료 6키로 이상으로 로켓배송만",
        "요즘 잘 나가는 가습기 뭐 있나 쿠팡에서",
        "키보드 조용한 거 사고 싶은데 뭐가 좋을까",
        "공기청정기 렌탈 되는 데 찾아줘",
        "가성비 보조배터리 하나 찾아봐 이만 밀리",
        "김포공항 주차비 얼마야",
        "화장지 삼십 롤 두 개 사면 얼마야",
        "장보기 목록에 아무것도 추가하지 말아줘",
        "엄마가 우유 사 오래",
    ],
)
def test_korean_words_that_are_no_goods_ask_for_none(text: str) -> None:
    assert call(text, "ko") is None
