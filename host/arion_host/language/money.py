"""What something may cost, in words: 오만 원 이하, between forty and eighty thousand won."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from arion_host.language.numbers import parse_number
from arion_kit.words import Language

_KO = (
    r"(?:\d[\d,]*(?:\s?만(?:\s?\d[\d,]*천?)?|\s?천)?"
    r"|[일이삼사오육칠팔구십백천]*만(?:\s?[일이삼사오육칠팔구]?천)?"
    r"|[일이삼사오육칠팔구]?[백천](?=\s?원))"
)
_WON = rf"(?:{_KO}\s?원|{_KO}(?<=[만천]))"
_KO_END = r"(?:\s?(?:으로|로|에서|의|인|짜리|대로|만|은|는|도|로만|으로만|인데|되는)*)"
_AT_MOST_KO = (
    r"(?:이하|미만|이내|안쪽|안으로|안에서|아래|밑|까지|언더"
    r"|(?:을|이)?\s?(?:안\s?넘(?:는|게|어가는)|넘지\s?(?:않는|않게|않았으면|말고)|안\s?되는)(?:\s?선)?)"
)
_AT_LEAST_KO = r"(?:이상|초과|(?:이|을)?\s?넘는|(?:이|을)?\s?넘어가는|부터)"

_WORD_EN = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million)"
)
_SPOKEN_EN = rf"{_WORD_EN}(?:(?:\s|-|\sand\s){_WORD_EN})*"
_WON_EN = r"(?:\s?(?:won|krw|₩)\b)"
_BARE_EN = rf"(?:(?:₩|krw\s)?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|thousand|million)\b)?|{_SPOKEN_EN})"
_EN = (
    rf"(?:(?:₩|krw\s)?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|thousand|million)\b{_WON_EN}?|{_WON_EN})"
    rf"|(?:₩|krw\s)?\d{{1,3}}(?:,\d{{3}})+|(?:₩|krw\s)?\d{{4,}}"
    rf"|{_SPOKEN_EN}{_WON_EN}|{_SPOKEN_EN}(?<=thousand)|{_SPOKEN_EN}(?<=million))"
)
_BEFORE_EN = r"(?:(?:for|priced|costing|that costs?|at)\s)?"
_AT_MOST_EN = (
    rf"(?:{_BEFORE_EN}(?:anything |nothing )?"
    r"(?:under|below|less than|cheaper than|up to|at most|no more than|not more than|not over"
    r"|(?<=nothing )(?:over|above|more than)|no higher than|not above|within"
    r"|max(?:imum)?(?: of)?)(?: a budget of)?)"
)
_AT_LEAST_EN = rf"(?:{_BEFORE_EN}(?:over|above|more than|at least|no less than|from))"

_Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class Price:
    """What something may cost, in won; None where that side is open."""

    least: int | None
    most: int | None


def _between(found: re.Match[str], language: Language) -> _Bounds:
    """Both ends; the first may leave its unit to the second: forty and eighty thousand."""
    low, high = _won(found[1], language), _won(found[2], language)
    if low and high and low < 1_000 <= high:
        low *= 10_000 if language == "ko" else 1_000
    return low, high


def _band(found: re.Match[str], language: Language) -> _Bounds:
    """What "3만 원대" covers: from 30,000 to 39,999."""
    amount, step = _won(found[1], language) or 0, 1
    while amount and amount % (step * 10) == 0:
        step *= 10
    return amount or None, amount + step - 1


_Reader = Callable[[re.Match[str], Language], _Bounds]


def _least(found: re.Match[str], language: Language) -> _Bounds:
    return _won(found[1], language), None


def _most(found: re.Match[str], language: Language) -> _Bounds:
    return None, _won(found[1], language)


_FORMS: dict[Language, tuple[tuple[str, _Reader], ...]] = {
    "ko": (
        (
            rf"({_WON}|{_KO})(?:에서|부터|\s?[~-])\s?({_WON})\s?(?:사이|까지|대|정도)?{_KO_END}",
            _between,
        ),
        (rf"({_WON})\s?{_AT_MOST_KO}{_KO_END}", _most),
        (rf"({_WON})\s?{_AT_LEAST_KO}{_KO_END}", _least),
        (rf"({_WON})\s?대{_KO_END}", _band),
    ),
    "en": (
        (
            rf"{_BEFORE_EN}between ({_EN}|{_BARE_EN}) (?:and|to) ({_EN})"
            rf"(?: each)?",
            _between,
        ),
        (rf"{_BEFORE_EN}(?:from )?({_EN}|{_BARE_EN})(?: to | ?- ?)({_EN})", _between),
        (rf"{_AT_MOST_EN} ({_EN})", _most),
        (rf"{_BEFORE_EN}({_EN}) (?:or (?:less|under|below|cheaper)|max|at most|tops)", _most),
        (rf"{_AT_LEAST_EN} ({_EN})", _least),
        (rf"{_BEFORE_EN}({_EN}) (?:or (?:more|above)|and up|at least)", _least),
    ),
}
PATTERNS: dict[Language, str] = {
    language: "(?:" + "|".join(re.sub(r"\((?!\?)", "(?:", form) for form, _ in forms) + ")"
    for language, forms in _FORMS.items()
}
"""A limit of prices, as a piece of a larger pattern."""
_READERS: dict[Language, tuple[tuple[re.Pattern[str], _Reader], ...]] = {
    language: tuple((re.compile(form, re.IGNORECASE), reader) for form, reader in forms)
    for language, forms in _FORMS.items()
}


def price_in(text: str, language: Language) -> Price | None:
    """What `text` as a whole says that something may cost; None if it says no such thing."""
    words = re.sub(r"\s+", " ", text.strip())
    for pattern, bounds in _READERS[language]:
        if found := pattern.fullmatch(words):
            least, most = bounds(found, language)
            return Price(least, most) if least or most else None
    return None


def _won(text: str, language: Language) -> int | None:
    """An amount in won: 5만 원, 만 오천 원, 50,000 won, fifty thousand, 50k."""
    if language == "ko":
        plain = re.sub(r"\s?원$|,|\s", "", text)
        return parse_number(plain)
    plain = re.sub(r"₩|\bkrw\b|\bwon\b|,", "", text.lower()).strip()
    written = re.fullmatch(r"(\d+(?:\.\d+)?)\s?(k|thousand|million)?", plain)
    if written:
        size = {"k": 1_000, "thousand": 1_000, "million": 1_000_000}.get(written[2] or "", 1)
        return round(float(written[1]) * size)
    return _spoken(plain)


def _spoken(text: str) -> int | None:
    """`a hundred and twenty thousand` as a number."""
    total, section = 0, 0
    for word in re.split(r"[\s-]+", text):
        size = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}.get(word)
        if word == "and":
            continue
        if size == 100:
            section = (section or 1) * size
        elif size:
            total, section = total + (section or 1) * size, 0
        elif (number := 1 if word in ("a", "an") else parse_number(word)) is not None:
            section += number
        else:
            return None
    return total + section or None
