"""The tools that write letters: typed functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field, JsonValue

from arion_gmail import mail
from arion_gmail.addresses import Address, check_line, read_addresses
from arion_gmail.api import GmailApi
from arion_gmail.compose import Letter, compose
from arion_gmail.drafts import read_draft, rewritten
from arion_gmail.enclosures import checked, read_files
from arion_gmail.letters import Format, Wanted, bodies, write_letter
from arion_gmail.mail import Correspondent
from arion_gmail.models import (
    ChangedDraft,
    DeletedDraft,
    DraftContent,
    DraftList,
    DraftRow,
    SavedDraft,
    SentMail,
)
from arion_gmail.outbox import mark_of
from arion_gmail.say import Spoken
from arion_gmail.say_outbox import (
    ask_delete_draft,
    ask_send,
    say_draft_changed,
    say_draft_deleted,
    say_draft_saved,
    say_drafts,
    say_sent,
)
from arion_gmail.views import received
from arion_gmail.wire import MessageId
from arion_kit.confirm import Preview
from arion_kit.errors import BadInput
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call

_FRAME_CHARS = 600
_PREVIEW_CHARS = 4_000
_LONGEST_SUBJECT = 500

People = list[str] | None
ToPeople = Annotated[list[str] | None, Field(description="Name <address>")]
Files = Annotated[
    list[str] | None,
    Field(description='"message_id/attachment_id" or JSON {name, text|base64}'),
]


async def gmail_create_draft(
    call: Call[GmailApi],
    body: str,
    to: ToPeople = None,
    cc: People = None,
    bcc: People = None,
    subject: str | None = None,
    body_format: Annotated[Format, Field(description="dictated: made polite")] = "text",
    reply_to_message_id: str | None = None,
    reply_all: bool | None = None,
    forward_message_id: str | None = None,
    attachments: Files = None,
) -> SavedDraft:
    """Save a draft; nothing is sent. A reply takes people, subject and thread of its original."""
    mark = mark_of(call.key, "draft")
    wanted = Wanted(
        to or (), cc or (), bcc or (), subject, body, body_format,
        reply_to_message_id, bool(reply_all), forward_message_id, attachments or (),
    )  # fmt: skip
    letter = (await write_letter(call, wanted, mark)).letter
    draft, before = await call.api.outbox.create(compose(letter), letter.thread_id, mark)
    return SavedDraft(
        say=say_draft_saved(_spoken(letter), letter.everyone, before=before, lang=call.language),
        draft_id=draft.id,
        thread_id=draft.message.thread_id,
        to=_texts(letter.everyone),
        subject=letter.subject,
        attachments=[it.name for it in letter.files],
        already_existed=before,
    )


async def gmail_update_draft(
    call: Call[GmailApi],
    draft_id: str,
    to: People = None,
    cc: People = None,
    bcc: People = None,
    subject: str | None = None,
    body: str | None = None,
    body_format: Format = "text",
    attachments: People = None,
) -> ChangedDraft:
    """Change a draft; what is left out stays as it was."""
    found = await call.api.outbox.draft(draft_id)
    draft = read_draft(found.message.raw, call.now)
    before = draft.letter
    after = before
    if body is not None:
        text, source = bodies(body, body_format)
        after = replace(after, text=text, html=source)
    if attachments is not None:
        after = replace(after, files=checked(await read_files(call.api, attachments)))
    after = replace(
        after,
        to=before.to if to is None else read_addresses(to, "to"),
        cc=before.cc if cc is None else read_addresses(cc, "cc"),
        bcc=before.bcc if bcc is None else read_addresses(bcc, "bcc"),
        subject=before.subject
        if subject is None
        else check_line(subject, "subject", _LONGEST_SUBJECT),
    )
    thread_id = found.message.thread_id or None
    changed = await call.api.outbox.replace(draft_id, rewritten(draft, after), thread_id)
    return ChangedDraft(
        say=say_draft_changed(_spoken(after), call.language),
        draft_id=changed.id,
        thread_id=changed.message.thread_id,
        to=_texts(after.to),
        subject=after.subject,
        attachments=[it.name for it in after.files],
        previous=_content(before, call.max_chars - 2 * _FRAME_CHARS),
    )


async def gmail_list_drafts(
    call: Call[GmailApi],
    query: Annotated[str, Field(max_length=1_000)] = "",
    max_results: Annotated[int, Field(ge=1, le=50)] = 10,
    page_token: str | None = None,
) -> DraftList:
    """List drafts, newest first."""
    page = await call.api.outbox.drafts(query, max_results, page_token)
    messages = {it.id: it for it in await call.api.in_short(it.message.id for it in page.drafts)}
    found = [(it.id, messages[it.message.id]) for it in page.drafts if it.message.id in messages]
    rows = [
        DraftRow(
            draft_id=draft_id,
            to=[it.text for it in mail.recipients(message, "to")][:20],
            subject=mail.header(message, "subject"),
            date=received(message, call.timezone),
            snippet=mail.snippet(message),
            thread_id=message.thread_id,
        )
        for draft_id, message in found
    ]
    rows = rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)]
    spoken = [Spoken(_nobody(), row.subject) for row in rows]
    more = page.next_page_token is not None or len(rows) < len(found)
    return DraftList(
        say=say_drafts(spoken, more=more, lang=call.language),
        drafts=rows,
        next_page_token=page.next_page_token,
    )


async def gmail_delete_draft(call: Call[GmailApi], draft_id: str) -> DeletedDraft:
    """Delete a draft for good. Asks first."""
    draft = await call.api.outbox.draft_or_none(draft_id)
    if draft is None:
        return DeletedDraft(say=say_draft_deleted(None, call.language), draft_id=draft_id)
    letter = read_draft(draft.message.raw, call.now).letter
    await call.confirm(
        Preview(
            say=ask_delete_draft(_spoken(letter), call.language),
            details={"draft_id": draft_id, **_details(letter, letter.text)},
        )
    )
    await call.api.outbox.delete(draft_id)
    return DeletedDraft(say=say_draft_deleted(_spoken(letter), call.language), draft_id=draft_id)


async def gmail_send_draft(call: Call[GmailApi], draft_id: str) -> SentMail:
    """Send a draft. Asks first; can't be undone."""
    if before := call.api.outbox.sent_before(draft_id):
        return _sent(before.letter, before.message, call, before=True)
    found = await call.api.outbox.draft(draft_id)
    draft = read_draft(found.message.raw, call.now)
    await call.confirm(_preview(draft.letter, draft.new_text, call))
    message = await call.api.outbox.send(draft_id, draft.letter)
    return _sent(draft.letter, message, call, before=False)


