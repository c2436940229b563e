"""Pages put together to what was asked for and what fits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from arion_github.listing import Place, gather, part_of
from arion_github.transport import Page
from arion_kit.errors import BadInput
from arion_kit.paging import encode_cursor


class Row(BaseModel):
    number: int
    text: str = ""


def source(*pages: Sequence[int]):
    """A list in pages, as GitHub gives it."""

    async def fetch(at: Mapping[str, str]) -> Page[int]:
        page = int(at.get("page", "1"))
        following = {"page": str(page + 1)} if page < len(pages) else None
        return Page(pages[page - 1], following)

    return fetch


async def everything(lists, wanted: int, max_chars: int = 24_000, keep=lambda _: True) -> list[int]:
    """All rows, call by call."""
    numbers: list[int] = []
    cursor: str | None = None
    for _ in range(100):
        found = await gather(lists, cursor, wanted, keep)
        rows, cursor = found.shown(lambda it: Row(number=it, text="x" * 50), max_chars)
        numbers += [row.number for row in rows]
        if cursor is None:
            return numbers
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("wanted", [1, 2, 3, 4, 7, 100])
@pytest.mark.parametrize("max_chars", [900, 1_000, 24_000])
async def test_every_row_comes_once_and_in_order(wanted: int, max_chars: int) -> None:
    lists = [source([1, 2, 3], [4, 5, 6], [7]), source([8, 9], [])]
    assert await everything(lists, wanted, max_chars) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


async def test_rows_that_are_not_wanted_are_passed_over() -> None:
    lists = [source([1, 2, 3], [4, 5], [6])]
    assert await everything(lists, 2, keep=lambda it: it % 2 == 0) == [2, 4, 6]


async def test_one_answer_reads_no_more_pages_than_it_needs() -> None:
    asked: list[str] = []

    async def fetch(at: Mapping[str, str]) -> Page[int]:
        asked.append(at.get("page", "1"))
        return Page([1, 2], {"page": str(len(asked) + 1)})

    found = await gather([fetch], None, 2)
    assert (found.rows, asked) == ([1, 2], ["1"])
    assert found.after is not None


@pytest.mark.parametrize(
    "place",
    [Place(part=3), Place(part=-1), Place(skip=-1), Place(at={"per_page": "1000"})],
)
async def test_a_place_that_is_none_is_refused(place: Place) -> None:
    with pytest.raises(BadInput):
        await gather([source([1])], encode_cursor(place), 5)


@given(st.text(min_size=1), st.integers(20, 200))
def test_parts_of_a_text_fit_as_json_and_give_all_of_it(text: str, room: int) -> None:
    parts: list[str] = []
    offset: int | None = 0
    while offset is not None:
        cut = part_of(text, offset, room)
        assert len(json.dumps(cut.text, ensure_ascii=False)) <= room
        parts.append(cut.text)
        offset = cut.next_offset
    assert "".join(parts) == text
