"""What is said, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from arion_kit.words import Language
from arion_shopping.choosing import Wanted, cheapest_by_unit, grouped
from arion_shopping.offers import Offer, Shipping
from arion_shopping.prices import History
from arion_shopping.said import Listed, Shop
from arion_shopping.say import SPEAKERS
from arion_shopping.say_limits import say_limited, say_span
from arion_shopping.shopping_list import Change, Item
from arion_shopping.spoken import per_unit, product_name, won

WON = {
    900: "900원",
    4_980: "4,980원",
    10_000: "만 원",
    12_900: "1만 2,900원",
    50_000: "5만 원",
    159_000: "15만 9,000원",
    1_234_567: "123만 4,567원",
    100_000_000: "1억 원",
    112_340_000: "1억 1,234만 원",
    100_010_000: "1억 1만 원",
}


@pytest.mark.parametrize("amount", WON)
def test_prices_are_said_as_people_say_them(amount: int) -> None:
    assert won(amount, "ko") == WON[amount]
    assert won(amount, "en") == f"{amount:,} won"


def test_names_are_said_without_what_shops_write_around_them() -> None:
    assert product_name("[로켓배송] 샘물 생수, 2L x 6개", "ko") == "샘물 생수 2리터 6개"
    assert product_name("텀블러(블랙) 500ml", "ko") == "텀블러 500밀리리터"
    assert product_name("WH-1000XM5 헤드폰", "ko") == "WH-1000XM5 헤드폰"
    assert product_name("샘물 2L, 6개", "en") == "샘물 2L 6개"
    assert len(product_name("아주 " * 50, "ko")) <= 40


def test_unit_prices_are_said() -> None:
    assert per_unit(39.5, "100ml", "ko") == "100밀리리터에 40원"
    assert per_unit(1_234, "1 sheet", "en") == "1,234 won per sheet"


def test_times_are_rounded_up_to_what_people_say() -> None:
    spans = (timedelta(seconds=5), timedelta(minutes=50), timedelta(hours=30), timedelta(days=3))
    assert [say_span(span, "ko") for span in spans] == ["1분", "50분", "30시간", "3일"]
    assert [say_span(span, "en") for span in spans] == [
        "1 minute", "50 minutes", "30 hours", "3 days",
    ]  # fmt: skip
    assert say_limited("Coupang", timedelta(minutes=3), "en")[1] == (
        "You can search again in 3 minutes."
    )


def offer(
    name: str = "컵",
    price: int | None = 9_000,
    shipping: Shipping = "unknown",
    cost: int | None = None,
) -> Offer:
    return Offer(
        provider="coupang",
        product_id=name,
        name=name,
        price_krw=price,
        url="https://x",
        shipping=shipping,
        shipping_krw=cost,
    )


COUPANG: dict[Language, Shop] = {"ko": Shop("쿠팡", found=2), "en": Shop("Coupang", found=2)}
FOUND: dict[Language, str] = {
    "ko": "'컵'을 쿠팡에서 두 가지 찾았어요. 첫 번째는 유리컵, 9,000원에 무료배송이에요. "
    "가장 싼 건 종이컵, 3,000원에 로켓배송이에요.",
    "en": "I found two results for '컵' on Coupang. The first is 유리컵 at 9,000 won with free "
    "delivery. The cheapest is 종이컵 at 3,000 won with rocket delivery.",
}


@pytest.mark.parametrize("language", SPEAKERS)
def test_the_first_and_the_cheapest_are_said(language: Language) -> None:
    offers = [offer("유리컵", shipping="free", cost=0), offer("종이컵", 3_000, "rocket")]
    assert SPEAKERS[language].found("컵", offers, Wanted(), COUPANG[language]) == FOUND[language]


COMPARED: dict[Language, str] = {
    "ko": "두 가지 가운데 생수 2리터 6개가 배송비까지 6,000원으로 가장 싸요. "
    "양으로 따져도 100밀리리터에 50원으로 가장 싸요.",
    "en": "Of two products, 생수 2L 6개 is the cheapest, at 6,000 won with delivery. "
    "By amount it is the cheapest too, at 50 won per 100 ml.",
}


@pytest.mark.parametrize("language", SPEAKERS)
def test_the_cheapest_is_said_with_delivery_and_by_amount(language: Language) -> None:
    products = grouped([offer("생수 500ml 20개", 9_000), offer("생수 2L 6개", 6_000, "free", 0)])
    unit = cheapest_by_unit(products)
    told = SPEAKERS[language].compared("생수", products, COUPANG[language], unit)
    assert told == COMPARED[language]


def history(*, lowest: int, highest: int) -> History:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return History(lowest, moment, highest, moment, lowest, moment, times=3)


PRODUCT: dict[Language, tuple[str, str, str]] = {
    "ko": (
        "컵은 쿠팡에서 9,000원이에요. 지난 30일 동안 본 값 중에 가장 싸요.",
        "컵은 쿠팡에서 9,000원이에요. 지난 30일 동안 값이 그대로예요.",
        "컵은 쿠팡에서 9,000원이에요. 지난 30일 동안은 8,000원에서 만 원 사이였어요.",
    ),
    "en": (
        "컵 is 9,000 won on Coupang. That's the lowest I've seen in the last 30 days.",
        "컵 is 9,000 won on Coupang. It hasn't changed in the last 30 days.",
        "컵 is 9,000 won on Coupang. In the last 30 days it was between 8,000 and 10,000 won.",
    ),
}


@pytest.mark.parametrize("language", SPEAKERS)
def test_a_price_is_held_against_the_last_month(language: Language) -> None:
    seen = (
        history(lowest=9_000, highest=10_000),
        history(lowest=9_000, highest=9_000),
        history(lowest=8_000, highest=10_000),
    )
    speaker, shop = SPEAKERS[language], COUPANG[language]
    assert tuple(speaker.product(offer(), it, shop) for it in seen) == PRODUCT[language]


def items(*texts: str) -> list[Item]:
    return [Item(text, text, 1, None, None, "2026") for text in texts]


MANY = items(*"가나다라마바사아자")
LISTED: dict[Language, tuple[str, str]] = {
    "ko": (
        "장보기 목록에 아홉 가지가 있어요. 가, 나, 다, 라, 마, 바, 사, 그리고 두 가지가 더 있어요.",
        "장보기 목록에 우유가 있어요.",
    ),
    "en": (
        "There are nine things on your shopping list: 가, 나, 다, 라, 마, 바, 사, and two more.",
        "우유 is on your shopping list.",
    ),
}


@pytest.mark.parametrize("language", SPEAKERS)
def test_a_long_list_is_not_read_to_its_end(language: Language) -> None:
    speaker = SPEAKERS[language]
    told = (speaker.listed(MANY, Listed(9)), speaker.listed(items("우유"), Listed(1)))
    assert told == LISTED[language]


@pytest.mark.parametrize("language", SPEAKERS)
def test_nothing_said_has_addresses_or_marks(language: Language) -> None:
    odd = offer("<b>컵</b> **싸다** https://spam.example/?q=1")
    speaker, shop = SPEAKERS[language], COUPANG[language]
    told = [
        speaker.found("컵 https://spam.example", [odd, odd], Wanted(), shop),
        speaker.deals([odd], None, shop),
        speaker.product(odd, None, shop),
        speaker.added(Change("c", tuple(items("우유 https://spam.example")))),
    ]
    assert not any(mark in text for text in told for mark in ("http", "**", "<", ">"))
