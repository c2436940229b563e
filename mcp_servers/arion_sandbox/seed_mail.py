"""RFC 822 messages out of the seed's descriptions, in the encodings that Korean mail comes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from arion_sandbox.json_types import JsonObject, as_objects, as_text, as_texts


def compose(item: JsonObject, people: JsonObject, at: datetime, ids: Sequence[str]) -> bytes:
    """Write one mail; `ids` are the Message-IDs of its thread so far, its own last."""
    if as_text(item.get("charset")) == "euc-kr":
        return _compose_euc_kr(item, people, at, ids)
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(item, people, at, ids).items():
        message[name] = value
    text, html = as_text(item.get("text")).lstrip(), as_text(item.get("html")).lstrip()
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for attached in as_objects(item.get("attachments")):
        kind, _, subtype = as_text(attached["type"]).partition("/")
        content = as_text(attached["text"]).encode()
        filename = as_text(attached["filename"])
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=filename)
    if message.is_multipart():
        # The library would choose another boundary each time.
        message.set_boundary(f"=_{as_text(item['key'])}")
    return message.as_bytes()


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


def _compose_euc_kr(
    item: JsonObject, people: JsonObject, at: datetime, ids: Sequence[str]
) -> bytes:
    """Write a mail as older Korean senders do: EUC-KR body, headers and file names."""
    message = MIMEMultipart(boundary=f"=_{as_text(item['key'])}")
    sender = as_text(item["from"])
    message["From"] = formataddr((sender, as_text(people[sender])), "euc-kr")
    message["To"] = formataddr(("김하늘", as_text(people["김하늘"])), "euc-kr")
    message["Subject"] = Header(as_text(item["subject"]), "euc-kr").encode()
    message["Date"] = format_datetime(at)
    message["Message-ID"] = ids[-1]
    message.attach(MIMEText(as_text(item["text"]).lstrip(), "plain", "euc-kr"))
    for attached in as_objects(item.get("attachments")):
        name = Header(as_text(attached["filename"]), "euc-kr").encode()
        part = MIMEBase(*as_text(attached["type"]).split("/"), charset="euc-kr", name=name)
        part.set_payload(as_text(attached["text"]).encode("cp949"), "euc-kr")
        # RFC 2047 in a file name is against RFC 2231, and everywhere.
        part.add_header("Content-Disposition", "attachment", filename=name)
        message.attach(part)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
