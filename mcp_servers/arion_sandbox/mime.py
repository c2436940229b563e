"""A stored RFC 822 message as Gmail shows it.

Gmail gives header values decoded (RFC 2047) and takes the transfer encoding off every part. Texts
come as UTF-8 mostly, whatever charset their Content-Type still names, and sometimes as they were
(openclaw/gogcli issues 446 and 511): here seven-bit sets as the one, eight-bit sets as the other.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import cast

from arion_sandbox.json_types import Json, JsonObject

SNIPPET_CHARS = 200


def encode(content: bytes) -> str:
    """Write bytes as base64url, as Google does."""
    return base64.urlsafe_b64encode(content).decode()


def decode(text: str) -> bytes:
    """Read base64url, with or without its padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Mail:
    """A parsed message."""

    root: Message

    @classmethod
    def parse(cls, raw: bytes) -> Mail:
        """Parse RFC 822 bytes; nothing is refused, as nothing is at a mail server."""
        return cls(message_from_bytes(raw))

    def header(self, name: str) -> str:
        """Read one header, decoded; empty when it is absent."""
        return _decoded(self.root.get(name, ""))

    def payload(self) -> JsonObject:
        """Build the whole tree of parts."""
        return _part(self.root, "")

    def headers(self, wanted: list[str]) -> JsonObject:
        """Build the top part without its content; only the `wanted` headers, if any are named."""
        names = {name.lower() for name in wanted}
        kept = [h for h in _headers(self.root) if not names or str(h["name"]).lower() in names]
        return {"mimeType": self.root.get_content_type(), "headers": list[Json](kept)}

    def attachment(self, part_id: str) -> bytes | None:
        """Read the content of one part, None when there is no such part."""
        for found_id, part in _walk(self.root, ""):
            if found_id == part_id and not part.is_multipart():
                return _content(part)
        return None

    def text(self) -> str:
        """Give the readable text: the plain part, else the HTML one without its tags."""
        for kind in ("text/plain", "text/html"):
            for _, part in _walk(self.root, ""):
                if part.get_content_type() == kind and not _filename(part):
                    text = _content(part).decode(_charset(part), "replace")
                    return text if kind == "text/plain" else _without_tags(text)
        return ""

    def snippet(self) -> str:
        """Give the first words, HTML-escaped as Gmail does."""
        return html.escape(" ".join(self.text().split())[:SNIPPET_CHARS])

    def filenames(self) -> list[str]:
        """Name the attachments; an image that the text shows is none."""
        parts = (it for _, it in _walk(self.root, "") if it.get_content_disposition() != "inline")
        return [name for part in parts if (name := _filename(part))]


def _part(part: Message, part_id: str) -> JsonObject:
    filename = _filename(part)
    shown: JsonObject = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": filename,
        "headers": list[Json](_headers(part)),
    }
    if part.is_multipart():
        children = _children(part, part_id)
        shown["body"] = {"size": 0}
        shown["parts"] = [_part(child, child_id) for child_id, child in children]
        return shown
    content = _handed_over(part)
    body: JsonObject = {"size": len(content)}
    if filename:
        body["attachmentId"] = attachment_id(part_id)
    elif content:
        body["data"] = encode(content)
    shown["body"] = body
    return shown


def attachment_id(part_id: str) -> str:
    """Name a part's content. Gmail's ids are long and differ on every read; ours are stable."""
    return f"ANGjdJ-{encode(f'part:{part_id}'.encode()).rstrip('=')}"


def part_id_of(attachment: str) -> str | None:
    """Read an attachment id back, None when it is not one."""
    try:
        text = decode(attachment.removeprefix("ANGjdJ-")).decode()
    except ValueError:
        return None
    return text.removeprefix("part:") if text.startswith("part:") else None


def _children(part: Message, part_id: str) -> Iterator[tuple[str, Message]]:
    if part.is_multipart():
        for index, child in enumerate(cast("list[Message]", part.get_payload())):
            yield (f"{part_id}.{index}" if part_id else str(index)), child


def _walk(part: Message, part_id: str) -> Iterator[tuple[str, Message]]:
    yield part_id, part
    for child_id, child in _children(part, part_id):
        yield from _walk(child, child_id)


def _headers(part: Message) -> list[JsonObject]:
    return [{"name": name, "value": _decoded(value)} for name, value in part.items()]


def _decoded(value: object) -> str:
    text = re.sub(r"\r?\n(?=[ \t])", "", str(value))
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError):
        return text


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _handed_over(part: Message) -> bytes:
    content = _content(part)
    if part.get_content_maintype() == "text" and _charset(part).startswith("iso-2022-"):
        return content.decode(_charset(part), "replace").encode()
    return content


def _charset(part: Message) -> str:
    name = part.get_content_charset("utf-8")
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _filename(part: Message) -> str:
    return _decoded(part.get_filename(""))


def _without_tags(text: str) -> str:
    text = re.sub(r"(?is)<(style|script|head)\b.*?</\1>|<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))
