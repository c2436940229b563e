"""Results keep to the room a client has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.engines.query import Found, Query, Row
from arion_kit.paging import decode_cursor
from arion_kit.spec import Call
from arion_search.api import SearchApi
from arion_search.models import PageText
from arion_search.page import Page
from arion_search.rows import Position, next_cursor, result_rows, spelled
from arion_search.tools import read_url

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 10, tzinfo=SEOUL)


@dataclass
class OnePage:
    """Reads the same page whatever the address."""

    page: Page

    async def read(self, _url: str) -> Page:
        return self.page


async def part_of(page: Page, max_chars: int, offset: int = 0) -> PageText:
    """A part of the page, for a client with this much room."""
    api = SearchApi(cast("Any", None), cast("Any", OnePage(page)))
    call = Call(api, "ko", SEOUL, NOW, cast("Any", None), max_chars=max_chars)
    return await read_url(call, "https://a.kr/", 20_000, offset)


@pytest.mark.parametrize("max_chars", [1_500, 6_000, 24_000])
@pytest.mark.parametrize("line", ["## 제목\n\n문장이 있는 줄입니다. ", '"따옴표"\\\t', "가"])
async def test_the_parts_of_a_page_fit_and_join(line: str, max_chars: int):
    page = Page("https://a.kr/" + "x" * 100, line * 2_000, "긴 제목 " * 300, author="글쓴이")
    joined, offset = "", 0
    while True:
        part = await part_of(page, max_chars, offset)
        sent = json.dumps(part.model_dump(exclude_none=True), ensure_ascii=False)
        assert len(sent) <= max_chars + 40  # the spaces that compact JSON has not
        joined += part.text
        if part.next_offset is None:
            break
        assert part.next_offset > offset
        offset = part.next_offset
    assert joined == page.text


@given(st.integers(1, 10), st.integers(1_000, 24_000), st.integers(0, 4_000))
def test_rows_keep_to_the_room_there_is(count: int, max_chars: int, long: int):
    row = Row("제목 " * 20, "https://a.kr/" + "p" * 60, "요약 " * long, date=NOW, source="신문")
    rows = result_rows([row] * count, SEOUL, max_chars)
    sent = sum(len(it.model_dump_json(exclude_none=True)) + 1 for it in rows)
    assert len(rows) == 1 or sent <= max_chars - 900


def test_a_list_goes_on_behind_what_was_shown():
    rows = tuple(Row(f"제목 {n}", f"https://a.kr/{n}") for n in range(5))
    query = Query("q", limit=5, page=2, skip=10)
    whole = Found(rows, ("daum",), next_page=3)
    cut = decode_cursor(next_cursor(query, whole, 3) or "", Position)
    assert (cut.engine, cut.page, cut.skip, cut.limit) == ("daum", 2, 13, 5)
    after = decode_cursor(next_cursor(query, whole, 5) or "", Position)
    assert (after.page, after.skip) == (3, 0)
    assert next_cursor(query, Found(rows, ("daum",)), 5) is None
    assert next_cursor(query, Found(rows, ("daum", "naver"), next_page=3), 3) is None


def test_moments_are_told_in_the_persons_zone_and_days_as_days():
    assert spelled(datetime(2026, 11, 22, 23, 5, tzinfo=UTC), SEOUL) == "2026-11-23T08:05+09:00"
    assert spelled(datetime(2026, 11, 22, tzinfo=SEOUL), SEOUL) == "2026-11-22"
    assert spelled(None, SEOUL) is None
