from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.stt.repeats import drop_repeats

PHRASE = [5, 6, 7, 8]


@pytest.mark.parametrize(
    ("tokens", "kept"),
    [
        ([], []),
        ([5], [5]),
        (PHRASE, PHRASE),
        (PHRASE * 2, PHRASE),
        (PHRASE * 9, PHRASE),
        ([1, 2, *PHRASE * 3], [1, 2, *PHRASE]),
        ([1, 2, *PHRASE * 2], [1, 2, *PHRASE * 2]),
        ([5, 6, 5, 6], [5, 6, 5, 6]),
        ([*PHRASE, 9, *PHRASE], [*PHRASE, 9, *PHRASE]),
    ],
)
def test_a_phrase_that_comes_again_is_kept_once(tokens: list[int], kept: list[int]) -> None:
    assert list(drop_repeats(tokens, was_cut_off=False)) == kept


def test_a_round_that_was_cut_off_goes_too() -> None:
    long = list(range(20))
    assert list(drop_repeats(long + long[:6], was_cut_off=True)) == long
    assert list(drop_repeats(long + long[:6], was_cut_off=False)) == long + long[:6]
    assert list(drop_repeats(long + long[:3], was_cut_off=True)) == long + long[:3]


@given(st.lists(st.integers(0, 3), max_size=60), st.booleans())
def test_what_is_kept_is_how_the_text_begins(tokens: list[int], cut: bool) -> None:
    kept = list(drop_repeats(tokens, was_cut_off=cut))
    assert tokens[: len(kept)] == kept
    assert bool(kept) == bool(tokens)
