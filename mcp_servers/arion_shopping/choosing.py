"""Which offers are wanted, in which order, and which of them are the same product. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from arion_shopping.names import Amount, Name, has_words, read_amount, same_product, take_apart
from arion_shopping.offers import Offer

Sort = Literal["relevance", "price", "unit_price"]


@dataclass(frozen=True)
class Wanted:
    """What an offer has to be like."""

    min_price: int | None = None
    max_price: int | None = None
    rocket_only: bool = False
    free_shipping: bool = False
    require_words: tuple[str, ...] = ()

    def fits(self, offer: Offer) -> bool:
        """Whether the offer is; one without a price fits no limit."""
        limited = self.min_price is not None or self.max_price is not None
        if limited and offer.price_krw is None:
            return False
        price = offer.price_krw or 0
        return (
            price >= (self.min_price or 0)
            and (self.max_price is None or price <= self.max_price)
            and (not self.rocket_only or offer.shipping == "rocket")
            and (not self.free_shipping or offer.shipping_krw == 0)
            and has_words(offer.name, self.require_words)
        )


@dataclass(frozen=True)
class Product:
    """One product, and everybody who has it, the cheapest first."""

    offers: tuple[Offer, ...]

    @property
    def best(self) -> Offer:
        """The cheapest, with delivery as far as it is known."""
        return self.offers[0]


def arranged(offers: Iterable[Offer], sort: Sort) -> list[Offer]:
    """The offers in order; those without what is sorted by come last."""
    rows = list(offers)
    if sort == "price":
        rows.sort(key=lambda offer: offer.least_krw)
    elif sort == "unit_price":
        rows.sort(key=_by_unit)
    return rows


def unit_price(offer: Offer) -> tuple[float, str] | None:
    """Price of 100 ml, 100 g or one piece, where the name says how much is in it.

    Delivery is counted where its cost is known, as in every comparison.
    """
    amount = _countable(offer)
    return amount.price_per(offer.least_krw) if amount else None


def grouped(offers: Sequence[Offer]) -> list[Product]:
    """The offers by product, the cheapest product first."""
    groups: list[tuple[Name, list[Offer]]] = []
    for offer in offers:
        name = take_apart(offer.name)
        home = next((group for known, group in groups if same_product(known, name)), None)
        if home is None:
            groups.append((name, [offer]))
        else:
            home.append(offer)
    found = [Product(tuple(sorted(group, key=lambda it: it.least_krw))) for _, group in groups]
    return sorted(found, key=lambda product: product.best.least_krw)


def cheapest_by_unit(products: Sequence[Product]) -> Product | None:
    """The product of which an amount costs least, among those sold by the same unit.

    None where fewer than two can be compared.
    """
    by_unit: dict[str, list[tuple[float, int]]] = {}
    for index, product in enumerate(products):
        per = unit_price(product.best)
        if per:
            by_unit.setdefault(per[1], []).append((per[0], index))
    if not by_unit:
        return None
    most = max(by_unit.values(), key=len)
    return products[min(most)[1]] if len(most) > 1 else None


def _countable(offer: Offer) -> Amount | None:
    amount = read_amount(offer.name)
    return amount if amount and amount.counted and offer.price_krw is not None else None


def _by_unit(offer: Offer) -> tuple[bool, str, float]:
    per = unit_price(offer)
    return (per is None, per[1] if per else "", per[0] if per else 0.0)
