"""Messages as the rows and texts that tools return."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from arion_gmail import mail
from arion_gmail.models import AttachmentRow, MailRow, MailText
from arion_gmail.say import Spoken
from arion_gmail.wire import Message
from arion_kit.paging import Cut, cut_text

Form = Literal["text", "html", "none"]

_READERS: dict[str, Callable[[Message], mail.Text]] = {
    "text": mail.text_of,
    "html": mail.source_of,
}


_MOST_PEOPLE = 20
"""People and files that are named."""


@dataclass(frozen=True)
class Reading:
    """How much of a mail's text is wanted, and as what."""

    form: Form
    max_chars: int
    offset: int = 0


def row_of(message: Message, timezone: ZoneInfo) -> MailRow:
    """A mail in short."""
    return MailRow(
        id=message.id,
        thread_id=message.thread_id,
        sender=mail.sender(message).text,
        subject=mail.header(message, "subject"),
        date=received(message, timezone),
        snippet=mail.snippet(message),
        unread=mail.is_unread(message),
        has_attachment=bool(mail.attachments(message)),
    )


def text_of(message: Message, timezone: ZoneInfo, reading: Reading) -> MailText:
    """A mail with a part of its text."""
    read = _READERS.get(reading.form, lambda _: mail.Text("", folded=False))(message)
    part = fitted(read.text, reading.offset, reading.max_chars)
    return MailText(
        id=message.id,
        thread_id=message.thread_id,
        sender=mail.sender(message).text,
        to=[it.text for it in mail.recipients(message, "to")][:_MOST_PEOPLE],
        cc=[it.text for it in mail.recipients(message, "cc")][:_MOST_PEOPLE],
        subject=mail.header(message, "subject"),
        date=received(message, timezone),
        unread=mail.is_unread(message),
        body=part.text,
        body_chars=len(read.text),
        next_offset=part.next_offset,
        folded=read.folded,
        attachments=[
            AttachmentRow(id=it.part_id, name=it.name, type=it.mime_type, size=it.size)
            for it in mail.attachments(message)[:_MOST_PEOPLE]
        ],
    )


def fitted(text: str, offset: int, max_chars: int) -> Cut:
    """The part of `text` from `offset` on that takes up to `max_chars` within JSON."""
    most = max_chars
    while True:
        part = cut_text(text, offset, max(1, most))
        taken = len(json.dumps(part.text, ensure_ascii=False)) - 2
        if taken <= max_chars or most <= 1:
            return part
        most = min(most - 1, most * max_chars // taken)


def spoken(message: Message) -> Spoken:
    """A mail as it is spoken of."""
    subject = mail.header(message, "subject")
    to = mail.recipients(message, "to") if mail.is_sent(message) else []
    return Spoken(to[0], subject, sent=True) if to else Spoken(mail.sender(message), subject)


def received(message: Message, timezone: ZoneInfo) -> str:
    """When Gmail received it: unlike the `Date` header, nobody else can set that."""
    return datetime.fromtimestamp(message.internal_date / 1000, timezone).isoformat(
        timespec="seconds"
    )
