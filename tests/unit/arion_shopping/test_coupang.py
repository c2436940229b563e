"""How Coupang is asked, and what its answers mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from arion_kit.words import ErrorKind
from arion_shopping.categories import category_name, category_of
from arion_shopping.coupang import translate
from arion_shopping.coupang_key import CoupangKey
from arion_shopping.providers import Blocked
from arion_shopping.shops import shop_of
from arion_shopping.web import read_price, read_shipping
from arion_shopping.wire import listed, products

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
URL = "https://api-gateway.coupang.com"


def signed(url: str, base_url: str = URL) -> str:
    key = CoupangKey(SecretStr("access:secret"), base_url, lambda: AT)
    request = httpx2.Request("GET", url)
    key.sign(request)
    return request.headers["Authorization"]


def test_a_request_is_signed_as_coupangs_guide_says() -> None:
    # Made with OpenSSL from "261123T010203ZGET/v2/x" + "keyword=%EB%AC%BC&limit=10".
    header = signed(f"{URL}/v2/x?keyword=%EB%AC%BC&limit=10")
    assert header.startswith(
        "CEA algorithm=HmacSHA256, access-key=access, signed-date=261123T010203Z, signature="
    )
    assert header.endswith("11cc44db65bc82438cd4c35ddcfecbd9003ce3d5fe15b709862dd47590a1b05b")


def test_a_stand_in_below_a_path_sees_the_vendors_own_path_signed() -> None:
    below = signed("http://127.0.0.1:1/coupang/v2/x?a=1", "http://127.0.0.1:1/coupang")
    assert below == signed(f"{URL}/v2/x?a=1")


def test_only_no_key_at_all_is_missing() -> None:
    assert CoupangKey(None, URL).missing() == "ARION_SHOPPING_TOKEN"
    assert CoupangKey(SecretStr("access"), URL).missing() is None


def test_both_halves_of_a_key_are_secret() -> None:
    assert CoupangKey(SecretStr("access:secret"), URL).secrets() == ("access", "secret")


REFUSALS: dict[str, tuple[int, dict[str, Any], ErrorKind]] = {
    "too often": (200, {"rCode": "403", "rMessage": "limit"}, ErrorKind.RATE_LIMITED),
    "bad input": (200, {"rCode": 400, "rMessage": "keyword"}, ErrorKind.BAD_INPUT),
    "no key": (200, {"rCode": "401"}, ErrorKind.NOT_SIGNED_IN),
    "unheard of": (200, {"rCode": "999"}, ErrorKind.UNAVAILABLE),
    "signature": (401, {"code": "ERROR", "message": "expired"}, ErrorKind.NOT_SIGNED_IN),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusals_have_a_kind(refusal: str) -> None:
    status, body, kind = REFUSALS[refusal]
    failure = translate(status, body, {})
    assert failure is not None
    assert failure.kind is kind
    assert isinstance(failure, Blocked) is (kind is ErrorKind.RATE_LIMITED)


@pytest.mark.parametrize(("status", "body"), [(200, {"rCode": "0"}), (503, None), (429, {"x": 1})])
def test_what_is_no_refusal_of_its_own_is_judged_by_status(status: int, body: Any) -> None:
    assert translate(status, body, {}) is None


def test_odd_products_are_left_out_and_numbers_may_be_text() -> None:
    good = {
        "productId": 1,
        "productName": " 컵 ",
        "productPrice": "12,900",
        "productUrl": "https://x",
        "isRocket": True,
        "unknown": [],
    }
    rows = [good, {**good, "productPrice": 12_900.0}, {**good, "productPrice": 0}, {}, "x", None]
    found = list(products(rows))
    assert [(it.id, it.name, it.price) for it in found] == [("1", "컵", 12_900)] * 2


def test_the_list_of_an_answer_is_found_wherever_it_is() -> None:
    assert listed({"rCode": "0", "data": [1]}) == {"data": [1]}
    assert listed({"rCode": "0", "data": {"productData": [1]}}) == {"data": [1]}
    assert listed({"rCode": "0"}) == {"data": []}
    assert listed(["x"]) == {"data": None}


def test_categories_are_known_by_the_words_people_use() -> None:
    assert [category_of(it) for it in ("전자제품", "Electronics", "1016", "동물원")] == [
        "1016", "1016", "1016", None,
    ]  # fmt: skip
    assert category_name("반려동물") == "반려동물용품"


def test_shops_are_known_by_their_hosts_only() -> None:
    assert shop_of("m.11st.co.kr") == "11번가"
    assert shop_of("coupang.com") == "쿠팡"
    assert shop_of("coupang.com.example.org") is None
    assert shop_of("blog.naver.com") is None


PRICES = {
    "판매가 89,000원, 무료배송": 89_000,
    "카드 할인 5,000원 최종가 84,000원": 84_000,
    "3만 원 이상 무료배송, 판매가 54,000원": 54_000,
    "1만 2,900원에 팔아요": 12_900,
    "배송비 3,000원": None,
    "100g당 2,500원": 2_500,
    "2024년 출시": None,
}


@pytest.mark.parametrize("text", PRICES)
def test_the_price_in_a_summary_is_read(text: str) -> None:
    assert read_price(text) == PRICES[text]


def test_delivery_in_a_summary_is_read() -> None:
    assert read_shipping("9,900원, 무료배송.") == ("free", 0)
    assert read_shipping("86,900원, 배송비 3,000원.") == ("paid", 3_000)
    assert read_shipping("3만 원 이상 무료배송") == ("unknown", None)
