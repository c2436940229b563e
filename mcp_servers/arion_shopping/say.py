"""The spoken sentences of the tools, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from arion_kit.words import Language
from arion_shopping import say_en, say_ko
from arion_shopping.choosing import Product, Wanted
from arion_shopping.offers import Offer
from arion_shopping.prices import History
from arion_shopping.said import Listed, Shop
from arion_shopping.shopping_list import Change, Item


class Speaker(Protocol):
    """One language's sentences. Pairs are a message and what to do next."""

    def found(self, query: str, offers: Sequence[Offer], wanted: Wanted, shop: Shop) -> str:
        """How much there is, the first of it and the cheapest."""
        ...

    def compared(
        self, query: str, products: Sequence[Product], shop: Shop, unit: Product | None
    ) -> str:
        """Which product is the cheapest; `unit` is the one with the cheapest amount."""
        ...

    def product(self, offer: Offer, history: History | None, shop: Shop) -> str:
        """What a product costs, and whether that is much."""
        ...

    def deals(self, offers: Sequence[Offer], category: str | None, shop: Shop) -> str:
        """The first few of what is on sale, or sells best in a category."""
        ...

    def linked(self, place: str | None) -> str:
        """That there is a link; None where the address is fine as it is."""
        ...

    def listed(self, items: Sequence[Item], asked: Listed) -> str:
        """What is on the list."""
        ...

    def added(self, change: Change) -> str:
        """What was put on the list, or put back."""
        ...

    def removed(self, items: Sequence[Item], left: int, *, repeated: bool) -> str:
        """What was taken off the list."""
        ...

    def not_on_list(self, words: str) -> tuple[str, str]:
        """That nothing on the list is called so."""
        ...

    def several(self, words: str, items: Sequence[Item]) -> tuple[str, str]:
        """That several things are called so."""
        ...

    def list_full(self, most: int) -> tuple[str, str]:
        """That the list is full."""
        ...

    def clear_question(self, count: int) -> str:
        """The question before the whole list goes."""
        ...

    def no_orders(self) -> tuple[str, str]:
        """That nothing can be ordered or paid here."""
        ...

    def not_seen(self) -> tuple[str, str]:
        """That nobody has seen this product."""
        ...


SPEAKERS: Mapping[Language, Speaker] = {"ko": say_ko, "en": say_en}
