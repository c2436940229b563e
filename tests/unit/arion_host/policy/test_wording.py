from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_host.policy.wording import Wording

SAID_KO = "내일 치과에 갔다가 김하나한테 '조금 늦어요'라고 주간회의 전에 보내 줘"


@pytest.mark.parametrize(
    "words", ["치과", "김하나", "조금 늦어요", "주간회의", "주간 회의", "내일 치과", "내일"]
)
def test_korean_words_were_said_whatever_particle_or_spacing_they_carried(words: str):
    assert Wording(SAID_KO).has(words)


@pytest.mark.parametrize("words", ["치", "과", "김하", "하나", "간회의", "늦어요라고", "모레"])
def test_a_piece_of_a_korean_word_was_not_said(words: str):
    assert not Wording(SAID_KO).has(words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("치과의사한테 전화해", "치과"),
        ("회의실 예약해 줘", "회의"),
        ("김나은 초대해 줘", "김나"),
        ("회의2 지워 줘", "회의"),
        ("광고메일 읽어 줘", "메일"),
    ],
)
def test_a_longer_korean_word_is_another_word(said: str, words: str):
    assert not Wording(said).has(words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mail Hana@Example.com, please", "hana@example.com"),
        ("batch브랜치 커밋 보여 줘", "batch"),
        ("hana@example.com으로 보내 줘", "hana@example.com"),
        ("Title it 'Lunch'. Thanks", "Lunch"),
        ("the  follow-up\tmeeting", "follow-up meeting"),
        ("see www.example.com/notes.", "www.example.com/notes"),
        ("김하나씨한테", "김하나"),
        ("치과예약 잡아 줘", "치과 예약"),
    ],
)
def test_whole_words_were_said_whatever_case_spaces_and_marks_are_around(said: str, words: str):
    assert Wording(said).has(words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("mail hana@example.com.au", "hana@example.com"),
        ("mail not-hana@example.com", "hana@example.com"),
        ("see www.dora-website.com", "website.com"),
        ("see https://example.com/notes", "example.com"),
        ("mail hana@example.com", "example.com"),
        ("mail hana@example.com", "hana"),
        ("the together list", "get"),
        ("to get her a gift", "together"),
        ("branch main2", "main"),
        ("branch main_old", "main"),
        ("at 10.50", "10"),
    ],
)
def test_a_piece_of_an_address_a_link_or_a_word_was_not_said(said: str, words: str):
    assert not Wording(said).has(words)


@pytest.mark.parametrize(
    "words",
    [
        "hana\u200b@example.com", "hana@example.com\u202e", "hana＠example.com",
        "hana@example.com\n", "ｈana@example.com", "hana@ex\u00adample.com",
    ],
)  # fmt: skip
def test_hidden_or_doubled_characters_make_it_something_else(words: str):
    assert not Wording("mail hana@example.com now").has(words)


def test_a_decomposed_utterance_still_holds_its_words():
    assert Wording(unicodedata.normalize("NFD", "치과에 가기")).has("치과")


@given(st.text(max_size=40), st.text(max_size=12))
def test_what_is_not_in_the_utterance_was_never_said(utterance: str, words: str):
    if Wording(utterance).has(words):
        heard = "".join(unicodedata.normalize("NFC", utterance).lower().split())
        assert "".join(words.lower().split()) in heard
