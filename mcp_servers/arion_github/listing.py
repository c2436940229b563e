"""Results in parts: pages of GitHub's, and texts, as far as was asked for and as fits."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from arion_github.transport import POSITION, Page
from arion_kit.errors import BadInput
from arion_kit.paging import Cut, cut_text, decode_cursor, encode_cursor, rows_that_fit

FRAME = 800
"""Characters of a result that are no rows."""

_MOST_PAGES = 5
"""Pages that are read for one answer."""

Row = TypeVar("Row")
Shown = TypeVar("Shown", bound=BaseModel)

Fetch = Callable[[Mapping[str, str]], Awaitable[Page[Row]]]
"""Gives the page at a place, which query parameters name; the first at none."""


class Place(BaseModel):
    """Where in a list one is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: int = 0
    """Which of several lists that follow each other."""
    at: dict[str, str] = {}
    skip: int = 0
    """Rows of the page that were given already."""


@dataclass(frozen=True)
class Gathered(Generic[Row]):
    """Rows, each with its place, and where to go on after them."""

    rows: Sequence[Row]
    places: Sequence[Place]
    after: Place | None

    def shown(self, show: Callable[[Row], Shown], max_chars: int) -> tuple[list[Shown], str | None]:
        """As many rows as fit, and the cursor of the rest."""
        rows = [show(row) for row in self.rows]
        count = rows_that_fit(rows, max_chars - FRAME)
        after = self.after if count == len(rows) else self.places[count]
        return rows[:count], encode_cursor(after) if after else None


async def gather(
    lists: Sequence[Fetch[Row]],
    cursor: str | None,
    wanted: int,
    keep: Callable[[Row], bool] = lambda _: True,
) -> Gathered[Row]:
    """The next `wanted` rows of one list, or of several one after the other.

    Raises:
        BadInput: The cursor is of another list.
    """
    place = _read(cursor, len(lists))
    rows: list[Row] = []
    places: list[Place] = []
    for _ in range(_MOST_PAGES):
        page = await lists[place.part](place.at)
        for index, row in enumerate(page.rows):
            if index < place.skip or not keep(row):
                continue
            here = Place(part=place.part, at=place.at, skip=index)
            if len(rows) == wanted:
                return Gathered(rows, places, here)
            rows.append(row)
            places.append(here)
        following = _after(place, page, len(lists))
        if following is None or len(rows) == wanted:
            return Gathered(rows, places, following)
        place = following
    return Gathered(rows, places, place)


def part_of(text: str, offset: int, max_chars: int) -> Cut:
    """The part of `text` from `offset` on that takes no more than `max_chars` as JSON."""
    room = max(1, max_chars)
    while True:
        cut = cut_text(text, offset, room)
        size = as_json(cut.text)
        if size <= max_chars or room == 1:
            return cut
        room = max(1, min(room - 1, room * max_chars // size))


def as_json(text: str) -> int:
    """Characters that a text takes as JSON."""
    return len(json.dumps(text, ensure_ascii=False))


def _after(place: Place, page: Page[Row], lists: int) -> Place | None:
    if page.next:
        return Place(part=place.part, at=dict(page.next))
    return Place(part=place.part + 1) if place.part + 1 < lists else None


def _read(cursor: str | None, lists: int) -> Place:
    if cursor is None:
        return Place()
    place = decode_cursor(cursor, Place)
    if not place.at.keys() <= POSITION or not 0 <= place.part < lists or place.skip < 0:
        raise BadInput("cursor", "is none that this tool has given; leave it out")
    return place
