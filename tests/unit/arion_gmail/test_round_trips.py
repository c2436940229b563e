"""What others write in Korean character sets, and what we write, read back: any text."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_gmail import mail
from arion_gmail.addresses import Address
from arion_gmail.charsets import decode_header, decode_text, header_parameter
from arion_gmail.compose import File, Letter, compose
from arion_gmail.wire import Message
from arion_sandbox.mime import Mail

SETS = {"euc-kr": "euc-kr", "ks_c_5601-1987": "cp949", "utf-8": "utf-8"}

KOREAN = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=50)
MIXED = st.lists(
    KOREAN | st.text("abcXYZ019 .,()-", min_size=1, max_size=10), min_size=1, max_size=6
)


def writable(text: str, codec: str) -> str:
    return text.encode(codec, "ignore").decode(codec)


def word(text: str, codec: str, name: str) -> str:
    return f"=?{name}?B?{base64.b64encode(text.encode(codec)).decode()}?="


@pytest.mark.parametrize(("name", "codec"), SETS.items())
@given(pieces=MIXED)
@settings(max_examples=40)
def test_a_body_is_read_in_its_set_and_as_gmail_makes_it_utf8(
    name: str, codec: str, pieces: list[str]
) -> None:
    text = writable("안녕 " + "".join(pieces), codec)
    assert decode_text(text.encode(codec), name) == text
    assert decode_text(text.encode(), name) == text


@given(MIXED)
@settings(max_examples=40)
def test_seven_bit_korean_is_read(pieces: list[str]) -> None:
    text = writable("안녕 " + "".join(pieces), "iso2022_kr")
    assert decode_text(text.encode("iso2022_kr"), "iso-2022-kr") == text


@pytest.mark.parametrize(("name", "codec"), SETS.items())
@given(text=KOREAN)
@settings(max_examples=40)
def test_subjects_and_file_names_are_read_in_every_set(name: str, codec: str, text: str) -> None:
    text = writable(f"가{text}", codec)
    coded = quote(text.encode(codec), safe="")
    assert decode_header(word(text, codec, name)) == text
    assert (
        header_parameter(f"attachment; filename*={name}''{coded}.pdf", "filename") == f"{text}.pdf"
    )
    assert header_parameter(f'attachment; filename="{word(text, codec, name)}"', "filename") == text


@given(KOREAN, KOREAN, MIXED, KOREAN, st.binary(max_size=40))
@settings(max_examples=40)
def test_what_we_write_is_what_we_read(
    name: str, subject: str, pieces: list[str], file: str, content: bytes
) -> None:
    text = " ".join("".join(pieces).split()) or "안녕"
    raw = compose(
        Letter(
            to=(Address("hana@yeoul.example", name),),
            subject=subject,
            text=text,
            date=datetime(2026, 11, 23, tzinfo=UTC),
            message_id="<1@arion.invalid>",
            files=(File(f"{file}.pdf", content, "application/pdf"),),
        )
    )
    shown = Mail.parse(raw)
    message = Message.model_validate({"id": "1", "payload": shown.payload()})
    [to], [attached] = mail.recipients(message, "to"), mail.attachments(message)
    assert (to.name, to.address) == (name, "hana@yeoul.example")
    assert mail.header(message, "subject") == subject
    assert mail.whole_text(message) == text
    assert (attached.name, attached.size) == (f"{file}.pdf", len(content))
    assert shown.attachment(attached.part_id) == content
