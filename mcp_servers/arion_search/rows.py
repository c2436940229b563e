"""Results as the tools return them, cut to the room there is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from arion_kit.engines.query import EngineName, Failed, Found, Query, Row
from arion_kit.engines.text import shortened
from arion_kit.paging import encode_cursor, rows_that_fit
from arion_search.models import EngineFailure, ImageRow, ResultRow

FRAME_CHARS = 900
"""Room for everything but the rows: the sentence, the engines, the cursor."""

_LONGEST_TITLE = 150
_LONGEST_SNIPPET = 300
_SHORTEST_SNIPPET = 80
_ADDRESS_CHARS = 220
"""What a row takes besides its snippet, about."""


class Position(BaseModel):
    """Where a list of results goes on."""

    engine: EngineName
    page: int
    skip: int = 0
    limit: int


def result_rows(rows: Sequence[Row], zone: ZoneInfo, max_chars: int) -> list[ResultRow]:
    """The rows that there is room for, with snippets as long as that allows."""
    room = max_chars - FRAME_CHARS
    share = room // max(1, len(rows)) - _ADDRESS_CHARS
    longest = min(_LONGEST_SNIPPET, max(_SHORTEST_SNIPPET, share))
    shown = [_result_row(row, zone, longest) for row in rows]
    return shown[: rows_that_fit(shown, room)]


def image_rows(rows: Sequence[Row], max_chars: int) -> list[ImageRow]:
    """The images that there is room for."""
    shown = [
        ImageRow(
            title=shortened(row.title, _LONGEST_TITLE),
            url=row.url,
            image_url=row.image_url,
            thumbnail_url=row.thumbnail_url if row.thumbnail_url != row.image_url else None,
            width=row.width,
            height=row.height,
            source=row.source or None,
        )
        for row in rows
    ]
    return shown[: rows_that_fit(shown, max_chars - FRAME_CHARS)]


def failed_rows(failed: Sequence[Failed]) -> list[EngineFailure] | None:
    """The engines that did not answer, None where all did."""
    return [EngineFailure(engine=it.engine, kind=it.failure.kind) for it in failed] or None


def next_cursor(query: Query, found: Found, shown: int) -> str | None:
    """Where to go on after `shown` rows; None at the end, or where several engines answered."""
    if len(found.engines) != 1:
        return None
    if shown < len(found.rows):
        page, skip = query.page, query.skip + shown
    elif found.next_page:
        page, skip = found.next_page, found.next_skip
    else:
        return None
    engine = found.engines[0]
    return encode_cursor(Position(engine=engine, page=page, skip=skip, limit=query.limit))


def spelled(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment in the person's zone; the day alone where no more is known."""
    if moment is None:
        return None
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.astimezone(zone).isoformat(timespec="minutes")


def text_room(text: str, max_chars: int) -> int:
    """How many characters of `text` take no more than `max_chars` as JSON."""
    escaped = sum(text.count(letter, 0, max_chars) for letter in '"\\\n\t')
    return max_chars - escaped


def _result_row(row: Row, zone: ZoneInfo, longest_snippet: int) -> ResultRow:
    return ResultRow(
        title=shortened(row.title, _LONGEST_TITLE),
        url=row.url or None,
        snippet=shortened(row.snippet, longest_snippet) or None,
        date=spelled(row.date, zone),
        source=row.source or None,
        address=row.address,
        phone=row.phone,
        category=row.category,
    )
