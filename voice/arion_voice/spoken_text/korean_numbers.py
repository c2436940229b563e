"""Numbers as Korean says them: Chinese-origin, native, and digit by digit. Pure."""

from __future__ import annotations

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_MYRIADS = ("", "만", "억", "조", "경")
_UNITS = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_COUNTING = {"하나": "한", "둘": "두", "셋": "세", "넷": "네", "스물": "스무"}
MAX_SINO = 10 ** (4 * len(_MYRIADS)) - 1


def sino(number: int) -> str:
    """Return a number from 0 in Chinese-origin words: 12500 → "만 이천오백".

    Raises:
        ValueError: the number is below 0 or above `MAX_SINO`.
    """
    if not 0 <= number <= MAX_SINO:
        raise ValueError(f"expected 0 to {MAX_SINO}, got {number}")
    if number == 0:
        return _DIGITS[0]
    groups: list[str] = []
    for myriad in _MYRIADS:
        number, group = divmod(number, 10_000)
        if group == 1 and myriad == "만" and number == 0:
            groups.append(myriad)
        elif group:
            groups.append(_below_myriad(group) + myriad)
    return " ".join(reversed(groups))


def _below_myriad(number: int) -> str:
    words: list[str] = []
    for place in _PLACES:
        number, digit = divmod(number, 10)
        if digit:
            words.append(("" if digit == 1 and place else _DIGITS[digit]) + place)
    return "".join(reversed(words))


def native(number: int) -> str:
    """Return 1 to 99 in native words as they stand before a counter: 21 → "스물한".

    Raises:
        ValueError: the number is not in 1 to 99.
    """
    if not 1 <= number <= 99:
        raise ValueError(f"expected 1 to 99, got {number}")
    tens, units = divmod(number, 10)
    if units == 0:
        return _COUNTING.get(_TENS[tens], _TENS[tens])
    return _TENS[tens] + _COUNTING.get(_UNITS[units], _UNITS[units])


def digits(text: str, zero: str = "공") -> str:
    """Return the digits of `text` one by one ("0107" → "공일공칠")."""
    return "".join(zero if digit == "0" else _DIGITS[int(digit)] for digit in text)


def decimal(text: str) -> str:
    """Return "1,234.50" in words: "천이백삼십사 점 오영". Very long numbers come digit by digit."""
    whole, _, fraction = text.replace(",", "").partition(".")
    is_code = (len(whole) > 1 and whole.startswith("0")) or len(whole) > len(str(MAX_SINO))
    said = digits(whole) if is_code else sino(int(whole))
    return f"{said} 점 {digits(fraction, zero='영')}" if fraction else said
