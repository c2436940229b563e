"""What goes to a vendor and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from json import loads

from pydantic import JsonValue

Params = Mapping[str, str | int | float | bool | Sequence[str] | None]
"""Query parameters; None is left out, a sequence is repeated."""


@dataclass(frozen=True)
class Content:
    """What a request carries."""

    params: Params | None = None
    json: JsonValue = None
    body: bytes | None = None
    """Instead of `json`; its type goes in `headers`."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    timeout_s: float | None = None
    """For large content: instead of the vendor's usual deadline for one attempt, in seconds."""


@dataclass(frozen=True)
class Answer:
    """What a vendor sent back."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    content: bytes

    @property
    def text(self) -> str:
        """The body as text; a broken character is replaced."""
        return self.content.decode("utf-8-sig", errors="replace")

    @cached_property
    def readable(self) -> bool:
        """Whether the body is JSON, or empty."""
        try:
            self.json  # noqa: B018 - parsed once, kept for who asks next
        except ValueError:
            return False
        return True

    @cached_property
    def json(self) -> JsonValue:
        """The body as JSON, None where it is empty.

        Raises:
            ValueError: It is not JSON.
        """
        return parse_json(self.content)

    @property
    def json_or_none(self) -> JsonValue:
        """The body as JSON, None where it is none."""
        return self.json if self.readable else None


def read_retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a `Retry-After` header asks for: a number or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except ValueError:
        return None


def parse_json(content: bytes) -> JsonValue:
    """JSON as vendors send it: an empty body is None, a broken character is replaced.

    Raises:
        ValueError: It is not JSON.
    """
    if not content.strip():
        return None
    text = content.decode("utf-8-sig", errors="replace")
    try:
        value: JsonValue = loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    # A vendor that cuts a text in the middle of an emoji escapes half a character.
    return _whole_characters(value) if "\\ud" in text.lower() else value


def _whole_characters(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {str(_whole_characters(key)): _whole_characters(it) for key, it in value.items()}
    return value
