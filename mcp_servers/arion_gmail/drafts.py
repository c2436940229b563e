"""Drafts read back: what is in them, and the same with something else in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message as Part

from arion_gmail.addresses import Address, distinct, read_address
from arion_gmail.charsets import decode_header, decode_text, header_parameter
from arion_gmail.compose import MARKER, File, Letter, address_lines, compose, subject_line
from arion_gmail.folding import fold
from arion_gmail.html_text import html_to_text
from arion_gmail.mail import split_people
from arion_kit.errors import BadInput

_HEADERS = re.compile(rb"((?:[^\r\n]+\r?\n)*)\r?\n")
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n?")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")


@dataclass(frozen=True)
class DraftMail:
    """A draft as a letter, and the bytes it came in."""

    letter: Letter
    raw: bytes

    @property
    def new_text(self) -> str:
        """Its text without quotes."""
        return fold(self.letter.text)


def read_draft(raw: bytes, now: datetime) -> DraftMail:
    """What a draft holds, whichever program wrote it. Never raises: drafts are unfinished."""
    root = message_from_bytes(raw)
    leaves = [part for part in root.walk() if not part.is_multipart()]
    texts = [
        part for part in leaves if not _file_name(part) and part.get_content_maintype() == "text"
    ]
    plain = _text(texts, "text/plain")
    source = _text(texts, "text/html")
    letter = Letter(
        to=_people(root, "To"),
        cc=_people(root, "Cc"),
        bcc=_people(root, "Bcc"),
        subject=decode_header(_header(root, "Subject")),
        text=plain or html_to_text(source, fold=False),
        html=source,
        date=now,
        message_id=next(iter(_MESSAGE_ID.findall(_header(root, "Message-ID"))), ""),
        marker=_header(root, MARKER).strip(),
        sender=next(iter(_people(root, "From")), None),
        files=tuple(_file(part) for part in leaves if part not in texts),
        in_reply_to=next(iter(_MESSAGE_ID.findall(_header(root, "In-Reply-To"))), ""),
        references=tuple(_MESSAGE_ID.findall(_header(root, "References"))),
    )
    return DraftMail(letter, raw)


def rewritten(before: DraftMail, after: Letter) -> bytes:
    """The draft's bytes as `after`. Text and files that stay are kept byte for byte."""
    same = (before.letter.text, before.letter.html, before.letter.files)
    if (after.text, after.html, after.files) != same:
        return compose(after)
    found = _HEADERS.match(before.raw)
    head, body = (found[1], before.raw[found.end() :]) if found else (b"", before.raw)
    replaced = {b"to", b"cc", b"bcc", b"subject"}
    kept = b"".join(it[0] for it in _HEADER.finditer(head) if it[1].lower() not in replaced)
    if kept and not kept.endswith(b"\n"):
        kept += b"\r\n"
    lines = [*address_lines(after), subject_line(after)]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + kept + b"\r\n" + body


def _people(root: Part, name: str) -> tuple[Address, ...]:
    return distinct(_addresses(_header(root, name), name.lower()))


def _addresses(value: str, name: str) -> Iterator[Address]:
    for one in split_people(value):
        try:
            yield Address(read_address(one.address, name).address, one.name[:200])
        except BadInput:
            continue


def _header(part: Part, name: str) -> str:
    """A header's value on one line."""
    return re.sub(r"\r?\n(?=[ \t])", "", str(part.get(name, "")))


def _text(parts: Sequence[Part], kind: str) -> str:
    part = next((it for it in parts if it.get_content_type() == kind), None)
    if part is None:
        return ""
    text = decode_text(_content(part), part.get_content_charset())
    return text.replace("\r\n", "\n").removesuffix("\n")


def _content(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: Part) -> str:
    disposition = _header(part, "Content-Disposition")
    return (
        header_parameter(disposition, "filename")
        or header_parameter(_header(part, "Content-Type"), "name")
        or ("file" if disposition.lower().startswith("attachment") else "")
    )


def _file(part: Part) -> File:
    name = re.split(r"[/\\]", _file_name(part) or part.get_content_type())[-1][:200]
    kind = part.get_content_type()
    if charset := part.get_content_charset():
        kind += f"; charset={re.sub(r'[^a-z0-9_.:-]', '', charset)}"
    return File(name, _content(part), kind)
