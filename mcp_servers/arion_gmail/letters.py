"""From what a caller gave to a letter: people, subject, text, thread and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from arion_gmail import mail, replies
from arion_gmail.addresses import Address, check_line, distinct, read_address, read_addresses
from arion_gmail.api import GmailApi
from arion_gmail.compose import Letter
from arion_gmail.dictation import as_written
from arion_gmail.enclosures import checked, files_of, read_files
from arion_gmail.html_text import html_to_text
from arion_gmail.outbox import Mark
from arion_gmail.wire import Message
from arion_kit.errors import BadInput
from arion_kit.spec import Call

Format = Literal["text", "html", "dictated"]

_LONGEST_SUBJECT = 500
_LONGEST_OWN_SUBJECT = 40
"""Characters of a subject that is made of the text."""
_LONGEST_BODY = 200_000
_MOST_PEOPLE = 100


@dataclass(frozen=True)
class Wanted:
    """A letter as a caller describes it."""

    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    subject: str | None = None
    body: str = ""
    body_format: Format = "text"
    reply_to_message_id: str | None = None
    reply_all: bool = False
    forward_message_id: str | None = None
    attachments: Sequence[str] = ()


@dataclass(frozen=True)
class Written:
    """A letter, and the part of its text that is new."""

    letter: Letter
    text: str
    """Without quotes."""
    original: str = ""
    """Who wrote the mail that goes along, quoted or whole, and its subject."""


@dataclass(frozen=True)
class _Origin:
    message: Message | None = None
    reply: bool = False
    people: replies.People = field(default_factory=lambda: replies.People(()))


async def write_letter(call: Call[GmailApi], wanted: Wanted, mark: Mark) -> Written:
    """The letter that a caller wants.

    Raises:
        BadInput: A field of it cannot be right.
    """
    to = read_addresses(wanted.to, "to")
    cc, bcc = read_addresses(wanted.cc, "cc"), read_addresses(wanted.bcc, "bcc")
    own = await call.api.me()
    me = Address(read_address(own.address, "from").address, own.name)
    origin = await _origin(call.api, wanted, me)
    to = to or origin.people.to
    cc = distinct([*cc, *origin.people.cc], but=to)
    bcc = distinct(bcc, but=(*to, *cc))
    if len(to) + len(cc) + len(bcc) > _MOST_PEOPLE:
        raise BadInput("to", f"a mail may go to up to {_MOST_PEOPLE} people")
    text, source = bodies(wanted.body, wanted.body_format)
    if len(wanted.body) > _LONGEST_BODY:
        raise BadInput("body", f"may have up to {_LONGEST_BODY:,} characters")
    files = [*await read_files(call.api, wanted.attachments)]
    if origin.message and not origin.reply:
        files += await files_of(call.api, origin.message)
    letter = Letter(
        sender=me,
        to=to,
        cc=cc,
        bcc=bcc,
        subject=_subject(wanted.subject, text, origin),
        text=_with_original(text, origin, call),
        html=_html_with_original(source, origin, call) if source else "",
        date=call.now,
        message_id=mark.message_id,
        marker=mark.digest,
        files=checked(files),
        in_reply_to=_in_reply_to(origin),
        references=replies.references(origin.message) if origin.message and origin.reply else (),
        thread_id=origin.message.thread_id if origin.message and origin.reply else None,
    )
    return Written(letter, text, _told(origin.message) if origin.message else "")


def bodies(body: str, form: Format) -> tuple[str, str]:
    """A body as plain text, and as HTML where it was given so."""
    if form == "html":
        return html_to_text(body, fold=False), body
    return (as_written(body) if form == "dictated" else body), ""


def first_line(text: str) -> str:
    """A subject for a letter that was given none: how its text begins."""
    line = next((it.strip() for it in text.splitlines() if it.strip()), "")
    if len(line) <= _LONGEST_OWN_SUBJECT:
        return line.rstrip(". ")
    head = line[:_LONGEST_OWN_SUBJECT]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" .,") + "…"


def _told(original: Message) -> str:
    return f"{mail.sender(original).text}: {mail.header(original, 'subject')}"


async def _origin(api: GmailApi, wanted: Wanted, me: Address) -> _Origin:
    if wanted.reply_to_message_id and wanted.forward_message_id:
        raise BadInput("forward_message_id", "give this or reply_to_message_id, not both")
    if wanted.reply_to_message_id:
        original = await api.message(wanted.reply_to_message_id)
        people = replies.people_of_reply(original, me, everyone=wanted.reply_all)
        return _Origin(original, reply=True, people=people)
    if wanted.reply_all:
        raise BadInput("reply_all", "needs reply_to_message_id")
    if wanted.forward_message_id:
        return _Origin(await api.message(wanted.forward_message_id))
    return _Origin()


def _subject(given: str | None, text: str, origin: _Origin) -> str:
    if origin.message is None:
        return check_line(
            given if given is not None else first_line(text), "subject", _LONGEST_SUBJECT
        )
    if given:
        return check_line(given, "subject", _LONGEST_SUBJECT)
    original = mail.header(origin.message, "subject")[:_LONGEST_SUBJECT]
    return replies.reply_subject(original) if origin.reply else replies.forward_subject(original)


def _in_reply_to(origin: _Origin) -> str:
    return replies.message_id(origin.message) if origin.message and origin.reply else ""


def _with_original(text: str, origin: _Origin, call: Call[GmailApi]) -> str:
    if origin.message is None:
        return text
    if origin.reply:
        return f"{text}\n\n{replies.quoted(origin.message, call.timezone, call.language)}"
    return f"{text}\n\n{replies.forwarded(origin.message, call.timezone)}".lstrip()


def _html_with_original(source: str, origin: _Origin, call: Call[GmailApi]) -> str:
    if origin.message is None:
        return source
    if origin.reply:
        quoted = replies.quoted_html(origin.message, call.timezone, call.language)
    else:
        quoted = replies.as_html(replies.forwarded(origin.message, call.timezone))
    return f"{source}<br><br>{quoted}"
