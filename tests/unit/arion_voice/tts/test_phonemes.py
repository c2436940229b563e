from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arion_voice.tts.english_phonemes import english_phonemes
from arion_voice.tts.korean_phonemes import korean_phonemes
from arion_voice.tts.phonemes import phonemes, pieces


def spelled(text: str) -> str:
    """Stands for espeak-ng: the word itself."""
    return text.lower().strip()


@pytest.mark.parametrize(
    ("word", "symbols"),
    [
        ("이달", "idal"),
        ("이딸", "ital"),
        ("이탈", "itʰal"),
        ("시사", "ɕisa"),
        ("있어", "issɔ"),
        ("먼저", "mɔnʥɔ"),
        ("쳐", "ʨʰɔ"),
        ("알려", "alljʌ"),
        ("나라", "naɾa"),
        ("의사", "ɰisa"),
        ("이강 강", "iɡaŋ kaŋ"),
    ],
)
def test_korean_sounds_have_a_symbol_each(word: str, symbols: str) -> None:
    assert korean_phonemes(word) == symbols


@pytest.mark.parametrize(
    ("ipa", "symbols"),
    [
        ("fˈa^ɪv", "fˈIv"),
        ("no^ʊvˈɛmbɚ", "nOvˈɛmbəɹ"),
        ("d^ʒˈʌmp", "ʤˈʌmp"),
        ("t^ʃˈɪl", "ʧˈɪl"),
        ("mˈiːɾɪŋ", "mˈiTɪŋ"),
        ("lˈɪɾə^l", "lˈɪTᵊl"),
        ("bˈʌʔn̩", "bˈʌtᵊn"),
        ("bˈɜːd", "bˈɜɹd"),
        ("mˈɔː^ɹ", "mˈɔɹ"),
        ("(^e^n)ɹˈiːdmiː(^k^o)", "ɹˈidmi"),
    ],
)
def test_english_sounds_become_kokoros_letters(ipa: str, symbols: str) -> None:
    assert english_phonemes(ipa) == symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("네, 나.", "ne, na."),
        ("나?", "na?"),
        ("나", "na."),
        ("나...", "na."),
        ("Zoom 나", "zoom na."),
        ("with 나, ok!", "with na, ok!"),
        ("", ""),
        ("?!", ""),
        ("漢", "漢."),
    ],
)
def test_both_scripts_are_said_with_their_pauses(text: str, symbols: str) -> None:
    assert phonemes(text, "en", spelled) == symbols


def test_english_words_in_korean_speech_are_korean() -> None:
    def ipa(word: str) -> str:
        return {"Michael": "mˈa^ɪkə^l"}[word]

    assert phonemes("Michael에게", "ko", ipa) == phonemes("마이클에게", "ko", ipa)


def test_a_long_sentence_begins_with_a_short_line_that_ends_in_a_pause() -> None:
    assert pieces("aaa bbb ccc ddd eee fff ggg.", 8, 12) == ["aaa bbb,", "ccc ddd eee,", "fff ggg."]
    assert pieces("aaa, bbb ccc ddd eee.", 8, 12) == ["aaa,", "bbb ccc ddd eee."]
    assert pieces("aaa bbb ccc.", 8, 12) == ["aaa bbb ccc."]
    assert pieces("", 8, 12) == []


@example("  ??", 2, 2)
@given(st.text("ab ,.?!", max_size=80), st.integers(2, 20), st.integers(2, 20))
def test_cutting_loses_nothing(symbols: str, first: int, later: int) -> None:
    lines = pieces(symbols, first, later)
    assert re.sub("[ ,]", "", "".join(lines)) == re.sub("[ ,]", "", symbols)
    assert all(len(line) <= max(first, later) * 3 // 2 for line in lines)
