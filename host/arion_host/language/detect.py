"""Which of the two languages an utterance is in."""

from __future__ import annotations

import re

from arion_kit.words import Language

_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
# Korean sentences end in a predicate, whatever English nouns came before it.
_PREDICATE_END = re.compile(r"[가-힣]*(?:줘|요|다|까|니|냐|야|어|해|봐|라|래|지|죠|자|나|돼|세요)$")


def detect_language(text: str) -> Language:
    """`ko` or `en`; mixed utterances go by the last word, then by the number of words."""
    words = re.findall(r"[\w'’]+", text)
    korean = [word for word in words if _HANGUL.search(word)]
    if not words or not korean:
        return "en" if words else "ko"
    if _PREDICATE_END.fullmatch(words[-1]):
        return "ko"
    return "ko" if 2 * len(korean) >= len(words) else "en"
