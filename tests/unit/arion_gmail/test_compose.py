"""Letters as bytes, read back by the standard library as any mail program would."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_gmail.addresses import Address
from arion_gmail.compose import File, Letter, compose, encoded_words
from arion_gmail.drafts import read_draft, rewritten

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LETTER = Letter(
    to=(Address("hana@yeoul.example", "김하나"),),
    subject="견적서",
    text="봐 주세요.",
    date=NOW,
    message_id="<1@arion.invalid>",
    sender=Address("hanul@example.com"),
)

# What tools let through: text without controls and lone surrogates.
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs")), max_size=60
).map(lambda text: " ".join(text.split()))
KOREAN = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=60)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=("Cs",)),
    max_size=200,
)
NAMES = LINES.filter(lambda name: not re.search(r'[<>"\\]', name))


def read(letter: Letter) -> EmailMessage:
    raw = compose(letter)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    return cast("EmailMessage", message_from_bytes(raw, policy=policy.default))


def decoded(part: EmailMessage) -> str:
    content = cast("bytes", part.get_payload(decode=True))
    return content.decode(part.get_content_charset("ascii")).replace("\r\n", "\n")


@given(LINES | KOREAN)
def test_a_subject_survives(subject: str) -> None:
    assert str(read(replace(LETTER, subject=subject))["Subject"]) == subject


@given(TEXTS)
def test_a_text_survives_in_short_lines(text: str) -> None:
    mail = read(replace(LETTER, text=text))
    assert decoded(mail).removesuffix("\n") == text.removesuffix("\n")
    assert mail["Content-Transfer-Encoding"] != "8bit"
    assert text.isascii() or mail["Content-Transfer-Encoding"] != "7bit"


@given(TEXTS, TEXTS)
@settings(max_examples=40)
def test_html_stands_beside_its_text(text: str, html: str) -> None:
    mail = read(replace(LETTER, text=text, html=f"<p>{html}</p>"))
    plain, rich = cast("list[EmailMessage]", mail.get_payload())
    assert decoded(plain).removesuffix("\n") == text.removesuffix("\n")
    assert decoded(rich).removesuffix("\n") == f"<p>{html}</p>"


@given(NAMES | KOREAN)
@settings(max_examples=40)
def test_a_name_survives_and_names_one_person(name: str) -> None:
    raw = compose(replace(LETTER, to=(Address("hana@yeoul.example", name),)))
    written = str(message_from_bytes(raw)["To"])
    [(coded, address)] = getaddresses([written])
    assert address == "hana@yeoul.example"
    # The library's newer parser puts blanks between encoded words of a name; its older does not.
    assert str(make_header(decode_header(re.sub(r"\r?\n ", " ", coded)))) == name


@given(st.one_of(LINES, KOREAN).filter(lambda name: name.strip(". /\\") != ""), st.binary())
@settings(max_examples=60)
def test_a_file_and_its_name_survive(name: str, content: bytes) -> None:
    mail = read(replace(LETTER, files=(File(name, content, "application/pdf"),)))
    [file] = mail.iter_attachments()
    assert file.get_filename() == name
    assert file.get_content_type() == "application/pdf"
    assert file.get_payload(decode=True) == content


@pytest.mark.parametrize(
    "name", ["견적서.pdf", "3분기 실적 보고서 (최종).hwpx", "가" * 60 + ".pdf", "a b.txt"]
)
def test_a_korean_file_name_is_read_by_new_and_old_programs(name: str) -> None:
    raw = compose(replace(LETTER, files=(File(name, b"x"),)))
    modern = cast("EmailMessage", message_from_bytes(raw, policy=policy.default))
    old = message_from_bytes(raw).get_payload()
    assert [part.get_filename() for part in modern.iter_attachments()] == [name]
    assert [part.get_filename() for part in cast("list[EmailMessage]", old)][1:] == [name]


def test_encoded_words_are_short_and_cut_no_letter() -> None:
    words = encoded_words("똠방각하와 펲시콜라 " * 20).split()
    assert all(len(word) <= 75 for word in words)
    assert all(re.fullmatch(r"=\?utf-8\?b\?[A-Za-z0-9+/=]+\?=", word) for word in words)


def test_what_looks_like_an_encoded_word_stays_as_it_is_read() -> None:
    subject = "=?utf-8?b?7JWI64WV?= 라고 쓰인 제목"
    assert str(read(replace(LETTER, subject=subject))["Subject"]) == subject


def test_a_reply_names_its_thread() -> None:
    chain = tuple(f"<{number}@yeoul.example>" for number in range(5))
    mail = read(replace(LETTER, in_reply_to=chain[-1], references=chain))
    assert mail["In-Reply-To"] == chain[-1]
    assert mail["References"].split() == list(chain)


def test_bcc_is_written_for_gmail_to_take_out() -> None:
    mail = read(replace(LETTER, cc=(Address("a@b.example"),), bcc=(Address("c@d.example"),)))
    assert (mail["Cc"], mail["Bcc"]) == ("a@b.example", "c@d.example")


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = replace(LETTER, html="<p>x</p>", files=(File("a.txt", b"1"),))
    assert compose(letter) == compose(letter)


@given(LINES, TEXTS, st.lists(st.tuples(NAMES.filter(bool), st.binary(max_size=50)), max_size=3))
@settings(max_examples=40)
def test_a_draft_is_read_back_as_it_was_written(
    subject: str, text: str, files: list[tuple[str, bytes]]
) -> None:
    kept = tuple(File(re.sub(r"[/\\]", "", name) or "x", it, "image/png") for name, it in files)
    letter = replace(LETTER, subject=subject, text=text, files=kept)
    found = read_draft(compose(letter), NOW).letter
    assert (found.subject, found.to, found.files) == (subject, letter.to, kept)
    assert found.text.removesuffix("\n") == text.removesuffix("\n")


def test_a_draft_keeps_its_text_byte_for_byte_when_only_its_subject_changes() -> None:
    raw = (
        b"From: a@b.example\r\nTo: x@y.example\r\nSubject: =?euc-kr?B?wMzIrw==?=\r\n"
        b"X-Other: kept\r\nContent-Type: text/plain; charset=euc-kr\r\n\r\n\xbe\xc8\xb3\xe7\r\n"
    )
    draft = read_draft(raw, NOW)
    assert draft.letter.text == "안녕"
    changed = rewritten(draft, replace(draft.letter, subject="새 제목"))
    assert changed.endswith(b"\r\n\r\n\xbe\xc8\xb3\xe7\r\n")
    assert b"X-Other: kept\r\n" in changed
    assert read_draft(changed, NOW).letter.subject == "새 제목"
    assert changed.count(b"Subject:") == 1


@given(st.binary(max_size=300))
def test_no_draft_is_too_broken_to_be_read(raw: bytes) -> None:
    read_draft(raw, NOW)
