from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.engines.text import (
    SEOUL,
    fitted,
    is_korean,
    lines,
    one_line,
    parse_date,
    plain,
    shortened,
    visible,
)


def test_highlights_and_entities_become_plain_text():
    assert plain("<b>커피</b> &amp; &quot;빵&quot; 3 &lt; 5") == '커피 & "빵" 3 < 5'
    assert plain("a < b 그리고 c > d") == "a < b 그리고 c > d"
    assert plain(None) == ""


def test_what_nobody_sees_is_taken_out():
    hidden = "가\u200b나\u202e다\U000e0041라\u2066마\x00바\ufeff\ue000"
    assert visible(hidden) == "가나다라마바\ue000"
    assert one_line("첫 줄\n\u2028둘째\u00a0줄") == "첫 줄 둘째 줄"


def test_lines_are_trimmed_and_paragraphs_kept():
    assert lines("  하나 \r\n\r\n\r\n\t둘\u3000\u00a0셋\r끝 ") == "하나\n\n둘 셋\n끝"


def test_texts_are_cut_at_words():
    assert shortened("짧은 글", 10) == "짧은 글"
    assert shortened("이것은 꽤 긴 문장이어서 잘려야 해요", 16) == "이것은 꽤 긴 문장이어서…"
    assert fitted("하나 둘 셋 넷", 100, 3) == "하나 둘 셋"
    assert fitted("aaaa bbbb cccc", 12) == "aaaa bbbb"
    assert fitted("가" * 500, 400) == "가" * 400


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 23 Nov 2026 09:05:00 +0900", "2026-11-23T09:05:00+09:00"),
        ("2026-11-23T09:05:00.000+09:00", "2026-11-23T09:05:00+09:00"),
        ("20261123", "2026-11-23T00:00:00+09:00"),
        ("2026-11-23", "2026-11-23T00:00:00+09:00"),
        ("2026.11.23", "2026-11-23T00:00:00+09:00"),
        ("Mon, 23 Nov 2026 00:05:00 GMT", "2026-11-23T00:05:00+00:00"),
    ],
)
def test_dates_of_every_engine_are_understood(written: str, meant: str):
    found = parse_date(written, SEOUL)
    assert found == datetime.fromisoformat(meant)


@pytest.mark.parametrize("written", [None, "", "yesterday", "2026-13-45", "99999999", "0"])
def test_what_is_no_date_is_none(written: str | None):
    assert parse_date(written) is None


@given(st.text())
def test_no_text_is_too_odd(text: str):
    for made in (plain(text), lines(text), one_line(text)):
        assert visible(made) == made
    found = parse_date(text)
    assert found is None or found.astimezone(UTC)
    assert len(fitted(text, 20, 5)) <= 20


def test_hangul_makes_a_query_korean():
    assert is_korean("python 설치")
    assert is_korean("ㅋㅋ")
    assert not is_korean("東京 weather")
