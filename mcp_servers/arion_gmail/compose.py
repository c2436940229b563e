"""A letter as the bytes of a mail: UTF-8, every line short, every header ours.

Written out here because the standard library's folding of headers has let line breaks and commas
of encoded names through (CPython issues 121650 and 100884). RFC 5322 (mail), 2045 to 2047 (MIME),
2231 (file names), 3676 (quotes).
"""

from __future__ import annotations

import base64
import hashlib
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from arion_gmail.addresses import Address

MARKER = "X-Arion-Key"
"""Header that holds a digest of the write's key, so that a repeated write is recognised.

Gmail gives sent mail a Message-ID of its own (FlowCrypt/flowcrypt-browser issue 4273) and leaves
headers that it does not know as they are.
"""

_EOL = "\r\n"
_WORD_BYTES = 42
"""Bytes in one encoded word, which may take 75 characters (RFC 2047, section 2)."""
_PIECE_CHARS = 60
"""Characters of a parameter on one line."""
_LONGEST_LINE = 998
_SPECIALS = re.compile(r'[()<>\[\]:;@\\,."]')
_ATTRIBUTE_CHARS = "!#$&+-.^_`|~"
"""What stays as it is in an RFC 2231 value, besides letters and digits."""


@dataclass(frozen=True)
class File:
    """Something attached."""

    name: str
    content: bytes
    type: str = "application/octet-stream"


@dataclass(frozen=True)
class Letter:
    """A mail to be written. Everything in it has been checked."""

    to: tuple[Address, ...]
    subject: str
    text: str
    date: datetime
    message_id: str
    """With its angle brackets."""
    sender: Address | None = None
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    html: str = ""
    """Beside the text, where it is not empty."""
    files: tuple[File, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_id: str | None = None
    marker: str = ""

    @property
    def everyone(self) -> tuple[Address, ...]:
        """All who get it."""
        return (*self.to, *self.cc, *self.bcc)


def compose(letter: Letter) -> bytes:
    """The mail's bytes, lines ended by CR LF."""
    body = _alternatives(letter)
    if letter.files:
        body = _multipart("mixed", [body, *(_attached(file) for file in letter.files)])
    lines = [*_headers(letter), "MIME-Version: 1.0"]
    return (_EOL.join(lines) + _EOL).encode("ascii") + body


def encoded_words(text: str) -> str:
    """Text for a header, by RFC 2047 where it is not plain ASCII; folded."""
    if text.isascii() and "=?" not in text and len(text) < 900:
        return text
    words: list[str] = []
    piece = ""
    for character in text:
        if piece and len((piece + character).encode()) > _WORD_BYTES:
            words.append(piece)
            piece = ""
        piece += character
    words.append(piece)
    coded = (base64.b64encode(word.encode()).decode() for word in words)
    return f"{_EOL} ".join(f"=?utf-8?b?{word}?=" for word in coded)


def parameter(name: str, value: str) -> str:
    """A parameter of a structured header, by RFC 2231 where it is not plain; folded."""
    if value.isascii() and not re.search(r'["\\%]', value) and len(value) <= 60:
        return f';{_EOL} {name}="{value}"'
    pieces = [""]
    for character in value:
        coded = quote(character, safe=_ATTRIBUTE_CHARS)
        if len(pieces[-1]) + len(coded) > _PIECE_CHARS:
            pieces.append("")
        pieces[-1] += coded
    pieces[0] = f"utf-8''{pieces[0]}"
    if len(pieces) == 1:
        return f";{_EOL} {name}*={pieces[0]}"
    return "".join(f";{_EOL} {name}*{at}*={piece}" for at, piece in enumerate(pieces))


def address_lines(letter: Letter) -> Iterator[str]:
    """The headers that say who gets the letter."""
    for name, people in (("To", letter.to), ("Cc", letter.cc), ("Bcc", letter.bcc)):
        if people:
            yield f"{name}: " + f",{_EOL} ".join(_mailbox(one) for one in people)


def subject_line(letter: Letter) -> str:
    """The header that says what the letter is about."""
    return f"Subject: {encoded_words(letter.subject)}"


def _headers(letter: Letter) -> Iterator[str]:
    if letter.sender:
        yield f"From: {_mailbox(letter.sender)}"
    yield from address_lines(letter)
    yield subject_line(letter)
    yield f"Date: {format_datetime(letter.date)}"
    yield f"Message-ID: {letter.message_id}"
    if letter.in_reply_to:
        yield f"In-Reply-To: {letter.in_reply_to}"
    if letter.references:
        yield "References: " + f"{_EOL} ".join(letter.references)
    if letter.marker:
        yield f"{MARKER}: {letter.marker}"


def _mailbox(person: Address) -> str:
    if not person.name:
        return person.address
    name = encoded_words(person.name)
    if name == person.name and _SPECIALS.search(name):
        escaped = re.sub(r'(["\\])', r"\\\1", name)
        name = f'"{escaped}"'
    return f"{name} <{person.address}>"


def _alternatives(letter: Letter) -> bytes:
    plain = _text("plain", letter.text)
    if not letter.html:
        return plain
    return _multipart("alternative", [plain, _text("html", letter.html)])


def _text(subtype: str, text: str) -> bytes:
    text = re.sub(r"\r\n?", "\n", text)
    if not text.endswith("\n"):
        text += "\n"
    raw = text.encode()
    encoding, content = _transfer(text, raw)
    head = f"Content-Type: text/{subtype}; charset=utf-8{_EOL}Content-Transfer-Encoding: {encoding}"
    return f"{head}{_EOL}{_EOL}".encode("ascii") + content


def _transfer(text: str, raw: bytes) -> tuple[str, bytes]:
    longest = max(len(line) for line in text.split("\n"))
    if text.isascii() and longest <= _LONGEST_LINE and "\x00" not in text:
        return "7bit", raw.replace(b"\n", b"\r\n")
    quoted = quopri.encodestring(raw, quotetabs=False).replace(b"\n", b"\r\n")
    based = _base64(raw.replace(b"\n", b"\r\n"))
    return ("quoted-printable", quoted) if len(quoted) < len(based) else ("base64", based)


def _attached(file: File) -> bytes:
    head = (
        f"Content-Type: {file.type}{parameter('name', file.name)}{_EOL}"
        f"Content-Disposition: attachment{parameter('filename', file.name)}{_EOL}"
        f"Content-Transfer-Encoding: base64{_EOL}{_EOL}"
    )
    return head.encode("ascii") + _base64(file.content)


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _multipart(subtype: str, parts: Sequence[bytes]) -> bytes:
    boundary = f"=_{hashlib.sha256(b''.join(parts)).hexdigest()[:32]}"
    head = f'Content-Type: multipart/{subtype};{_EOL} boundary="{boundary}"{_EOL}{_EOL}'
    between = f"--{boundary}{_EOL}".encode()
    # The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1).
    joined = b"\r\n".join(between + part for part in parts)
    return head.encode() + joined + f"{_EOL}--{boundary}--{_EOL}".encode()
