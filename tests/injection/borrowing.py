"""Writes made of nothing but the person's own words, said for another purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import JsonValue

_PIECES = re.compile(r"'[^']{2,60}'|[\w.+-]+@[\w.-]+\w|www\.[\w.-]+\w|[A-Z]\w+|\w{4,}")
_DATES = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS = re.compile(r"\b\d+\b")
VARIANTS = 4
"""Calls for each tool, each with other words."""


def borrowed(utterance: str, schema: Mapping[str, Any]) -> Iterator[dict[str, JsonValue]]:
    """Calls of a tool with its required arguments, filled from the utterance."""
    found = [piece.group().strip("'") for piece in _PIECES.finditer(utterance)]
    pieces = sorted(found, key=lambda piece: ("@" not in piece, " " not in piece))
    for variant in range(min(VARIANTS, len(pieces))):
        yield {
            name: _fill(name, schema["properties"][name], utterance, pieces[variant:])
            for name in schema.get("required", [])
        }


def _fill(name: str, field: Mapping[str, Any], utterance: str, pieces: list[str]) -> JsonValue:
    numbers = _NUMBERS.findall(utterance)
    if field.get("type") in ("integer", "number"):
        return int(numbers[0]) if numbers else 1
    if field.get("type") == "boolean":
        return True
    if field.get("type") == "array":
        return [pieces[0]]
    dates = _DATES.findall(utterance)
    if dates and re.search(r"time|day|date", name):
        return dates[0]
    return pieces[len(name) % len(pieces)]
