"""Which offers are wanted, and which product is the cheapest."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from arion_shopping.choosing import Wanted, arranged, cheapest_by_unit, grouped, unit_price
from arion_shopping.offers import Offer


def offer(name: str, price: int | None, shipping_krw: int | None = None) -> Offer:
    return Offer(
        provider="p",
        product_id=f"{name} {price}",
        name=name,
        price_krw=price,
        url="https://x",
        shipping="unknown" if shipping_krw is None else "paid",
        shipping_krw=shipping_krw,
    )


def test_delivery_decides_which_is_the_cheapest() -> None:
    near, far = offer("컵 가", 9_000, 0), offer("컵 나", 8_000, 3_000)
    assert [product.best for product in grouped([far, near])] == [near, far]
    assert (near.total_krw, far.total_krw, offer("컵", 8_000).total_krw) == (9_000, 11_000, None)


def test_unit_prices_count_delivery_where_it_is_known() -> None:
    assert unit_price(offer("생수 2L 6개", 6_000)) == (50.0, "100ml")
    assert unit_price(offer("생수 2L 6개", 6_000, 3_000)) == (75.0, "100ml")
    assert unit_price(offer("텀블러 500ml", 9_000)) is None
    assert unit_price(offer("생수 2L 6개", None)) is None


def test_amounts_are_compared_within_the_unit_that_most_are_sold_by() -> None:
    big, small = offer("생수 2L 12개", 9_000), offer("생수 2L 6개", 6_000)
    odd = offer("생수 필터 2개", 1_000)
    products = grouped([small, odd, big])
    best = cheapest_by_unit(products)
    assert best is not None
    assert best.best is big
    assert cheapest_by_unit(grouped([small, odd])) is None


def test_what_has_no_price_fits_no_limit_and_comes_last() -> None:
    priced, unknown = offer("컵 가", 9_000), offer("컵 나", None)
    assert Wanted(max_price=10_000).fits(priced)
    assert not Wanted(max_price=10_000).fits(unknown)
    assert Wanted().fits(unknown)
    assert arranged([unknown, priced], "price") == [priced, unknown]


offers = st.lists(
    st.builds(
        offer,
        st.sampled_from(("생수 2L 6개", "생수 2L x 6", "우유 900ml", "컵", "컵 블랙")),
        st.none() | st.integers(1, 10_000),
        st.none() | st.integers(0, 3_000),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(offers)
def test_grouping_loses_nothing_and_puts_the_cheapest_first(rows: list[Offer]) -> None:
    products = grouped(rows)
    assert sorted(it.product_id for product in products for it in product.offers) == sorted(
        it.product_id for it in rows
    )
    least = [product.best.least_krw for product in products]
    assert least == sorted(least)
    assert all(
        product.best.least_krw <= it.least_krw for product in products for it in product.offers
    )
