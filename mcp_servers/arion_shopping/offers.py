"""An offer: a product at a price in a shop, as every provider gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

Shipping = Literal["free", "rocket", "paid", "unknown"]
"""rocket is Coupang's own delivery; its cost depends on the price and on membership."""


class Offer(BaseModel):
    """A product in a shop."""

    model_config = ConfigDict(frozen=True)

    provider: str
    product_id: str
    """The provider's own id."""
    name: str
    price_krw: int | None
    """In won; None where it is not known."""
    url: str
    shipping: Shipping = "unknown"
    shipping_krw: int | None = None
    """In won; None where it is not known."""
    seller: str | None = None
    category: str | None = None
    verified: bool = True
    """The shop itself says so; a price read out of a web page's summary is not verified."""

    @property
    def total_krw(self) -> int | None:
        """Price and delivery; None where either is not known."""
        if self.price_krw is None or self.shipping_krw is None:
            return None
        return self.price_krw + self.shipping_krw

    @property
    def least_krw(self) -> int:
        """What it costs at least; for putting offers in order. Without a price it comes last."""
        if self.price_krw is None:
            return 2**53
        return self.price_krw + (self.shipping_krw or 0)


@dataclass(frozen=True)
class Stock:
    """Offers, and when they were true."""

    offers: tuple[Offer, ...]
    fetched_at: datetime
    stale: bool = False
    """Older than it should be, because nothing newer could be had."""

    def age(self, now: datetime) -> timedelta:
        """How long ago it was true."""
        return now - self.fetched_at
