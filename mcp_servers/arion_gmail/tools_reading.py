"""The tools that read: typed functions."""

from __future__ import annotations

import base64
import re
from collections import Counter
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from arion_gmail import mail
from arion_gmail.api import GmailApi, Search
from arion_gmail.enclosures import find_attachment
from arion_gmail.file_text import FileKind, text_of_file
from arion_gmail.models import (
    AttachmentContent,
    LabelList,
    LabelRow,
    MailList,
    MailTexts,
    PersonList,
    PersonRow,
    ThreadText,
)
from arion_gmail.query import asks_for_unread, with_exact_dates
from arion_gmail.say import say_found, say_labels, say_none_matches, say_read, say_read_several
from arion_gmail.say_files import say_file, say_people, say_thread
from arion_gmail.views import Form, Reading, fitted, row_of, spoken, text_of
from arion_gmail.wire import Message
from arion_kit.errors import BadInput
from arion_kit.paging import decode_cursor, encode_cursor, rows_that_fit
from arion_kit.spec import Call

_FRAME_CHARS = 600
"""What a result takes besides its rows or text: `say`, names of fields, a cursor."""
_HEAD_CHARS = 700
"""What a mail takes besides its body."""
_SMALLEST_ROW = 220
_LOOKED_THROUGH = 10
"""Mails in which a person is looked for."""
_MOST_PEOPLE = 5


_NEWEST = re.compile(r"온|최근|마지막|last|latest|newest|recent", re.IGNORECASE)
_POINTING = re.compile(r"(?:방금 |아까 )?(?:그|이)|방금 읽은|that|this", re.IGNORECASE)
"""Words for a mail that was shown, and for nothing where none was."""


class _Place(BaseModel):
    """Where a search goes on: a page of Gmail's, and how many of its rows were given."""

    size: int = Field(ge=1, le=50)
    token: str | None = None
    skip: int = Field(default=0, ge=0)


