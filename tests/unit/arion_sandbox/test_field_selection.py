from __future__ import annotations

import pytest

from arion_sandbox.endpoints import Query
from arion_sandbox.errors import GoogleError
from arion_sandbox.field_selection import select_fields
from arion_sandbox.json_types import JsonObject

RESPONSE: JsonObject = {
    "kind": "k",
    "items": [{"id": "1", "start": {"date": "2026-11-23", "timeZone": "Asia/Seoul"}}, {"id": "2"}],
}


def cut(fields: str) -> JsonObject:
    return select_fields(RESPONSE, Query((("fields", fields),)))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("kind", {"kind": "k"}),
        ("items/id", {"items": [{"id": "1"}, {"id": "2"}]}),
        ("items(id),kind", {"kind": "k", "items": [{"id": "1"}, {"id": "2"}]}),
        ("items(start(date))", {"items": [{"start": {"date": "2026-11-23"}}, {}]}),
        ("items/start/date", {"items": [{"start": {"date": "2026-11-23"}}, {}]}),
        ("*", RESPONSE),
        ("nothing", {}),
    ],
)
def test_only_the_named_fields_are_left(fields: str, expected: JsonObject):
    assert cut(fields) == expected


def test_without_fields_all_is_left():
    assert select_fields(RESPONSE, Query(())) == RESPONSE


@pytest.mark.parametrize("fields", ["(", "items(id", "items)", "a,,b", "a/", ","])
def test_a_selection_that_cannot_be_read_is_refused(fields: str):
    with pytest.raises(GoogleError) as refusal:
        cut(fields)
    assert refusal.value.kind == "invalidParameter"
