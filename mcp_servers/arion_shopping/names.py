"""What a product's name says: how much is in it, and whether two names mean the same product."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["ml", "g", "sheet", "piece"]

_MEASURES: dict[str, tuple[Unit, float]] = {
    "ml": ("ml", 1), "밀리리터": ("ml", 1), "cc": ("ml", 1), "cl": ("ml", 10),
    "l": ("ml", 1_000), "리터": ("ml", 1_000), "ℓ": ("ml", 1_000),
    "mg": ("g", 0.001), "g": ("g", 1), "그램": ("g", 1),
    "kg": ("g", 1_000), "킬로": ("g", 1_000), "킬로그램": ("g", 1_000),
}  # fmt: skip
_SHEETS = ("매입", "매", "장", "sheets", "sheet")
_PIECES = (
    "개입", "개", "병", "캔", "팩", "봉지", "봉", "입", "박스", "상자", "롤", "포", "ea", "구",
    "정", "캡슐", "스틱", "티백", "컵", "통", "묶음", "pcs", "pack", "packs", "bottles", "cans",
    "rolls", "box", "boxes", "count", "ct",
)  # fmt: skip


def _either(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER = r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,3})?)"
_END = r"(?![a-z])"
_MEASURE = re.compile(rf"{_NUMBER}\s?({_either(tuple(_MEASURES))}){_END}")
_COUNT = re.compile(rf"{_NUMBER}\s?({_either((*_SHEETS, *_PIECES))}){_END}")
_TIMES = re.compile(r" x (\d{1,3})(?![\w.])")
_CROSS = re.compile(r"(?:(?<=[\d\s가-힣ℓ)])|(?<=\dml)|(?<=\dl)|(?<=\dg)|(?<=\dkg))[x×*]\s?(?=\d)")
_EACH = re.compile(r"[\d,.]+\s?(?:ml|l|kg|g|개|매|장|정|포)\s?당\s?[\d,]+\s?원?")

_NOISE = re.compile(
    r"[\[(【<].{0,20}?(?:배송|정품|특가|할인|증정|이벤트|쿠폰|공식|당일).{0,20}?[\])】>]"
)
_BLURB_WORDS = """
무료배송 로켓배송 당일발송 정품 국내정품 공식 특가 할인 행사 인기 추천 최저가 신상품 한정 무료 배송
new sale official
"""
_BLURB = frozenset(_BLURB_WORDS.split())
_KIND_WORDS = """
프로 맥스 플러스 미니 울트라 라이트 에어 제로 슬림 라지 대형 중형 소형 특대형 대용량 리필 세트
디카페인 저지방 무지방 무가당 무설탕 저염 중고 리퍼 남성 여성 아동 유아
화이트 블랙 실버 골드 핑크 블루 레드 그린 그레이 네이비 베이지 퍼플 옐로우
pro max plus mini ultra lite light air zero slim large medium small decaf refill used
white black silver gold pink blue red green gray grey navy beige
"""
_KINDS = frozenset(_KIND_WORDS.split())
"""Words that tell two products apart, however much else of their names is the same."""

_ALIKE = 0.75
"""Share of words that names of the same product have in common."""


@dataclass(frozen=True)
class Amount:
    """How much is in a product altogether."""

    unit: Unit
    total: float
    counted: bool = field(default=True, compare=False)
    """The name says how many, if only "1개"; a 500 ml tumbler does not."""

    def price_per(self, price_krw: int) -> tuple[float, str]:
        """Price of a usual amount, in won, and that amount: 100 ml, 100 g, or one."""
        size = 100 if self.unit in ("ml", "g") else 1
        per = round(price_krw * size / self.total, 1)
        return per, {"ml": "100ml", "g": "100g", "sheet": "1 sheet", "piece": "1"}[self.unit]


@dataclass(frozen=True)
class Name:
    """A product's name taken apart."""

    words: frozenset[str]
    kinds: frozenset[str]
    models: frozenset[str]
    """Tokens of letters and digits: `wh-1000xm5`."""
    numbers: tuple[str, ...]
    """Numbers that are no amount: the 3 of "버즈 3"."""
    amount: Amount | None


