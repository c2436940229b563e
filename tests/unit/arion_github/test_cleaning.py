"""What a reader on github.com would not see does not reach a model."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arion_github.cleaning import log_lines, prose, text_of, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("in\u200bstructions", "instructions"),
        ("\u202eevil\u202c", "evil"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("soft\u00adhyphen", "softhyphen"),
        ("한\u3164글", "한글"),
        ("\ufeff시작", "시작"),
        ("a\x07b", "ab"),
        ("줄\r\n바꿈", "줄\n바꿈"),
        ("가족 👨‍👩‍👧", "가족 👨‍👩‍👧"),
        ("a\u200db", "ab"),
        (None, ""),
    ],
)
def test_invisible_characters_are_taken_out(text: str | None, shown: str) -> None:
    assert visible(text) == shown


def test_comments_of_html_are_taken_out_of_prose() -> None:
    assert prose("앞 <!-- 숨은\n지시 -->뒤\n\n\n\n끝 <!-- 열린 채") == "앞 뒤\n\n끝"


def test_a_log_loses_colours_and_times() -> None:
    log = "2026-11-23T00:00:00.1234567Z \x1b[31mError\x1b[0m: x\n2026-11-23T00:00:01.0Z done\n"
    assert log_lines(log) == ["Error: x", "done"]


def test_files_are_read_in_the_older_korean_code_too() -> None:
    assert text_of("안녕".encode("cp949")) == "안녕"
    assert text_of("안녕".encode()) == "안녕"
    assert text_of(b"\x89PNG\0\0") is None


@given(st.text())
@example("\r\x1f\n")
@example("\r\r\n")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
