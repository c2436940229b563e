"""A Gmail message as mail: who wrote it, what it says, what is attached."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from arion_gmail.charsets import decode_header, decode_text, header_parameter, tidy
from arion_gmail.folding import fold
from arion_gmail.html_text import FOLD, html_to_text
from arion_gmail.wire import Message, Part

_LARGEST = 400_000
"""Characters of a text that are read. A newsletter in HTML has 20,000 to 200,000."""
_LONGEST_HEADER = 10_000
"""Characters of a header that are read; patterns below are slow on hostile ones of any length."""

_RECIPIENT = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^,"<])+')
"""One of several people. The standard library's reading of them overflows its stack on "((((…"."""
_FORWARDED = re.compile(r"(?:fwd?|전달) ?:|\[전달\]", re.IGNORECASE)
_MACHINE = re.compile(
    r"(?:no-?reply|do-?not-?reply|notic|notif|news|info|support|service|help|alert|update|mailer|"
    r"account|bill|statement|booking|order|receipt|event|security|team|admin|webmaster|"
    r"postmaster|contact|hello|marketing|promo|cs@)",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"[가-힣]{5,}|.*(?:주식회사|\(주\)|은행|카드|병원|의원|센터)")


@dataclass(frozen=True)
class Correspondent:
    """Who a mail says it is from, or to. Anybody can say anything here."""

    name: str
    address: str

    @property
    def is_person(self) -> bool:
        """Whether this looks like somebody, rather than a company: a guess, for speech only."""
        return not (_MACHINE.match(self.address) or _COMPANY.fullmatch(self.name))

    def is_called(self, words: str) -> bool:
        """Whether the words are in the name or the address, whatever the blanks."""
        wanted = "".join(words.split()).casefold()
        return wanted in "".join(self.name.split()).casefold() or wanted in self.address.casefold()

    @property
    def text(self) -> str:
        """As mail programs show it."""
        return f"{self.name} <{self.address}>" if self.name and self.address else self.spoken

    @property
    def spoken(self) -> str:
        """The name, or what an address has instead of one."""
        return self.name or self.address


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail."""

    part_id: str
    name: str
    mime_type: str
    size: int
    """Bytes."""
    gmail_id: str = ""
    """Where Gmail keeps the content apart; another one at each reading."""
    content: bytes = b""
    """The content itself, where it came with the mail."""
    charset: str = ""
    """Of a text, as its sender named it."""


@dataclass(frozen=True)
class Text:
    """What a mail says."""

    text: str
    folded: bool
    """Whether quotes or a signature were left out."""


def header(message: Message, name: str) -> str:
    """The first header of that name, decoded; "" where there is none."""
    return decode_header(_raw_header(message.payload, name))


def raw_header(message: Message, name: str) -> str:
    """The first header of that name as it came; "" where there is none."""
    return _raw_header(message.payload, name)


def sender(message: Message) -> Correspondent:
    """Reads the `From` header."""
    return _somebody(_raw_header(message.payload, "from"))


def recipients(message: Message, name: str) -> list[Correspondent]:
    """The people of a `To` or `Cc` header."""
    return split_people(_raw_header(message.payload, name))


def split_people(value: str) -> list[Correspondent]:
    """The people that a header names."""
    return [_somebody(it) for it in _RECIPIENT.findall(value[:_LONGEST_HEADER]) if it.strip()]


def correspondents(message: Message) -> list[Correspondent]:
    """Everybody with an address in the mail's headers."""
    everybody = [sender(message), *recipients(message, "to"), *recipients(message, "cc")]
    return [it for it in everybody if it.address]


def _somebody(text: str) -> Correspondent:
    name, opening, address = text.rpartition("<")
    if not opening:
        address = tidy(text)
        return (
            Correspondent("", address) if "@" in address else Correspondent(decode_header(text), "")
        )
    return Correspondent(decode_header(name).strip("\"' "), tidy(address.rstrip("> \r\n\t")))


def snippet(message: Message) -> str:
    """The beginning of the text, as Gmail gives it."""
    return tidy(html.unescape(message.snippet))


def is_unread(message: Message) -> bool:
    """Whether the mail has not been read."""
    return "UNREAD" in message.label_ids


def is_sent(message: Message) -> bool:
    """Whether the person has sent the mail, rather than received it."""
    return "SENT" in message.label_ids


def attachments(message: Message) -> list[Attached]:
    """The files, without images that are part of the text."""
    return [
        Attached(
            part_id=part.part_id,
            name=_file_name(part) or part.mime_type,
            mime_type=part.mime_type,
            size=part.body.size,
            gmail_id=part.body.attachment_id,
            content=part.body.data,
            charset=header_parameter(_raw_header(part, "content-type"), "charset"),
        )
        for part in _leaves(message.payload)
        if _is_file(part)
    ]


def text_of(message: Message) -> Text:
    """The mail as a reader takes it in: without quotes, unless it is forwarded, and signature."""
    forwarded = bool(_FORWARDED.match(header(message, "subject")))
    plain = _joined(message, "text/plain")
    if plain.strip():
        text = plain.strip() if forwarded else fold(plain)
    else:
        source = _joined(message, "text/html")
        text = html_to_text(source, fold=False) if forwarded else _folded_html(source)
    return Text(text, folded=not forwarded and FOLD in text.splitlines())


def whole_text(message: Message) -> str:
    """All that the mail says, quotes and signature too."""
    plain = _joined(message, "text/plain").strip()
    return plain or html_to_text(_joined(message, "text/html"), fold=False)


def source_of(message: Message) -> Text:
    """The mail as it was sent: its HTML, or its plain text where it has none."""
    html_source = _joined(message, "text/html")
    return Text(html_source or _joined(message, "text/plain"), folded=False)


def _folded_html(source: str) -> str:
    folded = fold(html_to_text(source, fold=True))
    return folded if folded != FOLD else html_to_text(source, fold=False)


def _joined(message: Message, mime_type: str) -> str:
    texts = (
        _decoded(part)
        for part in _leaves(message.payload)
        if part.mime_type.lower() == mime_type and not _is_file(part)
    )
    return "\n".join(text for text in texts if text)[:_LARGEST]


def _decoded(part: Part) -> str:
    charset = header_parameter(_raw_header(part, "content-type"), "charset")
    return decode_text(part.body.data, charset).replace("\r\n", "\n")


def _leaves(part: Part) -> Iterator[Part]:
    """The parts that hold something, in order, without images that the HTML beside them shows."""
    if not part.parts or part.filename:
        yield part
        return
    related = part.mime_type.lower() == "multipart/related"
    for child in part.parts:
        if not (related and child.mime_type.lower().startswith("image/")):
            yield from _leaves(child)


def _is_file(part: Part) -> bool:
    disposition = _raw_header(part, "content-disposition").strip().lower()
    return bool(part.filename) or disposition.startswith("attachment")


def _file_name(part: Part) -> str:
    """Gmail's reading of the name, or ours where it has none."""
    return (
        decode_header(part.filename[:_LONGEST_HEADER])
        or header_parameter(_raw_header(part, "content-disposition"), "filename")
        or header_parameter(_raw_header(part, "content-type"), "name")
    )


def _raw_header(part: Part, name: str) -> str:
    value = next((it.value for it in part.headers if it.name.lower() == name.lower()), "")
    return value[:_LONGEST_HEADER]
