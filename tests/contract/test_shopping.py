"""The shopping server against the sandbox over HTTP: finding, comparing, deals and links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.shopping_client import DISCLOSURE, Shopping, running_shopping

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    bytes_of,
    language_pack,
    listed,
)
from arion_shopping import SPEC

SNAPSHOT = Path(__file__).parent / "snapshots" / "shopping.json"
LIST_BYTES = 4_500


@pytest.fixture
async def shopping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Shopping]:
    async with running_shopping(monkeypatch, tmp_path) as running:
        yield running


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(shopping: Shopping) -> None:
    tools = await shopping.client.list_tools()
    assert_every_server_rules(tools)
    assert_snapshot(SNAPSHOT, listed(tools))
    assert bytes_of(listed(tools)) <= LIST_BYTES
    assert "cannot order or pay" in SPEC.instructions


async def test_the_language_pack_is_served_in_both_languages(shopping: Shopping) -> None:
    pack = await language_pack(shopping.client)
    assert_language_rules(pack)
    assert {intent.tool for intent in pack.intents} == {
        "shop_search", "shop_compare", "shop_deals", "shop_link", "shop_product",
        "list_add", "list_get", "list_remove",
    }  # fmt: skip


async def test_a_search_gives_prices_delivery_time_and_the_disclosure(shopping: Shopping) -> None:
    found = await shopping.call("shop_search", query="무선 이어폰")
    first = found["offers"][0]
    assert first["name"] == "소리온 무선 이어폰 SB-300, 화이트"
    assert (first["provider"], first["product_id"]) == ("coupang", "7100000131")
    assert type(first["price_krw"]) is int
    assert (first["shipping"], first["shipping_krw"]) == ("rocket", 0)
    assert first["total_krw"] == first["price_krw"] == 42_900
    assert first["url"].startswith("https://link.coupang.com/")
    assert first["fetched_at"].endswith("+09:00")
    assert found["disclosure"] == DISCLOSURE
    assert found["asked"] == {"query": "무선 이어폰", "found": 5}
    assert shopping.sandbox.violations() == []


async def test_small_rocket_orders_have_no_known_delivery_cost(shopping: Shopping) -> None:
    found = await shopping.call("shop_search", query="칫솔")
    [brush] = found["offers"]
    assert (brush["price_krw"], brush["shipping"]) == (7_900, "rocket")
    assert "total_krw" not in brush


async def test_limits_said_in_the_words_hold_as_those_given_do(shopping: Shopping) -> None:
    said = await shopping.call("shop_search", query="무선 이어폰 5만 원 이하")
    given = await shopping.call("shop_search", query="무선 이어폰", max_price=50_000)
    assert said["offers"] == given["offers"]
    assert all(offer["price_krw"] <= 50_000 for offer in said["offers"])
    assert said["asked"] == {"query": "무선 이어폰", "max_price": 50_000, "found": 5}
    assert shopping.searches() == ["무선 이어폰"]
    assert "5만 원 이하로 세 가지" in said["say"]


async def test_what_is_wanted_is_all_that_is_shown(shopping: Shopping) -> None:
    assert await shopping.names("생수", rocket_only=True, free_shipping=True) == [
        "동해수 해양심층수 생수, 2L, 12개"
    ]
    assert await shopping.names("무선 이어폰", min_price=100_000) == [
        "에어노트 노이즈캔슬링 무선 이어폰 AN2"
    ]
    cheap = await shopping.call("shop_search", query="생수", sort="price", limit=3)
    prices = [offer["price_krw"] for offer in cheap["offers"]]
    assert prices == sorted(prices)
    assert len(prices) == 3
    units = await shopping.call("shop_search", query="생수", sort="unit_price")
    assert units["offers"][0]["unit"] == "100ml"
    assert units["offers"][0]["unit_price_krw"] == 39.5


async def test_parameters_that_are_filled_in_with_nothing_are_left_out(shopping: Shopping) -> None:
    filled = await shopping.call(
        "shop_search", query="생수", min_price=0, max_price=0, rocket_only=False, providers=[""]
    )
    plain = await shopping.call("shop_search", query="생수")
    assert filled["offers"] == plain["offers"]
    deals = await shopping.call("shop_deals", category="")
    assert deals["say"].startswith("오늘 쿠팡 특가는")
    added = await shopping.call("list_add", text="우유", note="", link="", restore="")
    assert added["items"][0].keys() == {"id", "text", "quantity", "added_at"}
    assert (await shopping.call("list_get", query=""))["total"] == 1


async def test_nothing_cheap_enough_tells_what_there_is(shopping: Shopping) -> None:
    found = await shopping.call("shop_search", query="무선 이어폰", max_price=10_000)
    assert found["offers"] == []
    assert found["say"] == (
        "'무선 이어폰'은 만 원 이하로 찾지 못했어요. "
        "찾은 것 가운데 가장 싼 건 모아전자 블루투스 무선 이어폰 M10, 1만 8,900원이에요."
    )


async def test_nothing_found_is_no_failure(shopping: Shopping) -> None:
    found = await shopping.call("shop_search", "en", query="zeppelin")
    assert (found["offers"], found["asked"]["found"]) == ([], 0)
    assert found["say"] == "I couldn't find 'zeppelin' on Coupang."
    assert "disclosure" not in found


async def test_a_comparison_joins_the_same_product_and_counts_delivery(shopping: Shopping) -> None:
    told = await shopping.call("shop_compare", query="생수")
    products = told["products"]
    twelve = next(it for it in products if it["product_id"] == "7100000102")
    assert [other["product_id"] for other in twelve["others"]] == ["7100000106"]
    assert twelve["others"][0]["total_krw"] == 11_900
    assert (twelve["unit_price_krw"], twelve["unit"], twelve["best_unit"]) == (39.5, "100ml", True)
    least = [it.get("total_krw", it["price_krw"]) for it in products]
    assert least == sorted(least)
    assert told["disclosure"] == DISCLOSURE
    assert told["say"].endswith(
        "양으로 따지면 한라샘물 생수 무라벨 2리터 12개가 100밀리리터에 40원으로 가장 싸요."
    )


async def test_a_comparison_can_ask_for_words_and_a_number(shopping: Shopping) -> None:
    told = await shopping.call("shop_compare", query="이어폰", require_words=["sb300"], top_n=1)
    assert [it["name"] for it in told["products"]] == ["소리온 SB-300 무선 이어폰 화이트 정품"]
    assert "소리온" in told["products"][0]["others"][0]["name"]
    none = await shopping.call("shop_compare", query="이어폰", require_words=["유선"])
    assert none["products"] == []
    assert none["say"] == "'이어폰'을 비교할 만한 상품을 찾지 못했어요."


async def test_products_found_before_can_be_compared_by_their_ids(shopping: Shopping) -> None:
    await shopping.names("무선 이어폰")
    told = await shopping.call(
        "shop_compare", product_ids=["7100000133", "coupang:7100000134", "7100000133"]
    )
    assert [it["product_id"] for it in told["products"]] == ["7100000134", "7100000133"]
    assert shopping.searches() == ["무선 이어폰"]


async def test_a_product_is_shown_as_it_was_found(shopping: Shopping) -> None:
    await shopping.names("프라이팬")
    told = await shopping.call("shop_product", provider="coupang", product_id="7100000161")
    assert told["product"]["price_krw"] == 34_900
    assert told["product"]["history"]["median_krw"] == 34_900
    assert told["disclosure"] == DISCLOSURE
    assert told["say"] == (
        "단단 스테인리스 프라이팬 28센티미터는 쿠팡에서 3만 4,900원에 로켓배송이고 배송비는 없어요."
    )


async def test_a_product_that_was_never_found_is_told_with_what_to_do(shopping: Shopping) -> None:
    failed = await shopping.failure("shop_product", provider="coupang", product_id="1")
    assert failed["kind"] == "not_found"
    assert failed["next_step"] == "상품을 먼저 이름으로 찾아 주세요."


async def test_todays_deals_are_the_goldbox_and_count_as_no_search(shopping: Shopping) -> None:
    told = await shopping.call("shop_deals")
    assert [deal["name"] for deal in told["deals"]][:2] == [
        "집밥연구소 즉석밥, 210g, 24개",
        "산골농부 감귤, 5kg, 1개",
    ]
    assert told["say"].startswith("오늘 쿠팡 특가는 일곱 가지예요. 집밥연구소 즉석밥 210그램")
    assert told["disclosure"] == DISCLOSURE
    assert shopping.searches() == []
    await shopping.call("shop_deals")
    assert len(shopping.sandbox.requests()) == 1


async def test_a_category_is_understood_in_both_languages(shopping: Shopping) -> None:
    korean = await shopping.call("shop_deals", category="전자제품")
    english = await shopping.call("shop_deals", "en", category="electronics")
    assert korean["deals"] == english["deals"] != []
    assert korean["say"].startswith("쿠팡 가전디지털에서 잘 팔리는 건 ")
    assert shopping.sandbox.violations() == []


async def test_a_coupang_page_gets_a_partner_link_and_others_stay(shopping: Shopping) -> None:
    page = "https://www.coupang.com/vp/products/7100000131?itemId=7100000181"
    made = await shopping.call("shop_link", url=page)
    assert made["url"].startswith("https://link.coupang.com/a/")
    assert made["disclosure"] == DISCLOSURE
    assert "http" not in made["say"]
    again = await shopping.call("shop_link", url=page)
    assert again["url"] == made["url"]
    other = await shopping.call("shop_link", url="https://www.example.com/coupang.com")
    assert other["url"] == "https://www.example.com/coupang.com"
    assert "disclosure" not in other
    assert len(shopping.sandbox.requests()) == 1
    assert shopping.sandbox.violations() == []


async def test_asking_to_order_is_refused_with_what_can_be_done(shopping: Shopping) -> None:
    for query in ("우유 주문해 줘", "생수 결제하고 싶어", "order two pizzas"):
        failed = await shopping.failure("shop_search", query=query)
        assert failed["kind"] == "forbidden"
        assert "장보기 목록에 담아 드릴 수는" in failed["next_step"]
    assert shopping.sandbox.requests() == []


async def test_long_results_are_cut_to_the_room_there_is(shopping: Shopping) -> None:
    told = await shopping.call("shop_deals", category="식품", max_chars=2_000)
    assert 0 < len(told["deals"]) < 12


BAD_INPUT: list[tuple[str, dict[str, Any], str]] = [
    ("shop_search", {"query": ""}, "query: must not be empty"),
    ("shop_search", {"query": "!?"}, "query: names no product"),
    ("shop_search", {"query": "5만 원 이하"}, "query: names no product"),
    ("shop_search", {"query": "가" * 201}, "query: may have at most 200"),
    ("shop_search", {"query": "컵", "min_price": -1}, "min_price: must be between"),
    ("shop_search", {"query": "컵", "min_price": 9, "max_price": 8}, "max_price: is below"),
    ("shop_search", {"query": "컵", "limit": 11}, "limit"),
    ("shop_search", {"query": "컵", "limit": 0}, "limit: must be between 1 and 10"),
    ("shop_search", {"query": "컵", "sort": "newest"}, "sort"),
    ("shop_search", {"query": "컵", "providers": ["naver"]}, "providers: may be coupang, web"),
    ("shop_compare", {}, "query: give either query or product_ids"),
    ("shop_compare", {"query": "컵", "product_ids": ["1"]}, "query: give either"),
    ("shop_compare", {"query": "컵", "require_words": ["가" * 101]}, "require_words: may have at"),
    ("shop_compare", {"query": "", "product_ids": [""]}, "query: give either query or product_ids"),
    ("shop_compare", {"product_ids": ["mall:1"]}, "provider: may be coupang, web"),
    ("shop_product", {"provider": "naver", "product_id": "1"}, "provider: may be coupang, web"),
    ("shop_deals", {"category": "zoo"}, "category: may be one of 여성패션"),
    ("shop_link", {"url": "coupang.com/vp/products/1"}, "url: must be an address"),
    ("shop_link", {"url": "https://[::1"}, "url: must be an address"),
]


async def test_bad_input_names_the_parameter_and_asks_nobody(shopping: Shopping) -> None:
    for tool, arguments, named in BAD_INPUT:
        failed = await shopping.failure(tool, **arguments)
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert shopping.sandbox.requests() == []


@pytest.mark.parametrize("token", ["sandbox:wrong", "wrong:sandbox", "wrong"])
async def test_a_wrong_key_is_told_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str
) -> None:
    async with running_shopping(monkeypatch, tmp_path, ARION_SHOPPING_TOKEN=token) as shopping:
        result = await shopping.client.call_tool("shop_deals", {}, raise_on_error=False)
    failed = (result.structured_content or {})["error"]
    assert failed["kind"] == "not_signed_in"
    assert "ARION_SHOPPING_TOKEN" in failed["next_step"]
    assert "wrong" not in str(result.content)


async def test_without_keys_both_ways_to_get_some_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with running_shopping(monkeypatch, tmp_path, ARION_SHOPPING_TOKEN=None) as shopping:
        for tool, arguments in (
            ("shop_search", {"query": "컵"}),
            ("shop_compare", {"query": "컵"}),
            ("shop_search", {"query": "컵", "providers": ["coupang"]}),
        ):
            failed = await shopping.failure(tool, **arguments)
            assert failed["kind"] == "not_signed_in"
            assert "ARION_SHOPPING_TOKEN" in failed["next_step"]
            assert "ARION_SEARCH_TOKEN" in failed["next_step"]
        deals = await shopping.failure("shop_deals")
        assert deals["kind"] == "not_signed_in"
        assert "ARION_SHOPPING_TOKEN" in deals["next_step"]
        assert shopping.sandbox.requests() == []