async def gmail_search(
    call: Call[GmailApi],
    query: Annotated[
        str,
        Field(description="Gmail search, e.g. from:kim is:unread after:2026/11/01; empty for all"),
    ],
    max_results: Annotated[int, Field(ge=1, le=50)] = 10,
    page_token: str | None = None,
    label_ids: list[str] | None = None,
    include_spam_trash: bool | None = None,
) -> MailList:
    """Find mail, newest first, without its text."""
    place = (
        decode_cursor(page_token, _Place, "page_token") if page_token else _Place(size=max_results)
    )
    page = await call.api.found(
        Search(
            query=with_exact_dates(query, call.timezone),
            max_results=place.size,
            page_token=place.token,
            label_ids=label_ids,
            include_spam_trash=bool(include_spam_trash),
        )
    )
    room = call.max_chars - _FRAME_CHARS
    ids = [it.id for it in page.messages][place.skip :]
    messages = await call.api.in_short(ids[: max(1, room // _SMALLEST_ROW)])
    rows = [row_of(message, call.timezone) for message in messages]
    rows = rows[: rows_that_fit(rows, room)]
    shown = ids.index(rows[-1].id) + 1 if rows else len(ids)
    if shown < len(ids):
        following = encode_cursor(place.model_copy(update={"skip": place.skip + shown}))
    elif page.next_page_token:
        following = encode_cursor(_Place(size=place.size, token=page.next_page_token))
    else:
        following = None
    if rows:
        call.api.show(rows[0].id, call.now)
    return MailList(
        say=say_found(
            [spoken(message) for message in messages[: len(rows)]],
            unread=asks_for_unread(query, label_ids),
            more=following is not None,
            language=call.language,
        ),
        messages=rows,
        next_page_token=following,
    )


async def gmail_current(
    call: Call[GmailApi],
    words: Annotated[str, Field(description="that, 이, latest, 방금 온 …")] = "",
) -> MailList:
    """Find what "that mail" means: the one shown last here, or the newest in the inbox."""
    shown = None if _NEWEST.search(words) else call.api.last_shown(call.now)
    ids = [shown] if shown else []
    if not ids and not _POINTING.fullmatch(words.strip()):
        page = await call.api.found(Search("in:inbox", max_results=1))
        ids = [it.id for it in page.messages]
    found = await call.api.in_short(ids)
    return MailList(
        say=say_found(
            [spoken(it) for it in found], unread=False, more=False, language=call.language
        ),
        messages=[row_of(it, call.timezone) for it in found],
    )


async def gmail_read(
    call: Call[GmailApi],
    message_id: str | None = None,
    message_ids: Annotated[list[str] | None, Field(max_length=20)] = None,
    query: Annotated[str | None, Field(description="Newest mail of this search")] = None,
    body: Form = "text",
    max_chars: int = 4_000,
    offset: int = 0,
) -> MailTexts:
    """Read one mail (message_id or query) or several. Text folds quotes and signatures."""
    given = [it is not None for it in (message_id, message_ids, query)]
    if sum(given) != 1:
        raise BadInput("message_id", "give exactly one of message_id, message_ids and query")
    messages, missing = await _wanted(call, message_id, message_ids, query)
    reading = Reading(body, _room(call, len(messages), max_chars), max(0, offset))
    if messages:
        call.api.show(messages[0].id, call.now)
    rows = [text_of(it, call.timezone, reading) for it in messages]
    fit = rows_that_fit(rows, call.max_chars - _FRAME_CHARS)
    return MailTexts(
        say=_say_read(messages[:fit], call),
        messages=rows[:fit],
        not_found=missing,
        not_read=[it.id for it in rows[fit:]] or None,
    )


async def gmail_read_thread(
    call: Call[GmailApi],
    thread_id: str,
    max_messages: Annotated[int, Field(ge=1, le=50)] = 20,
    max_chars_per_message: int = 2_000,
    offset: Annotated[int, Field(description="Newest messages to skip")] = 0,
) -> ThreadText:
    """Read a conversation: its latest messages, oldest first."""
    thread = await call.api.thread(thread_id)
    messages = [it for it in thread.messages if "DRAFT" not in it.label_ids]
    offset = max(0, offset)
    end = max(0, len(messages) - offset)
    wanted = messages[max(0, end - max_messages) : end]
    reading = Reading("text", _room(call, len(wanted), max_chars_per_message))
    rows = [text_of(it, call.timezone, reading) for it in reversed(wanted)]
    rows = rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)]
    told = offset + len(rows)
    if messages:
        call.api.show(messages[-1].id, call.now)
    return ThreadText(
        say=say_thread(
            [spoken(it) for it in messages], mail.text_of(messages[-1]).text, call.language
        )
        if messages
        else say_none_matches(call.language),
        messages=rows[::-1],
        next_offset=told if told < len(messages) else None,
    )


async def gmail_list_labels(
    call: Call[GmailApi],
    prefix: str | None = None,
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


async def gmail_get_attachment(
    call: Call[GmailApi],
    message_id: str,
    attachment_id: Annotated[str | None, Field(description="Default the first")] = None,
    mode: Literal["text", "base64"] = "text",
    offset: int = 0,
) -> AttachmentContent:
    """Get a mail's file as text (PDF, Word, Excel, Hangul …) or bytes, in parts."""
    message = await call.api.message(message_id)
    attached = find_attachment(message, attachment_id)
    content = await call.api.content(message_id, attached)
    offset = max(0, offset)
    room = call.max_chars - _FRAME_CHARS
    if mode == "base64":
        size = max(3, room * 3 // 4)
        part = base64.b64encode(content[offset : offset + size]).decode()
        following = offset + size if offset + size < len(content) else None
        text = None
    else:
        kind = FileKind(
            PurePath(attached.name).suffix.lower(), attached.mime_type, attached.charset
        )
        async with call.api.readers:
            text = await text_of_file(content, kind, call.language)
        cut = fitted(text, offset, room)
        part, following = cut.text, cut.next_offset
    return AttachmentContent(
        say=say_file(attached.name, text, call.language),
        name=attached.name,
        type=attached.mime_type,
        size=len(content),
        text=part if mode == "text" else None,
        base64=part if mode == "base64" else None,
        next_offset=following,
    )


async def gmail_find_people(call: Call[GmailApi], name: str) -> PersonList:
    """Find whom the person has written with by name, with mail addresses."""
    words = re.sub(r'["{}()\\]', " ", name).strip()
    if not words:
        raise BadInput("name", "must have letters")
    query = f'{{from:"{words}" to:"{words}"}}'
    page = await call.api.found(Search(query, max_results=_LOOKED_THROUGH))
    messages = await call.api.in_short(it.id for it in page.messages)
    me = (await call.api.address()).casefold()
    counts: Counter[str] = Counter()
    people: dict[str, mail.Correspondent] = {}
    for one in (it for message in messages for it in mail.correspondents(message)):
        key = one.address.casefold()
        if key != me and one.is_called(words):
            counts[key] += 1
            people.setdefault(key, one)
    rows = [
        PersonRow(name=one.spoken, address=one.address, to=one.text)
        for key, _ in counts.most_common(_MOST_PEOPLE)
        for one in [people[key]]
    ]
    return PersonList(say=say_people([it.name for it in rows], call.language), people=rows)


def _room(call: Call[GmailApi], mails: int, wanted: int) -> int:
    """Characters of body for each of the mails."""
    each = (call.max_chars - _FRAME_CHARS) // max(1, mails) - _HEAD_CHARS
    return max(1, min(wanted, each))


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
        return say_read_several([spoken(it) for it in messages], call.language)
    if not messages:
        return say_none_matches(call.language)
    message = messages[0]
    return say_read(
        spoken(message),
        mail.text_of(message).text,
        len(mail.attachments(message)),
        call.language,
    )
