"""Notion's own types as a judge of requests and responses.

The JSON Schema is generated from the types of @notionhq/client. They hold for every version of
the API; what 2026-03-11 took away is added here by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from tests.descriptions import prepared

_NAME = "notion-5.26.0.schema.json"

Json = Any
"""JSON judged by the schema: its shape is what is being found out."""

_METHODS: tuple[tuple[str, str, str], ...] = (
    ("POST", "/v1/search", "Search"),
    ("POST", "/v1/pages", "CreatePage"),
    ("GET", "/v1/pages/{page_id}", "GetPage"),
    ("PATCH", "/v1/pages/{page_id}", "UpdatePage"),
    ("POST", "/v1/pages/{page_id}/move", "MovePage"),
    ("GET", "/v1/pages/{page_id}/properties/{property_id}", "GetPageProperty"),
    ("GET", "/v1/pages/{page_id}/markdown", "GetPageMarkdown"),
    ("PATCH", "/v1/pages/{page_id}/markdown", "UpdatePageMarkdown"),
    ("GET", "/v1/data_sources/{data_source_id}", "GetDataSource"),
    ("POST", "/v1/data_sources/{data_source_id}/query", "QueryDataSource"),
    ("POST", "/v1/databases", "CreateDatabase"),
    ("GET", "/v1/databases/{database_id}", "GetDatabase"),
    ("PATCH", "/v1/databases/{database_id}", "UpdateDatabase"),
    ("GET", "/v1/comments", "ListComments"),
    ("POST", "/v1/comments", "CreateComment"),
    ("DELETE", "/v1/comments/{comment_id}", "DeleteComment"),
    ("GET", "/v1/users", "ListUsers"),
    ("GET", "/v1/users/me", "GetSelf"),
    ("GET", "/v1/users/{user_id}", "GetUser"),
)
_LISTS = frozenset({"filter_properties"})
_NUMBERS = frozenset({"page_size"})
_GONE = frozenset({"after", "archived"})
"""Fields that 2026-03-11 took away: `position` and `in_trash` stand in their place."""


def check(method: str, path: str, query: Sequence[tuple[str, str]], body: Json = None) -> list[str]:
    """Say what Notion would refuse in a request; nothing means it is right."""
    found = _operation(method, path)
    if found is None:
        return [f"{method} {path}: no such method"]
    name, arguments = found
    given: dict[str, Json] = {**arguments, **_from_query(query)}
    if method in ("GET", "DELETE") and body is not None:
        return [f"{method} {path}: takes no body"]
    if body is not None and not isinstance(body, dict):
        return [f"{method} {path}: the body is no object"]
    given |= cast("dict[str, Json]", body or {})
    gone = [f"{method} {path}: '{field}' was removed" for field in sorted(_fields(body) & _GONE)]
    return gone + [f"{method} {path}: {fault}" for fault in _faults(f"{name}Parameters", given)]


def check_response(method: str, path: str, body: Json) -> list[str]:
    """Say where a response departs from the types."""
    found = _operation(method, path)
    if found is None:
        return [f"{method} {path}: no such method"]
    shown = {name: value for name, value in body.items() if name != "request_id"}
    return [f"{method} {path}: {fault}" for fault in _faults(f"{found[0]}Response", shown)]


def _operation(method: str, path: str) -> tuple[str, dict[str, str]] | None:
    for verb, template, name in _METHODS:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
        matched = re.fullmatch(pattern, path)
        if verb == method and matched:
            return name, matched.groupdict()
    return None


def _from_query(query: Sequence[tuple[str, str]]) -> dict[str, Json]:
    given: dict[str, Json] = {}
    for name, text in query:
        if name in _LISTS:
            given.setdefault(name, []).append(text)
        else:
            given[name] = int(text) if name in _NUMBERS and text.isdecimal() else text
    return given


def _fields(body: Json) -> set[str]:
    """The names that the rule of 2026-03-11 is about: those of the body and of its command.

    Deeper ones are not: a date filter has an `after` of its own.
    """
    if not isinstance(body, dict):
        return set()
    fields = cast("dict[str, Json]", body)
    command = fields.get(str(fields.get("type")))
    inner = set(cast("dict[str, Json]", command)) if isinstance(command, dict) else set[str]()
    return set(fields) | inner


def _faults(definition: str, value: Json) -> list[str]:
    validator = Draft7Validator({**_schema(), "$ref": f"#/definitions/{definition}"})
    return [_told(error) for error in validator.iter_errors(value)]


def _told(error: ValidationError) -> str:
    deepest = best_match([error]) or error
    where = "/".join(str(part) for part in deepest.absolute_path)
    return f"{where}: {deepest.message[:300]}"


@cache
def _schema() -> dict[str, Json]:
    return json.loads(prepared(_NAME).read_text("utf-8"))
