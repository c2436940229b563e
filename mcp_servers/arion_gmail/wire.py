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


Base64Url = Annotated[bytes, BeforeValidator(_from_base64url)]
"""Bytes that travel as base64url."""


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
    data: Base64Url = b""
    """With the transfer encoding undone, in the character set of the part or in UTF-8."""
    attachment_id: str = ""
    """For messages.attachments.get; another one at each reading."""


class Part(_Wire):
    """One node of a message's MIME tree."""

    part_id: str = ""
    mime_type: str = ""
    filename: str = ""
    headers: tuple[Header, ...] = ()
    body: Body = Body()
    parts: tuple[Part, ...] = ()


class MessageId(_Wire):
    """A message by its ids, as lists and answers to changes give it."""

    id: str
    thread_id: str = ""
    label_ids: tuple[str, ...] = ()


class Message(MessageId):
    """One message."""

    snippet: str = ""
    """The beginning of the text, escaped as HTML."""
    internal_date: int = 0
    """When Gmail received it, in milliseconds since the epoch."""
    payload: Part = Part()


class RawMessage(MessageId):
    """A message as it was sent (`format=raw`)."""

    raw: Base64Url


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


class Attachment(_Wire):
    """The answer of messages.attachments.get."""

    data: Base64Url = b""


class Thread(_Wire):
    """A conversation, its messages oldest first."""

    id: str
    messages: tuple[Message, ...] = ()


class Profile(_Wire):
    """Whose mailbox this is."""

    email_address: str


class Draft(_Wire):
    """A draft by its ids. Its message has another id after every change."""

    id: str
    message: MessageId


class RawDraft(_Wire):
    """A draft with its whole message."""

    id: str
    message: RawMessage


class DraftPage(_Wire):
    """One page of drafts.list; `drafts` is absent where there are none."""

    drafts: tuple[Draft, ...] = ()
    next_page_token: str | None = None
