"""Coupang Partners: product search, best products, Goldbox and partner links.

Paths, parameters and fields: what partners publish of the API, since Coupang shows its guide to
partners only; guesses are marked in tests/descriptions/coupang.yaml. Two accounts are let in:
`sandbox:sandbox`, and `limited:limited`, which may search ten times an hour as Coupang has it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from arion_sandbox.coupang_products import CATEGORIES, Product, all_products, matching
from arion_sandbox.coupang_signature import Clock, SignatureGate
from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject, as_texts
from arion_sandbox.store import Store

ROOT = "/v2/providers/affiliate_open_api/apis/openapi/v1"

ACCOUNTS: Mapping[str, str] = {"sandbox": "sandbox", "limited": "limited"}
"""Secret keys by access key."""

LIMITED = "limited"
SEARCHES_AN_HOUR = 10
MOST_URLS = 20

_IMAGE = Parameter("imageSize")
_SUB_ID = Parameter("subId")
_SEARCH = (
    Parameter("keyword", required=True),
    Parameter("limit", "integer", minimum=1, maximum=10),
    Parameter("srpLinkOnly", "boolean"),
    _SUB_ID,
    _IMAGE,
)
_BEST = (Parameter("limit", "integer", minimum=1, maximum=100), _SUB_ID, _IMAGE)
_GOLDBOX = (_SUB_ID, _IMAGE)
_PRODUCT_PAGE = re.compile(r"/v[pm]/products/(\d+)")


class CoupangError(VendorError):
    """A refusal by the API itself: status 200, and the reason in `rCode`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(200, code, message, {"rCode": code, "rMessage": message}, {})


def vendor(
    _store: Store,
    now: Callable[[], datetime],
    clock: Clock = lambda: datetime.now(UTC),
) -> Vendor:
    """Serve the shop; prices are those of the day of `now`.

    Signatures are judged by `clock`, which goes on when `now` is stopped: whoever signs looks at
    a real one.
    """
    gate = SignatureGate(ROOT, ACCOUNTS, clock)
    shop = _Shop(now, clock)
    return Vendor(
        root=ROOT,
        endpoints=(
            Endpoint("GET", "/products/search", gate.signed("GET", shop.search), _SEARCH),
            Endpoint(
                "GET", "/products/bestcategories/{category}", gate.signed("GET", shop.best), _BEST
            ),
            Endpoint("GET", "/products/goldbox", gate.signed("GET", shop.goldbox), _GOLDBOX),
            Endpoint(
                "POST",
                "/deeplink",
                gate.signed("POST", shop.deeplink),
                body={"coupangUrls": ["string"], "subId": "string"},
            ),
        ),
        authorize=gate.authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: CoupangError("500", "internal server error"),
    )


def refuse_query(fault: Fault) -> CoupangError:
    """Refuse a query parameter."""
    return CoupangError("400", f"{fault.name}: {fault.problem}")


def refuse_body(fault: BodyFault) -> CoupangError:
    """Refuse a body."""
    return CoupangError("400", f"{fault.path or 'body'}: {fault.problem}")


class _Shop:
    """The endpoints, and how often the limited account has searched."""

    def __init__(self, now: Callable[[], datetime], clock: Clock) -> None:
        self._now = now
        self._clock = clock
        self._searches: deque[datetime] = deque()

    def search(self, call: Call) -> JsonObject:
        """products/search."""
        if f"access-key={LIMITED}," in call.headers.get("authorization", ""):
            self._count_search()
        keyword = call.query.text("keyword") or ""
        found = matching(keyword)[: call.query.number("limit", 10)]
        page = f"https://link.coupang.com/re/AFFSRP?lptag=AF0000000&pageKey={len(keyword)}"
        return _answer({"landingUrl": page, "productData": self._rows(found, keyword)})

    def best(self, call: Call) -> JsonObject:
        """products/bestcategories/{category}."""
        category = call.path["category"]
        if category not in CATEGORIES:
            raise CoupangError("400", f"unknown category {category}")
        found = [product for product in all_products() if str(product.category) == category]
        return _answer(self._rows(found[: call.query.number("limit", 20)], None))

    def goldbox(self, _call: Call) -> JsonObject:
        """products/goldbox."""
        return _answer(self._rows([product for product in all_products() if product.gold], None))

    def deeplink(self, call: Call) -> JsonObject:
        """deeplink: partner links of Coupang's own pages."""
        urls = as_texts(call.body.get("coupangUrls"))
        if not 1 <= len(urls) <= MOST_URLS:
            raise CoupangError("400", f"coupangUrls: 1 to {MOST_URLS}")
        return _answer([_link(url) for url in urls])

    def _count_search(self) -> None:
        now = self._clock()
        while self._searches and now - self._searches[0] >= timedelta(hours=1):
            self._searches.popleft()
        if len(self._searches) >= SEARCHES_AN_HOUR:
            raise CoupangError("403", "search API is limited to 10 calls per hour")
        self._searches.append(now)

    def _rows(self, products: Sequence[Product], keyword: str | None) -> list[Json]:
        day = self._now().astimezone(UTC).date().toordinal()
        return [_row(product, day, rank, keyword) for rank, product in enumerate(products, 1)]


def _answer(data: Json) -> JsonObject:
    return {"rCode": "0", "rMessage": "", "data": data}


def _row(product: Product, day: int, rank: int, keyword: str | None) -> JsonObject:
    row: JsonObject = {
        "productId": product.id,
        "productName": product.name,
        "productPrice": product.prices[day % len(product.prices)],
        "productImage": f"https://ads-partners.coupang.com/image1/{product.id}",
        "productUrl": (
            f"https://link.coupang.com/re/AFFSDP?lptag=AF0000000&pageKey={product.id}"
            f"&itemId={product.id + 50}&vendorItemId={product.id + 70}"
        ),
        "isRocket": product.rocket,
        "isFreeShipping": product.free,
        "rank": rank,
    }
    if keyword is None:
        return row | {"categoryName": CATEGORIES[str(product.category)]}
    return row | {"keyword": keyword}


def _link(url: str) -> JsonObject:
    parts = urlsplit(url)
    page = _PRODUCT_PAGE.search(parts.path)
    host = parts.hostname or ""
    if parts.scheme != "https" or not (host == "coupang.com" or host.endswith(".coupang.com")):
        raise CoupangError("400", f"url convert failed: {url}")
    key = page[1] if page else "0"
    return {
        "originalUrl": url,
        "shortenUrl": f"https://link.coupang.com/a/{int(key) % 100_000_000:x}",
        "landingUrl": f"https://link.coupang.com/re/AFFSDP?lptag=AF0000000&pageKey={key}",
    }
