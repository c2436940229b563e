"""Our own descriptions as judges: what they let pass, and what they don't."""

from __future__ import annotations

from typing import Any

import pytest
from tests.descriptions import kakao, odsay, tmap
from tests.descriptions.openapi import Description

pytestmark = pytest.mark.thorough

KEYWORD = "/v2/local/search/keyword.json"
TRANSIT = "/transit/routes"
POINTS = {"startX": "127.0", "startY": "37.5", "endX": "127.1", "endY": "37.4"}


def test_a_request_as_it_should_be_passes() -> None:
    query = [("query", "카페"), ("x", "127.02"), ("y", "37.5"), ("radius", "2000")]
    assert kakao.check("GET", KEYWORD, query, None) == []
    assert kakao.check("GET", "/v2/search/web", [("query", "날씨")], None) == []
    assert tmap.check("POST", TRANSIT, [], POINTS | {"count": 10}) == []


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ([], "query: required"),
        ([("query", "a"), ("radius", "20001")], "radius: $: 20001 is greater than the maximum"),
        ([("query", "a"), ("size", "ten")], "size: $: 'ten' is not of type 'integer'"),
        ([("query", "a"), ("sort", "near")], "sort: $: 'near' is not one of"),
        ([("query", "a"), ("x", "37.5")], "x: $: 37.5 is less than the minimum"),
        ([("query", "a"), ("near", "b")], "near: unknown query parameter"),
        ([("query", "a"), ("query", "b")], "query: given 2 times"),
    ],
)
def test_a_parameter_that_is_not_right_is_named(query: list[tuple[str, str]], fault: str) -> None:
    [found] = kakao.check("GET", KEYWORD, query, None)
    assert found.startswith(f"GET {KEYWORD}: {fault}")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (None, "$: body required"),
        (POINTS | {"start": "1"}, "$: Additional properties are not allowed"),
        (POINTS | {"startX": 127.0}, "$.startX: 127.0 is not of type 'string'"),
        ({"startX": "127"}, "$: 'startY' is a required property"),
    ],
)
def test_a_body_that_is_not_right_is_told_where(body: Any, fault: str) -> None:
    found = tmap.check("POST", TRANSIT, [], body)
    assert found[0].startswith(f"POST {TRANSIT}: {fault}")


def test_a_path_or_a_body_that_nobody_described_is_told() -> None:
    assert odsay.check("GET", "/v1/api/searchBusLane", [], None) == [
        "GET /v1/api/searchBusLane: no such method"
    ]
    assert kakao.check("GET", KEYWORD, [("query", "a")], {"query": "a"}) == [
        f"GET {KEYWORD}: $: this method takes no body"
    ]


def test_a_response_may_hold_more_than_is_described() -> None:
    description = Description.load("kakao")
    answer = {"meta": {"total_count": 0}, "documents": [], "new": 1}
    assert description.check_response("GET", KEYWORD, 200, answer) == []
    [fault] = description.check_response("GET", KEYWORD, 200, {"meta": {"total_count": 0}})
    assert fault.endswith("$: 'documents' is a required property")


def test_a_field_without_a_source_is_found() -> None:
    field: dict[str, Any] = {"type": "string"}
    parameter: dict[str, Any] = {"name": "q", "in": "query", "schema": {"type": "string"}}
    get: dict[str, Any] = {"parameters": [parameter], "responses": {}}
    schemas: dict[str, Any] = {"A": {"type": "object", "properties": {"b": field}}}
    found = Description({"paths": {"/": {"get": get}}, "components": {"schemas": schemas}})
    assert found.unsourced() == ["#.paths./.get.parameters[0].q", "#.components.schemas.A.b"]
    field["x-source"], parameter["x-source"] = "guessed", "documented"
    assert found.unsourced() == []
