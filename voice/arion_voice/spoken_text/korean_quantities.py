"""Counts, money, measures, telephone and other numbers, as Korean says them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from arion_voice.spoken_text.korean_numbers import decimal, digits, native, sino
from arion_voice.spoken_text.rules import Rules

_LARGE_COUNTERS = frozenset({"개", "명", "살", "마리", "사람"})
"""Counters with native numbers up to 99 (스물한 명)."""
_SMALL_COUNTERS = frozenset({
    "통", "곳", "군데", "가지", "건", "권", "장", "잔", "병", "대", "벌", "켤레", "송이", "그루",
    "채", "달", "줄", "칸", "편", "팀", "곡", "배", "끼", "그릇", "조각", "봉지", "상자", "박스",
    "세트", "묶음", "방울", "모금", "마디", "차례", "시간", "번", "번째",
})  # fmt: skip
"""Counters with native numbers up to 20; above, people say the Chinese ones (이십사 시간)."""
_LOOKALIKES = (
    "달러|개월|개국|개년|개소|대로|번지|번가|번길|시간대|장조|배럴|배속|채널|편의|통신|통화|건물|"
    "권역"
)
"""Words that begin like a counter."""
_NUMBERING = r"(?=\s?(?:출구|버스|선|방|문제|홈|게이트|승강장|국도)|으로|은|을|[,:])"
"""After these 번 is a number in a list (삼 번 출구), not how often."""

_CURRENCIES = {
    "₩": "원",
    "\\": "원",
    "$": "달러",
    "US$": "달러",
    "€": "유로",
    "¥": "엔",
    "£": "파운드",
}
_CENTS = {"$": "센트", "US$": "센트", "€": "센트", "£": "펜스"}
_MAGNITUDES = {"K": 10**3, "k": 10**3, "M": 10**6, "B": 10**9}
_CURRENCY_CODES = {"KRW": "원", "USD": "달러", "EUR": "유로", "JPY": "엔", "GBP": "파운드"}
_UNITS = {
    "km": "킬로미터", "cm": "센티미터", "mm": "밀리미터", "m": "미터",
    "km2": "제곱킬로미터", "m2": "제곱미터", "m3": "세제곱미터", "kg": "킬로그램", "lb": "파운드",
    "mg": "밀리그램", "g": "그램", "t": "톤", "L": "리터", "l": "리터", "mL": "밀리리터",
    "ml": "밀리리터", "kcal": "킬로칼로리", "kWh": "킬로와트시", "kW": "킬로와트", "W": "와트",
    "V": "볼트", "TB": "테라바이트", "GB": "기가바이트", "MB": "메가바이트", "KB": "킬로바이트",
    "kB": "킬로바이트", "Mbps": "메가비피에스", "Gbps": "기가비피에스", "GHz": "기가헤르츠",
    "Hz": "헤르츠", "ms": "밀리초", "s": "초", "min": "분", "h": "시간", "px": "픽셀",
    "μg/m3": "마이크로그램", "μg": "마이크로그램", "°C": "도", "°F": "화씨 도", "°": "도",
    "%p": "퍼센트포인트", "%": "퍼센트",
}  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNTER = _either(_LARGE_COUNTERS | _SMALL_COUNTERS)
_SIGN = r"(?P<sign>(?<![\w.)])[-−+])?"
_NUMBER = r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d])"
_TO = r"\s*[~–-]\s*"
_MIN_CODE_DIGITS = 9
"""A number this long without commas is a code and is read digit by digit."""


def _say_sign(sign: str | None, unit: str) -> str:
    if not sign:
        return ""
    if sign == "+":
        return "플러스 "
    return "영하 " if unit.startswith(("°", "도")) else "마이너스 "


def _phone(match: re.Match[str]) -> str:
    """Say the groups one after the other; +82 10 is 010 to people in Korea."""
    national = re.sub(r"^\+82[- ]?0?", "0", match[0])
    return ", ".join(digits(group) for group in re.findall(r"\d+", national))


def _priced(match: re.Match[str]) -> str:
    """Write $12.50 as 12달러 50센트 and $3.5M as 3500000달러, for the rules that follow."""
    currency, whole, rest = match["currency"], match["number"], match["rest"] or ""
    said, magnitude = _CURRENCIES[currency], match["magnitude"]
    if magnitude:
        number = Decimal(whole.replace(",", "") + "." + (rest or "0")) * _MAGNITUDES[magnitude]
        return f"{number.normalize():f}{said}"
    if len(rest) == 2 and currency in _CENTS:
        cents = f" {int(rest)}{_CENTS[currency]}" if int(rest) else ""
        return f"{whole}{said}{cents}"
    return f"{whole}{'.' + rest if rest else ''}{said}"


def _counted(match: re.Match[str]) -> str:
    number, counter = match["number"].replace(",", ""), match["counter"]
    if counter == "번째" and number == "1":
        return "첫 번째"
    limit = 99 if counter in _LARGE_COUNTERS else 20
    if number.isdigit() and 1 <= int(number) <= limit and number[0] != "0":
        return f"{native(int(number))} {counter}"
    return f"{decimal(number)} {counter}"


def _measured(match: re.Match[str]) -> str:
    unit = match["unit"]
    return f"{_say_sign(match['sign'], unit)}{decimal(match['number'])} {_UNITS[unit]}"


def _myriads(match: re.Match[str]) -> str:
    """Say 3만 or 1.5억; 1만 is just 만."""
    number, place = match["number"], match["place"]
    return place if number == "1" and place != "억" else decimal(number) + place


def _range(match: re.Match[str]) -> str:
    """Write both ends of 3~5명 out as 3명에서 5명, for the rules that follow."""
    unit = match["unit"]
    if unit in ("일", "월", "년"):
        until = "" if match.string.startswith("까지", match.end()) else "까지"
        return f"{match['first']}{unit}부터 {match['last']}{unit}{until}"
    return f"{match['first']}{unit}에서 {match['last']}{unit}"


def _versus(match: re.Match[str]) -> str:
    """Say 1:1 as 일대일 and a score as 이 대 영."""
    left, right = sino(int(match[1])), sino(int(match[2]))
    return f"{left}대{right}" if left == right == "일" else f"{left} 대 {right}"


def _number(match: re.Match[str]) -> str:
    number = match["number"]
    is_code = len(number) >= _MIN_CODE_DIGITS and number.isdigit()
    return _say_sign(match["sign"], match["after"]) + (
        digits(number) if is_code else decimal(number)
    )


QUANTITIES = Rules(
    (r"(?<![\d-])(?:\+82[- ]?\d{1,2}|\(?0\d{1,2})[-. )]{1,2}\d{3,4}[-. ]\d{4}(?!\d)", _phone),
    (r"(?<![\d-])1\d{3}-\d{4}(?![\d-])", _phone),
    (r"(?<![\d-])\d{2,6}-\d{2,6}-\d{3,8}(?!\d)", _phone),
    (
        rf"(?P<currency>{_either(_CURRENCIES)})\s?(?P<number>[\d,]{{0,30}}\d)(?:\.(?P<rest>\d{{1,9}}))?"
        r"(?:(?P<magnitude>[KkMB])(?![A-Za-z]))?",
        _priced,
    ),
    (
        rf"(?<![A-Za-z])({_either(_CURRENCY_CODES)})\s?(\d[\d,]*(?:\.\d+)?)",
        lambda match: f"{match[2]}{_CURRENCY_CODES[match[1]]}",
    ),
    (r"(?<=\d)(만|억)?\s*[~–-]\s*(\d+)(만|억)(?=\s?원)", r"\3에서 \2\3"),
    (r"(?<![\d,])(\d[\d,]*)\s?km/h(?![A-Za-z])", r"시속 \1km"),
    (r"(?<!\d)(\d)\s?:\s?(\d{1,2})(?![\d:])", _versus),
    (
        r"(?<!\d)([1-9]0)대(?=\s?(?:남|여|초반|중반|후반|청소년|직장|부부|들|의|는|가|에))",
        lambda match: f"{sino(int(match[1]))}대",
    ),
    (
        rf"(?<=\d)\s?({_either(_CURRENCY_CODES)})(?![A-Za-z])",
        lambda match: _CURRENCY_CODES[match[1]],
    ),
    (
        rf"(?<![\d.,-])(?P<first>\d[\d,]*){_TO}(?P<last>\d[\d,]*)\s?"
        rf"(?P<unit>{_COUNTER}|{_either(_UNITS)}|[일월년분초원주층회점도])(?![A-Za-z])",
        _range,
    ),
    (r"(?<!\d)(\d+)([일월년])\s*~\s*(\d+)\2(?!까지)", r"\1\2부터 \3\2까지"),
    (r"(?<=\d[일월년])\s*~\s*(?=\d)", "부터 "),
    (r"(?<=[가-힣%°C])\s*~\s*(?=\d)", "에서 "),
    (
        r"(?<![\d-])(\d{1,2})-(\d{1,2})(?=\s?(?:으?로)\s?(?:이[기겼긴길]|졌|지고|진|승리|패배|비[기겼]))",
        lambda match: f"{sino(int(match[1]))} 대 {sino(int(match[2]))}",
    ),
    (
        rf"(?<![\d,])(\d[\d,]*)(?:\+\s?({_COUNTER}|원|회)|\s?({_COUNTER}|원|회)\+)(?!\d)",
        r"\1\2\3 이상",
    ),
    (r"(?<=\d)(?:\.0+|(\.\d*[1-9])0+)(?=\s?(?:원|달러|엔|유로))", r"\1"),
    (r"(?<=\d)\s*~\s*(?=\d)", "에서 "),
    (rf"{_SIGN}{_NUMBER}\s?(?P<unit>{_either(_UNITS)})(?![A-Za-z0-9])", _measured),
    (rf"{_NUMBER}\s?번{_NUMBERING}", lambda match: f"{decimal(match['number'])} 번"),
    (rf"(?<!제){_NUMBER}\s?(?!{_LOOKALIKES})(?P<counter>{_COUNTER})", _counted),
    (rf"(?<!제){_NUMBER}\s?(?P<place>[만억조천백])\s?(?=[\d가-힣]|$|[^\w])", _myriads),
    (rf"{_SIGN}{_NUMBER}(?=(?P<after>도?))", _number),
    (r"\d+", lambda match: digits(match[0])),
)
"""To be applied after `korean_time.TIME`."""
