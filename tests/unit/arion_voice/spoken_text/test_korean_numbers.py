from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.spoken_text.korean_numbers import MAX_SINO, decimal, digits, native, sino


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "영"),
        (1, "일"),
        (10, "십"),
        (16, "십육"),
        (101, "백일"),
        (1_111, "천백십일"),
        (10_000, "만"),
        (12_500, "만 이천오백"),
        (20_000, "이만"),
        (100_000_000, "일억"),
        (123_456_789, "일억 이천삼백사십오만 육천칠백팔십구"),
        (100_010_000, "일억 일만"),
    ],
)
def test_chinese_numbers(number: int, said: str) -> None:
    assert sino(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "한"),
        (2, "두"),
        (20, "스무"),
        (21, "스물한"),
        (34, "서른네"),
        (55, "쉰다섯"),
        (99, "아흔아홉"),
    ],
)
def test_native_numbers(number: int, said: str) -> None:
    assert native(number) == said


def test_digits_and_decimals() -> None:
    assert digits("0107") == "공일공칠"
    assert decimal("1,234.50") == "천이백삼십사 점 오영"
    assert decimal("007") == "공공칠"


@pytest.mark.parametrize("number", [-1, MAX_SINO + 1])
def test_a_number_outside_the_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="expected 0 to"):
        sino(number)


@given(st.integers(0, MAX_SINO), st.integers(0, MAX_SINO))
def test_two_numbers_never_sound_the_same(one: int, other: int) -> None:
    assert (sino(one) == sino(other)) == (one == other)
