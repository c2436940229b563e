"""IPA of English words, as espeak-ng writes it → Hangul, as Korean borrows them.

The rules are those for English in the notation of loan words (외래어 표기법, 제3장 제1절). A Korean
voice says "Michael" as 마이클, not with the sounds of another language in the middle. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from arion_voice.tts.korean_pronunciation import CODAS, ONSETS, VOWELS

_VOWELS = {
    "a^ɪ^ɚ": "ㅏㅣㅓ", "a^ʊ^ɚ": "ㅏㅝ", "a^ʊɚ": "ㅏㅝ", "a^ɪ": "ㅏㅣ", "a^ʊ": "ㅏㅜ",
    "e^ɪ": "ㅔㅣ", "o^ʊ": "ㅗ", "ɔ^ɪ": "ㅗㅣ", "i^ə": "ㅣㅓ", "ɪ^ɹ": "ㅣㅓ", "ɛ^ɹ": "ㅔㅓ",
    "ʊ^ɹ": "ㅜㅓ", "ɔː^ɹ": "ㅗ", "oː^ɹ": "ㅗ", "ɑː^ɹ": "ㅏ", "ɜː": "ㅓ", "iː": "ㅣ", "uː": "ㅜ",
    "ɑː": "ㅏ", "ɔː": "ㅗ", "oː": "ㅗ", "i": "ㅣ", "ɪ": "ㅣ", "ᵻ": "ㅣ", "ɛ": "ㅔ", "e": "ㅔ",
    "æ": "ㅐ", "ɑ": "ㅏ", "a": "ㅏ", "ɐ": "ㅓ", "ɒ": "ㅗ", "ɔ": "ㅗ", "o": "ㅗ", "ʊ": "ㅜ",
    "u": "ㅜ", "ʌ": "ㅓ", "ə": "ㅓ", "ɚ": "ㅓ",
}  # fmt: skip
_CONSONANTS = {
    "t^ʃ": "ㅊ", "d^ʒ": "ㅈ", "ts": "ㅊ", "dz": "ㅈ", "p": "ㅍ", "b": "ㅂ", "t": "ㅌ", "ɾ": "ㅌ",
    "ʔ": "ㅌ", "d": "ㄷ", "k": "ㅋ", "x": "ㅋ", "ɡ": "ㄱ", "g": "ㄱ", "f": "ㅍ", "v": "ㅂ",
    "θ": "ㅅ", "ð": "ㄷ", "s": "ㅅ", "z": "ㅈ", "ʃ": "ㅅ", "ʒ": "ㅈ", "h": "ㅎ", "m": "ㅁ",
    "n": "ㄴ", "ŋ": "ㅇ", "l": "ㄹ", "ɹ": "ㄹ", "r": "ㄹ", "j": "j", "w": "w",
}  # fmt: skip
_SYLLABIC = {"ə^l": "ㄹ", "l̩": "ㄹ", "n̩": "ㄴ", "m̩": "ㅁ"}
"""Consonants that are a syllable of their own: 애플, 버튼."""
_WITH_J = dict(zip("ㅏㅐㅓㅔㅗㅜㅣ", "ㅑㅒㅕㅖㅛㅠㅣ", strict=True))
_WITH_W = dict(zip("ㅏㅐㅓㅔㅗㅜㅣ", "ㅘㅙㅝㅞㅝㅜㅟ", strict=True))
_SHORT = frozenset("ɪᵻɛæʌʊəɑɒɐɔ") | {"ɑː"}
"""Vowels after which p, t and k close the syllable: 북, 캣, 로켓."""
_CLOSING = {"p": "ㅂ", "t": "ㅅ", "k": "ㄱ"}
_NASALS = {"m": "ㅁ", "n": "ㄴ", "ŋ": "ㅇ"}
_AFTER_SIBILANT = {"t^ʃ": "ㅣ", "d^ʒ": "ㅣ", "ʃ": "ㅣ", "ʒ": "ㅣ"}
_WITH_GLIDE = frozenset({"kw", "ɡw", "gw", "hw"})
"""After other consonants w begins a syllable: 스윙."""
_SONORANTS = frozenset("lɹrmnjw")
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_MARKS = re.compile(r"\([^)]*\)|[ˈˌ\u0361]")
_SOUND = re.compile(
    "|".join(map(re.escape, sorted({**_VOWELS, **_CONSONANTS, **_SYLLABIC}, key=len, reverse=True)))
)


def borrow_words(text: str, ipa: Callable[[str], str]) -> str:
    """Return `text` with its Latin words in Hangul; `ipa` is espeak-ng's, for one word."""
    return _WORD.sub(lambda word: borrow(word[0], ipa(word[0])), text)


