"""JSON as Python types, and readers for values whose type is known where they are read."""

from __future__ import annotations

from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | JsonObject | None"
JsonObject: TypeAlias = "dict[str, Json]"


def as_object(value: Json) -> JsonObject:
    """Read an object; absent is empty."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, got {value!r}")
    return value


def as_list(value: Json) -> list[Json]:
    """Read an array; absent is empty."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError(f"expected an array, got {value!r}")
    return value


def as_objects(value: Json) -> list[JsonObject]:
    """Read an array of objects; absent is empty."""
    return [as_object(item) for item in as_list(value)]


def as_text(value: Json) -> str:
    """Read a string; absent is empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"expected a string, got {value!r}")
    return value


def as_texts(value: Json) -> list[str]:
    """Read an array of strings; absent is empty."""
    return [as_text(item) for item in as_list(value)]
