"""Coupang, through the Coupang Partners API.

The API has no price filter, no single product and at most ten results a search. It documents
fifty calls a minute, but searches are blocked, for up to a day, from about ten an hour.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import quote, urlsplit

from pydantic import JsonValue

from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind, Language
from arion_shopping.categories import NAMES, category_of
from arion_shopping.coupang_key import CoupangKey
from arion_shopping.offers import Offer, Shipping
from arion_shopping.providers import Blocked, Provider, Terms
from arion_shopping.settings import COUPANG_URL, ShoppingSettings
from arion_shopping.variables import COUPANG_KEYS
from arion_shopping.wire import LinkWire, ListWire, ProductWire, listed, products

SERVICE = "Coupang Partners"

DISCLOSURE = "쿠팡 파트너스 활동을 통해 일정액의 수수료를 제공받을 수 있습니다"
"""What the Fair Trade Commission and Coupang want to see beside partner links, in these words."""

FREE_ROCKET_KRW = 19_800
"""From this price on, Coupang's own delivery is free for everybody, not for members only."""

_ROOT = "/v2/providers/affiliate_open_api/apis/openapi/v1"
_MOST_FOUND = 10
_MOST_BEST = 20

_BY_CODE = {
    "400": ErrorKind.BAD_INPUT,
    "401": ErrorKind.NOT_SIGNED_IN,
    "403": ErrorKind.RATE_LIMITED,
    "404": ErrorKind.NOT_FOUND,
    "429": ErrorKind.RATE_LIMITED,
    "500": ErrorKind.UNAVAILABLE,
}
"""`rCode` in answers with status 200; 403 is what partners get who search too often."""

_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": f"쿠팡 파트너스 키 두 개를 쌍점으로 이어 {COUPANG_KEYS} 설정에 넣어 주세요.",
        "en": f"Please put your Coupang keys into {COUPANG_KEYS} as ACCESS_KEY:SECRET_KEY.",
    },
    ErrorKind.RATE_LIMITED: {
        "ko": "쿠팡은 한 시간에 열 번쯤만 검색하게 해 줘요. 나중에 다시 해 주세요.",
        "en": "Coupang allows about ten searches an hour. Please try again later.",
    },
}


class Coupang:
    """The provider."""

    name = "coupang"
    title: Mapping[Language, str] = {"ko": "쿠팡", "en": "Coupang"}

    def __init__(self, upstream: Upstream, key: CoupangKey, terms: Terms) -> None:
        self._upstream = upstream
        self._key = key
        self.terms = terms
        self.scope = "coupang" if key.base_url == COUPANG_URL else f"coupang@{key.base_url}"

    def missing(self) -> str | None:
        """The key's setting, while it is empty."""
        return self._key.missing()

    async def search(self, query: str) -> tuple[Offer, ...]:
        """Up to ten products, in Coupang's order."""
        # Sent once only: every attempt counts as a search.
        body = await self._upstream.send(
            "GET", f"{_ROOT}/products/search", params={"keyword": query, "limit": _MOST_FOUND}
        )
        return self._offers(body)

    async def product(self, product_id: str) -> Offer | None:
        """None: the API has no call for a single product."""
        return None

    async def deals(self, category: str | None) -> tuple[Offer, ...]:
        """Today's Goldbox, or what sells best in a category."""
        if category is None:
            return self._offers(await self._upstream.get(f"{_ROOT}/products/goldbox"))
        number = category_of(category)
        if number is None:
            raise BadInput("category", f"may be one of {NAMES}, not {category!r}")
        body = await self._upstream.get(
            f"{_ROOT}/products/bestcategories/{number}", params={"limit": _MOST_BEST}
        )
        return self._offers(body)

    async def link(self, url: str) -> str | None:
        """The short partner link of a page of Coupang's."""
        host = urlsplit(url).hostname or ""
        if host != "coupang.com" and not host.endswith(".coupang.com"):
            return None
        body = await self._upstream.send("POST", f"{_ROOT}/deeplink", json={"coupangUrls": [url]})
        rows = self._upstream.parse(ListWire, listed(body)).data
        links = [self._upstream.parse(LinkWire, row) for row in rows]
        made = next((link.short or link.landing for link in links), "")
        if not made:
            raise UpstreamFailure(ErrorKind.BAD_RESPONSE, "It sent no link.", service=SERVICE)
        return made

    def _offers(self, body: JsonValue) -> tuple[Offer, ...]:
        rows = self._upstream.parse(ListWire, listed(body)).data
        offers = tuple(_offer(product) for product in products(rows))
        if rows and not offers:
            message = "None of its products has an id, a name, a price and an address."
            raise UpstreamFailure(ErrorKind.BAD_RESPONSE, message, service=SERVICE)
        return offers


@asynccontextmanager
async def open_coupang(settings: ShoppingSettings) -> AsyncGenerator[Provider]:
    """Coupang, while the server runs."""
    key = CoupangKey(settings.token, settings.base_url)
    terms = Terms(searches_per_hour=settings.searches_per_hour, disclosure=DISCLOSURE)
    async with Upstream(upstream_options(key)) as upstream:
        yield Coupang(upstream, key, terms)


def upstream_options(key: CoupangKey) -> UpstreamOptions:
    """How to reach Coupang with this key."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=key.base_url,
        credentials=key,
        translate=translate,
        # Documented: fifty calls a minute.
        quota=Quota(units_per_s=50 / 60, burst=20) if key.base_url == COUPANG_URL else None,
    )


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """What Coupang means by an answer; None when it is no error, or the status says it all.

    The API answers `{"rCode": "403", "rMessage": "…"}` with status 200, the gateway in front of
    it `{"code": "ERROR", "message": "…"}` with status 401.
    """
    fields = body if isinstance(body, dict) else {}
    code = fields.get("rCode")
    if code is not None and str(code) != "0":
        kind = _BY_CODE.get(str(code), ErrorKind.UNAVAILABLE)
        message = f"rCode {code}: {fields.get('rMessage') or 'no message'}"
        return _failure(kind, message)
    if status == 401:
        return _failure(ErrorKind.NOT_SIGNED_IN, str(fields.get("message") or "HTTP 401."))
    return None


def _failure(kind: ErrorKind, message: str) -> UpstreamFailure:
    failure = Blocked if kind is ErrorKind.RATE_LIMITED else UpstreamFailure
    return failure(kind, message, service=SERVICE, next_steps=_NEXT_STEPS.get(kind))


def _page(product: ProductWire) -> str:
    if product.url.startswith(("https://", "http://")):
        return product.url
    return f"https://www.coupang.com/vp/products/{quote(product.id, safe='')}"


def _offer(product: ProductWire) -> Offer:
    shipping: Shipping = "unknown"
    cost: int | None = None
    if product.free_shipping:
        shipping, cost = "free", 0
    if product.rocket:
        shipping = "rocket"
        cost = 0 if product.free_shipping or product.price >= FREE_ROCKET_KRW else None
    return Offer(
        provider=Coupang.name,
        product_id=product.id,
        name=product.name,
        price_krw=product.price,
        url=_page(product),
        shipping=shipping,
        shipping_krw=cost,
        category=product.category,
    )
