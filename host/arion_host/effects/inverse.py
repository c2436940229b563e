"""The call that takes a write back, made from what the tool declared and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.words import Effect, Frozen

logger = logging.getLogger(__name__)


class Inverted(Frozen):
    """The call that takes one finished write back."""

    tool: str
    arguments: dict[str, JsonValue]


def inverse_call(
    effect: Effect | None,
    arguments: Mapping[str, JsonValue],
    result: Mapping[str, JsonValue],
) -> Inverted | None:
    """Return the inverse of a finished write, or None when there is none.

    `arguments` and `result` are those of the finished write; paths such as `result.event.id`
    lead into them. A path that leads nowhere makes the write one that cannot be taken back.
    """
    if effect is None or effect.inverse is None:
        return None
    finished: JsonValue = {"arguments": dict(arguments), "result": dict(result)}
    filled: dict[str, JsonValue] = {}
    for parameter, path in effect.inverse.arguments.items():
        value = _follow(finished, path)
        if value is None:
            logger.warning("%s: nothing at %s of its result", effect.inverse.tool, path)
            return None
        filled[parameter] = value
    return Inverted(tool=effect.inverse.tool, arguments=filled)


def _follow(value: JsonValue, path: str) -> JsonValue:
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
