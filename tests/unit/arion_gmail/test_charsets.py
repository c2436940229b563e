from __future__ import annotations

import base64

import pytest

from arion_gmail.charsets import decode_header, decode_text, header_parameter

KOREAN = "안녕하세요, 주간 보고입니다."


def encoded_word(text: str, codec: str, name: str) -> str:
    return f"=?{name}?B?{base64.b64encode(text.encode(codec)).decode()}?="


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", "utf-8"),
        ("euc-kr", "EUC-KR"),
        ("euc-kr", "ks_c_5601-1987"),
        ("cp949", "cp949"),
        ("iso2022_kr", "ISO-2022-KR"),
    ],
)
def test_korean_bytes_are_read_in_the_set_their_sender_named(codec: str, declared: str) -> None:
    assert decode_text(KOREAN.encode(codec), declared) == KOREAN


@pytest.mark.parametrize("declared", ["euc-kr", "iso-2022-kr", "cp949", "iso-2022-jp"])
def test_bytes_that_gmail_already_made_utf8_are_not_decoded_again(declared: str) -> None:
    assert decode_text(KOREAN.encode(), declared) == KOREAN


def test_euc_kr_is_read_as_cp949_since_mailers_put_its_syllables_there() -> None:
    assert decode_text("똠방각하 펲시".encode("cp949"), "euc-kr") == "똠방각하 펲시"


@pytest.mark.parametrize("declared", [None, "", "no-such-set", "base64", "rot13"])
def test_korean_without_a_usable_set_is_read_all_the_same(declared: str | None) -> None:
    assert decode_text(KOREAN.encode("euc-kr"), declared) == KOREAN


def test_a_western_set_is_used_where_it_is_named() -> None:
    assert decode_text("café naïve".encode("windows-1252"), "windows-1252") == "café naïve"


def test_what_no_set_can_read_is_replaced_and_not_refused() -> None:
    assert decode_text(b"ok \xff\xff\xff", None) == "ok ���"


def test_a_byte_order_mark_is_not_text() -> None:
    assert decode_text("\ufeff안녕".encode(), "utf-8") == "안녕"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("euc-kr", "EUC-KR"), ("cp949", "ks_c_5601-1987"), ("iso2022_kr", "ISO-2022-KR")],
)
def test_encoded_words_are_read(codec: str, name: str) -> None:
    assert decode_header(encoded_word("주간 보고", codec, name) + " (11월)") == "주간 보고 (11월)"


def test_a_syllable_cut_between_two_encoded_words_is_joined() -> None:
    raw = "회의 자료를 보냅니다".encode("euc-kr")
    words = (base64.b64encode(part).decode() for part in (raw[:6], raw[6:]))
    assert (
        decode_header("\r\n ".join(f"=?EUC-KR?B?{word}?=" for word in words))
        == "회의 자료를 보냅니다"
    )


def test_quoted_printable_words_with_a_language_are_read() -> None:
    assert decode_header("=?utf-8*ko?Q?=EC=95=88=EB=85=95_hi?=") == "안녕 hi"


def test_a_header_that_gmail_already_decoded_is_kept() -> None:
    assert decode_header("회의 =? 자료 ?= 100%") == "회의 =? 자료 ?= 100%"


def test_a_broken_encoded_word_is_shown_as_it_is() -> None:
    assert decode_header("=?utf-8?B?a?= x") == "=?utf-8?B?a?= x"


def test_a_header_is_one_line_without_marks_that_disguise_it() -> None:
    assert decode_header("보고\r\nBcc: evil\u202efdp.exe") == "보고 Bcc: evil fdp.exe"


@pytest.mark.parametrize(
    "value",
    [
        "attachment; filename*=euc-kr''%BA%B8%B0%ED%BC%AD.pdf",
        "attachment; filename*0*=UTF-8''%EB%B3%B4%EA%B3%A0; filename*1*=%EC%84%9C; filename*2=.pdf",
        f'attachment; filename="{encoded_word("보고서.pdf", "euc-kr", "EUC-KR")}"',
        'attachment; filename="보고서.pdf"',
    ],
)
def test_file_names_are_read_however_they_are_written(value: str) -> None:
    assert header_parameter(value, "filename") == "보고서.pdf"


def test_a_parameter_that_is_absent_is_empty() -> None:
    assert header_parameter("text/plain", "charset") == ""
