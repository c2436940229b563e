"""What the shopping tools say in English. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from arion_kit.speech import join_spoken, number_word, speakable
from arion_shopping.choosing import Product, Wanted, arranged, unit_price
from arion_shopping.offers import Offer
from arion_shopping.prices import History
from arion_shopping.said import Listed, Shop
from arion_shopping.shopping_list import Change, Item
from arion_shopping.spoken import per_unit, product_name, won

_SPOKEN_DEALS = 3
_SPOKEN_ITEMS = 7


def found(query: str, offers: Sequence[Offer], wanted: Wanted, shop: Shop) -> str:
    """How much there is, the first of it and the cheapest."""
    if not shop.found:
        return f"{_old(shop)}I couldn't find {_quoted(query)} on {shop.place}."
    if not offers:
        return f"{_old(shop)}{_none_fits(query, wanted, shop)}"
    count = number_word(len(offers))
    plural = "" if len(offers) == 1 else "s"
    head = f"I found {count} result{plural} for {_quoted(query)}{_limit(wanted)} on {shop.place}."
    first, cheapest = offers[0], arranged(offers, "price")[0]
    if first is cheapest:
        lead = "The cheapest is" if len(offers) > 1 else "It is"
        return f"{_old(shop)}{head} {lead} {_offer(first)}."
    return f"{_old(shop)}{head} The first is {_offer(first)}. The cheapest is {_offer(cheapest)}."


def compared(query: str, products: Sequence[Product], shop: Shop, unit: Product | None) -> str:
    """Which product is the cheapest, altogether and by its amount."""
    if not products:
        return f"{_old(shop)}I found nothing to compare for {_quoted(query)}."
    best = products[0].best
    name = product_name(best.name, "en")
    lead = _old(shop) if best.verified else f"{_old(shop)}By what web pages say: "
    if len(products) == 1:
        return f"{lead}I found only {name}, {_cost(best)}."
    told = f"{lead}Of {number_word(len(products))} products, {name} is the cheapest, {_cost(best)}."
    if unit and unit is not products[0]:
        told += f" By amount it is {product_name(unit.best.name, 'en')}, at {_per(unit.best)}."
    elif unit:
        told += f" By amount it is the cheapest too, at {_per(best)}."
    return told


def product(offer: Offer, history: History | None, shop: Shop) -> str:
    """What a product costs, and whether that is much."""
    told = f"{product_name(offer.name, 'en')} is {_price(offer)} on {shop.place}."
    if history is None or offer.price_krw is None or history.times < 2:
        return f"{_old(shop)}{told}"
    if history.is_low(offer.price_krw):
        return f"{_old(shop)}{told} That's the lowest I've seen in the last 30 days."
    if history.lowest_krw == history.highest_krw:
        return f"{_old(shop)}{told} It hasn't changed in the last 30 days."
    low, high = f"{history.lowest_krw:,}", won(history.highest_krw, "en")
    return f"{_old(shop)}{told} In the last 30 days it was between {low} and {high}."


def deals(offers: Sequence[Offer], category: str | None, shop: Shop) -> str:
    """The first few of what is on sale."""
    if not offers:
        what = f"best sellers in {category}" if category else "deals"
        return f"{_old(shop)}I found no {what} right now."
    named = [
        f"{product_name(offer.name, 'en')} at {won(offer.price_krw or 0, 'en')}"
        for offer in offers[:_SPOKEN_DEALS]
    ]
    if category:
        head = f"Best sellers in {category} on {shop.place} are"
    elif len(offers) == 1:
        return f"{_old(shop)}{shop.place} has one deal today: {named[0]}."
    else:
        head = f"{shop.place} has {number_word(len(offers))} deals today:"
    return f"{_old(shop)}{head} {join_spoken(named, 'en')}."


def linked(place: str | None) -> str:
    """That there is a link."""
    return f"Here is the {place} link." if place else "You can use this address as it is."


def listed(items: Sequence[Item], asked: Listed) -> str:
    """What is on the list."""
    if asked.query and not items:
        return f"{_quoted(asked.query)} isn't on your shopping list."
    if not items:
        return "Your shopping list is empty."
    spoken = [_item(item) for item in items[:_SPOKEN_ITEMS]]
    rest = asked.total - len(spoken)
    if rest > 0:
        spoken.append(f"{number_word(rest)} more")
    if asked.total == 1:
        return f"{spoken[0]} is on your shopping list."
    count = number_word(asked.total)
    return f"There are {count} things on your shopping list: {join_spoken(spoken, 'en')}."


def added(change: Change) -> str:
    """What is on the list now."""
    if change.repeated or not change.items:
        return "That's already on your shopping list."
    first = change.items[0]
    if len(change.items) == 1 and first.id in change.grown:
        return f"{_quoted(first.text)} was already on your list, so I made it {first.quantity}."
    spoken = [_item(item) for item in change.items[:_SPOKEN_ITEMS]]
    rest = len(change.items) - len(spoken)
    if rest > 0:
        spoken.append(f"{number_word(rest)} more")
    named = join_spoken(spoken, "en")
    if change.restored:
        return f"I put {named} back on your shopping list."
    return f"I put {named} on your shopping list."


def removed(items: Sequence[Item], left: int, *, repeated: bool) -> str:
    """What is off the list now."""
    if repeated or not items:
        return "That's off your shopping list already."
    if left == 0 and len(items) > 1:
        return f"I took all {number_word(len(items))} things off your shopping list."
    named = join_spoken([_item(item) for item in items[:_SPOKEN_ITEMS]], "en")
    tail = " It's empty now." if left == 0 else ""
    return f"I took {named} off your shopping list.{tail}"


def not_on_list(words: str) -> tuple[str, str]:
    """That nothing on the list is called so, and what to do next."""
    return f"{_quoted(words)} isn't on your shopping list.", "Please listen to the list first."


def several(words: str, items: Sequence[Item]) -> tuple[str, str]:
    """That several things are called so, and what to do next."""
    named = join_spoken([_item(item) for item in items[:_SPOKEN_ITEMS]], "en")
    return f"{_quoted(words)} could be several things: {named}.", "Please say which one."


def list_full(most: int) -> tuple[str, str]:
    """That the list is full, and what to do next."""
    return f"A shopping list holds {most} things at most.", "Please remove some first."


def clear_question(count: int) -> str:
    """The question before the whole list goes."""
    if count == 1:
        return "Shall I take the one thing off your shopping list?"
    return f"Shall I take all {number_word(count)} things off your shopping list?"


def no_orders() -> tuple[str, str]:
    """That nothing can be ordered or paid here, and what can be done."""
    return (
        "I can't order or pay for anything.",
        "I can look for products, or put things on your shopping list.",
    )


def not_seen() -> tuple[str, str]:
    """That nobody has seen this product, and what to do next."""
    return "I haven't seen that product yet.", "Please search for it by name first."


def _quoted(text: str) -> str:
    return f"'{speakable(text)}'"


def _old(shop: Shop) -> str:
    return (
        f"I can't ask {shop.place} right now, so this is from {shop.age} ago. " if shop.age else ""
    )


def _limit(wanted: Wanted) -> str:
    if wanted.min_price and wanted.max_price:
        return f" between {wanted.min_price:,} and {won(wanted.max_price, 'en')}"
    if wanted.max_price:
        return f" up to {won(wanted.max_price, 'en')}"
    return f" from {won(wanted.min_price, 'en')}" if wanted.min_price else ""


def _none_fits(query: str, wanted: Wanted, shop: Shop) -> str:
    told = f"I found no {_quoted(query)}{_limit(wanted) or ' like that'}."
    if shop.cheapest is None:
        return told
    return f"{told} The cheapest I found is {_offer(shop.cheapest)}."


def _offer(offer: Offer) -> str:
    name = product_name(offer.name, "en")
    if offer.price_krw is None:
        return f"{name} at {offer.seller or 'a shop'}, without a price"
    if not offer.verified:
        return f"{name} at {offer.seller or 'a shop'}, where the page says {_won(offer)}"
    return f"{name} at {_price(offer)}"


def _price(offer: Offer) -> str:
    if offer.price_krw is None:
        return "without a price"
    if offer.shipping == "rocket":
        return f"{_won(offer)} with {'free ' if offer.shipping_krw == 0 else ''}rocket delivery"
    if offer.shipping == "free":
        return f"{_won(offer)} with free delivery"
    return _won(offer)


def _cost(offer: Offer) -> str:
    if offer.price_krw is None:
        return "without a price"
    if offer.total_krw is not None:
        return f"at {won(offer.total_krw, 'en')} with delivery"
    return f"at {_won(offer)} before delivery"


def _won(offer: Offer) -> str:
    return won(offer.price_krw or 0, "en")


def _per(offer: Offer) -> str:
    per = unit_price(offer)
    return per_unit(per[0], per[1], "en") if per else ""


def _item(item: Item) -> str:
    text = speakable(item.text)
    return f"{number_word(item.quantity)} {text}" if item.quantity > 1 else text
