"""Shops on the web, found with a search engine: for those who have no key of a shop.

What comes back is what pages say of themselves. A price is only given where the page's summary
has one, and is not verified.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from arion_kit.engines import Engines, EngineSettings, Query, Row, open_engines
from arion_kit.engines.urls import canonical, host_of
from arion_kit.settings import load
from arion_kit.words import Language
from arion_shopping.offers import Offer, Shipping
from arion_shopping.providers import Provider, Terms
from arion_shopping.settings import ShoppingSettings
from arion_shopping.shops import SHOPS, shop_of
from arion_shopping.variables import SEARCH_KEY

_MOST_FOUND = 10
_PRICE = re.compile(
    r"(?<![\d.,])(?:(\d{1,3}(?:,\d{3})+|\d{4,8})|(\d{1,4})만(?:\s?(\d,?\d{3}))?)\s?원"
)
_NO_PRICE = re.compile(r"(?:적립|할인|쿠폰|배송비|배송료|이상|마일리지|포인트)\s*$")
_SHIPPING_COST = re.compile(r"(?:배송비|배송료)\s?:?\s?(\d{1,3}(?:,\d{3})+|\d{3,6})\s?원")
_FREE_SHIPPING = re.compile(r"무료\s?배송|배송비\s?무료")
_SHOP_TAIL = re.compile(rf"\s*[-|:–·]\s*(?:{'|'.join(map(re.escape, SHOPS.values()))})\W*$")
_NO_PRICE_AFTER = re.compile(r"^\s*(?:이상|할인|적립|쿠폰|당|씩)")


class Web:
    """The provider."""

    name = "web"
    title: Mapping[Language, str] = {"ko": "웹 검색", "en": "web search"}
    terms = Terms(fresh=timedelta(hours=6), fallback=True)

    def __init__(self, engines: Engines, scope: str) -> None:
        self._engines = engines
        self.scope = scope

    def missing(self) -> str | None:
        """A search engine's setting, while none is set up."""
        return None if any(state.ready for state in self._engines.states) else SEARCH_KEY

    async def search(self, query: str) -> tuple[Offer, ...]:
        """Pages of shops for the words."""
        wanted = Query(f"{query} 가격", limit=_MOST_FOUND, sites=tuple(SHOPS), country="KR")
        found = await self._engines.search(wanted, now=datetime.now(UTC))
        offers = (_offer(row) for row in found.rows)
        return tuple(offer for offer in offers if offer)

    async def product(self, product_id: str) -> Offer | None:
        """None: a page is no product."""
        return None

    async def deals(self, category: str | None) -> tuple[Offer, ...] | None:
        """None: nobody knows what is on sale."""
        return None

    async def link(self, url: str) -> str | None:
        """None: it has no pages of its own."""
        return None


@asynccontextmanager
async def open_web(settings: ShoppingSettings) -> AsyncGenerator[Provider]:
    """The search engines that are set up, while the server runs."""
    engines = load(EngineSettings)
    async with open_engines(engines) as opened:
        yield Web(opened, f"web@{engines.base_url}")


def read_price(text: str) -> int | None:
    """The first price in a page's summary, in won; None where there is none."""
    for found in _PRICE.finditer(text):
        around = text[: found.start()], text[found.end() :]
        if _NO_PRICE.search(around[0]) or _NO_PRICE_AFTER.match(around[1]):
            continue
        if found[1]:
            return int(found[1].replace(",", ""))
        return int(found[2]) * 10_000 + int((found[3] or "0").replace(",", ""))
    return None


def read_shipping(text: str) -> tuple[Shipping, int | None]:
    """What a page's summary says of delivery, and its cost in won."""
    cost = _SHIPPING_COST.search(text)
    if cost:
        return "paid", int(cost[1].replace(",", ""))
    free = _FREE_SHIPPING.search(text)
    if free and not text[: free.start()].rstrip().endswith(("이상", "구매 시", "구매시")):
        return "free", 0
    return "unknown", None


def _offer(row: Row) -> Offer | None:
    shop = shop_of(host_of(row.url))
    if shop is None:
        return None
    shipping, cost = read_shipping(row.snippet)
    return Offer(
        provider=Web.name,
        product_id=hashlib.sha256(canonical(row.url).encode()).hexdigest()[:12],
        name=_SHOP_TAIL.sub("", row.title) or row.title,
        price_krw=read_price(f"{row.title} {row.snippet}"),
        url=row.url,
        shipping=shipping,
        shipping_krw=cost,
        seller=shop,
        verified=False,
    )
