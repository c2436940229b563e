"""Ids out of whatever people copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.errors import BadInput
from arion_notion.ids import find_id, read_id

ID = "59833787-2cf9-4fdf-8782-e53db20768a5"
BARE = ID.replace("-", "")
VIEW = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        BARE,
        BARE.upper(),
        f"  {ID}\n",
        f"https://www.notion.so/{BARE}",
        f"https://www.notion.so/yeoul/Weekly-{BARE}?pvs=4#heading",
        f"https://app.notion.com/p/yeoul/{ID}",
        f"app.notion.com/p/{BARE}/",
        f"https://yeoul.notion.site/%ED%9A%8C%EC%9D%98-{BARE}",
        f"https://www.notion.so/{VIEW}?v={VIEW}&p={BARE}&pm=s",
        f"collection://{ID}",
    ],
)
def test_an_id_is_found_in_any_address(text: str):
    assert find_id(text) == ID


def test_a_database_is_meant_where_a_row_is_opened_beside_it():
    address = f"https://www.notion.so/yeoul/{BARE}?v={VIEW}&p={VIEW}"
    assert find_id(address, container=True) == ID
    assert find_id(address) == "01234567-89ab-cdef-0123-456789abcdef"


@pytest.mark.parametrize(
    "text", ["", "장보기", "https://www.notion.so/", f"{BARE}0", f"?v={BARE}", "http://[::1"]
)
def test_what_holds_no_id_is_refused_with_a_hint(text: str):
    with pytest.raises(BadInput, match="notion_search"):
        read_id(text, "page_id")


@given(st.text())
def test_any_text_is_an_id_or_none(text: str):
    found = find_id(text)
    assert found is None or find_id(found) == found
