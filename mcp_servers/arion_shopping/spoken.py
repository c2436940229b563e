"""Prices, amounts and product names as they are said. Pure."""

from __future__ import annotations

import re

from arion_kit.speech import speakable
from arion_kit.words import Language

LONGEST_NAME = 40

_BRACKETS = re.compile(r"\[[^\]]{0,30}\]|\([^)]{0,30}\)|【[^】]{0,30}】")
_UNITS = re.compile(r"(?<![\w.])(\d[\d,.]*)\s?(ml|l|kg|mg|g|mm|cm|m)(?![a-z])", re.IGNORECASE)
_UNITS_KO = {
    "ml": "밀리리터", "l": "리터", "kg": "킬로그램", "mg": "밀리그램", "g": "그램",
    "mm": "밀리미터", "cm": "센티미터", "m": "미터",
}  # fmt: skip
_TIMES = re.compile(r"(?<=[\d가-힣])\s?[xX×*]\s?(?=\d)")
_PER: dict[str, tuple[str, str]] = {
    "100ml": ("100밀리리터에", "per 100 ml"),
    "100g": ("100그램에", "per 100 g"),
    "1": ("한 개에", "each"),
    "1 sheet": ("한 장에", "per sheet"),
}


def won(amount: float, language: Language) -> str:
    """A price as it is read: "1만 2,900원", "12,900 won"."""
    whole = round(amount)
    if language == "en":
        return f"{whole:,} won"
    hundred_millions, rest = divmod(whole, 100_000_000)
    tens, ones = divmod(rest, 10_000)
    parts = [
        f"{hundred_millions:,}억" if hundred_millions else "",
        (f"{tens:,}만" if tens != 1 or hundred_millions else "만") if tens else "",
        f"{ones:,}" if ones or not whole else "",
    ]
    if tens == 1 and not hundred_millions and ones:
        parts[1] = "1만"
    spoken = " ".join(part for part in parts if part)
    # "5만 원" has a space before its unit, "2,900원" has none.
    return f"{spoken}{'원' if parts[2] else ' 원'}"


def per_unit(amount: float, unit: str, language: Language) -> str:
    """A unit price: "100밀리리터에 40원", "40 won per 100 ml"."""
    korean, english = _PER[unit]
    price = won(amount, language)
    return f"{korean} {price}" if language == "ko" else f"{price} {english}"


def product_name(name: str, language: Language) -> str:
    """A product's name without what shops write around it, its units as words."""
    text = _BRACKETS.sub(" ", name)
    if language == "ko":
        text = _UNITS.sub(lambda found: f"{found[1]}{_UNITS_KO[found[2].lower()]}", text)
    text = _TIMES.sub(" ", text).replace(",", " ")
    return speakable(text, LONGEST_NAME) or speakable(name, LONGEST_NAME)
