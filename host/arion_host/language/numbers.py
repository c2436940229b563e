"""Whole numbers as people say them, in Korean and English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arion_kit.words import Language

_NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_BEFORE_COUNTER = {"하나": "한", "둘": "두", "셋": "세", "넷": "네", "스물": "스무"}
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_SINO_DIGITS = "영일이삼사오육칠팔구"
_SINO_UNITS = {"십": 10, "백": 100, "천": 1000}

_ENGLISH_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_ENGLISH_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip

WHICH_KO = "[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일삼사오육칠팔구]|백"
"""Pattern of the words to 100 that name one of many before 번: 십이 번 does, but 열두 번 counts,
and 이번 is this time."""

_WRITTEN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def _native(number: int) -> str:
    return _NATIVE_TENS[number // 10] + _NATIVE_ONES[number % 10]


def _before_counter(word: str) -> str:
    for full, short in _NATIVE_BEFORE_COUNTER.items():
        if word.endswith(full):
            return word.removesuffix(full) + short
    return word


def _sino(number: int) -> str:
    text = ""
    for unit, size in (("백", 100), ("십", 10)):
        digit, number = divmod(number, size)
        if digit:
            text += ("" if digit == 1 else _SINO_DIGITS[digit]) + unit
    return text + (_SINO_DIGITS[number] if number else "")


def _korean_forms(number: int) -> list[str]:
    forms = [_sino(number)]
    if number < 100:
        native = _native(number)
        forms += [native, _before_counter(native)]
    return list(dict.fromkeys(forms))


def _english_forms(number: int) -> list[str]:
    if number < 20:
        return [_ENGLISH_SMALL[number]]
    if number == 100:
        return ["a hundred", "one hundred"]
    if number > 100:
        return []
    tens, ones = divmod(number, 10)
    if not ones:
        return [_ENGLISH_TENS[tens]]
    joined = (f"{_ENGLISH_TENS[tens]}{gap}{_ENGLISH_SMALL[ones]}" for gap in (" ", "-"))
    return list(joined)


def number_words(language: Language, minimum: int, maximum: int) -> Iterator[tuple[str, int]]:
    """Every word for the numbers from `minimum` to `maximum` that are at most 100."""
    forms = _korean_forms if language == "ko" else _english_forms
    for number in range(max(minimum, 1), min(maximum, 100) + 1):
        for word in forms(number):
            yield word, number


_WORDS: dict[str, int] = {
    **dict(number_words("en", 1, 100)),
    **dict(number_words("ko", 1, 100)),
}


def parse_number(text: str) -> int | None:
    """The number that `text` as a whole says, in digits or words; None if it says none."""
    text = text.strip().lower()
    if _WRITTEN.fullmatch(text):
        return int(text.replace(",", ""))
    return _WORDS.get(text) or _parse_large_sino(text)


_COUNTERS = "개시명번장통건가달주일분원권잔병마대줄초년월층호"


def numbers_in(text: str, language: Language) -> Iterator[int]:
    """Every whole number that is said anywhere in `text`."""
    words = text.lower().split()
    if language == "en":
        yield from (n for word in words if (n := _WORDS.get(word.strip(".,!?:;"))) is not None)
    for word in words:
        said = _first_number(word)
        if said is not None:
            yield said
        yield from (int(digits.replace(",", "")) for digits in _WRITTEN.findall(word))


def _first_number(word: str) -> int | None:
    """The number a Korean word begins with; one syllable counts only before a counter."""
    for end in range(len(word), 0, -1):
        number = parse_number(word[:end])
        counted = word[end : end + 1]
        if number is not None and (end > 1 or (counted and counted in _COUNTERS)):
            return number
    return None


def _parse_large_sino(text: str) -> int | None:
    """`이천`, `삼백오십`, `5만`: sino-Korean beyond the table."""
    total, section, digit = 0, 0, -1
    for match in re.finditer(r"\d+|[영일이삼사오육칠팔구]|[십백천]|만|.", text):
        piece = match.group()
        if piece.isdecimal():
            digit = int(piece)
        elif piece in _SINO_DIGITS:
            digit = _SINO_DIGITS.index(piece)
        elif piece in _SINO_UNITS:
            section += (digit if digit >= 0 else 1) * _SINO_UNITS[piece]
            digit = -1
        elif piece == "만":
            total += (section + max(digit, 0) or 1) * 10_000
            section, digit = 0, -1
        else:
            return None
    return total + section + max(digit, 0) or None
