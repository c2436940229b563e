from __future__ import annotations

import base64
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
from pydantic import ValidationError

from arion_gmail import mail
from arion_gmail.wire import Message
from arion_sandbox.mime import Mail


def message(payload: dict[str, Any], **fields: Any) -> Message:
    base = {"id": "1", "threadId": "1", "internalDate": "1795359600000", "payload": payload}
    return Message.model_validate(base | fields)


def received(raw: EmailMessage | MIMEMultipart | MIMEText) -> Message:
    """The mail as the stand-in for Gmail shows it."""
    return message(dict(Mail.parse(raw.as_bytes()).payload()))


def part(mime_type: str, text: str, *, charset: str = "utf-8", **fields: Any) -> dict[str, Any]:
    return {
        "mimeType": mime_type,
        "headers": [{"name": "Content-Type", "value": f'{mime_type}; charset="{charset}"'}],
        "body": {
            "size": len(text),
            "data": base64.urlsafe_b64encode(text.encode(charset)).decode(),
        },
        **fields,
    }


def from_header(value: str) -> Message:
    return message({"headers": [{"name": "from", "value": value}]})


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr", "cp949", "iso-2022-kr"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_korean_body_is_read_in_every_set_and_encoding(charset: str, encoding: str) -> None:
    written = EmailMessage()
    written.set_content("ascii")
    written.replace_header("Content-Type", f'text/plain; charset="{charset}"')
    written.replace_header("Content-Transfer-Encoding", encoding)
    body = "회의는 오후 세 시예요.".encode(charset)
    encoded = {
        "base64": base64.encodebytes(body).decode("ascii"),
        "quoted-printable": "".join(f"={byte:02X}" for byte in body),
        "8bit": body.decode("ascii", "surrogateescape"),
    }
    written.set_payload(encoded[encoding])
    assert mail.text_of(received(written)).text == "회의는 오후 세 시예요."


def test_the_plain_text_is_preferred_and_html_read_without_it() -> None:
    both = EmailMessage()
    both.set_content("글로 된 본문")
    both.add_alternative("<p>HTML 본문</p>", subtype="html")
    assert mail.text_of(received(both)).text == "글로 된 본문"
    assert mail.source_of(received(both)).text.strip() == "<p>HTML 본문</p>"
    only = EmailMessage()
    only.set_content("<p>HTML <b>본문</b></p>", subtype="html")
    assert mail.text_of(received(only)).text == "HTML 본문"
    assert mail.source_of(received(both)).folded is False


def test_an_empty_plain_part_gives_way_to_html() -> None:
    parts = [part("text/plain", " \n"), part("text/html", "<p>본문</p>")]
    assert (
        mail.text_of(message({"mimeType": "multipart/alternative", "parts": parts})).text == "본문"
    )


def test_quotes_are_folded_and_told_of() -> None:
    text = mail.text_of(message(part("text/plain", "네.\n\n> 3시 어때요?\n")))
    assert text == mail.Text("네.\n[…]", folded=True)


def test_html_that_is_nothing_but_a_quote_is_shown_whole() -> None:
    text = mail.text_of(message(part("text/html", "<blockquote>전체 글</blockquote>")))
    assert text == mail.Text("전체 글", folded=False)


@pytest.mark.parametrize("subject", ["Fwd: 회의", "FW: 회의", "[전달] 회의", "전달: 회의"])
def test_a_forwarded_mail_keeps_what_was_forwarded(subject: str) -> None:
    payload = part("text/html", '<p>참고</p><div class="gmail_quote">원래 글</div>')
    payload["headers"].append({"name": "Subject", "value": subject})
    assert mail.text_of(message(payload)) == mail.Text("참고\n원래 글", folded=False)


def test_attachments_are_listed_with_korean_names_and_sizes() -> None:
    written = EmailMessage()
    written.set_content("첨부합니다")
    written.add_attachment(
        b"%PDF-", maintype="application", subtype="pdf", filename="3분기 보고서.pdf"
    )
    [attached] = mail.attachments(received(written))
    assert (attached.part_id, attached.name) == ("1", "3분기 보고서.pdf")
    assert (attached.mime_type, attached.size) == ("application/pdf", 5)
    assert mail.text_of(received(written)).text == "첨부합니다"


