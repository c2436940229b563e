"""Descriptions of our own, where a vendor publishes none, as judges of requests and responses.

`NAME.yaml` beside this file is OpenAPI 3.1. Every parameter and every field states its source as
`x-source`: documented (the vendor's own pages), second-hand (others who call it) or guessed.
What a description does not name is refused in requests and let through in responses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator, FormatChecker

Json = Any
"""A description, or JSON judged by one: its shape is what is being found out."""

SOURCES = ("documented", "second-hand", "guessed")
VERBS = ("get", "put", "post", "delete", "options", "head", "patch")


class Description:
    """One vendor's API: `Description.load("kakao")`."""

    def __init__(self, document: Json) -> None:
        self.document = document
        paths = cast("dict[str, Json]", document["paths"])
        # "/a/b" is tried before "/a/{id}".
        self._paths = [
            (_path_pattern(path), paths[path]) for path in sorted(paths, key=lambda p: p.count("{"))
        ]

    @staticmethod
    def load(name: str) -> Description:
        """Reads `tests/descriptions/NAME.yaml`, once."""
        return _load(name)

    def check(
        self, method: str, path: str, query: Iterable[tuple[str, str]] = (), body: Json = None
    ) -> list[str]:
        """What the vendor would refuse in a request; nothing means it is right."""
        operation = self._operation(method, path)
        if operation is None:
            return [f"{method} {path}: no such method"]
        where = f"{method} {path}"
        found = [*self._query_faults(operation, list(query)), *self._body_faults(operation, body)]
        return [f"{where}: {fault}" for fault in found]

    def check_response(self, method: str, path: str, status: int, body: Json) -> list[str]:
        """Where a response departs from what is described for its status (or for `default`)."""
        operation = self._operation(method, path)
        if operation is None:
            return [f"{method} {path}: no such method"]
        responses = operation["responses"]
        response = responses.get(str(status), responses.get("default"))
        if response is None:
            return [f"{method} {path}: {status} is not described"]
        content = self._resolved(response).get("content", {})
        if "application/json" not in content:
            return []
        schema = content["application/json"]["schema"]
        return [f"{method} {path} {status}: {fault}" for fault in self._faults(schema, body)]

    def unsourced(self) -> list[str]:
        """Every parameter and field that does not say where it is known from."""
        return list(_unsourced(self.document, "#"))

    def _operation(self, method: str, path: str) -> Json | None:
        for pattern, item in self._paths:
            if pattern.fullmatch(path) and method.lower() in item:
                operation = item[method.lower()]
                shared = item.get("parameters", [])
                return {**operation, "parameters": [*shared, *operation.get("parameters", [])]}
        return None

    def _query_faults(self, operation: Json, query: list[tuple[str, str]]) -> Iterator[str]:
        described = [self._resolved(parameter) for parameter in operation["parameters"]]
        declared: dict[str, Json] = {it["name"]: it for it in described if it["in"] == "query"}
        given: dict[str, list[str]] = {}
        for name, text in query:
            given.setdefault(name, []).append(text)
        yield from (f"{name}: unknown query parameter" for name in given if name not in declared)
        for name, parameter in declared.items():
            if name in given:
                yield from self._parameter_faults(name, parameter, given[name])
            elif parameter.get("required"):
                yield f"{name}: required"

    def _parameter_faults(self, name: str, parameter: Json, texts: list[str]) -> Iterator[str]:
        schema = self._resolved(parameter["schema"])
        if schema.get("type") == "array":
            parts = texts if parameter.get("explode", True) else texts[0].split(",")
            item = self._resolved(schema.get("items", {}))
            value: Json = [_from_text(item, part) for part in parts]
        elif len(texts) > 1:
            yield f"{name}: given {len(texts)} times"
            return
        else:
            value = _from_text(schema, texts[0])
        yield from (f"{name}: {fault}" for fault in self._faults(schema, value))

    def _body_faults(self, operation: Json, body: Json) -> Iterator[str]:
        if "requestBody" not in operation:
            if body is not None:
                yield "$: this method takes no body"
            return
        described = self._resolved(operation["requestBody"])
        if body is None:
            if described.get("required"):
                yield "$: body required"
            return
        content = next(iter(described["content"].values()))
        yield from self._faults(content["schema"], body, closed=True)

    def _faults(self, schema: Json, value: Json, *, closed: bool = False) -> list[str]:
        components = self.document.get("components", {})
        root = {**schema, "components": components}
        if closed:
            root = _closed(root)
        validator: Any = Draft202012Validator(root, format_checker=FormatChecker())
        errors = sorted(validator.iter_errors(value), key=lambda error: error.json_path)
        return [f"{error.json_path}: {error.message[:200]}" for error in errors]

    def _resolved(self, node: Json) -> Json:
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node


@cache
def _load(name: str) -> Description:
    path = Path(__file__).parent / f"{name}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Description(yaml.load(path.read_text("utf-8"), loader))  # noqa: S506 - a safe loader


def _path_pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(re.escape(t) if i % 2 == 0 else "[^/]+" for i, t in enumerate(parts)))


def _from_text(schema: Json, text: str) -> Json:
    """A query parameter as the type it is declared with; the text itself where it is none."""
    said: Json = schema.get("type", "string")
    kinds = cast("list[str]", said) if isinstance(said, list) else [said]
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if "integer" in kinds and re.fullmatch(r"-?\d+", text, re.ASCII):
        return int(text)
    if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text, re.ASCII):
        return float(text)
    return text


def _closed(node: Json) -> Json:
    """The schema with every object closed that names its fields and says nothing of others."""
    if isinstance(node, list):
        return [_closed(item) for item in cast("list[Json]", node)]
    if not isinstance(node, dict):
        return node
    schema = {key: _closed(value) for key, value in cast("dict[str, Json]", node).items()}
    fields = schema.get("properties")
    open_ended = {"additionalProperties", "allOf", "anyOf", "oneOf"} & schema.keys()
    if isinstance(fields, dict) and schema.get("type") == "object" and not open_ended:
        schema["additionalProperties"] = False
    return schema


def _unsourced(node: Json, where: str) -> Iterator[str]:
    if isinstance(node, list):
        for index, item in enumerate(cast("list[Json]", node)):
            yield from _unsourced(item, f"{where}[{index}]")
    if not isinstance(node, dict):
        return
    inner = cast("dict[str, Json]", node)
    if "in" in inner and "schema" in inner and inner.get("x-source") not in SOURCES:
        yield f"{where}.{inner['name']}"
    for field, schema in _fields(inner).items():
        if schema.get("x-source") not in SOURCES:
            yield f"{where}.{field}"
    for name, item in inner.items():
        yield from _unsourced(item, f"{where}.{name}")


def _fields(node: dict[str, Json]) -> dict[str, Json]:
    """The fields that an object's schema names; not those of a field called "properties"."""
    fields = node.get("properties")
    is_schema = node.get("type") == "object" or "required" in node
    return cast("dict[str, Json]", fields) if is_schema and isinstance(fields, dict) else {}
