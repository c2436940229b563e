"""RFC 822 messages out of the seed's descriptions, in the encodings that Korean mail comes in."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import SMTP
from email.utils import format_datetime
from importlib.resources import files

from arion_sandbox.json_types import JsonObject, as_objects, as_text, as_texts


@dataclass(frozen=True)
class _Charset:
    """A character set, as a mail names it and as Python does."""

    body_codec: str
    header: str
    """Name in encoded words."""
    header_codec: str


CHARSETS = {
    "euc-kr": _Charset("euc-kr", "euc-kr", "euc-kr"),
    # What Outlook calls CP949, which has more syllables than EUC-KR.
    "ks_c_5601-1987": _Charset("cp949", "ks_c_5601-1987", "cp949"),
    # RFC 1557: the body in seven bits, the headers in EUC-KR.
    "iso-2022-kr": _Charset("iso2022_kr", "euc-kr", "euc-kr"),
}


def compose(item: JsonObject, people: JsonObject, at: datetime, ids: Sequence[str]) -> bytes:
    """Write one mail; `ids` are the Message-IDs of its thread so far, its own last."""
    name = as_text(item.get("charset"))
    if name:
        return _compose_korean(item, people, at, ids, name)
    message = EmailMessage(policy=SMTP)
    for header, value in _headers(item, people, at, ids).items():
        message[header] = value
    text, html = as_text(item.get("text")).lstrip(), as_text(item.get("html")).lstrip()
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for attached in as_objects(item.get("attachments")):
        _attach(message, attached)
    if message.is_multipart():
        # The library would choose another boundary each time.
        message.set_boundary(f"=_{as_text(item['key'])}")
    return message.as_bytes()


def _attach(message: EmailMessage, attached: JsonObject) -> None:
    kind, _, subtype = as_text(attached["type"]).partition("/")
    content, filename = _content(attached, "utf-8"), as_text(attached["filename"])
    if inline := as_text(attached.get("inline")):
        cid = f"<{inline}>"
        message.add_related(
            content, kind, subtype, filename=filename, cid=cid, disposition="inline"
        )
    else:
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=filename)


def _content(attached: JsonObject, codec: str) -> bytes:
    if name := as_text(attached.get("file")):
        return (files("arion_sandbox") / "data" / "mail" / name).read_bytes()
    return as_text(attached["text"]).encode(codec)


def _headers(
    item: JsonObject, people: JsonObject, at: datetime, ids: Sequence[str]
) -> dict[str, str]:
    headers = {
        "From": _address(as_text(item["from"]), people),
        "To": _addresses(as_texts(item.get("to")) or ["김하늘"], people),
        "Subject": as_text(item["subject"]),
        "Date": format_datetime(at),
        "Message-ID": ids[-1],
    }
    if "cc" in item:
        headers["Cc"] = _addresses(as_texts(item["cc"]), people)
    if len(ids) > 1:
        headers["In-Reply-To"] = ids[-2]
        headers["References"] = " ".join(ids[:-1])
    return headers


def _address(name: str, people: JsonObject) -> str:
    return f'"{name}" <{as_text(people[name])}>'


def _addresses(names: Sequence[str], people: JsonObject) -> str:
    return ", ".join(_address(name, people) for name in names)


def _compose_korean(
    item: JsonObject, people: JsonObject, at: datetime, ids: Sequence[str], name: str
) -> bytes:
    """Write a mail as older Korean senders do: body, headers and file names in their charset."""
    charset = CHARSETS[name]
    message = MIMEMultipart(boundary=f"=_{as_text(item['key'])}")
    sender = as_text(item["from"])
    message["From"] = f"{_word(sender, charset)} <{as_text(people[sender])}>"
    message["To"] = f"{_word('김하늘', charset)} <{as_text(people['김하늘'])}>"
    message["Subject"] = _word(as_text(item["subject"]), charset)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = ids[-1]
    body = MIMENonMultipart("text", "plain", charset=name)
    written = as_text(item["text"]).lstrip().encode(charset.body_codec)
    if charset.body_codec == "iso2022_kr":
        body["Content-Transfer-Encoding"] = "7bit"
        body.set_payload(written.decode("ascii"))
    else:
        body["Content-Transfer-Encoding"] = "base64"
        body.set_payload(base64.encodebytes(written).decode())
    message.attach(body)
    for attached in as_objects(item.get("attachments")):
        filename = _word(as_text(attached["filename"]), charset)
        part = MIMEBase(*as_text(attached["type"]).split("/"), charset=name, name=filename)
        part["Content-Transfer-Encoding"] = "base64"
        content = _content(attached, charset.body_codec)
        part.set_payload(base64.encodebytes(content).decode())
        # RFC 2047 in a file name is against RFC 2231, and everywhere.
        part.add_header("Content-Disposition", "attachment", filename=filename)
        message.attach(part)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _word(text: str, charset: _Charset) -> str:
    coded = base64.b64encode(text.encode(charset.header_codec)).decode()
    return f"=?{charset.header}?B?{coded}?="
