"""What the tools return. Titles, snippets and pages are other people's words."""

from __future__ import annotations

from pydantic import BaseModel

from arion_kit.spec import Said


class ResultRow(BaseModel):
    """One result."""

    title: str
    url: str | None = None
    """None for a place without a site."""
    snippet: str | None = None
    date: str | None = None
    """RFC 3339 in the person's zone; the day alone where no time is known."""
    source: str | None = None
    address: str | None = None
    phone: str | None = None
    category: str | None = None


class EngineFailure(BaseModel):
    """An engine that was asked in vain."""

    engine: str
    kind: str


class ResultList(Said):
    """What a search found, without repetitions, best first."""

    results: list[ResultRow]
    engines: list[str]
    failed: list[EngineFailure] | None = None
    note: str | None = None
    next_cursor: str | None = None


class ImageRow(BaseModel):
    """One image."""

    title: str
    url: str
    """Of the page it is on."""
    image_url: str | None = None
    thumbnail_url: str | None = None
    width: int | None = None
    height: int | None = None
    source: str | None = None


class ImageList(Said):
    """What an image search found."""

    images: list[ImageRow]
    engines: list[str]
    failed: list[EngineFailure] | None = None


class PageText(Said):
    """A part of a page."""

    url: str
    title: str | None = None
    text: str
    author: str | None = None
    date: str | None = None
    site: str | None = None
    headings: list[str] | None = None
    total_chars: int
    next_offset: int | None = None
