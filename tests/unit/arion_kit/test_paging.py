from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from arion_kit.errors import BadInput
from arion_kit.paging import cut_text, decode_cursor, encode_cursor, rows_that_fit


class Place(BaseModel):
    page: int = 1
    token: str | None = None


class Row(BaseModel):
    text: str


@given(st.builds(Place, page=st.integers(), token=st.none() | st.text()))
def test_a_cursor_comes_back_as_it_was(place: Place):
    cursor = encode_cursor(place)
    assert decode_cursor(cursor, Place) == place
    assert cursor.replace("-", "").replace("_", "").isalnum() or cursor == ""


@given(st.text(max_size=60))
def test_a_foreign_cursor_is_read_or_refused(text: str):
    with suppress(BadInput):
        assert isinstance(decode_cursor(text, Place), Place)


def test_a_refused_cursor_names_its_parameter():
    with pytest.raises(BadInput, match="page_token: is none that this tool has given"):
        decode_cursor("페이지2", Place, "page_token")


def test_an_endless_cursor_is_refused():
    with pytest.raises(BadInput):
        decode_cursor("e30" * 5_000, Place)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_the_parts_of_a_text_are_the_text(text: str, size: int):
    parts: list[str] = []
    offset: int | None = 0
    while offset is not None:
        cut = cut_text(text, offset, size)
        assert len(cut.text) <= size
        parts.append(cut.text)
        offset = cut.next_offset
    assert "".join(parts) == text


def test_a_text_is_cut_behind_a_line_or_a_word_that_ends_near():
    assert cut_text("one two\nthree", 0, 10).text == "one two\n"
    assert cut_text("one two three", 0, 10).text == "one two "
    assert cut_text("abcdefghijklmn", 0, 10).text == "abcdefghij"


def test_as_many_rows_are_kept_as_there_is_room_for_and_one_at_least():
    rows = [Row(text="x" * 80)] * 10
    assert rows_that_fit(rows, 300) == 3
    assert rows_that_fit(rows, 5) == 1
    assert rows_that_fit(rows, 5_000) == 10
    assert rows_that_fit([], 100) == 0
