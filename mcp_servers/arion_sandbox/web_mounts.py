"""The search engines and the web they search, by the first segment of their paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from arion_sandbox import brave, daum, naver, searxng, tavily, web
from arion_sandbox.endpoints import Vendor
from arion_sandbox.store import Store

Make = Callable[[Store, Callable[[], datetime]], Vendor]


def daum_vendor(_store: Store, now: Callable[[], datetime]) -> Vendor:
    """Daum search, which shares its address with Kakao Local."""
    return daum.vendor(now)


WEB_MOUNTS: Mapping[str, tuple[Make, ...]] = {
    "naver": (
        lambda _store, now: naver.vendor(now),
        lambda _store, now: naver.legacy_vendor(now),
    ),
    "brave": (lambda _store, now: brave.vendor(now),),
    "tavily": (lambda _store, now: tavily.vendor(now),),
    "searxng": (lambda _store, now: searxng.vendor(now),),
    "web": (lambda _store, now: web.vendor(now),),
}

SEARCH_SETTINGS: Mapping[str, str] = {
    "BASE_URL": "/kakao",
    "TOKEN": "sandbox",
    "NAVER_BASE_URL": "/naver",
    "NAVER_ID": "sandbox",
    "NAVER_SECRET": "sandbox",
    "BRAVE_BASE_URL": "/brave",
    "BRAVE_KEY": "sandbox",
    "TAVILY_BASE_URL": "/tavily",
    "TAVILY_KEY": "sandbox",
    "SEARXNG_URL": "/searxng",
    "WEB_BASE_URL": "/web",
}
"""Settings of the search server that make it use all of these."""
