"""Google's discovery documents as a judge of requests and responses.

The documents come with google-api-python-client (a test dependency). They know paths,
parameters, types, enums and fields. They do not know semantics (that `orderBy=startTime` needs
`singleEvents`): those are in the sandbox.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, cast

DOCUMENTS = files("googleapiclient") / "discovery_cache" / "documents"
TYPES = {"string": {str}, "boolean": {bool}, "integer": {int}, "number": {int, float}}
RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?")

Json = Any
"""A discovery document, or JSON judged by one: its shape is what is being found out."""


class Discovery:
    """One API: `Discovery("calendar.v3")`, `Discovery("gmail.v1")`."""

    def __init__(self, name: str) -> None:
        self.document: Json = json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8"))
        methods = list(_methods(self.document))
        # `events/import` is tried before `events/{eventId}`.
        methods.sort(key=lambda method: method["path"].count("{"))
        root = "/" + self.document["servicePath"]
        self._methods = [(_path_pattern(root + method["path"]), method) for method in methods]

    def method(self, verb: str, path: str) -> Json | None:
        """The method that serves this path (`/calendar/v3/…`), or None."""
        for pattern, method in self._methods:
            if method["httpMethod"] == verb and pattern.fullmatch(path):
                return method
        return None

    def check(
        self, verb: str, path: str, query: Iterable[tuple[str, str]] = (), body: Json = None
    ) -> list[str]:
        """Say what Google would refuse in a request; nothing means it is right."""
        method = self.method(verb, path)
        if method is None:
            return [f"{verb} {path}: no such method"]
        return self._check_query(method, list(query)) + self._check_body(method, body)

    def check_response(self, verb: str, path: str, body: Json) -> list[str]:
        """Say where a response departs from the schema; `body` is None for an empty one."""
        method = self.method(verb, path)
        if method is None:
            return [f"{verb} {path}: no such method"]
        if "response" not in method:
            return [] if body is None else ["$: body where none is sent"]
        return list(self._violations("$", method["response"], body, {}))

    def _check_query(self, method: Json, query: list[tuple[str, str]]) -> list[str]:
        known = {**self.document["parameters"], **method.get("parameters", {})}
        declared: dict[str, Json] = {
            name: spec
            for name, spec in cast("dict[str, Json]", known).items()
            if spec["location"] == "query"
        }
        found = [f"{name}: unknown query parameter" for name, _ in query if name not in declared]
        names = [name for name, _ in query]
        for name, spec in declared.items():
            if spec.get("required") and name not in names:
                found.append(f"{name}: required")
            if names.count(name) > 1 and not spec.get("repeated"):
                found.append(f"{name}: given {names.count(name)} times")
        for name, text in query:
            if name in declared:
                found += self._violations(name, declared[name], _from_query(declared[name], text))
        return found

    def _check_body(self, method: Json, body: Json) -> list[str]:
        if "request" not in method:
            return [] if body is None else ["$: this method takes no body"]
        if body is None:
            return ["$: body required"]
        schema: Json = self.document["schemas"][method["request"]["$ref"]]
        found = list(self._violations("$", schema, body))
        for name, spec in schema["properties"].items():
            if method["id"] in spec.get("annotations", {}).get("required", []) and name not in body:
                found.append(f"$.{name}: required")
        return found

    def _violations(
        self, where: str, spec: Json, value: Json, parent: Json = None
    ) -> Iterable[str]:
        if "$ref" in spec:
            spec = self.document["schemas"][spec["$ref"]]
        kind = spec["type"]
        if kind == "object":
            yield from self._object_violations(where, spec, value)
        elif kind == "array":
            if not isinstance(value, list):
                yield f"{where}: {value!r} is not a list"
                return
            for index, item in enumerate(cast("list[Json]", value)):
                yield from self._violations(f"{where}[{index}]", spec["items"], item)
        elif kind != "any" and (fault := _scalar_fault(spec, value, parent or {})):
            yield f"{where}: {value!r} {fault}"

    def _object_violations(self, where: str, spec: Json, value: Json) -> Iterable[str]:
        if not isinstance(value, dict):
            yield f"{where}: {value!r} is not an object"
            return
        fields, extra = spec.get("properties", {}), spec.get("additionalProperties")
        for name, item in cast("dict[str, Json]", value).items():
            if (field := fields.get(name, extra)) is None:
                yield f"{where}.{name}: unknown field"
            else:
                yield from self._violations(f"{where}.{name}", field, item, value)


@cache
def calendar() -> Discovery:
    """Read the description of the Calendar API once."""
    return Discovery("calendar.v3")


@cache
def gmail() -> Discovery:
    """Read the description of the Gmail API once."""
    return Discovery("gmail.v1")


def _methods(resource: Json) -> Iterable[Json]:
    yield from resource.get("methods", {}).values()
    for child in resource.get("resources", {}).values():
        yield from _methods(child)


def _path_pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\+?(\w+)\}", template)
    return re.compile("".join(re.escape(t) if i % 2 == 0 else "[^/]+" for i, t in enumerate(parts)))


def _from_query(spec: Json, text: str) -> Json:
    if spec["type"] == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if spec["type"] == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _scalar_fault(spec: Json, value: Json, parent: Json) -> str | None:
    kind: str = spec["type"]
    # `bool` is an `int` in Python and is not one in JSON, so the exact type counts.
    if type(value) not in TYPES[kind]:
        return f"is not {kind}"
    if "enum" in spec and value not in spec["enum"]:
        return f"is not one of {spec['enum']}"
    if kind == "integer":
        return _range_fault(spec, value)
    return _format_fault(spec.get("format"), value, zone_given="timeZone" in parent)


def _range_fault(spec: Json, value: int) -> str | None:
    low, high = RANGES.get(spec.get("format", ""), (-(2**63), 2**64))
    low, high = max(low, int(spec.get("minimum", low))), min(high, int(spec.get("maximum", high)))
    return None if low <= value <= high else f"is not between {low} and {high}"


def _format_fault(name: str | None, value: Json, *, zone_given: bool) -> str | None:
    match name:
        case "date-time":
            return _date_time_fault(value, zone_given=zone_given)
        case "date":
            return (
                None if _parses(date.fromisoformat, value) and len(value) == 10 else "is not a date"
            )
        case "byte":
            return _base64url_fault(value)
        case "int64" | "uint64":
            return None if re.fullmatch(r"-?\d+", value) else "is not a number in a string"
        case _:
            return None


def _date_time_fault(value: str, *, zone_given: bool) -> str | None:
    matched = RFC3339.fullmatch(value)
    if not matched or not _parses(datetime.fromisoformat, value):
        return "is not an RFC 3339 date-time"
    # EventDateTime alone may leave the offset out, when `timeZone` stands beside it.
    return None if matched[2] or zone_given else "has no offset"


def _base64url_fault(value: str) -> str | None:
    if re.search(r"[^A-Za-z0-9_=-]", value):
        return "is not base64url"
    try:
        base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error:
        return "is not base64url"
    return None


def _parses(parse: Any, value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True
