"""IPA as espeak-ng writes it → the phoneme symbols of Kokoro's English. Pure."""

from __future__ import annotations

import re

TIE = "^"
"""The character that espeak-ng is asked to put between the letters of one sound."""

_SYMBOLS = {
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ɔ^ɪ": "Y", "t^ʃ": "ʧ", "d^ʒ": "ʤ",
    "ə^l": "ᵊl", "l̩": "ᵊl", "ʔn̩": "tᵊn", "n̩": "ᵊn", "ɜː": "ɜɹ", "ɚ": "əɹ", "oː": "ɔ",
    "ɐ": "ə", "ɾ": "T", "ʔ": "t", "r": "ɹ", "x": "k", "ç": "k", "ɬ": "l", "g": "ɡ",
}  # fmt: skip
"""Kokoro writes a diphthong or affricate as one letter and an American r after its vowel."""
_SYMBOL = re.compile("|".join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True))))
_LANGUAGE_MARK = re.compile(r"\([^)]*\)")
"""espeak-ng notes a change of language as (en), (ko)."""
_LEFTOVER = re.compile(rf"[{re.escape(TIE)}ː\u0300-\u036f-]")


def english_phonemes(ipa: str) -> str:
    """Return the Kokoro symbols of `ipa`, whose sounds are joined with `TIE`."""
    mapped = _SYMBOL.sub(lambda match: _SYMBOLS[match[0]], _LANGUAGE_MARK.sub("", ipa))
    return _LEFTOVER.sub("", mapped)
