"""Whatever is written simply becomes what Notion's own types allow, or is refused by name."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.descriptions.notion import check

from arion_kit.errors import BadInput
from arion_notion.filters import FilterReader, read_sorts
from arion_notion.lookups import Lookups
from arion_notion.schema import Property, Schema
from arion_notion.wire import Item
from arion_notion.writing import Writer

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
SOURCE = "23cde11a-8016-5a90-97b3-9383f237874a"
KINDS = (
    "title", "rich_text", "number", "checkbox", "select", "multi_select", "status", "date",
    "people", "relation", "url", "email", "phone_number", "files", "formula", "rollup",
    "created_time", "created_by", "unique_id",
)  # fmt: skip
CHOICES = {"options": [{"id": "1", "name": "할 일"}, {"id": "2", "name": "완료"}]}
SCHEMA = Schema.of(
    Item(
        object="data_source",
        id=SOURCE,
        properties=cast("Any", {kind: {"id": kind, "type": kind, kind: CHOICES} for kind in KINDS}),
    )
)

SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10),
    st.sampled_from(
        ["완료", "할 일", "오늘", "다음 주", "2026-11-27", "2026-11-23/2026-11-24", "예", "TASK-3"]
    ),
)
NAMES = st.sampled_from(KINDS)
CONDITIONS = st.one_of(
    SIMPLE,
    st.lists(SIMPLE, max_size=2),
    st.dictionaries(
        st.sampled_from(["equals", "not", "contains", ">", "<=", "before", "from", "empty", "is"]),
        st.one_of(SIMPLE, st.lists(SIMPLE, max_size=2)),
        min_size=1,
        max_size=2,
    ),
)


class Known(Lookups):
    """Knows everybody and every page."""

    def __init__(self) -> None:
        pass

    async def person(self, text: str, parameter: str) -> str:
        return SOURCE

    async def related_page(self, prop: Property, text: str, parameter: str) -> str:
        return SOURCE


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.dictionaries(NAMES, CONDITIONS, min_size=1, max_size=3), st.lists(NAMES, max_size=2))
async def test_a_simple_filter_fits_notions_types(simple: dict[str, Any], sorts: list[str]):
    try:
        found = await FilterReader(SCHEMA, Known(), NOW).read(simple)
    except BadInput:
        reject()
    body: dict[str, Any] = {"sorts": read_sorts([f"-{name}" for name in sorts], SCHEMA)}
    body |= {"filter": found} if found else {}
    assert check("POST", f"/v1/data_sources/{SOURCE}/query", [], body) == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.dictionaries(NAMES, st.one_of(SIMPLE, st.lists(SIMPLE, max_size=2)), max_size=3))
async def test_plain_values_fit_notions_types(plain: dict[str, Any]):
    try:
        properties = await Writer(SCHEMA, Known(), NOW).properties(plain)
    except BadInput:
        reject()
    body = {"parent": {"data_source_id": SOURCE}, "properties": properties}
    assert check("POST", "/v1/pages", [], body) == []
