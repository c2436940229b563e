"""The search tools: typed functions, and what is true of each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from arion_kit.engines.query import Freshness, Query, Sort
from arion_kit.engines.text import shortened
from arion_kit.engines.urls import site_host, split_sites
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.paging import cut_text, decode_cursor
from arion_kit.spec import Call, reads
from arion_kit.words import ErrorKind
from arion_search.api import SearchApi
from arion_search.models import ImageList, PageText, ResultList
from arion_search.rows import (
    Position,
    failed_rows,
    image_rows,
    next_cursor,
    result_rows,
    spelled,
    text_room,
)
from arion_search.say import (
    Asked,
    headlines,
    note_as_web,
    say_images,
    say_lacking,
    say_page,
    say_results,
)

_MOST_HEADINGS = 30
_LEAST_CHARS = 200
_FRAME_CHARS = 60
"""For the offset that follows."""

Words = Annotated[str, Field(min_length=1, max_length=400)]
Limit = Annotated[int, Field(ge=1, le=10)]


async def web_search(
    call: Call[SearchApi],
    query: Words,
    kind: Annotated[
        Literal["web", "blog", "cafe", "kin", "local"],
        Field(description="kin: Naver Q&A; local: places"),
    ] = "web",
    site: Annotated[str | None, Field(max_length=100)] = None,
    freshness: Freshness | None = None,
    lang: Annotated[str | None, Field(pattern="^[a-zA-Z]{2,3}(-[a-zA-Z]{2,4})?$")] = None,
    country: Annotated[str | None, Field(pattern="^[a-zA-Z]{2}$")] = None,
    provider: Literal["auto", "naver", "daum", "brave", "tavily", "searxng"] = "auto",
    limit: Limit = 5,
    cursor: str | None = None,
) -> ResultList:
    """Search the web; Korean queries ask Korean engines."""
    words, sites = split_sites(query)
    asked = Query(
        text=words or query,
        kind=kind,
        limit=limit,
        freshness=freshness,
        sites=_sites(site) or sites,
        language=lang,
        country=country,
        engine=None if provider == "auto" else provider,
    )
    return await _searched(call, _at(asked, cursor))


async def news_search(
    call: Call[SearchApi],
    query: Words | None = None,
    sort: Sort = "date",
    freshness: Freshness | None = None,
    limit: Limit = 5,
    cursor: str | None = None,
) -> ResultList:
    """Search the news; without a query, today's headlines."""
    asked = Query(
        text=query or headlines(call.language),
        kind="news",
        limit=limit,
        sort=sort,
        freshness=freshness or (None if query else "day"),
    )
    return await _searched(call, _at(asked, cursor), named=query is not None)


async def image_search(call: Call[SearchApi], query: Words, limit: Limit = 5) -> ImageList:
    """Search images."""
    found = await call.api.engines.search(Query(query, kind="image", limit=limit), now=call.now)
    images = image_rows(found.rows, call.max_chars)
    return ImageList(
        say=say_images(query, images, call.language),
        images=images,
        engines=list(found.engines),
        failed=failed_rows(found.failed),
    )


async def read_url(
    call: Call[SearchApi],
    url: str,
    max_chars: Annotated[int, Field(ge=200, le=20_000)] = 6_000,
    offset: Annotated[int, Field(ge=0)] = 0,
    section: Annotated[str | None, Field(max_length=200, description="A heading's text")] = None,
) -> PageText:
    """Read a public page's main text, whole or one section."""
    page = await call.api.reader.read(url)
    if page.lacks:
        message, next_step = say_lacking(page.lacks, call.language)
        raise ToolFailure(ErrorKind.UNAVAILABLE, message, next_step=next_step)
    text = page.section(section) if section else page.text
    if offset and offset >= len(text):
        raise BadInput("offset", f"the text has {len(text)} characters")
    headings = [shortened(it.text, 80) for it in page.headings[:_MOST_HEADINGS]]
    told = PageText(
        say=say_page(page, text[offset : offset + max_chars], section, call.language),
        url=page.url,
        title=shortened(page.title, 200) or None,
        text="",
        author=page.author and shortened(page.author, 80),
        date=spelled(page.date, call.timezone),
        site=page.site and shortened(page.site, 80),
        headings=(headings if not offset else None) or None,
        total_chars=len(text),
    )
    room = call.max_chars - len(told.model_dump_json()) - _FRAME_CHARS
    cut = cut_text(text, offset, max(_LEAST_CHARS, text_room(text[offset:], min(max_chars, room))))
    return told.model_copy(update={"text": cut.text, "next_offset": cut.next_offset})


TOOLS = (
    reads(web_search, "Search the web", untrusted=True, brief=True),
    reads(news_search, "Search news", untrusted=True, brief=True),
    reads(image_search, "Search images", untrusted=True, brief=True),
    reads(read_url, "Read a page", untrusted=True, brief=True),
)


async def _searched(call: Call[SearchApi], query: Query, *, named: bool = True) -> ResultList:
    found = await call.api.engines.search(query, now=call.now)
    rows = result_rows(found.rows, call.timezone, call.max_chars)
    asked = Asked(query, call.language, call.now, as_web=found.as_web, named=named)
    return ResultList(
        say=say_results(asked, found.rows[: len(rows)]),
        results=rows,
        engines=list(found.engines),
        failed=failed_rows(found.failed),
        note=note_as_web(call.language) if found.as_web else None,
        next_cursor=next_cursor(query, found, len(rows)),
    )


def _at(query: Query, cursor: str | None) -> Query:
    if cursor is None:
        return query
    at = decode_cursor(cursor, Position)
    if not (1 <= at.page <= 50 and 0 <= at.skip <= 100 and 1 <= at.limit <= 10):
        raise BadInput("cursor", "is none that this tool has given; leave it out")
    return replace(query, engine=at.engine, page=at.page, skip=at.skip, limit=at.limit)


def _sites(site: str | None) -> tuple[str, ...]:
    if site is None:
        return ()
    try:
        return (site_host(site),)
    except ValueError:
        raise BadInput("site", "must be a host such as naver.com") from None
