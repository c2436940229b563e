"""GitHub's OpenAPI description as a judge of requests.

The description comes with @octokit/openapi. It knows paths, parameters, types and enums; it
refuses no unknown fields and sets no limit to `per_page`, which is done here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.descriptions import prepared

_NAME = "github-23.0.2.json"
_URN, _LENIENT = "urn:github", "urn:github-lenient"
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MOST_PER_PAGE = 100
_WIDE = {"path": ".*", "ref": ".*."}
"""Path parameters that may hold slashes; the path of a repository's root is empty."""

Json = Any
"""The description, or JSON judged by it: its shape is what is being found out."""


@dataclass(frozen=True)
class Operation:
    """One method of the API, and where in the description it stands."""

    pattern: re.Pattern[str]
    verb: str
    pointer: str
    described: Json


def check(method: str, path: str, query: Sequence[tuple[str, str]], body: Json = None) -> list[str]:
    """Say what GitHub would refuse in a request; nothing means it is right."""
    if path.startswith("/logs/"):
        return []  # a signed address at another host
    operation = _operation(method, path)
    if operation is None:
        return [f"{method} {path}: no such method"]
    found = [*_query_faults(operation, query), *_body_faults(operation, body)]
    return [f"{method} {path}: {fault}" for fault in found]


@cache
def _description() -> Json:
    return json.loads(prepared(_NAME).read_text("utf-8"))


def check_response(method: str, path: str, status: int, body: Json) -> list[str]:
    """Say where a response departs from the description; a stand-in may leave fields out."""
    operation = _operation(method, path)
    if operation is None:
        return [f"{method} {path}: no such method"]
    described = operation.described["responses"].get(str(status))
    if described is None:
        return [f"{method} {path}: never answers {status}"]
    content = _followed(described).get("content", {})
    kind = next((it for it in content if it.startswith("application/json")), None)
    if kind is None:
        return [] if body is None else [f"{method} {path}: {status} has no body"]
    schema = _followed(described)["content"][kind]["schema"]
    errors = Draft202012Validator(_absolute(schema), registry=_lenient()).iter_errors(body)
    return [f"{'.'.join(map(str, it.absolute_path))}: {it.message[:200]}" for it in errors]


def _absolute(schema: Json) -> Json:
    """A schema, relaxed, whose references lead into the lenient description."""
    text = json.dumps(schema).replace('"$ref": "#', f'"$ref": "{_LENIENT}#')
    return json.loads(text, object_hook=_relaxed)


def _relaxed(node: Json) -> Json:
    """A part of the description as JSON Schema says it, with nothing required."""
    if isinstance(node.get("required"), list):
        del node["required"]
    if "oneOf" in node:  # what tells two shapes apart is often what they require
        node["anyOf"] = node.pop("oneOf")
    if node.pop("nullable", False) is True:  # OpenAPI 3.0's word
        return {"anyOf": [node, {"type": "null"}]}
    return node


@cache
def _lenient() -> Registry[Json]:
    """The description, relaxed."""
    contents = json.loads(prepared(_NAME).read_text("utf-8"), object_hook=_relaxed)
    return Registry().with_resource(_LENIENT, Resource(contents, DRAFT202012))


@cache
def _registry() -> Registry[Json]:
    resource = Resource(contents=_description(), specification=DRAFT202012)
    return Registry().with_resource(_URN, resource)


@cache
def _operations() -> list[Operation]:
    operations = [
        Operation(_pattern(path), verb.upper(), f"/paths/{_escaped(path)}/{verb}", described)
        for path, methods in _description()["paths"].items()
        for verb, described in methods.items()
        if isinstance(described, dict)
    ]
    # `issues/comments/{comment_id}` is tried before `issues/{issue_number}/…`, and a path that
    # takes everything last.
    return sorted(
        operations,
        key=lambda it: (
            "{path}" in it.pointer or ".+" in it.pattern.pattern,
            it.pointer.count("{"),
        ),
    )


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    pieces = [
        _WIDE.get(part, "[^/]+") if index % 2 else re.escape(part)
        for index, part in enumerate(parts)
    ]
    return re.compile("".join(pieces))


def _operation(method: str, path: str) -> Operation | None:
    for operation in _operations():
        if operation.verb == method and operation.pattern.fullmatch(path):
            return operation
    return None


def _query_faults(operation: Operation, query: Sequence[tuple[str, str]]) -> Iterator[str]:
    parameters = [_followed(it) for it in operation.described.get("parameters", [])]
    known = {it["name"]: it for it in parameters if it["in"] == "query"}
    for name, value in query:
        if name not in known:
            yield f"unknown query parameter {name}"
            continue
        yield from _value_faults(name, _followed(known[name]["schema"]), value)
    given = {name for name, _ in query}
    for name, parameter in known.items():
        if parameter.get("required") and name not in given:
            yield f"{name} is missing"


def _value_faults(name: str, schema: Json, text: str) -> Iterator[str]:
    value: Json = text
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", text):
        value = int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        value = text == "true"
    if schema.get("format") == "date-time" and not _DATE_TIME.fullmatch(text):
        yield f"{name}={text!r} is no date-time with an offset"
    if name == "per_page" and isinstance(value, int) and not 1 <= value <= _MOST_PER_PAGE:
        yield f"per_page={value} is not from 1 to {_MOST_PER_PAGE}"
    for error in Draft202012Validator(schema, registry=_registry()).iter_errors(value):
        yield f"{name}: {error.message}"


def _body_faults(operation: Operation, body: Json) -> Iterator[str]:
    request = operation.described.get("requestBody")
    if request is None:
        if body not in (None, {}):
            yield "takes no body"
        return
    if body is None:
        if request.get("required"):
            yield "needs a body"
        return
    pointer = f"{operation.pointer}/requestBody/content/{_escaped('application/json')}/schema"
    schema = _followed(request["content"]["application/json"]["schema"])
    validator = Draft202012Validator({"$ref": f"{_URN}#{pointer}"}, registry=_registry())
    for error in validator.iter_errors(body):
        yield f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    if isinstance(body, dict) and "properties" in schema:
        for name in body.keys() - schema["properties"].keys():
            yield f"unknown field {name}"


def _followed(value: Json) -> Json:
    while "$ref" in value:
        pointer = value["$ref"]
        value = _description()
        for part in pointer[2:].split("/"):
            value = value[part.replace("~1", "/").replace("~0", "~")]
    return value


def _escaped(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
