"""What the tools return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from arion_kit.spec import Said
from arion_shopping.choosing import Product, unit_price
from arion_shopping.offers import Offer, Shipping, Stock
from arion_shopping.prices import History
from arion_shopping.shopping_list import Item


class OfferRow(BaseModel):
    """A product in a shop."""

    provider: str
    product_id: str
    source: str | None = None
    """`web` where it was found with a search engine; left out where the shop itself said it."""
    name: str
    price_krw: int | None = None
    price_verified: bool | None = None
    """False where the price is only what a page's summary says; left out otherwise."""
    shipping: Shipping
    shipping_krw: int | None = None
    total_krw: int | None = None
    unit_price_krw: float | None = None
    unit: str | None = None
    """What `unit_price_krw` buys: 100ml, 100g, 1."""
    seller: str | None = None
    category: str | None = None
    lowest_30d: bool | None = None
    """True where it has never been seen cheaper in thirty days, but dearer."""
    url: str
    fetched_at: str
    """RFC 3339: when the price was this."""
    stale: bool | None = None
    """True where it is older than it should be, since nobody could be asked now."""


class PriceHistory(BaseModel):
    """What was seen of a price in thirty days."""

    days: int = 30
    lowest_krw: int
    lowest_at: str
    highest_krw: int
    highest_at: str
    median_krw: int
    since: str
    times: int
    lowest_now: bool


class ProductRow(OfferRow):
    """A product, and what it used to cost."""

    history: PriceHistory | None = None


class Shown(Said):
    """What every result about offers has."""

    disclosure: str | None = None
    """To be shown beside the links."""


class Asked(BaseModel):
    """How the words were understood, and what came of it."""

    query: str
    min_price: int | None = None
    max_price: int | None = None
    found: int
    """Offers before limits."""
    not_asked: list[str] | None = None
    """Shops that could not be asked, and why."""


class OfferList(Shown):
    """Offers for some words."""

    asked: Asked
    offers: list[OfferRow]


class ComparedRow(OfferRow):
    """A product's cheapest offer, and the others."""

    best_unit: bool | None = None
    """True where an amount of it costs least."""
    others: list[OfferRow] | None = None


class Comparison(Shown):
    """Products, the cheapest first."""

    products: list[ComparedRow]


class ProductShown(Shown):
    """One product, with what it used to cost."""

    product: ProductRow


class DealList(Shown):
    """What is on sale, or sells best."""

    total: int
    deals: list[OfferRow]


class LinkMade(Said):
    """A link to share."""

    url: str
    disclosure: str | None = None


class ItemRow(BaseModel):
    """Something on the shopping list."""

    id: str
    text: str
    quantity: int
    note: str | None = None
    link: str | None = None
    added_at: str


class ItemList(Said):
    """The shopping list."""

    items: list[ItemRow]
    total: int
    next_cursor: str | None = None


class ListChange(Said):
    """What has been put on the list, or taken off it."""

    change_id: str
    """What takes it back."""
    items: list[ItemRow]


def offer_row(
    offer: Offer, stock: Stock, zone: ZoneInfo, history: History | None = None
) -> OfferRow:
    """The row of an offer in a stock."""
    return OfferRow.model_validate(_fields(offer, stock, zone, history))


def product_row(offer: Offer, stock: Stock, zone: ZoneInfo, history: History | None) -> ProductRow:
    """The row of an offer, with its history."""
    seen = None
    if history is not None and offer.price_krw is not None:
        seen = history_row(history, offer.price_krw, zone)
    return ProductRow.model_validate({**_fields(offer, stock, zone, history), "history": seen})


def compared_row(
    product: Product,
    stock_of: Callable[[Offer], Stock],
    zone: ZoneInfo,
    histories: Mapping[str, History],
    *,
    best_unit: bool,
) -> ComparedRow:
    """The row of a product, with what is known of each of its offers."""

    def fields(offer: Offer) -> dict[str, object]:
        return _fields(offer, stock_of(offer), zone, histories.get(offer.product_id))

    best, *rest = product.offers
    others = [OfferRow.model_validate(fields(offer)) for offer in rest]
    return ComparedRow.model_validate(
        {**fields(best), "best_unit": True if best_unit else None, "others": others or None}
    )


def history_row(history: History, price_krw: int, zone: ZoneInfo) -> PriceHistory:
    """The row of a history, for a product that costs this much now."""
    return PriceHistory(
        lowest_krw=history.lowest_krw,
        lowest_at=_at(history.lowest_at, zone),
        highest_krw=history.highest_krw,
        highest_at=_at(history.highest_at, zone),
        median_krw=history.median_krw,
        since=_at(history.since, zone),
        times=history.times,
        lowest_now=history.is_low(price_krw),
    )


def item_row(item: Item) -> ItemRow:
    """The row of an item."""
    return ItemRow(
        id=item.id,
        text=item.text,
        quantity=item.quantity,
        note=item.note,
        link=item.link,
        added_at=item.added_at,
    )


def _fields(
    offer: Offer, stock: Stock, zone: ZoneInfo, history: History | None
) -> dict[str, object]:
    per = unit_price(offer)
    low = history is not None and offer.price_krw is not None and history.is_low(offer.price_krw)
    return {
        "provider": offer.provider,
        "product_id": offer.product_id,
        "source": None if offer.verified else "web",
        "name": offer.name,
        "price_krw": offer.price_krw,
        "price_verified": None if offer.verified else False,
        "shipping": offer.shipping,
        "shipping_krw": offer.shipping_krw,
        "total_krw": offer.total_krw,
        "unit_price_krw": per[0] if per else None,
        "unit": per[1] if per else None,
        "seller": offer.seller,
        "category": offer.category,
        "lowest_30d": True if low else None,
        "url": offer.url,
        "fetched_at": _at(stock.fetched_at, zone),
        "stale": True if stock.stale else None,
    }


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