def normal(text: str) -> str:
    """One form for spellings of the same: width, case and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def letters(text: str) -> str:
    """Letters and digits alone, for finding words whatever the spaces between."""
    return "".join(letter for letter in normal(text) if letter.isalnum())


def has_words(name: str, words: tuple[str, ...]) -> bool:
    """Whether each of the words is in the name."""
    whole = letters(name)
    return all(letters(word) in whole for word in words)


def read_amount(name: str) -> Amount | None:
    """How much the name says is in it: "2L, 6개" is 12,000 ml; None where it does not say."""
    text = _spread(name)
    counts = _counts(text)
    times = math.prod(count for count, _ in counts)
    # "1000mg, 120정": the milligrams are of an ingredient, the tablets are what is counted.
    measure = next((it for it in _MEASURE.finditer(text) if it[2] != "mg"), None)
    if measure:
        unit, factor = _MEASURES[measure[2]]
        return _amount(unit, _value(measure[1]) * factor * times, counted=bool(counts))
    if times <= 1:
        return None
    sheets = any(counter in _SHEETS for _, counter in counts)
    return _amount("sheet" if sheets else "piece", times, counted=True)


def take_apart(name: str) -> Name:
    """What of a name tells which product it is."""
    text = _spread(_NOISE.sub(" ", unicodedata.normalize("NFKC", name)))
    rest = _TIMES.sub(" ", _COUNT.sub(" ", _MEASURE.sub(" ", text)))
    tokens = re.findall(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*|[가-힣]+", rest)
    models = {re.sub(r"[-_.]", "", token) for token in tokens if _is_model(token)}
    numbers = sorted(token for token in tokens if token.isdigit())
    words = {
        word
        for word in tokens
        if not (_is_model(word) or word.isdigit() or word in _BLURB or word == "x")
    }
    return Name(
        words=frozenset(words - _KINDS),
        kinds=frozenset(words & _KINDS),
        models=frozenset(models),
        numbers=tuple(numbers),
        amount=read_amount(name),
    )


def same_product(one: Name, other: Name) -> bool:
    """Whether two names mean the same product in the same amount; in doubt, they don't."""
    if (one.amount, one.models, one.numbers) != (other.amount, other.models, other.numbers):
        return False
    if one.kinds != other.kinds:
        return False
    either = one.words | other.words
    if not either:
        return bool(one.models)
    return len(one.words & other.words) / len(either) >= _ALIKE


def _spread(name: str) -> str:
    """The name with room around each multiplication sign, and without prices of an amount."""
    return _CROSS.sub(" x ", _EACH.sub(" ", normal(name)))


def _counts(text: str) -> list[tuple[float, str]]:
    """Every count of the name and its counter, without a last one that sums the others up."""
    found = {it.start(1): (_value(it[1]), it[2]) for it in _COUNT.finditer(text)}
    for times in _TIMES.finditer(text):
        # "x 6 개" is one count, not two.
        found.setdefault(times.start(1), (_value(times[1]), ""))
    places = sorted(found)
    counts = [found[place] for place in places]
    if len(counts) > 1:
        others = math.prod(count for count, _ in counts[:-1])
        said = text[: places[-1]].rstrip(" :").endswith(("총", "합계", "=", "total"))
        if counts[-1][0] == others and (said or len(counts) > 2):
            counts.pop()
    return [(count, counter) for count, counter in counts if count > 0]


def _amount(unit: Unit, total: float, *, counted: bool) -> Amount | None:
    return Amount(unit, round(total, 3), counted) if 0 < total < 1e9 else None


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def _is_model(token: str) -> bool:
    return any(letter.isdigit() for letter in token) and any("a" <= it <= "z" for it in token)
