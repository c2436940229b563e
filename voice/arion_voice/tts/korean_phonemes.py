"""Korean text → the phoneme symbols of Kokoro, which was never taught Korean.

Its symbols are IPA, and between Japanese, Chinese and English they cover Korean: lenis stops are
written voiced, tense ones plain and aspirated ones with ʰ, the only three-way contrast it has.
Where two symbols compete, the one stands here with which a recogniser reads more back
(tests/bench). Pure.
"""

from __future__ import annotations

import re

from arion_voice.tts.korean_pronunciation import Syllable, decompose, pronounce

_ONSETS = {
    "ㄱ": "ɡ", "ㄲ": "k", "ㅋ": "kʰ", "ㄷ": "d", "ㄸ": "t", "ㅌ": "tʰ", "ㅂ": "b", "ㅃ": "p",
    "ㅍ": "pʰ", "ㅈ": "ʥ", "ㅉ": "ʨ", "ㅊ": "ʨʰ", "ㅅ": "s", "ㅆ": "ss", "ㅎ": "h", "ㄴ": "n",
    "ㅁ": "m", "ㄹ": "ɾ", "ㅇ": "",
}  # fmt: skip
_VOWELS = {
    "ㅏ": "a", "ㅐ": "ɛ", "ㅑ": "ja", "ㅒ": "jɛ", "ㅓ": "ʌ", "ㅔ": "e", "ㅕ": "jʌ", "ㅖ": "je",
    "ㅗ": "o", "ㅘ": "wa", "ㅙ": "wɛ", "ㅚ": "we", "ㅛ": "jo", "ㅜ": "u", "ㅝ": "wʌ", "ㅞ": "we",
    "ㅟ": "wi", "ㅠ": "ju", "ㅡ": "ɯ", "ㅢ": "ɰi", "ㅣ": "i",
}  # fmt: skip
_CODAS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ŋ"}
_FRONT = frozenset("ㅑㅒㅕㅖㅛㅠㅟㅣ")
"""Vowels before which ㅅ is a sh."""
_SIBILANTS = frozenset("ㅅㅆㅈㅉㅊ")
_WORD = re.compile(r"[가-힣]+")


def korean_phonemes(text: str) -> str:
    """Return `text` with every Hangul word in phonemes; everything else is left as it is."""
    return _WORD.sub(lambda word: _say_word(word[0]), pronounce(text))


def _say_word(word: str) -> str:
    said: list[str] = []
    before = ""
    for syllable in decompose(word):
        said.append(_onset(syllable, before) + _vowel(syllable) + _CODAS[syllable.coda])
        before = syllable.coda
    return "".join(said)


def _onset(syllable: Syllable, before: str) -> str:
    onset = _ONSETS[syllable.onset]
    if syllable.vowel in _FRONT:
        onset = onset.replace("s", "ɕ")
    return "l" if syllable.onset == before == "ㄹ" else onset


def _vowel(syllable: Syllable) -> str:
    vowel = _VOWELS[syllable.vowel]
    return vowel.removeprefix("j") if syllable.onset in _SIBILANTS else vowel
