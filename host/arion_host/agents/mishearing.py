"""The command behind words that were heard wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from arion_host.agents.letters import jamo

_LIKE = 0.79
"""Likeness from which what was heard is taken for an example. By trial on synthetic speech:
misheard commands reach 0.79 to 0.89, other requests mostly stay under 0.75."""
_MARGIN = 0.08
"""How much less alike the best example of any other intent must be."""

_DIGITS = str.maketrans("0123456789", "영일이삼사오육칠팔구")
"""A recogniser that writes 2번 for 이번 heard the same sounds."""
_TENSE = str.maketrans(
    {chr(0x1101): chr(0x1100), chr(0x1104): chr(0x1103), chr(0x1108): chr(0x1107)}
    | {chr(0x110A): chr(0x1109), chr(0x110D): chr(0x110C)}
)
"""ㄲ ㄸ ㅃ ㅆ ㅉ before a vowel are heard for ㄱ ㄷ ㅂ ㅅ ㅈ, and these for them."""


def heard_as(heard: str, examples: Iterable[tuple[str, str]]) -> str | None:
    """The example that `heard` sounds like, or None where none or more than one does.

    `examples`: whole utterances, each with the name of its intent.
    """
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_sounds(heard))
    best: dict[str, tuple[float, str]] = {}
    for text, intent in examples:
        matcher.set_seq1(_sounds(text))
        if matcher.quick_ratio() >= _LIKE - _MARGIN:
            best[intent] = max(best.get(intent, (0.0, "")), (matcher.ratio(), text))
    (first, example), (second, _), *_ = [*sorted(best.values(), reverse=True), *[(0.0, "")] * 2]
    return example if first >= _LIKE and first - second >= _MARGIN else None


def _sounds(text: str) -> str:
    return jamo(text.translate(_DIGITS)).translate(_TENSE)
