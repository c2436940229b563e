"""How words sound, roughly: one sound is written in many ways. Korean and English. Pure."""

from __future__ import annotations

import re

# Sounds that recognisers take for each other are one letter, in either script.
_INITIALS = (
    "k", "k", "n", "t", "t", "r", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h",
)  # fmt: skip
_VOWELS = "aeaeoeoeoaeeouoeiuuii"
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "r", "k", "m", "r", "r", "r", "p", "r", "m", "p", "p",
    "t", "t", "n", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_LATIN = str.maketrans("gqdbfvjlyzw", "kktpppcrisu")


def sound_of(text: str) -> str:
    """A text as it sounds, roughly, one letter a sound."""
    heard = "".join(_syllable(letter) for letter in text.lower() if letter.isalnum())
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=[a-z]n)e$", "", heard))


def _syllable(letter: str) -> str:
    code = ord(letter) - ord("가")
    if not 0 <= code < 11_172:
        return letter.translate(_LATIN)
    return _INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]


def faults_in(heard: str, meant: str) -> int:
    """How many sounds are wrong, missing or too many (Levenshtein)."""
    row = list(range(len(meant) + 1))
    for count, sound in enumerate(heard, start=1):
        before, row[0] = row[0], count
        for at, other in enumerate(meant, start=1):
            before, row[at] = (
                row[at],
                min(row[at] + 1, row[at - 1] + 1, before + (sound != other)),
            )
    return row[-1]
