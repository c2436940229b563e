"""Properties by the names that people use, and choices by theirs."""

from __future__ import annotations

from typing import Any

import pytest

from arion_kit.errors import BadInput
from arion_notion.schema import Schema
from arion_notion.wire import Item


def schema_of(**types: str) -> Schema:
    """A schema of these properties."""
    properties: dict[str, Any] = {
        name: {"id": name, "type": kind, kind: {}} for name, kind in types.items()
    }
    return Schema.of(Item(object="data_source", id="x", properties=properties))


def status(*groups: tuple[str, ...]) -> Schema:
    """A schema with one status, whose choices are in these groups."""
    names = [name for group in groups for name in group]
    settings = {
        "options": [{"id": name, "name": name} for name in names],
        "groups": [{"name": "?", "option_ids": list(group)} for group in groups],
    }
    raw: Any = {"id": "s", "type": "status", "status": settings}
    return Schema.of(Item(object="data_source", id="x", properties={"Status": raw}))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Due date", "Due date"),
        ("due DATE", "Due date"),
        ("duedate", "Due date"),
        ("마감", "Due date"),
        ("마감일", "Due date"),
        ("담당자", "Assign"),
        ("상태", "Status"),
        ("제목", "Task name"),
        ("이름", "Task name"),
        ("완료", "Status"),
    ],
)
def test_a_property_is_found_by_what_people_mean(said: str, found: str):
    types = {"Task name": "title", "Status": "status", "Due date": "date", "Assign": "people"}
    assert schema_of(**types).find(said, "properties").name == found


def test_a_name_that_could_be_several_says_which():
    schema = schema_of(이름="title", 시작="date", 끝="date")
    with pytest.raises(BadInput, match="could be one of 시작, 끝"):
        schema.find("마감", "properties")


def test_of_several_dates_the_one_that_is_called_so_is_meant():
    schema = schema_of(이름="title", 시작="date", Deadline="date")
    assert schema.find("마감", "properties").name == "Deadline"


def test_a_name_that_is_none_says_what_there_is():
    with pytest.raises(BadInput, match="there are 이름, 값"):
        schema_of(이름="title", 값="number").find("색", "properties")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("완료", "Shipped"),
        ("done", "Shipped"),
        ("진행 중", "Building"),
        ("할 일", "Backlog"),
        ("building", "Building"),
        ("보류", None),
    ],
)
def test_a_status_is_chosen_by_its_name_or_its_stage(said: str, found: str | None):
    schema = status(("Backlog",), ("Building", "Review"), ("Shipped", "Dropped"))
    assert schema.properties[0].choice(said) == found


def test_a_status_without_groups_is_chosen_by_name_alone():
    assert status().properties[0].choice("완료") is None
