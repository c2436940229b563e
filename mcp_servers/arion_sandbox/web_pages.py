"""A small Korean web: its pages, and what a search engine finds among them.

`data/web.toml` and `data/web_shops.toml` hold the pages; their dates count back from today.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from arion_sandbox.json_types import JsonObject, as_list, as_object, as_objects, as_text

SEOUL = ZoneInfo("Asia/Seoul")
UNLISTED = "page"
"""Kind of the pages that no engine knows."""

_SITE = re.compile(r"\bsite:(\S+?)(?=[\s)]|$)")
_WORD = re.compile(r"\w+")
_COMMON_WORDS = (
    "오늘 내일 알려줘 검색 해줘 찾아줘 뭐 있어 추천 방법 최신"
    " the a an in of to for how what is are today latest or and"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_PARTICLES = "에서 으로 까지 부터 은 는 이 가 을 를 의 에 로 도"
_ENDINGS = tuple(_PARTICLES.split())


@dataclass(frozen=True)
class Page:
    """One page of the web."""

    url: str
    kind: str
    title: str
    text: str
    site: str
    author: str
    days_ago: int
    at: time
    words: str = ""
    """Further words that find it."""
    hidden: str = ""
    """Text that is in the page and that nobody sees."""
    redirect: str = ""
    status: int = 200
    charset: str = "utf-8"
    media: str = "text/html"
    image: str = ""
    size: tuple[int, int] = (0, 0)
    """Of the image, in pixels."""
    seen: Mapping[str, str] = field(default_factory=dict[str, str])

    def published(self, now: datetime) -> datetime:
        """When it appeared; a page of today has appeared by now."""
        day = now.astimezone(SEOUL).date() - timedelta(days=self.days_ago)
        return min(datetime.combine(day, self.at, SEOUL), now.astimezone(SEOUL))

    def url_for(self, engine: str) -> str:
        """The address by which an engine lists it."""
        return self.seen.get(engine, self.url)

    @property
    def host(self) -> str:
        """The site's host."""
        return urlsplit(self.url).hostname or ""

    @property
    def summary(self) -> str:
        """Its first paragraphs on one line, as engines show them."""
        lines = (line for line in self.text.split("\n") if line and not line.startswith("## "))
        return " ".join(lines)[:180]


@lru_cache(maxsize=1)
def all_pages() -> tuple[Page, ...]:
    """Every page."""
    return tuple(
        _page(item)
        for name in ("web.toml", "web_shops.toml")
        for item in as_objects(_data(name)["page"])
    )


def page_at(url: str) -> Page | None:
    """The page with this address, be it one by which an engine lists it."""
    wanted = _plain(url)
    for page in all_pages():
        if wanted in map(_plain, (page.url, *page.seen.values())):
            return page
    return None


def search_pages(
    query: str, kinds: frozenset[str], now: datetime, *, by_date: bool = False
) -> list[Page]:
    """The pages that have most of the query's words, the best or the newest first.

    `site:` narrows it to hosts, as in the engines that know it.
    """
    sites = [site.strip("()").lower() for site in _SITE.findall(query)]
    text = _SITE.sub(" ", query).lower()
    words = [word for word in _WORD.findall(text) if word not in _COMMON] or _WORD.findall(text)
    found = [(_score(page, words), page) for page in all_pages() if page.kind in kinds]
    fitting = [
        (score, page)
        for score, page in found
        if score > 0 and (not sites or any(_is_of(page.host, site) for site in sites))
    ]
    if by_date:
        fitting.sort(key=lambda it: it[1].published(now), reverse=True)
    else:
        fitting.sort(key=lambda it: it[0], reverse=True)
    return [page for _, page in fitting]


def marked(text: str, query: str) -> str:
    """The text with the query's words in `<b>`, and with entities, as engines send it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    words = [word for word in _WORD.findall(query) if len(word) > 1 and word != "quot"]
    if not words:
        return escaped
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return pattern.sub(lambda found: f"<b>{found[0]}</b>", escaped)


def is_newer(page: Page, now: datetime, days: int | None) -> bool:
    """Whether the page appeared in the last `days` days."""
    return days is None or page.published(now) >= now - timedelta(days=days)


def _score(page: Page, words: list[str]) -> int:
    """How well it fits; 0 when fewer than two thirds of the words are in it."""
    title = page.title.lower()
    kind = "뉴스 기사 news" if page.kind == "news" else ""
    rest = f"{page.words} {page.site} {page.text} {kind}".lower()
    hits = [3 if _has(title, word) else 1 if _has(rest, word) else 0 for word in words]
    enough = sum(hit > 0 for hit in hits) * 3 >= len(words) * 2
    return sum(hits) if enough and words else 0


def _has(text: str, word: str) -> bool:
    if word in text:
        return True
    return any(
        len(word) > len(ending) + 1 and word.endswith(ending) and word.removesuffix(ending) in text
        for ending in _ENDINGS
    )


def _is_of(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _plain(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def _data(name: str) -> JsonObject:
    text = (files("arion_sandbox") / "data" / name).read_text("utf-8")
    return cast("JsonObject", tomllib.loads(text))


def _page(item: JsonObject) -> Page:
    site, size = as_text(item.get("site")), as_list(item.get("size"))
    width, height = (cast("int", side) for side in size or (0, 0))
    return Page(
        url=as_text(item["url"]),
        kind=as_text(item.get("kind")) or "web",
        title=as_text(item.get("title")),
        text=as_text(item.get("text")).strip(),
        site=site,
        author=as_text(item.get("author")) or site,
        days_ago=cast("int", item.get("day", 0)),
        at=time.fromisoformat(as_text(item.get("at")) or "09:00"),
        words=as_text(item.get("words")),
        hidden=as_text(item.get("hidden")),
        redirect=as_text(item.get("redirect")),
        status=cast("int", item.get("status", 200)),
        charset=as_text(item.get("charset")) or "utf-8",
        media=as_text(item.get("media")) or "text/html",
        image=as_text(item.get("image")),
        size=(width, height),
        seen={name: as_text(url) for name, url in as_object(item.get("seen")).items()},
    )
