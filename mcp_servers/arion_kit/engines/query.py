"""What is asked of a search engine, and what comes back: the same for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from arion_kit.errors import ToolFailure

Kind = Literal["web", "news", "image", "blog", "cafe", "kin", "local"]
"""What is searched; kin is Naver's questions and answers, cafe its and Daum's forums."""

Freshness = Literal["day", "week", "month", "year"]
"""How old a page may be at most."""

Sort = Literal["relevance", "date"]

EngineName = Literal["naver", "daum", "brave", "tavily", "searxng"]

LONGEST_QUERY = 400
"""Characters that every engine takes; Brave and Tavily refuse more."""


@dataclass(frozen=True)
class Query:
    """What to look for."""

    text: str
    kind: Kind = "web"
    limit: int = 5
    """Rows wanted, at most."""
    page: int = 1
    skip: int = 0
    """Rows of the page that were given before."""
    sort: Sort = "relevance"
    freshness: Freshness | None = None
    sites: tuple[str, ...] = ()
    """Only pages of these hosts and their subdomains: `coupang.com`."""
    language: str | None = None
    """BCP 47 primary tag of the pages wanted; None goes by the script of the text."""
    country: str | None = None
    """ISO 3166 code of where the results should come from."""
    engine: EngineName | None = None
    """Ask this one only."""


@dataclass(frozen=True)
class Row:
    """One result. All text is other people's, without markup and invisible characters."""

    title: str
    url: str
    snippet: str = ""
    date: datetime | None = None
    """When it was published, with its offset; midnight where only the day is known."""
    source: str = ""
    """The site's or paper's name, or its host."""
    engine: EngineName = "daum"
    image_url: str | None = None
    thumbnail_url: str | None = None
    width: int | None = None
    """Of the image, in pixels."""
    height: int | None = None
    address: str | None = None
    """Of a place."""
    phone: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Failed:
    """An engine that was asked and did not answer."""

    engine: EngineName
    failure: ToolFailure


@dataclass(frozen=True)
class Found:
    """What the engines answered."""

    rows: tuple[Row, ...]
    """Without duplicates, best first, no more than asked for."""
    engines: tuple[EngineName, ...]
    """Those that answered, in the order they were asked."""
    failed: tuple[Failed, ...] = ()
    next_page: int | None = None
    """The page to ask for next; None at the end, or where several engines were asked."""
    next_skip: int = 0
    """How many rows of that page have been given already."""
    as_web: bool = False
    """News were wanted, and no engine at hand has news, so these are web pages."""