def borrow(word: str, ipa: str) -> str:
    """Return an English word in Hangul.

    Args:
        word: as it is spelled. An American ah that is written o is ㅗ (쇼핑).
        ipa: its sounds in IPA, those of one sound joined with `english_phonemes.TIE`.
    """
    sounds: list[str] = _SOUND.findall(_MARKS.sub("", ipa))
    if "o" in word.lower() and "a" not in word.lower():
        sounds = ["ɔ" if sound == "ɑː" else sound for sound in sounds]
    return _syllables(sounds)


def _syllables(sounds: list[str]) -> str:
    syllables: list[list[str]] = []
    glide = onset = ""
    for at, sound in enumerate(sounds):
        after = sounds[at + 1] if at + 1 < len(sounds) else ""
        if sound in _VOWELS:
            for vowel in _VOWELS[sound]:
                syllables.append([onset or "ㅇ", _glided(vowel, glide), ""])
                glide = onset = ""
        elif sound in _SYLLABIC:
            weak = "ㅡ" if onset and onset not in "ㄴㅁㄹ" else "ㅓ"
            syllables.append([onset or "ㅇ", weak, _SYLLABIC[sound]])
            glide = onset = ""
        elif sound in "jw":
            glide = sound
        elif after in _VOWELS or after in _SYLLABIC or after == "j" or sound + after in _WITH_GLIDE:
            onset, glide = _before_vowel(sound, syllables)
        else:
            _close(sound, sounds[at - 1] if at else "", after, syllables)
    return "".join(_compose(*syllable) for syllable in syllables)


def _glided(vowel: str, glide: str) -> str:
    """Join a glide and a vowel: w and ㅣ are ㅟ."""
    if glide == "j":
        return _WITH_J.get(vowel, vowel)
    return _WITH_W.get(vowel, vowel) if glide == "w" else vowel


def _before_vowel(sound: str, syllables: list[list[str]]) -> tuple[str, str]:
    """Return the onset of the next syllable and the glide that ʃ leaves; l also closes this one."""
    if sound == "ŋ":
        if syllables:
            syllables[-1][2] = "ㅇ"
        return "ㅇ", ""
    if sound == "l" and syllables and not syllables[-1][2]:
        syllables[-1][2] = "ㄹ"
    return _CONSONANTS[sound], "j" if sound == "ʃ" else ""


def _close(sound: str, before: str, after: str, syllables: list[list[str]]) -> None:
    """Add a consonant that no vowel follows: as a final one, or with a vowel of its own."""
    open_syllable = bool(syllables) and not syllables[-1][2] and (before in _VOWELS)
    if sound in ("ɹ", "r", "h"):
        if not before or before not in _VOWELS:
            syllables.append(["ㄹ" if sound != "h" else "ㅎ", "ㅡ", ""])
        return
    if open_syllable and (sound in _NASALS or sound == "l"):
        syllables[-1][2] = _NASALS.get(sound, "ㄹ")
    elif open_syllable and sound in _CLOSING and before in _SHORT and after not in _SONORANTS:
        syllables[-1][2] = _CLOSING[sound]
    elif sound == "m" and before == "l":
        syllables.append(["ㄹ", "ㅡ", "ㅁ"])
    elif sound == "ʃ" and after:
        syllables.append(["ㅅ", "ㅠ", ""])
    else:
        syllables.append([_CONSONANTS[sound], _AFTER_SIBILANT.get(sound, "ㅡ"), ""])


def _compose(onset: str, vowel: str, coda: str) -> str:
    index = ONSETS.index(onset) * 21 + VOWELS.index(vowel)
    return chr(ord("가") + index * 28 + CODAS.index(coda))
