"""Korean particles told from the words they follow."""

from __future__ import annotations

_RIEUL = 8
"""Index of ㄹ among the final consonants of a syllable (Unicode standard, chapter 3.12)."""

_NEEDS_FINAL = ("을", "이", "은", "과", "으로", "이라는", "이라고")
_NEEDS_VOWEL = ("를", "가", "는", "와", "라는", "라고")
_DOUBTFUL = ("이", "가", "은", "과", "도", "로", "의", "만")
"""So many nouns end in these that a stem of one syllable is no evidence: 휴가, 사과, 지도."""
_DANGLING = ("을", "를", "은", "는", "가")
"""Hardly any noun of three syllables ends in these; many end in 이, so 이 stays."""


def may_follow(stem: str, particle: str) -> bool:
    """Whether `particle`, written right behind `stem`, can be a particle at all.

    휴+가 and 사+과 are nouns, 마+을 breaks the rule of consonants. What is no Hangul is believed.
    """
    last = stem[-1:]
    if not "가" <= last <= "힣":
        return True
    if particle in _DOUBTFUL and len(stem.split()[-1]) == 1:
        return False
    final = (ord(last) - ord("가")) % 28
    if particle in _NEEDS_FINAL:
        return final != 0
    if particle in _NEEDS_VOWEL:
        return final == 0
    return particle != "로" or final in (0, _RIEUL)


def strip_particle(text: str) -> str:
    """`text` without a particle left dangling at its end: 치과 예약을, 주간 회의가."""
    stem, particle = text[:-1], text[-1:]
    if particle not in _DANGLING or not "가" <= stem[-1:] <= "힣":
        return text
    fits = len(stem.split()[-1]) > 1 and may_follow(stem, particle)
    return stem if fits else text
