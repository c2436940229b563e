"""The shopping tools: typed functions, and what is true of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field

from arion_kit.errors import BadInput, ToolFailure
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Account, Call, Tool, reads, writes
from arion_kit.words import Effect, EffectClass, ErrorKind
from arion_shopping.api import Asked, ShoppingApi
from arion_shopping.categories import category_name
from arion_shopping.choosing import Sort, Wanted, arranged, cheapest_by_unit, grouped
from arion_shopping.list_tools import LIST_TOOLS
from arion_shopping.models import Asked as Understood
from arion_shopping.models import (
    Comparison,
    DealList,
    LinkMade,
    OfferList,
    OfferRow,
    ProductShown,
    compared_row,
    offer_row,
    product_row,
)
from arion_shopping.offers import Offer, Stock
from arion_shopping.prices import History
from arion_shopping.providers import Provider
from arion_shopping.said import Shop
from arion_shopping.say import SPEAKERS
from arion_shopping.say_limits import say_span
from arion_shopping.wishes import Wish, read_wish, wants_order
from arion_shopping.words import a_number, any_text, few, some_text, web_address

_FRAME_CHARS = 700
"""Room for what a result has besides its rows."""

_MOST = 10
_COMPARED = 5

Query = Annotated[str, AfterValidator(partial(some_text, most=200))]
Id = Annotated[str, AfterValidator(partial(some_text, most=100))]
Few = Annotated[int, Field(le=_MOST), AfterValidator(partial(a_number, least=1, most=_MOST))]
AnyText = Annotated[str | None, AfterValidator(partial(any_text, most=200))]
Words = Annotated[tuple[str, ...], AfterValidator(few)]
Price = Annotated[int | None, AfterValidator(partial(a_number, least=0, most=1_000_000_000))]


async def shop_search(
    call: Call[ShoppingApi],
    query: Query,
    min_price: Price = None,
    max_price: Price = None,
    rocket_only: bool | None = None,
    free_shipping: bool | None = None,
    sort: Sort | None = None,
    limit: Few | None = None,
    providers: Annotated[Words | None, Field(description="coupang, web")] = None,
) -> OfferList:
    """Find products in Korean shops."""
    wish = _wish(call, query, min_price, max_price)
    wanted = Wanted(wish.min_price, wish.max_price, bool(rocket_only), bool(free_shipping))
    asked = await call.api.search(wish.text, providers or (), call.language)
    everything = asked.offers
    offers = arranged(filter(wanted.fits, everything), sort or "relevance")[: limit or _MOST]
    rows = await _rows(call, asked, offers)
    return OfferList(
        say=SPEAKERS[call.language].found(
            wish.text, offers, wanted, _shop(call, asked, everything)
        ),
        disclosure=_disclosure(asked),
        asked=Understood(
            query=wish.text,
            min_price=wish.min_price,
            max_price=wish.max_price,
            found=len(everything),
            not_asked=[f"{it.name}: {failure.kind}" for it, failure in asked.failed] or None,
        ),
        offers=rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)],
    )


async def shop_compare(
    call: Call[ShoppingApi],
    query: AnyText = None,
    product_ids: Words | None = None,
    top_n: Few | None = None,
    require_words: Words | None = None,
) -> Comparison:
    """Compare prices with delivery and per amount."""
    if (query is None) == (not product_ids):
        raise BadInput("query", "give either query or product_ids")
    if query is not None and not product_ids:
        wish = _wish(call, query, None, None)
        asked = await call.api.search(wish.text, (), call.language)
    else:
        wish = Wish(", ".join(product_ids or ()))
        asked = await _known(call, product_ids or ())
    wanted = Wanted(wish.min_price, wish.max_price, require_words=require_words or ())
    everything = asked.offers
    priced = [it for it in everything if it.price_krw is not None and wanted.fits(it)]
    products = grouped(priced)[: top_n or _COMPARED]
    histories = await _histories(call, [product.best for product in products])
    unit = cheapest_by_unit(products)
    rows = [
        compared_row(it, asked.stock_of, call.timezone, histories, best_unit=it is unit)
        for it in products
    ]
    return Comparison(
        say=SPEAKERS[call.language].compared(
            wish.text, products, _shop(call, asked, everything), unit
        ),
        disclosure=_disclosure(asked),
        products=rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)],
    )


async def shop_product(
    call: Call[ShoppingApi],
    provider: Id,
    product_id: Id,
) -> ProductShown:
    """A product and its price history."""
    known = await call.api.product(product_id, provider, call.language)
    if known is None:
        raise _not_seen(call)
    asked, stock = Asked((known,)), known[1]
    offer = stock.offers[0]
    history = (await _histories(call, [offer])).get(offer.product_id)
    return ProductShown(
        say=SPEAKERS[call.language].product(offer, history, _shop(call, asked, [offer])),
        disclosure=_disclosure(asked),
        product=product_row(offer, stock, call.timezone, history),
    )


async def shop_deals(
    call: Call[ShoppingApi],
    category: AnyText = None,
) -> DealList:
    """Today's deals, or a category's best sellers."""
    asked = await call.api.deals(category, call.language)
    offers = asked.offers
    rows = await _rows(call, asked, offers)
    name = category and (category_name(category) or category)
    return DealList(
        say=SPEAKERS[call.language].deals(offers, name, _shop(call, asked, offers)),
        disclosure=_disclosure(asked),
        total=len(offers),
        deals=rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)],
    )


async def shop_link(
    call: Call[ShoppingApi], url: Annotated[str, AfterValidator(web_address)]
) -> LinkMade:
    """Make a partner link for a Coupang page."""
    made = await call.api.link(url, call.language)
    provider, link = made if made else (None, url)
    return LinkMade(
        say=SPEAKERS[call.language].linked(provider.title[call.language] if provider else None),
        url=link,
        disclosure=provider.terms.disclosure if provider else None,
    )


async def check(api: ShoppingApi) -> Account:
    """Whom the keys belong to, after a read that counts as no search."""
    return Account(name=(await api.first_deal()).title["en"])


def _wish(
    call: Call[ShoppingApi], query: str, min_price: int | None, max_price: int | None
) -> Wish:
    """What is wanted; limits that were given count before those in the words."""
    if wants_order(query):
        message, next_step = SPEAKERS[call.language].no_orders()
        raise ToolFailure(ErrorKind.FORBIDDEN, message, next_step=next_step)
    wish = read_wish(query)
    if not any(letter.isalnum() for letter in wish.text):
        raise BadInput("query", "names no product")
    low, high = min_price or wish.min_price, max_price or wish.max_price
    if low and high and low > high:
        raise BadInput("max_price", f"is below min_price, {low}")
    return replace(wish, min_price=low, max_price=high)


async def _known(call: Call[ShoppingApi], product_ids: Sequence[str]) -> Asked:
    """The products with these ids: "7100000131", or "coupang:7100000131"."""
    stocks: list[tuple[Provider, Stock]] = []
    for product_id in dict.fromkeys(product_ids):
        name, colon, rest = product_id.partition(":")
        known = await call.api.product(
            rest if colon else product_id, name if colon else None, call.language
        )
        if known is None:
            raise _not_seen(call)
        stocks.append(known)
    return Asked(tuple(stocks))


async def _rows(call: Call[ShoppingApi], asked: Asked, offers: Sequence[Offer]) -> list[OfferRow]:
    histories = await _histories(call, offers)
    return [
        offer_row(it, asked.stock_of(it), call.timezone, histories.get(it.product_id))
        for it in offers
    ]


async def _histories(call: Call[ShoppingApi], offers: Sequence[Offer]) -> dict[str, History]:
    found: dict[str, History] = {}
    for name in dict.fromkeys(offer.provider for offer in offers):
        own = [offer for offer in offers if offer.provider == name]
        found |= await call.api.shelf(name).histories(own, call.language)
    return found


def _shop(call: Call[ShoppingApi], asked: Asked, offers: Sequence[Offer]) -> Shop:
    places = dict.fromkeys(provider.title[call.language] for provider, _ in asked.stocks)
    stale = [stock for _, stock in asked.stocks if stock.stale]
    age = max((call.api.now() - stock.fetched_at for stock in stale), default=None)
    cheapest = next(iter(arranged(offers, "price")), None)
    return Shop(
        place=", ".join(places),
        found=len(offers),
        cheapest=cheapest if cheapest and cheapest.price_krw is not None else None,
        age=say_span(age, call.language) if age else "",
    )


def _disclosure(asked: Asked) -> str | None:
    """What has to be shown beside the links of those that have any."""
    shown = (provider.terms.disclosure for provider, stock in asked.stocks if stock.offers)
    return " ".join(dict.fromkeys(text for text in shown if text)) or None


def _not_seen(call: Call[ShoppingApi]) -> ToolFailure:
    message, next_step = SPEAKERS[call.language].not_seen()
    return ToolFailure(ErrorKind.NOT_FOUND, message, next_step=next_step)


_LINK = Effect(effect_class=EffectClass.KEYED)
"""The same address always has the same link. The address goes to Coupang."""

TOOLS: tuple[Tool, ...] = (
    reads(shop_search, "Find products", untrusted=True, brief=True),
    reads(shop_compare, "Compare products", untrusted=True, brief=True),
    reads(shop_product, "Show a product", untrusted=True, brief=True),
    reads(shop_deals, "Show deals", untrusted=True, brief=True),
    writes(shop_link, "Make a link", effect=_LINK, destructive=False, idempotent=True, brief=True),
    *LIST_TOOLS,
)
