"""What the tools return. What a sender wrote is marked as such by the kit."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from arion_kit.spec import Said

_FROM: str = Field(validation_alias="from", serialization_alias="from")
"""`from` is a word of Python."""


class _Row(BaseModel):
    model_config = ConfigDict(validate_by_name=True)


class MailRow(_Row):
    """A mail in short."""

    id: str
    thread_id: str
    sender: str = _FROM
    subject: str
    date: str
    snippet: str
    unread: bool
    has_attachment: bool


class MailList(Said):
    """One page of a search, newest first."""

    messages: list[MailRow]
    next_page_token: str | None = None


class AttachmentRow(BaseModel):
    """A file that came with a mail."""

    id: str
    name: str
    type: str
    size: int


class MailText(_Row):
    """A mail with its text."""

    id: str
    thread_id: str
    sender: str = _FROM
    to: list[str]
    cc: list[str]
    subject: str
    date: str
    unread: bool
    body: str
    body_chars: int
    """Length of the whole body."""
    next_offset: int | None = None
    """Offset of what was cut."""
    folded: bool
    """Whether "[…]" marks quotes or a signature left out."""
    attachments: list[AttachmentRow]


class MailTexts(Said):
    """Mail that was asked for by id or search."""

    messages: list[MailText]
    not_found: list[str]
    not_read: list[str] | None = None
    """Ids for which there was no room: to be read next."""


class ThreadText(Said):
    """A conversation, oldest message first."""

    messages: list[MailText]
    next_offset: int | None = Field(default=None, description="Earlier ones")


class LabelRow(BaseModel):
    """A label."""

    id: str
    name: str
    type: Literal["system", "user"]


class LabelList(Said):
    """The mailbox's labels."""

    labels: list[LabelRow]


class AttachmentContent(Said):
    """What is in a file that came with a mail."""

    name: str
    type: str
    size: int
    text: str | None = None
    base64: str | None = None
    next_offset: int | None = None


class PersonRow(BaseModel):
    """Somebody the person has written with."""

    name: str
    address: str
    to: str
    """Name and address, as a letter takes them."""


class PersonList(Said):
    """People of that name, those of most mail first."""

    people: list[PersonRow]


class DraftRow(BaseModel):
    """A draft in short."""

    draft_id: str
    to: list[str]
    subject: str
    date: str
    snippet: str
    thread_id: str


class DraftList(Said):
    """One page of drafts, newest first."""

    drafts: list[DraftRow]
    next_page_token: str | None = None


class SavedDraft(Said):
    """A draft that waits to be sent."""

    draft_id: str
    thread_id: str
    to: list[str]
    subject: str
    attachments: list[str]
    already_existed: bool
    """An earlier call with the same key had made it."""


class DraftContent(BaseModel):
    """What was in a draft before it was changed."""

    to: list[str]
    cc: list[str]
    bcc: list[str]
    subject: str
    body: str
    body_format: Literal["text", "html"]


class ChangedDraft(Said):
    """A draft with its new content, and what it was."""

    draft_id: str
    thread_id: str
    to: list[str]
    subject: str
    attachments: list[str]
    previous: DraftContent | None = None
    """None where it is too long to be kept here, so that it cannot be put back."""


class DeletedDraft(Said):
    """A draft that is not there any more."""

    draft_id: str


class SentMail(Said):
    """A mail that has left."""

    message_id: str | None = None
    thread_id: str | None = None
    to: list[str]
    subject: str
    already_sent: bool
    """An earlier call had sent it."""


class ModifiedMail(Said):
    """Which labels changed."""

    changes: list[str]
    """`message_id +ADDED -REMOVED`, for what was really changed."""


class TrashedMail(Said):
    """What went to the bin now."""

    trashed: list[str]
    from_inbox: list[str]
    """Those of them that were in the inbox."""


class RestoredMail(Said):
    """What came out of the bin now."""

    restored: list[str]
