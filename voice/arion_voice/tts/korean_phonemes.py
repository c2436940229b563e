"""Korean text → the phoneme symbols of Kokoro, which was never taught Korean.

Its symbols are IPA, and between Japanese, Chinese and English they cover Korean: tense stops are
written plain, aspirated ones with ʰ, and lenis ones by where they stand, as Seoul says them:
voiced within a word, voiceless at its beginning, and with breath after a pause. Where two symbols
compete, the one stands here with which a recogniser reads more back (tests/bench). Pure.
"""

from __future__ import annotations

import re

from arion_voice.tts.korean_pronunciation import Syllable, decompose, pronounce

_ONSETS = {
    "ㄱ": "ɡ", "ㄲ": "k", "ㅋ": "kʰ", "ㄷ": "d", "ㄸ": "t", "ㅌ": "tʰ", "ㅂ": "b", "ㅃ": "p",
    "ㅍ": "pʰ", "ㅈ": "ʥ", "ㅉ": "ʨ", "ㅊ": "ʨʰ", "ㅅ": "s", "ㅆ": "ss", "ㅎ": "h", "ㄴ": "n",
    "ㅁ": "m", "ㄹ": "ɾ", "ㅇ": "",
}  # fmt: skip
_WORD_ONSETS = {"ㄱ": "k", "ㅂ": "p", "ㅈ": "ʨ"}
"""Lenis stops at the beginning of a word. A voiceless ㄷ is taken for ㄸ there (두 → 또)."""
_PHRASE_ONSETS = {"ㄱ": "kʰ", "ㄷ": "tʰ", "ㅂ": "pʰ", "ㅈ": "ʨʰ"}
"""The same after a pause."""
_AFTER_CODA = {"ㄹㅉ": "ʤ", "ㄱㅉ": "ʧ", "ㅂㅉ": "ʧ"}
"""A coda and the onset after it, where the onset by itself is taken for another (일정 → 일통)."""
_VOWELS = {
    "ㅏ": "a", "ㅐ": "ɛ", "ㅑ": "ja", "ㅒ": "jɛ", "ㅓ": "ɔ", "ㅔ": "e", "ㅕ": "jʌ", "ㅖ": "je",
    "ㅗ": "o", "ㅘ": "wa", "ㅙ": "wɛ", "ㅚ": "wɛ", "ㅛ": "jo", "ㅜ": "ʊ", "ㅝ": "wʌ", "ㅞ": "wɛ",
    "ㅟ": "wi", "ㅠ": "ju", "ㅡ": "ɯ", "ㅢ": "ɰi", "ㅣ": "i",
}  # fmt: skip
_CODAS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ŋ"}
_FRONT = frozenset("ㅑㅒㅕㅖㅛㅠㅟㅣ")
"""Vowels before which ㅅ is a sh."""
_SIBILANTS = frozenset("ㅅㅆㅈㅉㅊ")
_PHRASE = re.compile(r"[가-힣]+(?:\s+[가-힣]+)*")
"""Words with no pause between them."""


def korean_phonemes(text: str) -> str:
    """Return `text` with every Hangul word in phonemes; everything else is left as it is."""
    return _PHRASE.sub(lambda phrase: _say_phrase(phrase[0].split()), pronounce(text))


def _say_phrase(words: list[str]) -> str:
    first, *others = words
    return " ".join(
        (_say_word(first, _PHRASE_ONSETS), *(_say_word(word, _WORD_ONSETS) for word in others))
    )


def _say_word(word: str, first_onsets: dict[str, str]) -> str:
    first, *others = decompose(word)
    said = [_onset(first, "", first_onsets) + _vowel(first) + _CODAS[first.coda]]
    before = first.coda
    for syllable in others:
        said.append(_onset(syllable, before, {}) + _vowel(syllable) + _CODAS[syllable.coda])
        before = syllable.coda
    return "".join(said)


def _onset(syllable: Syllable, before: str, special: dict[str, str]) -> str:
    if syllable.onset == before == "ㄹ":
        return "l"
    after = _AFTER_CODA.get(before + syllable.onset) or _ONSETS[syllable.onset]
    onset = special.get(syllable.onset, after)
    return onset.replace("s", "ɕ") if syllable.vowel in _FRONT else onset


def _vowel(syllable: Syllable) -> str:
    vowel = _VOWELS[syllable.vowel]
    return vowel.removeprefix("j") if syllable.onset in _SIBILANTS else vowel
