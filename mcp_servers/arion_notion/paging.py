"""Cursors of our own over Notion's: a result may have no room for all of one of its pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from arion_kit.paging import decode_cursor, encode_cursor

Row = TypeVar("Row", covariant=True)
Kept = TypeVar("Kept")

MOST_ROWS = 100
"""Rows that Notion gives at once."""


class Listed(Protocol[Row]):
    """A page of one of Notion's lists."""

    @property
    def results(self) -> Sequence[Row]:
        """Its rows."""
        ...

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""
        ...

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""
        ...


class _Place(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str | None = None
    """Notion's cursor for the page that is being read."""
    given: int = 0
    """How many of its rows were given already."""


@dataclass(frozen=True)
class Part(Generic[Kept]):
    """The rows of a list that come next."""

    rows: Sequence[Kept]
    _place: _Place
    _next: str | None
    _rest: bool
    """Whether Notion's page holds rows past these."""

    def cursor(self, shown: int) -> str | None:
        """Where to go on after the first `shown` rows; None at the end of the list."""
        if shown < len(self.rows) or self._rest:
            return encode_cursor(_Place(start=self._place.start, given=self._place.given + shown))
        return encode_cursor(_Place(start=self._next)) if self._next else None


async def read_part(
    cursor: str | None,
    size: int,
    fetch: Callable[[str | None, int], Awaitable[Listed[Kept]]],
) -> Part[Kept]:
    """The next `size` rows of a list.

    Args:
        cursor: One of ours; None at the start.
        size: Rows, up to 100.
        fetch: Reads a page of Notion's from its own cursor on, of so many rows.

    Raises:
        BadInput: The cursor is none of ours.
    """
    place = decode_cursor(cursor, _Place) if cursor else _Place()
    page = await fetch(place.start, min(size + place.given, MOST_ROWS))
    rows = page.results[place.given : place.given + size]
    rest = len(page.results) > place.given + size
    return Part(rows, place, page.next_cursor if page.has_more else None, rest)
