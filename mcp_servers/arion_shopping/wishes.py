"""Price limits that people say inside of what they look for: "무선 이어폰 5만 원 이하"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_DIGITS = {letter: value for value, letter in enumerate("영일이삼사오육칠팔구")}
_SIZES = {"십": 10, "백": 100, "천": 1_000}
_PIECE = r"(?:\d[\d,.]*+|[일삼사오육칠팔구십백천만]|이(?![하상내]))"
# Possessive: digits can be split in too many ways to try them all.
_NUMBER = rf"{_PIECE}(?:\s?{_PIECE})*+"
_WON = rf"(?<![\w.])({_NUMBER})\s?원?\s?"
_PARTICLES = r"(?:[의인]|으로|로|에서|짜리)?(?!\w)"
_AMOUNT = re.compile(r"\d[\d,.]*|[일이삼사오육칠팔구십백천만]")

_EN = r"(?:₩\s?|krw\s?)?(\d[\d,.]*+)\s?(k|thousand|만)?\s?(?:won|krw|₩)?(?!\w)"
_LEAST_EN = 1_000
"""Smaller numbers in English are rather inches or pages than won."""


_ORDER = re.compile(
    r"(?:주문|결제|구매|구입)\s?(?:해|하기|할게|하고|부탁|진행)"
    r"|^(?:order|purchase|check ?out|pay for)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wish:
    """What to look for, and what it may cost, in won."""

    text: str
    min_price: int | None = None
    max_price: int | None = None


_Bounds = tuple[int | None, int | None]


def _band(amount: int) -> _Bounds:
    """What "3만 원대" covers: from 30,000 to 39,999; of "10만 원대", to 199,999."""
    step = 1
    while amount % (step * 10) == 0:
        step *= 10
    return amount, amount + step - 1


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Bounds]], ...] = (
    (
        re.compile(
            rf"{_WON}(?:에서|부터|~|-)\s?({_NUMBER})\s?원?\s?(?:대|까지|사이|이하){_PARTICLES}"
        ),
        lambda found: (_won(found[1]), _won(found[2])),
    ),
    (
        re.compile(rf"{_WON}(?:이하|미만|이내|안쪽|아래|밑|안으로|까지|안 ?넘는|언더){_PARTICLES}"),
        lambda found: (None, _won(found[1])),
    ),
    (
        re.compile(rf"{_WON}(?:이상|초과|넘는|부터){_PARTICLES}"),
        lambda found: (_won(found[1]), None),
    ),
    (re.compile(rf"(?<![\w.])({_NUMBER})\s?원\s?대{_PARTICLES}"), lambda it: _band(_won(it[1]))),
    (
        re.compile(rf"\bbetween {_EN} and {_EN}", re.IGNORECASE),
        lambda found: (_won_en(found[1], found[2]), _won_en(found[3], found[4])),
    ),
    (
        re.compile(
            r"\b(?:for )?(?:under|below|less than|up to|cheaper than|at most|max|no more than) "
            rf"{_EN}",
            re.IGNORECASE,
        ),
        lambda found: (None, _won_en(found[1], found[2])),
    ),
    (
        re.compile(rf"\b(?:over|above|more than|at least) {_EN}", re.IGNORECASE),
        lambda found: (_won_en(found[1], found[2]), None),
    ),
)


def wants_order(query: str) -> bool:
    """Whether the words ask to order or pay, rather than to look: "우유 주문해 줘"."""
    return _ORDER.search(query.strip()) is not None


def read_wish(query: str) -> Wish:
    """The words without the limits that are in them."""
    text = " ".join(unicodedata.normalize("NFC", query).split())
    lowest: int | None = None
    highest: int | None = None
    for pattern, bounds in _PATTERNS:
        found = pattern.search(text)
        if not found:
            continue
        least, most = bounds(found)
        if not (least or most):
            continue
        lowest, highest = least or lowest, most or highest
        text = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
    return Wish(text, lowest, highest)


def _won(text: str) -> int:
    """An amount as people write or say it: "5만", "1만 5천", "오만", "50,000"."""
    total, section, digit = 0.0, 0.0, None
    for piece in _AMOUNT.findall(text):
        if piece[0].isdigit():
            digit = _number(piece)
        elif piece in _DIGITS:
            digit = float(_DIGITS[piece])
        elif piece in _SIZES:
            section += (1 if digit is None else digit) * _SIZES[piece]
            digit = None
        else:
            total += (section + (digit or 0) or 1) * 10_000
            section, digit = 0.0, None
    return round(total + section + (digit or 0))


def _won_en(digits: str, unit: str | None) -> int:
    size = {"k": 1_000, "thousand": 1_000, "만": 10_000}.get((unit or "").lower(), 1)
    amount = round(_number(digits) * size)
    return amount if amount >= _LEAST_EN else 0


def _number(text: str) -> float:
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+", text):
        return float(re.sub(r"[,.]", "", text))
    digits = text.replace(",", "")
    return float(digits) if digits.count(".") < 2 else 0.0
