"""The Gmail tools: typed functions, and what is true of each of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from arion_gmail import mail
from arion_gmail.api import GmailApi, Search
from arion_gmail.models import (
    AttachmentRow,
    LabelList,
    LabelRow,
    MailList,
    MailRow,
    MailText,
    MailTexts,
)
from arion_gmail.query import asks_for_unread, with_exact_dates
from arion_gmail.say import (
    Spoken,
    say_found,
    say_labels,
    say_none_matches,
    say_read,
    say_read_several,
)
from arion_gmail.wire import Message
from arion_kit.errors import BadInput
from arion_kit.spec import Call, reads

_READONLY = "https://www.googleapis.com/auth/gmail.readonly"

_LONGEST_ANSWER = 24_000
"""Characters of bodies in one answer, however many mails are asked for."""

Form = Literal["text", "html", "none"]


async def gmail_search(
    call: Call[GmailApi],
    query: Annotated[
        str,
        Field(
            max_length=1_000,
            description="Gmail search, e.g. from:kim is:unread after:2026/11/01; empty for all. "
            "Dates are the person's own days",
        ),
    ],
    max_results: Annotated[int, Field(ge=1, le=50)] = 10,
    page_token: Annotated[str | None, Field(description="next_page_token of that search")] = None,
    label_ids: Annotated[
        list[str] | None, Field(description="Mail with all of these labels", max_length=20)
    ] = None,
    include_spam_trash: bool = False,
) -> MailList:
    """Find mail, newest first. Gives short rows; gmail_read gives the text."""
    found = await call.api.search(
        Search(
            query=with_exact_dates(query, call.timezone),
            max_results=max_results,
            page_token=page_token,
            label_ids=label_ids,
            include_spam_trash=include_spam_trash,
        )
    )
    return MailList(
        say=say_found(
            [_spoken(message) for message in found.messages],
            unread=asks_for_unread(query, label_ids),
            more=found.next_page_token is not None,
            language=call.language,
        ),
        messages=[_row(message, call.timezone) for message in found.messages],
        next_page_token=found.next_page_token,
    )


async def gmail_read(
    call: Call[GmailApi],
    message_id: Annotated[str | None, Field(min_length=1)] = None,
    message_ids: Annotated[list[str] | None, Field(min_length=1, max_length=20)] = None,
    query: Annotated[
        str | None, Field(description="Read the newest mail of this Gmail search", max_length=1_000)
    ] = None,
    body: Annotated[
        Form,
        Field(description="text: without quotes and signature; html: the source"),
    ] = "text",
    max_chars: Annotated[int, Field(ge=1, le=_LONGEST_ANSWER)] = 4_000,
    offset: Annotated[int, Field(ge=0, description="next_offset of a cut body")] = 0,
) -> MailTexts:
    """Read one mail (message_id or query) or several (message_ids)."""
    given = [it is not None for it in (message_id, message_ids, query)]
    if sum(given) != 1:
        raise BadInput("message_id", "give exactly one of message_id, message_ids and query")
    messages, missing = await _wanted(call, message_id, message_ids, query)
    longest = min(max_chars, _LONGEST_ANSWER // max(1, len(messages)))
    return MailTexts(
        say=_say_read(messages, call),
        messages=[_text(it, call.timezone, body, longest, offset) for it in messages],
        not_found=missing,
    )


async def gmail_list_labels(
    call: Call[GmailApi],
    prefix: Annotated[str | None, Field(description="Only names that start with this")] = None,
) -> LabelList:
    """List the mailbox's labels, Gmail's own among them."""
    wanted = (prefix or "").casefold()
    labels = [it for it in await call.api.labels() if it.name.casefold().startswith(wanted)]
    labels.sort(key=lambda label: (label.type, label.name))
    names = [label.name for label in labels if prefix or label.type == "user"]
    return LabelList(
        say=say_labels(names, prefix, call.language),
        labels=[LabelRow(id=it.id, name=it.name, type=it.type) for it in labels],
    )


TOOLS = (
    reads(gmail_search, "Search mail", scopes=(_READONLY,)),
    reads(gmail_read, "Read mail", scopes=(_READONLY,)),
    reads(gmail_list_labels, "List mail labels", scopes=(_READONLY,)),
)


async def _wanted(
    call: Call[GmailApi],
    message_id: str | None,
    message_ids: list[str] | None,
    query: str | None,
) -> tuple[list[Message], list[str]]:
    """The messages to read, and the ids of those that are not there."""
    if message_ids is not None:
        messages = await call.api.messages(message_ids)
        missing = [it for it, found in zip(message_ids, messages, strict=True) if not found]
        return [message for message in messages if message], missing
    if query is not None:
        newest = await call.api.newest(with_exact_dates(query, call.timezone))
        return [newest] if newest else [], []
    return [await call.api.message(message_id or "")], []


def _say_read(messages: list[Message], call: Call[GmailApi]) -> str:
    if len(messages) > 1:
        return say_read_several([_spoken(it) for it in messages], call.language)
    if not messages:
        return say_none_matches(call.language)
    message = messages[0]
    return say_read(
        _spoken(message),
        mail.text_of(message).text,
        len(mail.attachments(message)),
        call.language,
    )


def _row(message: Message, timezone: ZoneInfo) -> MailRow:
    return MailRow(
        id=message.id,
        thread_id=message.thread_id,
        sender=mail.sender(message).text,
        subject=mail.header(message, "subject"),
        date=_received(message, timezone),
        snippet=mail.snippet(message),
        unread=mail.is_unread(message),
        has_attachment=bool(mail.attachments(message)),
    )


def _text(message: Message, timezone: ZoneInfo, form: Form, longest: int, offset: int) -> MailText:
    reading = {"text": mail.text_of, "html": mail.source_of}.get(form)
    read = reading(message) if reading else mail.Text("", folded=False)
    end = offset + longest
    return MailText(
        id=message.id,
        thread_id=message.thread_id,
        sender=mail.sender(message).text,
        to=[it.text for it in mail.recipients(message, "to")],
        cc=[it.text for it in mail.recipients(message, "cc")],
        subject=mail.header(message, "subject"),
        date=_received(message, timezone),
        unread=mail.is_unread(message),
        body=read.text[offset:end],
        body_chars=len(read.text),
        next_offset=end if end < len(read.text) else None,
        folded=read.folded,
        attachments=[
            AttachmentRow(part_id=it.part_id, name=it.name, type=it.mime_type, size=it.size)
            for it in mail.attachments(message)
        ],
    )


def _spoken(message: Message) -> Spoken:
    subject = mail.header(message, "subject")
    to = mail.recipients(message, "to") if mail.is_sent(message) else []
    return Spoken(to[0], subject, sent=True) if to else Spoken(mail.sender(message), subject)


def _received(message: Message, timezone: ZoneInfo) -> str:
    """When Gmail received it: unlike the `Date` header, nobody else can set that."""
    return datetime.fromtimestamp(message.internal_date / 1000, timezone).isoformat(
        timespec="seconds"
    )
