"""Shops on the web for those without a key, and a further provider beside Coupang."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import Sandbox
from tests.shopping_client import DISCLOSURE, Shopping, shopping_at

from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language
from arion_shopping.malls import OPENERS
from arion_shopping.offers import Offer
from arion_shopping.providers import Provider, Terms
from arion_shopping.settings import ShoppingSettings

pytestmark = pytest.mark.thorough


@pytest.fixture
async def web_only(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Shopping]:
    settings = {
        "ARION_SHOPPING_TOKEN": None,
        "ARION_SEARCH_BASE_URL": f"{sandbox.url}/kakao",
        "ARION_SEARCH_TOKEN": "sandbox",
    }
    async with shopping_at(sandbox, monkeypatch, tmp_path, **settings) as shopping:
        yield shopping


async def test_without_a_key_shops_are_found_on_the_web_and_labelled_so(
    web_only: Shopping,
) -> None:
    found = await web_only.call("shop_search", query="무선 이어폰")
    first = found["offers"][0]
    assert (first["source"], first["price_verified"]) == ("web", False)
    assert (first["seller"], first["price_krw"]) == ("쿠팡", 89_000)
    assert first["name"] == "소리숲 무선 이어폰 노이즈캔슬링 SF-20, 화이트"
    assert {offer["source"] for offer in found["offers"]} == {"web"}
    assert "disclosure" not in found
    assert "글에 적힌 값은 8만 9,000원이에요" in found["say"]
    assert web_only.sandbox.violations() == []


async def test_only_pages_of_shops_are_offers(web_only: Shopping) -> None:
    found = await web_only.call("shop_search", query="이어폰")
    assert found["offers"] != []
    assert all(offer["seller"] for offer in found["offers"])


async def test_the_same_product_in_several_malls_is_joined(web_only: Shopping) -> None:
    told = await web_only.call("shop_compare", query="무선 이어폰", require_words=["SF-20"])
    malls = [
        [product["seller"], *(other["seller"] for other in product.get("others", []))]
        for product in told["products"]
    ]
    assert ["쿠팡", "G마켓"] in malls
    joined = told["products"][malls.index(["쿠팡", "G마켓"])]
    assert (joined["total_krw"], joined["others"][0]["total_krw"]) == (89_000, 89_900)
    assert told["say"].startswith("웹에 적힌 값으로는 두 가지 가운데 ")


async def test_a_web_page_can_be_shown_again_but_has_no_price_history(web_only: Shopping) -> None:
    found = await web_only.call("shop_search", query="가습기")
    page = found["offers"][0]
    shown = await web_only.call("shop_product", provider="web", product_id=page["product_id"])
    assert shown["product"] == page
    assert "history" not in shown["product"]


async def test_when_coupangs_searches_are_used_up_the_web_is_asked_instead(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = {
        "ARION_SHOPPING_SEARCHES_PER_HOUR": "1",
        "ARION_SEARCH_BASE_URL": f"{sandbox.url}/kakao",
        "ARION_SEARCH_TOKEN": "sandbox",
    }
    async with shopping_at(sandbox, monkeypatch, tmp_path, **settings) as shopping:
        assert (await shopping.call("shop_search", query="생수"))["disclosure"] == DISCLOSURE
        found = await shopping.call("shop_search", query="가습기")
        assert {offer["source"] for offer in found["offers"]} == {"web"}
        assert found["asked"]["not_asked"] == ["coupang: rate_limited"]
        named = await shopping.failure("shop_search", query="가습기", providers=["coupang"])
        assert named["kind"] == "rate_limited"


class Market:
    """A further provider, as small as one can be."""

    name = "market"
    title: Mapping[Language, str] = {"ko": "동네시장", "en": "Market"}
    scope = "market"
    terms = Terms(disclosure="동네시장 광고")

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failure: ToolFailure | None = None

    def missing(self) -> str | None:
        return None

    async def search(self, query: str) -> tuple[Offer, ...]:
        self.asked.append(query)
        if self.failure:
            raise self.failure
        return (self._water(),)

    async def product(self, product_id: str) -> Offer | None:
        return self._water() if product_id == "w1" else None

    async def deals(self, category: str | None) -> tuple[Offer, ...] | None:
        return None

    async def link(self, url: str) -> str | None:
        return f"{url}?from=arion" if url.startswith("https://market.example/") else None

    def _water(self) -> Offer:
        return Offer(
            provider=self.name,
            product_id="w1",
            name="한라샘물 생수 무라벨 2L x 12",
            price_krw=8_000,
            url="https://market.example/w1",
            shipping="paid",
            shipping_krw=3_000,
            seller="동네슈퍼",
        )


@asynccontextmanager
async def with_market(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> AsyncGenerator[tuple[Shopping, Market]]:
    market = Market()

    @asynccontextmanager
    async def open_market(_settings: ShoppingSettings) -> AsyncGenerator[Provider]:
        yield market

    openers = (*OPENERS, open_market)
    async with shopping_at(sandbox, monkeypatch, folder, openers=openers) as shopping:
        yield shopping, market


async def test_a_further_provider_is_asked_beside_coupang(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with with_market(sandbox, monkeypatch, tmp_path) as (shopping, market):
        found = await shopping.call("shop_search", query="생수")
        assert [offer["provider"] for offer in found["offers"]][:3] == [
            "coupang",
            "market",
            "coupang",
        ]
        assert found["disclosure"] == f"{DISCLOSURE} 동네시장 광고"
        told = await shopping.call("shop_compare", query="생수")
        joined = next(it for it in told["products"] if it["product_id"] == "7100000102")
        assert [other["seller"] for other in joined["others"] if "seller" in other] == ["동네슈퍼"]
        assert joined["others"][0]["total_krw"] == 11_000
        assert market.asked == ["생수"]
        alone = await shopping.call("shop_search", query="생수", providers=["market"])
        assert [offer["product_id"] for offer in alone["offers"]] == ["w1"]
        shown: dict[str, Any] = await shopping.call(
            "shop_product", provider="market", product_id="w1"
        )
        assert shown["product"]["total_krw"] == 11_000
        link = await shopping.call("shop_link", url="https://market.example/w1")
        assert link["url"].endswith("?from=arion")


async def test_a_provider_that_fails_does_not_hide_the_others(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with with_market(sandbox, monkeypatch, tmp_path) as (shopping, market):
        market.failure = ToolFailure(ErrorKind.UNAVAILABLE, "closed")
        found = await shopping.call("shop_search", query="생수")
        assert {offer["provider"] for offer in found["offers"]} == {"coupang"}
        assert found["asked"]["not_asked"] == ["market: unavailable"]
        failed = await shopping.failure("shop_search", query="생수", providers=["market"])
        assert failed["kind"] == "unavailable"