def test_a_name_that_stands_only_in_the_headers_is_found() -> None:
    disposition = "attachment; filename*=EUC-KR''%BA%B8%B0%ED.hwp"
    file = part("application/x-hwp", "")
    file["headers"].append({"name": "Content-Disposition", "value": disposition})
    mixed = {"mimeType": "multipart/mixed", "parts": [part("text/plain", "본문"), file]}
    assert [it.name for it in mail.attachments(message(mixed))] == ["보고.hwp"]


def test_an_attached_text_file_is_not_the_body() -> None:
    file = part("text/plain", "파일 내용", filename="메모.txt")
    mixed = {"mimeType": "multipart/mixed", "parts": [part("text/plain", "본문"), file]}
    assert mail.text_of(message(mixed)).text == "본문"


def test_an_image_inside_the_text_is_no_attachment() -> None:
    image = {"mimeType": "image/png", "filename": "logo.png", "body": {"size": 9}}
    related = {"mimeType": "multipart/related", "parts": [part("text/html", "<p>본문</p>"), image]}
    assert mail.attachments(message(related)) == []
    mixed = {"mimeType": "multipart/mixed", "parts": [related, image]}
    assert [it.name for it in mail.attachments(message(mixed))] == ["logo.png"]


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ('"박서준" <seojun@yeoul.example>', "박서준", "seojun@yeoul.example"),
        ("김민수, 부장 <kim@yeoul.example>", "김민수, 부장", "kim@yeoul.example"),
        ("=?EUC-KR?B?udq8rcHY?= <seojun@yeoul.example>", "박서준", "seojun@yeoul.example"),
        ('"=?utf-8?B?67CV7ISc7KSA?=" <seojun@yeoul.example>', "박서준", "seojun@yeoul.example"),
        ("seojun@yeoul.example", "", "seojun@yeoul.example"),
        ("<seojun@yeoul.example>", "", "seojun@yeoul.example"),
        ("이름만", "이름만", ""),
        ("", "", ""),
    ],
)
def test_the_sender_is_read_from_any_header(value: str, name: str, address: str) -> None:
    assert mail.sender(from_header(value)) == mail.Correspondent(name, address)


def test_recipients_are_listed_as_mail_programs_show_them() -> None:
    to = '"박서준" <a@x.example>, =?EUC-KR?B?udq8rcHY?= <b@x.example>, c@x.example'
    listed = mail.recipients(
        message(part("text/plain", "") | {"headers": [{"name": "To", "value": to}]}), "to"
    )
    assert [it.text for it in listed] == [
        "박서준 <a@x.example>",
        "박서준 <b@x.example>",
        "c@x.example",
    ]


@pytest.mark.parametrize("piece", ["(", '"', "<", ",", "a@", "=?x?b?", "=?utf-8?q?"])
def test_hostile_headers_do_not_stall_the_reading(piece: str) -> None:
    value = piece * 50_000
    names = ("From", "To", "Subject", "Content-Type", "Content-Disposition")
    hostile = message({"headers": [{"name": name, "value": value} for name in names]})
    assert mail.sender(hostile).text or mail.header(hostile, "subject")
    assert len("".join(it.text for it in mail.recipients(hostile, "to"))) <= 20_000
    assert mail.attachments(hostile) == []


def test_a_snippet_is_unescaped_and_unpadded() -> None:
    padded = message(
        part("text/plain", ""), snippet="Tom &amp; Jerry&#39;s &zwnj;\u034f\u200c &lt;3"
    )
    assert mail.snippet(padded) == "Tom & Jerry's <3"


def test_a_body_that_is_no_base64_is_the_vendors_fault() -> None:
    with pytest.raises(ValidationError):
        message({"mimeType": "text/plain", "body": {"size": 1, "data": "a"}})
