"""Every type of property as a plain value."""

from __future__ import annotations

from typing import Any

import pytest

from arion_notion.reading import read_value, read_values, shortened

PERSON = "aaaaaaaa-0000-4000-8000-000000000001"
TITLES = {PERSON: "김하늘", "p1": "온보딩"}

VALUES: list[tuple[str, Any, Any]] = [
    ("title", [{"plain_text": "우유 "}, {"plain_text": "사기"}], "우유 사기"),
    ("rich_text", [], ""),
    ("number", 0, 0),
    ("number", None, None),
    ("checkbox", False, False),
    ("url", "https://a.example", "https://a.example"),
    ("select", {"name": "집"}, "집"),
    ("status", None, None),
    ("multi_select", [{"name": "집"}, {"name": "회사"}], ["집", "회사"]),
    ("date", {"start": "2026-11-23", "end": None}, "2026-11-23"),
    ("people", [{"id": PERSON}, {"id": "x", "name": "박서준"}], ["김하늘", "박서준"]),
    ("created_by", {"id": "unknown"}, "unknown"),
    ("relation", [{"id": "p1"}, {"id": "p2"}], ["온보딩", "p2"]),
    ("files", [{"name": "표.xlsx"}], ["표.xlsx"]),
    ("unique_id", {"prefix": "TASK", "number": 3}, "TASK-3"),
    ("unique_id", {"prefix": None, "number": 3}, "3"),
    ("formula", {"type": "string", "string": "A"}, "A"),
    ("formula", {"type": "date", "date": {"start": "2026-11-23"}}, "2026-11-23"),
    ("formula", {"type": "boolean", "boolean": True}, True),
    ("rollup", {"type": "number", "number": 1 / 3}, 0.333333),
    ("rollup", {"type": "array", "array": [{"type": "number", "number": 1}]}, [1]),
    ("rollup", {"type": "unsupported", "unsupported": {}}, None),
    ("place", {"lat": 1.5, "lon": 2, "name": None, "address": "서울"}, "서울"),
    ("verification", {"state": "verified"}, "verified"),
    ("button", {}, None),
    ("brand_new", {"x": 1}, {"x": 1}),
]


@pytest.mark.parametrize(("kind", "raw", "plain"), VALUES)
def test_a_value_is_what_a_person_sees(kind: str, raw: Any, plain: Any):
    assert read_value({"id": "x", "type": kind, kind: raw}, TITLES) == plain


@pytest.mark.parametrize("raw", [{}, {"type": "date"}, {"type": "people", "people": "x"}])
def test_what_is_half_sent_is_empty(raw: Any):
    assert read_value(raw, TITLES) in (None, [])


def test_empty_values_and_the_title_are_left_out_and_long_ones_cut():
    properties: Any = {
        "이름": {"type": "title", "title": [{"plain_text": "x"}]},
        "메모": {"type": "rich_text", "rich_text": [{"plain_text": "가" * 10}]},
        "값": {"type": "number", "number": None},
        "완료": {"type": "checkbox", "checkbox": False},
    }
    assert shortened(read_values(properties, {}), 5) == {"메모": "가가가가가…", "완료": False}
