"""Filters and sorts of Notion's stand-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from arion_sandbox.errors import VendorError
from arion_sandbox.notion_query import RowFilter, sort_rows

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
SCHEMA: dict[str, Any] = {
    "이름": {"id": "title", "name": "이름", "type": "title", "title": {}},
    "마감": {"id": "due", "name": "마감", "type": "date", "date": {}},
    "값": {"id": "val", "name": "값", "type": "number", "number": {}},
}


def row(day: str | None = None, value: float | None = None) -> dict[str, Any]:
    date = {"start": day, "end": None} if day else None
    return {
        "created_time": "2026-11-20T16:00:00.000Z",
        "properties": {
            "이름": {"title": [{"plain_text": "우유"}]},
            "마감": {"date": date},
            "값": {"number": value},
        },
    }


def holds(condition: dict[str, Any], day: str | None) -> bool:
    given: Any = {"property": "due", "date": condition}
    return RowFilter(SCHEMA, NOW, "me").matches(row(day), given)


@pytest.mark.parametrize(
    ("condition", "first", "last"),
    [
        ({"this_week": {}}, "2026-11-23", "2026-11-29"),
        ({"next_week": {}}, "2026-11-25", "2026-12-02"),
        ({"past_week": {}}, "2026-11-18", "2026-11-25"),
        ({"equals": "today"}, "2026-11-25", "2026-11-25"),
        ({"equals": "2026-11-24T20:00:00Z"}, "2026-11-25", "2026-11-25"),
    ],
)
def test_windows_are_counted_in_seoul(condition: dict[str, Any], first: str, last: str):
    days = [f"2026-{month}-{day:02}" for month in (11, 12) for day in range(1, 31)]
    found = [day for day in days if holds(condition, day)]
    assert (found[0], found[-1]) == (first, last)


def test_what_has_no_date_is_in_no_window_and_empty():
    assert not holds({"this_week": {}}, None)
    assert not holds({"before": "2026-11-25"}, None)
    assert holds({"is_empty": True}, None)


def test_a_creation_late_in_the_evening_counts_for_the_day_in_seoul():
    given: Any = {"timestamp": "created_time", "created_time": {"equals": "2026-11-21"}}
    assert RowFilter(SCHEMA, NOW, "me").matches(row(), given)


def test_rows_without_a_value_come_last_either_way():
    rows: Any = [row(value=2), row(), row(value=3)]
    values = {
        direction: [
            it["properties"]["값"]["number"]
            for it in sort_rows(rows, [{"property": "값", "direction": direction}], SCHEMA)
        ]
        for direction in ("ascending", "descending")
    }
    assert values == {"ascending": [2, 3, None], "descending": [3, 2, None]}


@pytest.mark.parametrize(
    "given",
    [
        {"property": "색", "number": {"equals": 1}},
        {"property": "값", "date": {"equals": "today"}},
        {"property": "값", "number": {"equals": "1"}},
        {"property": "값", "number": {"starts_with": 1}},
        {"property": "마감", "date": {"equals": "내일"}},
        {"property": "마감", "date": {"before": "today", "after": "today"}},
        {"and": [{"or": [{"and": []}]}]},
    ],
)
def test_a_filter_that_fits_no_property_is_refused(given: Any):
    with pytest.raises(VendorError) as refused:
        RowFilter(SCHEMA, NOW, "me").matches(row(), given)
    assert refused.value.kind == "validation_error"