async def gmail_send(
    call: Call[GmailApi],
    body: str,
    to: People = None,
    cc: People = None,
    bcc: People = None,
    subject: str | None = None,
    body_format: Format = "text",
    reply_to_message_id: str | None = None,
    reply_all: bool | None = None,
    forward_message_id: str | None = None,
    attachments: People = None,
) -> SentMail:
    """Write and send a mail, as gmail_create_draft. Asks first; can't be undone."""
    mark = mark_of(call.key, "send")
    wanted = Wanted(
        to or (), cc or (), bcc or (), subject, body, body_format,
        reply_to_message_id, bool(reply_all), forward_message_id, attachments or (),
    )  # fmt: skip
    written = await write_letter(call, wanted, mark)
    letter = written.letter
    if mark.digest and (known := await call.api.outbox.find_sent(mark)):
        return _sent(letter, known, call, before=True)
    await call.confirm(_preview(letter, written.text, call, written.original))
    draft, _ = await call.api.outbox.create(compose(letter), letter.thread_id, mark)
    message = await call.api.outbox.send(draft.id, letter, mark)
    return _sent(letter, message or await call.api.outbox.find_sent(mark), call, before=False)


def _preview(letter: Letter, text: str, call: Call[GmailApi], original: str = "") -> Preview:
    """What will leave, and the question whether it may.

    Raises:
        BadInput: It would go to nobody.
    """
    if not letter.everyone:
        raise BadInput("to", "names nobody; give at least one address")
    details = _details(letter, text)
    if letter.in_reply_to:
        details["reply"] = True
    if original:
        details["original"] = original
    return Preview(
        say=ask_send(
            _spoken(letter),
            letter.everyone,
            text,
            len(letter.files),
            call.language,
            reply=bool(letter.in_reply_to),
            hidden=len(letter.bcc),
        ),
        details=details,
    )


def _details(letter: Letter, text: str) -> dict[str, JsonValue]:
    details: dict[str, JsonValue] = {
        "to": list[JsonValue](_texts(letter.to)),
        "cc": list[JsonValue](_texts(letter.cc)),
        "bcc": list[JsonValue](_texts(letter.bcc)),
        "subject": letter.subject,
        "text": text[:_PREVIEW_CHARS],
        # What is styled to be unseen is sent as well.
        "html": letter.html[:_PREVIEW_CHARS],
        "text_chars": len(text) if len(text) > _PREVIEW_CHARS else 0,
        "attachments": [f"{it.name} ({len(it.content)} B)" for it in letter.files],
    }
    return {name: value for name, value in details.items() if value}


def _sent(
    letter: Letter, message: MessageId | None, call: Call[GmailApi], *, before: bool
) -> SentMail:
    return SentMail(
        say=say_sent(
            _spoken(letter),
            letter.everyone,
            before=before,
            lang=call.language,
            reply=bool(letter.in_reply_to),
        ),
        message_id=message.id if message else None,
        thread_id=message.thread_id if message else None,
        to=_texts(letter.everyone),
        subject=letter.subject,
        already_sent=before,
    )


def _content(letter: Letter, room: int) -> DraftContent | None:
    content = DraftContent(
        to=_texts(letter.to),
        cc=_texts(letter.cc),
        bcc=_texts(letter.bcc),
        subject=letter.subject,
        body=letter.html or letter.text,
        body_format="html" if letter.html else "text",
    )
    return content if len(content.model_dump_json()) <= room else None


def _spoken(letter: Letter) -> Spoken:
    return Spoken(_nobody(), letter.subject)


def _nobody() -> Correspondent:
    return Correspondent("", "")


def _texts(people: Sequence[Address]) -> list[str]:
    return [it.text for it in people]
