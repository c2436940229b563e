"""Arguments that many tools take, in as little room as the list of tools has for them.

Bounds are told when they are crossed. Defaults that the server's instructions name, or that any
caller would guess, are not listed again with every tool.
"""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from arion_calendar.api import SendUpdates


def between(least: int, most: int) -> AfterValidator:
    """A number's bounds, both allowed."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise ValueError(f"must be between {least} and {most}")
        return value

    return AfterValidator(check)


def sized(least: int, most: int) -> AfterValidator:
    """A list's bounds, both allowed."""

    def check(value: Sized) -> Sized:
        if not least <= len(value) <= most:
            raise ValueError(f"must have between {least} and {most} entries")
        return value

    return AfterValidator(check)


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


said = AfterValidator(_said)
"""Something is in the text."""


def _unlisted_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


plain = Field(json_schema_extra=_unlisted_default)
"""The default is not listed."""

CalendarId = Annotated[str, plain]
CalendarIds = Annotated[tuple[str, ...], sized(1, 20), plain]
Mail = Annotated[SendUpdates, WithJsonSchema({"type": "string"}), plain]
"""As `send_updates` of calendar_create_event, where the values are listed."""
