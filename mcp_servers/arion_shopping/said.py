"""What a sentence is about, besides the offers and items themselves."""

from __future__ import annotations

from dataclasses import dataclass

from arion_shopping.offers import Offer


@dataclass(frozen=True)
class Shop:
    """Who answered."""

    place: str
    """As it is said: "쿠팡", "Coupang"."""
    found: int = 0
    """Offers before limits."""
    cheapest: Offer | None = None
    """Of all that was found."""
    age: str = ""
    """How old the answer is, said only where it should be newer."""


@dataclass(frozen=True)
class Listed:
    """What was asked of the list."""

    total: int
    query: str | None = None
