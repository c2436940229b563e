"""What an answer takes from the mail it answers: people, subject, thread, quote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_gmail import mail
from arion_gmail.addresses import Address, distinct, read_address
from arion_gmail.html_text import FOLD
from arion_gmail.wire import Message
from arion_kit.errors import BadInput
from arion_kit.speech import speak_date, speak_time
from arion_kit.words import Language

_RE = re.compile(r"^(?:re(?:\[\d+\])? ?: ?)+", re.IGNORECASE)
_FWD = re.compile(r"^(?:fwd?(?:\[\d+\])? ?: ?)+", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_KEPT_REFERENCES = 30
"""Of a long thread, its beginning and the latest; RFC 5322 lets the middle go."""
_LONGEST_QUOTE = 20_000
_LONGEST_NAME = 200


@dataclass(frozen=True)
class People:
    """Who gets an answer."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()


def people_of_reply(original: Message, me: Address, *, everyone: bool) -> People:
    """Who gets the answer to a mail; with `everyone`, all who had it, oneself excepted.

    An answer to one's own mail goes to whom that went to.
    """
    own = mail.is_sent(original) or me.key in {it.key for it in _people(original, "from")}
    writers = _people(original, "to" if own else "reply-to") or _people(original, "from")
    if not everyone:
        return People(distinct(writers, but=() if own else (me,)) or tuple(writers))
    to = distinct([*writers, *_people(original, "to")], but=(me,)) or tuple(writers)
    return People(to, distinct(_people(original, "cc"), but=(me, *to)))


def reply_subject(subject: str) -> str:
    """`Re: ` once, before the subject as it was, since Gmail joins threads by it."""
    return f"Re: {_RE.sub('', subject)}"


def forward_subject(subject: str) -> str:
    """`Fwd: ` once, before the subject as it was."""
    return f"Fwd: {_FWD.sub('', subject)}"


def references(original: Message) -> tuple[str, ...]:
    """The thread's Message-IDs, the original's last (RFC 5322, section 3.6.4)."""
    own = message_id(original)
    earlier = _ids(original, "references") or _ids(original, "in-reply-to")[:1]
    chain = [it for it in dict.fromkeys(earlier) if it != own]
    if len(chain) > _KEPT_REFERENCES:
        chain = [chain[0], *chain[1 - _KEPT_REFERENCES :]]
    return (*chain, own) if own else tuple(chain)


def message_id(original: Message) -> str:
    """The mail's own Message-ID; "" where it has none that is one."""
    return next(iter(_ids(original, "message-id")), "")


def quoted(original: Message, timezone: ZoneInfo, language: Language) -> str:
    """The mail below an answer in plain text, without what it quotes itself."""
    text = mail.text_of(original).text.replace(FOLD, "").strip()[:_LONGEST_QUOTE]
    lines = (f"> {line}".rstrip() for line in text.split("\n"))
    return f"{_attribution(original, timezone, language)}\n" + "\n".join(lines)


def quoted_html(original: Message, timezone: ZoneInfo, language: Language) -> str:
    """The same as HTML, in the class by which mail programs fold it."""
    text = mail.text_of(original).text.replace(FOLD, "").strip()[:_LONGEST_QUOTE]
    told = html.escape(_attribution(original, timezone, language))
    return (
        f'<div class="gmail_quote"><div class="gmail_attr">{told}</div>'
        f'<blockquote class="gmail_quote">{as_html(text)}</blockquote></div>'
    )


def forwarded(original: Message, timezone: ZoneInfo) -> str:
    """The whole mail below a note, as mail programs forward it."""
    heads = [
        "---------- Forwarded message ---------",
        f"From: {mail.sender(original).text}",
        f"Date: {_moment(original, timezone).strftime('%Y-%m-%d %H:%M %z')}",
        f"Subject: {mail.header(original, 'subject')}",
        f"To: {', '.join(it.text for it in mail.recipients(original, 'to'))}",
    ]
    return "\n".join(heads) + "\n\n" + mail.whole_text(original)


def as_html(text: str) -> str:
    """Plain text as HTML that looks the same."""
    return html.escape(text).replace("\n", "<br>\n")


def _attribution(original: Message, timezone: ZoneInfo, language: Language) -> str:
    at = _moment(original, timezone)
    who = mail.sender(original).text
    day, time = speak_date(at.date(), language, today=at.date()), speak_time(at, language)
    if language == "ko":
        return f"{at.year}년 {day} {time}, {who} 님이 작성:"
    return f"On {day}, {at.year} at {time}, {who} wrote:"


def _moment(original: Message, timezone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(original.internal_date / 1000, timezone)


def _people(original: Message, name: str) -> list[Address]:
    """The people of a header; what a stranger wrote and is no address is left out."""
    return list(_addresses(original, name))


def _addresses(original: Message, name: str) -> Iterator[Address]:
    for one in mail.recipients(original, name):
        try:
            yield Address(read_address(one.address, name).address, one.name[:_LONGEST_NAME])
        except BadInput:
            continue


def _ids(original: Message, name: str) -> list[str]:
    return _MESSAGE_ID.findall(mail.raw_header(original, name))
