"""Google's `fields` parameter: the parts of a response that a client wants.

`items(id,summary),nextPageToken`, `items/id`, `payload/headers`, `*`.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from arion_sandbox.endpoints import Query
from arion_sandbox.errors import GoogleError
from arion_sandbox.json_types import Json, JsonObject

Selection: TypeAlias = "dict[str, Selection]"
"""Wanted fields; an empty selection wants all of a field."""


def select_fields(response: JsonObject, query: Query) -> JsonObject:
    """Cut a response down to `fields`; raises GoogleError when that cannot be read."""
    text = query.text("fields")
    if text is None:
        return response
    tokens = re.findall(r"[\w.$*-]+|.", text)
    selection = _parse(tokens)
    if tokens:
        message = f"Invalid field selection {text}"
        place = ("parameter", "fields")
        raise GoogleError(400, "invalidParameter", message, place=place)
    return dict(_cut(response, selection))


def _parse(tokens: list[str]) -> Selection:
    """Take a list of fields off the front of `tokens`; what cannot be read is left there."""
    selection: Selection = {}
    while tokens and re.fullmatch(r"[\w.$*-]+", tokens[0]):
        inner = selection.setdefault(tokens.pop(0), {})
        while len(tokens) > 1 and tokens[0] == "/":
            tokens.pop(0)
            inner = inner.setdefault(tokens.pop(0), {})
        if tokens[:1] == ["("]:
            tokens.pop(0)
            inner |= _parse(tokens)
            if tokens[:1] != [")"]:
                tokens.insert(0, "(")
                break
            tokens.pop(0)
        if tokens[:1] != [","]:
            break
        tokens.pop(0)
    return selection


def _cut(value: JsonObject, selection: Selection) -> list[tuple[str, Json]]:
    kept: list[tuple[str, Json]] = []
    for name, item in value.items():
        inner = selection.get(name, selection.get("*"))
        if inner is not None:
            kept.append((name, _within(item, inner)))
    return kept


def _within(value: Json, selection: Selection) -> Json:
    if not selection:
        return value
    if isinstance(value, list):
        return [_within(item, selection) for item in value]
    return dict(_cut(value, selection)) if isinstance(value, dict) else value
