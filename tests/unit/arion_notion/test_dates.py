"""Dates as people write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.errors import BadInput
from arion_notion.dates import read_date, show_date

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11-27", "2026-11-27", None),
        ("오늘", "2026-11-23", None),
        ("Tomorrow", "2026-11-24", None),
        ("2026-11-27T15:00", "2026-11-27T15:00:00+09:00", None),
        ("2026-11-27T15:00:00Z", "2026-11-27T15:00:00+00:00", None),
        ("2026-11-27/2026-11-29", "2026-11-27", "2026-11-29"),
        ("오늘 ~ 모레", "2026-11-23", "2026-11-25"),
    ],
)
def test_a_day_a_time_or_a_stretch_is_read(text: str, start: str, end: str | None):
    assert read_date(text, NOW, "마감") == {"start": start, "end": end}


@pytest.mark.parametrize(
    "value",
    ["언젠가", "2026-13-01", "", 3, None, [], {"end": "2026-11-27"}, "오늘/T15:00", "1/2/3"],
)
def test_what_is_no_date_says_how_to_write_one(value: object):
    with pytest.raises(BadInput, match="2026-11-27"):
        read_date(value, NOW, "마감")  # type: ignore[arg-type]


def test_the_ends_of_a_stretch_are_of_one_kind():
    with pytest.raises(BadInput, match="both"):
        read_date("2026-11-27/2026-11-28T10:00", NOW, "마감")


def test_a_date_of_notion_is_shown_as_one_word():
    assert show_date({"start": "2026-11-27", "end": None}) == "2026-11-27"
    assert show_date({"start": "2026-11-27T15:00:00.000+09:00"}) == "2026-11-27T15:00+09:00"
    assert show_date({"start": "2026-11-27", "end": "2026-11-29"}) == "2026-11-27/2026-11-29"
    assert show_date(None) is None


@given(st.dates(), st.dates())
def test_what_is_shown_is_read_as_the_same(first: object, last: object):
    shown = show_date({"start": str(first), "end": str(last)})
    assert read_date(shown, NOW, "마감") == {"start": str(first), "end": str(last)}
