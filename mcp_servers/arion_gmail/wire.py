"""What Gmail sends, as far as this server reads it.

Source: the Gmail API v1 discovery document.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel


def _from_base64url(data: Any) -> bytes:
    text = str(data)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class Header(_Wire):
    """One header line, with its name as the sender wrote it."""

    name: str
    value: str


class Body(_Wire):
    """The content of a part; without `data` where it is an attachment."""

    size: int = 0
    """Bytes."""
    data: Annotated[bytes, BeforeValidator(_from_base64url)] = b""
    """With the transfer encoding undone, in the character set of the part or in UTF-8."""


class Part(_Wire):
    """One node of a message's MIME tree."""

    part_id: str = ""
    mime_type: str = ""
    filename: str = ""
    headers: tuple[Header, ...] = ()
    body: Body = Body()
    parts: tuple[Part, ...] = ()


class Message(_Wire):
    """One message."""

    id: str
    thread_id: str
    label_ids: tuple[str, ...] = ()
    snippet: str = ""
    """The beginning of the text, escaped as HTML."""
    internal_date: int
    """When Gmail received it, in milliseconds since the epoch."""
    payload: Part


class MessageId(_Wire):
    """A row of messages.list, which gives no more than ids."""

    id: str


class MessagePage(_Wire):
    """One page of messages.list; `messages` is absent when nothing matches."""

    messages: tuple[MessageId, ...] = ()
    next_page_token: str | None = None


class Label(_Wire):
    """A label: Gmail's own, or one the person has made."""

    id: str
    name: str
    type: Literal["system", "user"]


class Labels(_Wire):
    """The answer of labels.list."""

    labels: tuple[Label, ...] = ()
