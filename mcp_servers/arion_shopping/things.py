"""Several things said at once: "우유 두 개랑 계란" is two items of a shopping list. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_THINGS = 20

_COUNTS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "열": 10, "스무": 20,
}  # fmt: skip
_COUNTS_EN = {
    "a": 1, "an": 1, "some": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "a dozen": 12,
}  # fmt: skip
_MARKS = re.compile(r"\s*(?:[\n;、·]|,(?!\d{3}(?!\d)))\s*(?:and\s+)?")
_WORDS = re.compile(r"\s+(?:그리고|및|또|하고)\s+|(?<!\band)\s+and\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[가-힣])(이랑|랑|하고|과|와)\s+(?=\S)")
_ENDS_IN_I = (
    "볶이", "종이", "걸이", "잡이", "절이", "말이", "꽂이", "깎이", "양이", "린이", "송이", "팽이",
    "놀이", "먹이", "받이",
)  # fmt: skip
"""Ends of words whose 이 is their own, before a 랑."""
_WHOLE = frozenset(
    ("노랑", "파랑", "사랑", "자랑", "신랑", "명랑", "한과", "약과", "정과", "강과", "전과", "기와")
)
"""Words that end as if another thing followed."""
_TOGETHER = re.compile(
    r"\b(?:mac|macaroni|salt|peanut butter|oil|fish|bread|ham|cookies) and "
    r"(?:cheese|pepper|jelly|vinegar|chips|butter|eggs|cream)\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"(.+?)\s*(\d{{1,3}}|{'|'.join(_COUNTS)})\s?개")
_LEADING = re.compile(
    rf"(\d{{1,3}}|{'|'.join(sorted(_COUNTS_EN, key=len, reverse=True))})\s+([a-z].+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Thing:
    """Something to buy, and how many of it."""

    text: str
    quantity: int = 1


def read_things(text: str) -> list[Thing]:
    """What `text` names, in its order."""
    text = " ".join(unicodedata.normalize("NFC", text).replace("\n", ", ").split(" "))
    parts = [part.strip() for whole in _MARKS.split(text) for part in _parts(whole)]
    return [_thing(" ".join(part.split())) for part in parts if re.search(r"\w", part)]


def _parts(text: str) -> list[str]:
    kept = _TOGETHER.search(text)
    if kept:
        before, after = text[: kept.start()], text[kept.end() :]
        first = [part for part in _parts(re.sub(r"\s+and\s*$", "", before)) if part.strip()]
        rest = [part for part in _parts(re.sub(r"^\s*and\s+", "", after)) if part.strip()]
        return [*first, kept[0], *rest]
    return [part for whole in _WORDS.split(text) for part in _cut(whole)]


def _cut(text: str) -> list[str]:
    """The text cut behind each word that joins another thing to it."""
    for found in _JOINED.finditer(text):
        word = text[: found.end()].split()[-1]
        before, particle = text[: found.start()], found[1]
        if particle == "이랑" and (
            f"{before}이".endswith(_ENDS_IN_I) or not _fits(before, particle)
        ):
            before, particle = f"{before}이", "랑"
        if word not in _WHOLE and _fits(before, particle):
            return [before, *_cut(text[found.end() :])]
    return [text]


def _fits(word: str, particle: str) -> bool:
    """Whether the word's last sound takes this form of the particle."""
    closed = (ord(word[-1]) - ord("가")) % 28 != 0
    if particle in ("과", "이랑"):
        return closed
    return not closed if particle in ("와", "랑") else True


def _thing(text: str) -> Thing:
    trailing = _TRAILING.fullmatch(text)
    if trailing:
        count = _COUNTS.get(trailing[2]) or int(trailing[2])
        return Thing(trailing[1], count) if count else Thing(text)
    leading = _LEADING.fullmatch(text)
    if leading:
        said = leading[1].lower()
        count = _COUNTS_EN.get(said) or int(said)
        return Thing(leading[2], count) if count else Thing(text)
    return Thing(text)
