"""Long results in parts: cursors, and how much of a result there is room for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from arion_kit.errors import BadInput

Model = TypeVar("Model", bound=BaseModel)

_LONGEST_CURSOR = 4_096


@dataclass(frozen=True)
class Cut:
    """A part of a long text."""

    text: str
    next_offset: int | None
    """Where the next part begins, in characters; None at the end."""


def encode_cursor(position: BaseModel) -> str:
    """A place in a list as one word that clients hand back unread."""
    content = position.model_dump_json(exclude_defaults=True).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decode_cursor(text: str, model: type[Model], parameter: str = "cursor") -> Model:
    """The place that `encode_cursor` wrote down.

    Raises:
        BadInput: It is not one of ours.
    """
    refusal = BadInput(parameter, "is none that this tool has given; leave it out")
    if len(text) > _LONGEST_CURSOR:
        raise refusal
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return model.model_validate_json(content, strict=True)
    except (ValidationError, binascii.Error, ValueError):
        raise refusal from None


def rows_that_fit(rows: Sequence[BaseModel], max_chars: int) -> int:
    """How many of `rows` take no more than `max_chars` characters as JSON; at least one."""
    used = 0
    for count, row in enumerate(rows):
        used += len(row.model_dump_json(exclude_none=True)) + 1
        if used > max_chars:
            return max(count, 1)
    return len(rows)


def cut_text(text: str, offset: int, max_chars: int) -> Cut:
    """The part of `text` from `offset` on, cut at a line or a word where one ends near."""
    end = offset + max_chars
    if end >= len(text):
        return Cut(text[offset:], None)
    near = offset + max_chars * 3 // 4
    for separator in ("\n", " "):
        found = text.rfind(separator, near, end)
        if found >= near:
            end = found + 1
            break
    return Cut(text[offset:end], end)
