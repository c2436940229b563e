"""The main text of an HTML page, and what it tells of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from arion_kit.engines.text import lines, one_line, parse_date
from arion_search.hiding import remove_unseen
from arion_search.page import Page

_LONGEST_MARKUP = 1_500_000
"""Characters of a page that are looked at; hardly any has more, and each costs time."""
_MANY_ELEMENTS, _MOST_ELEMENTS = 3_000, 12_000
"""Above the first, main text is looked for in one way only; above the second, where it would take
many seconds, all text is taken."""
_LEAST_TEXT = 25
"""Characters of main text that are taken for one; trafilatura's 250 lose short notices."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DATES = (
    '//meta[@property="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//meta[@name="date" or @name="pubdate" or @name="DC.date"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    "//article//time/@datetime",
)
_TITLES = ('//meta[@property="og:title"]/@content', "//title/text()")


@dataclass(frozen=True)
class _Libraries:
    """An extra, and slow to load: most of a second."""

    trafilatura: Any
    config: Any
    html: Any
    errors: tuple[type[Exception], ...]


def read_html(url: str, text: str) -> Page:
    """What the page says. Slow: run it beside the event loop."""
    libraries = _load()
    if libraries is None:
        return Page(url, "", lacks="web")
    # A declaration of another character set would be believed.
    markup = _XML_DECLARATION.sub("", text[:_LONGEST_MARKUP], count=1)
    try:
        tree = libraries.html.document_fromstring(markup)
    except (ValueError, *libraries.errors):
        return Page(url, "")
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return _whole(url, tree)
    return _article(url, tree, libraries)


def _article(url: str, tree: Any, libraries: _Libraries) -> Page:
    about = libraries.trafilatura.extract_metadata(tree, default_url=url)
    date = _date(tree)
    remove_unseen(tree)
    whole = str(tree.text_content())
    main: str | None = libraries.trafilatura.extract(
        tree,
        url=url,
        fast=sum(1 for _ in tree.iter()) > _MANY_ELEMENTS,
        output_format="markdown",
        include_comments=False,
        include_tables=True,
        include_links=False,
        include_images=False,
        config=libraries.config,
    )
    title, author, site = (
        one_line(told or "") for told in (about.title, about.author, about.sitename)
    )
    return Page(
        url=url,
        text=_without_title(lines(main or whole), title),
        title=title,
        author=author or None,
        date=date or parse_date(about.date),
        site=site or None,
    )


def _whole(url: str, tree: Any) -> Page:
    title = next((one_line(str(it)) for path in _TITLES for it in tree.xpath(path)), "")
    date = _date(tree)
    remove_unseen(tree)
    return Page(url, lines("\n".join(map(str, tree.itertext()))), title, date=date)


def _date(tree: Any) -> datetime | None:
    told = (parse_date(str(it)) for path in _DATES for it in tree.xpath(path))
    return next(filter(None, told), None)


def _load() -> _Libraries | None:
    try:
        import trafilatura
        from trafilatura import settings

        html: Any = import_module("lxml.html")
        etree: Any = import_module("lxml.etree")
    except ImportError:
        return None
    config = settings.use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_LEAST_TEXT))
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return _Libraries(trafilatura, config, html, (etree.LxmlError, SyntaxError))


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest.lstrip() if title and first.lstrip("# ").strip() in (title, "") else text
