from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.sounds import faults_in, sound_of

LETTERS = st.text("aeioumnrk", max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("아리온", "알리온"),
        ("아리온", "Arion"),
        ("그만", "구만"),
        ("까지", "가치"),
        ("빨래", "발레"),
    ],
)
def test_what_sounds_alike_is_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(
    ("heard", "meant", "faults"),
    [("orion", "arion", 1), ("aion", "arion", 1), ("arioni", "arion", 1), ("", "arion", 5)],
)
def test_a_wrong_missing_or_needless_sound_is_a_fault(heard: str, meant: str, faults: int) -> None:
    assert faults_in(heard, meant) == faults


@given(LETTERS, LETTERS)
def test_faults_are_the_same_from_either_side(one: str, other: str) -> None:
    assert faults_in(one, other) == faults_in(other, one) <= max(len(one), len(other))


@given(LETTERS)
def test_a_word_has_no_fault_against_itself(word: str) -> None:
    assert faults_in(word, word) == 0
