"""Several things said at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_shopping.things import read_things

THINGS = {
    "우유": [("우유", 1)],
    "우유랑 계란": [("우유", 1), ("계란", 1)],
    "우유 두 개랑 계란 한 판": [("우유", 2), ("계란 한 판", 1)],
    "빵이랑 우유하고 사과 3개": [("빵", 1), ("우유", 1), ("사과", 3)],
    "떡볶이랑 순대": [("떡볶이", 1), ("순대", 1)],
    "오이랑 감자": [("오이", 1), ("감자", 1)],
    "우유와 계란": [("우유", 1), ("계란", 1)],
    "삼겹살과 상추": [("삼겹살", 1), ("상추", 1)],
    "우유 그리고 계란": [("우유", 1), ("계란", 1)],
    "우유, 계란, 빵": [("우유", 1), ("계란", 1), ("빵", 1)],
    "사과 쿠키": [("사과 쿠키", 1)],
    "노랑 파프리카": [("노랑 파프리카", 1)],
    "한과 선물세트": [("한과 선물세트", 1)],
    "1,000원짜리 볼펜": [("1,000원짜리 볼펜", 1)],
    "2L 생수 6개": [("2L 생수", 6)],
    "milk, eggs, and bread": [("milk", 1), ("eggs", 1), ("bread", 1)],
    "two apples and some bread": [("apples", 2), ("bread", 1)],
    "mac and cheese and milk": [("mac and cheese", 1), ("milk", 1)],
    "우유, ,": [("우유", 1)],
    " ": [],
}


@pytest.mark.parametrize("text", THINGS)
def test_things_are_told_apart(text: str) -> None:
    assert [(thing.text, thing.quantity) for thing in read_things(text)] == THINGS[text]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for thing in read_things(text):
        assert thing.text == thing.text.strip() != ""
        assert 1 <= thing.quantity <= 999
