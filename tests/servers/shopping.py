"""The shopping server's case."""

from __future__ import annotations

from arion_shopping import SPEC
from tests.servers import ServerCase

CASE = ServerCase(
    spec=SPEC,
    read=("shop_search", {"query": "생수"}),
    # What it writes is its own list. The link of a page is the same however often it is asked for.
    write=None,
    changes=lambda _method, _path: False,
    settings={
        "BASE_URL": "/coupang",
        "TOKEN": "sandbox:sandbox",
        "SEARCHES_PER_HOUR": "3000",
    },
    values={
        "query": ("생수", "무선 이어폰 5만 원 이하", "wireless earbuds", "zeppelin"),
        "providers": (("coupang",), ("web",)),
        "provider": ("coupang", "web"),
        "product_id": ("7100000131", "1"),
        "product_ids": (("7100000131",), ("coupang:7100000102", "7100000106")),
        "require_words": (("무라벨",),),
        "category": ("식품", "electronics", "1016"),
        "url": ("https://www.coupang.com/vp/products/7100000131", "https://www.example.com/"),
        "text": ("우유", "우유 두 개랑 계란", "milk and eggs"),
        "item": ("우유", "all", "milk"),
    },
)
