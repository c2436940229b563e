from __future__ import annotations

import pytest

from arion_host.language.glossary import (
    Glossary,
    glossary,
    singular,
    without_particle,
    words_of,
)

SMALL = Glossary(
    ["계란, 달걀 = egg", "팀 = team", "회식, 팀 회식 = team dinner, dinner", "저녁 = dinner"]
)


def test_another_word_for_it_is_known_in_both_languages() -> None:
    assert SMALL.others("달걀") == ("egg", "계란")
    assert SMALL.others("the eggs") == ("계란", "달걀")


def test_the_longest_words_are_taken_together() -> None:
    (phrase,) = SMALL.phrases(words_of("team dinners"))
    assert (phrase.start, phrase.end, phrase.entries) == (0, 2, frozenset({2}))


def test_what_stands_in_two_entries_means_both() -> None:
    assert set(SMALL.others("dinner")) == {"회식", "팀 회식", "저녁", "team dinner"}


def test_a_text_has_the_entries_inside_of_its_phrases_and_words() -> None:
    assert SMALL.entries_in(words_of("금요일 팀 회식")) == {1, 2}
    assert SMALL.entries_in(words_of("강남회식")) == {2}


def test_a_particle_hides_no_word() -> None:
    assert SMALL.others("계란을") == ("egg", "달걀")
    assert [without_particle(it) for it in ("엄마한테", "치과에서", "PT")] == ["엄마", "치과", "PT"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("eggs", "egg"),
        ("tomatoes", "tomato"),
        ("batteries", "battery"),
        ("dresses", "dress"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("mom's", "mom"),
        ("하나", "하나"),
    ],
)
def test_an_english_word_is_told_from_its_endings(word: str, stem: str) -> None:
    assert singular(word) == stem


def test_korean_and_latin_letters_are_words_apart() -> None:
    assert words_of("PT를 1:1로, mom's!") == ["pt", "를", "1:1", "로", "mom's"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("엄마", "어머니"),
        ("mom", "어머니"),
        ("the dentist", "치과"),
        ("hike", "등산"),
        ("team dinner", "회식"),
        ("공항", "airport"),
        ("가스비", "gas bill"),
        ("one-on-one", "1:1"),
        ("toilet paper", "휴지"),
    ],
)
def test_everyday_words_are_in_the_glossary(one: str, other: str) -> None:
    assert other in glossary().others(one)
    assert glossary().knows(other)


def test_every_entry_has_words_of_both_languages() -> None:
    assert len(glossary()) > 400
    assert not glossary().knows("")
