"""Arguments for any tool, from its input schema: sensible, odd and hostile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

HOSTILE: Sequence[str] = (
    "",
    " ",
    "../x",
    "..",
    "a/b?c=d#e",
    "%2e%2e%2f",
    "x" * 3_000,
    "가나다라 " * 400,
    "🥛👨‍👩‍👧‍👦" * 20,
    "\x00",
    "a\x07b\x1b[31m\x7f",
    "줄\r\nBcc: someone@example.com",
    "\u202e\u200b\ufeff",
    "2020-01-01",
    "2026-02-30",
    "2026-13-01T25:61:00+09:00",
    "0000-00-00",
    "9999-12-31T23:59:59Z",
    "2026-11-24T15:00:00",
    "-1",
    "NaN",
    "null",
    "[]",
    '["a", 1]',
    '{"a": {"b": []}}',
    "{",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "http://127.0.0.1:1/",
    "file:///etc/passwd",
    "me@example.com, you@example.com",
    "127.0, 37.5",
)
"""Texts that break what was not built with care."""

WORST: Sequence[str] = (
    "",
    "../x",
    "x" * 3_000,
    "가나다라 " * 400,
    "🥛👨‍👩‍👧‍👦" * 20,
    "\x00",
    "a\x07b\x1b[31m\x7f",
    "줄\r\nBcc: someone@example.com",
    "2020-01-01",
    "2026-02-30",
    "9999-12-31T23:59:59Z",
)
"""A few of them, for where every parameter gets each."""

SENSIBLE: Sequence[str] = (
    "회의",
    "meeting",
    "서울",
    "2026-11-24",
    "2026-11-24T15:00:00+09:00",
    "2026-11-24T16:00:00+09:00",
    "minsu.kim@example.com",
    "primary",
    "https://example.com/a",
)

Known = Mapping[str, Sequence[Any]]
"""Values that mean something, by parameter."""


def arguments(schema: Mapping[str, Any], known: Known) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments for a tool with this input schema, mostly of the right type.

    Half of them are such as people give, so that they get past the first check and reach a vendor.
    """
    return st.one_of(_given(schema, known, _tame), _given(schema, known, _wild))


Make = Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]


def _given(schema: Mapping[str, Any], known: Known, make: Make) -> st.SearchStrategy[Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    values = {
        name: _or_known(make(it), known.get(name, ()), tame=make is _tame)
        for name, it in properties.items()
    }
    required = {name: values.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=values)


def _or_known(
    made: st.SearchStrategy[Any], known: Sequence[Any], *, tame: bool
) -> st.SearchStrategy[Any]:
    if not known:
        return made
    meant = st.sampled_from(list(known))
    return meant if tame else st.one_of(meant, made)


def _tame(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(list(schema["enum"]))
    match kind_in(schema):
        case "string":
            return st.sampled_from(SENSIBLE)
        case "integer" | "number":
            return st.integers(schema.get("minimum", 1), schema.get("maximum", 100))
        case "array":
            return st.lists(_tame(schema.get("items", {})), min_size=1, max_size=2)
        case _:
            return _wild(schema)


def _wild(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(list(schema["enum"]))
    if "anyOf" in schema:
        return st.one_of([_wild(it) for it in schema["anyOf"]])
    return _WILD[schema.get("type", "")](schema)


def kind_in(schema: Mapping[str, Any]) -> str:
    """The type of a parameter; the first where it has several, "" where it has none."""
    return schema.get("type") or (kind_in(schema["anyOf"][0]) if "anyOf" in schema else "")


def _numbers(schema: Mapping[str, Any], any_number: st.SearchStrategy[Any]) -> Any:
    low, high = schema.get("minimum", 0), schema.get("maximum", 100)
    near = st.sampled_from([low, low + 1, high, low - 1, high + 1])
    return st.one_of(st.integers(low, high), near, any_number)


def _json() -> st.SearchStrategy[Any]:
    plain = st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(SENSIBLE))
    return st.one_of(plain, st.lists(plain, max_size=2))


def _texts(_: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.sampled_from(SENSIBLE), st.sampled_from(HOSTILE), st.text())


_WILD: Mapping[str, Make] = {
    "string": _texts,
    "integer": lambda schema: _numbers(schema, st.integers()),
    "number": lambda schema: _numbers(schema, st.floats(allow_nan=False, allow_infinity=False)),
    "boolean": lambda _: st.booleans(),
    "array": lambda schema: st.lists(_wild(schema.get("items", {})), max_size=4),
    "object": lambda _: st.dictionaries(st.sampled_from(SENSIBLE), _json(), max_size=3),
    "": lambda _: _json(),
}


def example(schema: Mapping[str, Any], known: Sequence[Any] = ()) -> Any:
    """One plain value for a parameter."""
    if known:
        return known[0]
    if "enum" in schema:
        return schema["enum"][0]
    kind = kind_in(schema)
    plain = {
        "string": "2026-11-24",
        "integer": schema.get("minimum", 1),
        "number": schema.get("minimum", 1),
        "boolean": True,
        "array": [],
        "object": {},
    }
    if kind == "array" and schema.get("minItems"):
        return [example(schema["items"])]
    return plain[kind]
