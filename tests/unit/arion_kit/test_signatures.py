from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue

from arion_kit.errors import SpecError
from arion_kit.signatures import Signature, read_signature
from arion_kit.spec import Call, Said, reads, writes
from arion_kit.words import Effect, EffectClass


class Owner(BaseModel):
    """Who owns it."""

    name: str
    title: str | None = None


class Found(Said):
    """What was found."""

    owner: Annotated[Owner, Field(description="Who made it")]
    others: tuple[Owner, ...] = ()
    count: int | None


def signature_of(run: Callable[..., Awaitable[Said]]) -> Signature:
    return read_signature(reads(run, "Find"))


async def find(
    call: Call[None],
    query: str,
    limit: Annotated[int, Field(ge=1, le=50, description="Most to give")] = 10,
    kind: Literal["a", "b"] = "a",
    tags: list[str] | None = None,
    exact: bool = False,
) -> Found:
    """Finds things.

    Newest first.
    """
    raise NotImplementedError


def test_the_input_schema_is_flat_and_says_no_more_than_it_must():
    assert signature_of(find).input_schema == {
        "type": "object",
        "properties": {
            "query": {"type": "string"},
            "limit": {
                "type": "integer",
                "default": 10,
                "minimum": 1,
                "maximum": 50,
                "description": "Most to give",
            },
            "kind": {"type": "string", "enum": ["a", "b"], "default": "a"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "exact": {"type": "boolean", "default": False},
        },
        "required": ["query"],
    }


def test_the_output_schema_has_no_references_titles_or_nulls_and_requires_nothing():
    owner = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "title": {"type": "string"}},
    }
    assert signature_of(find).output_schema == {
        "type": "object",
        "properties": {
            "say": {"type": "string"},
            "owner": {**owner, "description": "Who made it"},
            "others": {"type": "array", "items": owner, "default": []},
            "count": {"type": "integer"},
        },
    }


def test_a_brief_tool_lists_only_the_fields_at_the_top_of_its_result():
    signature = read_signature(reads(find, "Find", brief=True))
    assert signature.listed_output == {
        "type": "object",
        "properties": {
            "say": {"type": "string"},
            "owner": {"type": "object", "description": "Who made it"},
            "others": {"type": "array"},
            "count": {"type": "integer"},
        },
    }
    assert "name" in signature.output_schema["properties"]["owner"]["properties"]


def test_a_tool_that_asks_takes_a_token_and_an_object_may_hold_anything():
    async def clear(call: Call[None], keep: dict[str, JsonValue]) -> Said:
        """Clears."""
        raise NotImplementedError

    effect = Effect(effect_class=EffectClass.ASK)
    tool = writes(clear, "Clear", effect=effect, destructive=True, idempotent=True, asks=True)
    assert read_signature(tool).input_schema == {
        "type": "object",
        "properties": {"keep": {"type": "object"}, "confirm_token": {"type": "string"}},
        "required": ["keep"],
    }


def test_the_description_is_the_docstring():
    assert signature_of(find).description == "Finds things.\n\nNewest first."


def test_a_parameter_called_title_or_description_survives():
    async def rename(call: Call[None], title: str, description: str | None = None) -> Said:
        """Renames."""
        raise NotImplementedError

    schema = signature_of(rename).input_schema
    assert list(schema["properties"]) == ["title", "description"]
    assert "title" not in json.dumps(schema["properties"]["title"])


def test_arguments_are_checked_and_read():
    arguments = signature_of(find).arguments
    assert arguments(query="x", limit="5", tags=None).model_dump() == {
        "query": "x",
        "limit": 5,
        "kind": "a",
        "tags": None,
        "exact": False,
    }


async def no_call(query: str) -> Said:
    """Finds."""
    raise NotImplementedError


async def no_docstring(call: Call[None]) -> Said:
    raise NotImplementedError


async def no_result(call: Call[None]) -> dict[str, str]:
    """Finds."""
    raise NotImplementedError


async def nested(call: Call[None], owner: Owner) -> Said:
    """Finds."""
    raise NotImplementedError


async def lists_of_lists(call: Call[None], rows: list[list[str]]) -> Said:
    """Finds."""
    raise NotImplementedError


async def either(call: Call[None], day: date | int) -> Said:
    """Finds."""
    raise NotImplementedError


async def unresolved(call: Call[None], when: Elsewhere) -> Said:  # noqa: F821 - the point
    """Finds."""
    raise NotImplementedError


@pytest.mark.parametrize(
    ("run", "complaint"),
    [
        (no_call, "no_call: the first parameter must be `call"),
        (no_docstring, "no_docstring: needs a docstring"),
        (no_result, "no_result: must return a Said, not dict"),
        (nested, r"nested\.owner: must be text, a number"),
        (lists_of_lists, r"lists_of_lists\.rows: must be text"),
        (either, r"either\.day: must be text"),
        (unresolved, "unresolved: name 'Elsewhere' is not defined; import it outside"),
    ],
)
def test_a_function_that_is_no_tool_is_refused_with_the_reason(run: Any, complaint: str):
    with pytest.raises(SpecError, match=complaint):
        signature_of(run)
