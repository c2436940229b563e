"""Korean spelling → standard pronunciation, both written in Hangul.

The rules are those of the Standard Pronunciation (표준 발음법, 고시 제2017-13호) and are
numbered as there. Words whose sound the spelling does not show are in `korean_exceptions`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from arion_voice.tts.korean_exceptions import ENDS_IN_UI, respell

ONSETS = tuple("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
VOWELS = tuple("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST = ord("가")
_HANGUL_RUN = re.compile(r"[가-힣]+(?: [가-힣]+)*")
"""Words that are said in one breath: nothing but single spaces between them."""

_PARTS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
"""Final clusters and the two consonants they are written with."""

_CLOSED = {
    "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ",
    "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅌ": "ㄷ", "ㅎ": "ㄷ",
    "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ",
    "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㅀ": "ㄹ", "ㄻ": "ㅁ",
}  # fmt: skip
"""Rules 8 to 11: only seven consonants can close a syllable."""

_TENSE = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_BEFORE_H = {"ㅅ": "ㅌ", "ㅆ": "ㅌ", "ㅌ": "ㅌ", "ㅊ": "ㅌ", "ㄲ": "ㅋ", "ㅋ": "ㅋ", "ㅍ": "ㅍ"}
"""What a final consonant with no partner in `_ASPIRATED` becomes with a following ㅎ (rule 12)."""
_PALATAL = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}
_LG_STEMS = frozenset("읽맑밝늙굵긁붉묽얽갉")
"""Verb stems whose ㄺ keeps its ㄹ before ㄱ (rule 11, exception)."""
_LG_ENDINGS = frozenset("고거게기겠")
_TENSING_STEMS = frozenset("ㄵㄻㄼㄾ")
"""Clusters that end verb stems: 앉고, 젊지, 넓게, 핥다."""
_LM_NOUNS = frozenset("삶앎")
"""Nouns in ㄻ, after which nothing turns tense (삶도)."""


@dataclass
class Syllable:
    """One written syllable while the rules change it."""

    onset: str
    vowel: str
    coda: str
    written: str
    starts_word: bool
    ends_word: bool

    def hangul(self) -> str:
        """Return the syllable as one character."""
        index = ONSETS.index(self.onset) * 21 + VOWELS.index(self.vowel)
        return chr(_FIRST + index * 28 + CODAS.index(self.coda))


def pronounce(text: str) -> str:
    """Return `text` with every Hangul word written as it sounds ("좋은 값이" → "조은 갑씨")."""
    return _HANGUL_RUN.sub(lambda run: _pronounce_run(run[0]), text)


def _pronounce_run(run: str) -> str:
    syllables = [syllable for word in respell(run).split(" ") for syllable in decompose(word)]
    for left, right in pairwise(syllables):
        _join(left, right)
    syllables[-1].coda = _close(syllables[-1])
    for syllable in syllables:
        _settle_vowel(syllable)
    return "".join(
        (" " if syllable.starts_word and index else "") + syllable.hangul()
        for index, syllable in enumerate(syllables)
    )


def decompose(word: str) -> Iterator[Syllable]:
    """Yield the syllables of a word of nothing but Hangul."""
    for index, character in enumerate(word):
        code = ord(character) - _FIRST
        is_genitive = (
            character == "의" and index == len(word) - 1 and index and word not in ENDS_IN_UI
        )
        yield Syllable(
            onset=ONSETS[code // 588],
            vowel="ㅔ" if is_genitive else VOWELS[code // 28 % 21],
            coda=CODAS[code % 28],
            written=character,
            starts_word=index == 0,
            ends_word=index == len(word) - 1,
        )


def _settle_vowel(syllable: Syllable) -> None:
    """Rule 5: 져 → 저, 계 → 게, and 의 only where it begins a word."""
    if syllable.onset in "ㅈㅉㅊ" and syllable.vowel == "ㅕ":
        syllable.vowel = "ㅓ"
    elif syllable.vowel == "ㅖ" and syllable.onset not in "ㅇㄹ":
        syllable.vowel = "ㅔ"
    elif syllable.vowel == "ㅢ" and not (syllable.onset == "ㅇ" and syllable.starts_word):
        syllable.vowel = "ㅣ"


def _join(left: Syllable, right: Syllable) -> None:
    """Let two neighbours change each other, in the order in which the rules feed one another."""
    if not left.coda:
        return
    if (
        (left.coda in "ㅎㄶㅀ" and _after_h(left, right))
        or (right.onset == "ㅎ" and _before_h(left, right))
        or (right.onset == "ㅇ" and _link(left, right))
    ):
        return
    _tense(left, right)
    left.coda = _close(left, right)
    _assimilate(left, right)


def _after_h(left: Syllable, right: Syllable) -> bool:
    """Rule 12: a final ㅎ aspirates what follows, doubles ㅅ, and is silent before a vowel."""
    rest = _PARTS.get(left.coda, "ㅎ").removesuffix("ㅎ")
    if right.onset in _ASPIRATED:
        right.onset = _ASPIRATED[right.onset]
    elif right.onset == "ㅅ":
        right.onset = "ㅆ"
    elif right.onset == "ㅇ":
        right.onset = rest or "ㅇ"
        rest = ""
    elif right.onset == "ㄴ":
        rest = rest or "ㄴ"
        left.coda = rest
        _assimilate(left, right)
        return True
    else:
        return False
    left.coda = rest
    return True


def _before_h(left: Syllable, right: Syllable) -> bool:
    """Rule 12: an obstruent and ㅎ melt into an aspirate; 굳히다, 닫혀 also turn palatal (17)."""
    first, last = _split(left.coda)
    is_suffix = right.vowel == "ㅣ" or (right.vowel == "ㅕ" and right.coda in ("", "ㅆ"))
    if last == "ㄷ" and is_suffix and not left.ends_word:
        right.onset = "ㅊ"
    elif left.ends_word and last in "ㄷㅈ":
        right.onset = "ㅌ"
    elif last in _ASPIRATED:
        right.onset = _ASPIRATED[last]
    elif last in _BEFORE_H:
        right.onset = _BEFORE_H[last]
    else:
        return False
    left.coda = first
    return True


def _link(left: Syllable, right: Syllable) -> bool:
    """Rules 13, 14 and 17: a final consonant moves over to a vowel within the word."""
    if left.ends_word or left.coda == "ㅇ":
        return False
    first, last = _split(left.coda)
    if right.vowel in "ㅣㅕ" and last in _PALATAL:
        last = _PALATAL[last]
    elif first and last == "ㅅ":
        last = "ㅆ"
    left.coda, right.onset = first, last
    return True


def _tense(left: Syllable, right: Syllable) -> None:
    """Rules 23 to 25: a lenis consonant turns tense after an obstruent and some verb stems."""
    if right.onset not in _TENSE:
        return
    stem_end = not left.ends_word and left.coda in _TENSING_STEMS and left.written not in _LM_NOUNS
    if stem_end or _CLOSED.get(left.coda, left.coda) in _NASAL:
        right.onset = _TENSE[right.onset]


def _close(left: Syllable, right: Syllable | None = None) -> str:
    """Return the consonant that is heard at the end of `left` (rules 8 to 11)."""
    if right and left.written in _LG_STEMS and right.written in _LG_ENDINGS:
        return "ㄹ"
    if left.written == "밟":
        return "ㅂ"
    return _CLOSED.get(left.coda, left.coda)


def _assimilate(left: Syllable, right: Syllable) -> None:
    """Rules 18 to 20: nasals and ㄹ. A ㄴ that begins a word stays: 일정을 노션에."""
    if right.onset == "ㄹ" and not left.ends_word:
        if left.coda in "ㄴㄹ":
            left.coda = "ㄹ"
        else:
            right.onset = "ㄴ"
    if right.onset in "ㄴㅁ" and left.coda in _NASAL:
        left.coda = _NASAL[left.coda]
    elif right.onset == "ㄴ" and left.coda == "ㄹ" and not left.ends_word:
        right.onset = "ㄹ"


def _split(coda: str) -> tuple[str, str]:
    parts = _PARTS.get(coda)
    return (parts[0], parts[1]) if parts else ("", coda)
