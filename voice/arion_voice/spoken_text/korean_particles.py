"""Particles that follow the sound before them: 링크를, 번을. Pure."""

from __future__ import annotations

_PAIRS = {
    "을": "를", "은": "는", "이": "가", "과": "와", "으로": "로", "이나": "나", "이라": "라",
    "이에요": "예요", "이랑": "랑",
}  # fmt: skip
"""Particle after a consonant → after a vowel."""
_AFTER_CONSONANT = {vowel: consonant for consonant, vowel in _PAIRS.items()}
_EITHER = "|".join(sorted((*_PAIRS, *_AFTER_CONSONANT), key=len, reverse=True))
PARTICLE = rf"(?:(?P<particle>{_EITHER})(?![가-힣]))?"
"""Pattern of such a particle, or of none."""
_FIRST, _FINALS, _RIEUL = ord("가"), 28, 8


def agree(word: str, particle: str | None) -> str:
    """Return `word` with `particle` in the form that its last syllable asks for.

    Particles that have one form are added as they are.
    """
    if not particle:
        return word
    code = ord(word[-1]) - _FIRST
    final = code % _FINALS if 0 <= code < 11_172 else 0
    either = _AFTER_CONSONANT.get(particle, particle)
    # 서울로: ㄹ counts as a vowel before 로.
    if not final or (either == "으로" and final == _RIEUL):
        return word + _PAIRS.get(either, either)
    return word + either
