"""Names of letters and digits that have a sound of their own: A4, 5G, 1+1, Q4. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from arion_voice.spoken_text.korean_numbers import digits, sino
from arion_voice.spoken_text.korean_particles import PARTICLE, agree
from arion_voice.spoken_text.rules import Rules

_ENGLISH = {
    "1": "원", "2": "투", "3": "쓰리", "4": "포", "5": "파이브", "6": "식스", "7": "세븐",
    "8": "에잇", "9": "나인",
}  # fmt: skip
_LETTERS = {"G": "지", "D": "디", "K": "케이", "M": "엠", "A": "에이", "V": "브이"}
_PRODUCTS = "Python|Node|iOS|iPadOS|Android|macOS|GPT|Claude|Gemini|파이썬|버전"
"""What a number with a point after it is a version of."""


def _english(match: re.Match[str]) -> str:
    """Say a short name of a letter and a digit in English, as Korean does."""
    return "".join(_ENGLISH.get(sign) or _LETTERS[sign] for sign in match[0])


def _version(number: str) -> str:
    return " 점 ".join(sino(int(part)) for part in number.split("."))


def _numbered(match: re.Match[str]) -> str:
    return agree(f"{sino(int(match['number']))} 번", match["particle"])


NAMES = Rules(
    (r"(?:\A|(?<=\s))(\d{1,2})\)\s+|\A(\d{1,2})\.\s+(?=\D)", r"\1\2번, "),
    (r"(?<![A-Za-z])C\+\+", "씨플러스플러스"),
    (r"(?<![A-Za-z])C#", "씨샵"),
    (r"(?<![A-Za-z])IPv([46])", lambda match: "아이피브이" + _ENGLISH[match[1]]),
    (r"(?<![A-Za-z\d])(\d{1,3})F(?![A-Za-z\d])", r"\1층"),
    (
        r"(인증\s?번호|비밀번호|인증\s?코드|확인\s?코드|우편번호|PIN|HTTP|오류|에러|상태 코드)"
        r"(\s?[은는:]?\s?)(\d{3,})(?![\d,.-]*\d|\s?[개건번명원회])",
        lambda match: match[1] + match[2] + digits(match[3]),
    ),
    (
        r"(?<![\d.,])(\d{2,4}|\d{1,4}\.\d)K(?![A-Za-z\d])",
        lambda match: sino(int(Decimal(match[1]) * 1000)),
    ),
    (r"(?<![A-Za-z\d])(?:A[345]|[2-6]G|[23]D|[48]K|3M|V3)(?![A-Za-z\d])", _english),
    (r"(?i)(?<![A-Za-z])MP([34])(?!\d)", lambda match: "엠피" + _ENGLISH[match[1]]),
    (r"(?<!\d)([12])\+1(?![\d.])", lambda match: f"{_ENGLISH[match[1]]} 플러스 원"),
    (r"(?<![A-Za-z])[vV](?=\d)", "버전 "),
    (r"(?<![A-Za-z])B(\d)층", r"지하 \1층"),
    (r"(?<![A-Za-z\d])(?:Q([1-4])|([1-4])Q)(?![A-Za-z\d])", r"\1\2분기"),
    (r"(?i)(?<![A-Za-z])D-day(?![A-Za-z])", "디데이"),
    (r"(?<![A-Za-z])D-(?=\d)", "디 마이너스 "),
    (r"(?<=[A-Z]{2})(?=\d)", " "),
    (r"(?i)(?<![A-Za-z])No\.\s?(?=\d)", "넘버 "),
    (r"(?<![\w가-힣])([A-Z])&([A-Z])(?![A-Za-z])", r"\1앤\2"),
    (r"(?<![\w가-힣])([A-Z])/([A-Z])(?![A-Za-z])", r"\1\2"),
    (r"(?<![A-Za-z\d])(\d{1,2})(?:st|nd|rd|th)(?![A-Za-z])", r"\1번째"),
    (r"(?<![\d/])(\d{1,2}(?:\.\d)?)/(5|10|100)점", r"\2점 만점에 \1점"),
    (
        r"(?<!\d)(\d)\s?[·.]\s?(\d\d?)(?=\s?(?:절|운동|혁명|전쟁|사태|사건|항쟁|선언))",
        lambda match: digits(match[1] + match[2]),
    ),
    (
        r"(?<![\d.,-])(?:119|112|114|1330|1339|182)(?=\s?(?:에|로|번에|으로|신고|구급))",
        lambda match: digits(match[0]),
    ),
    (
        rf"(?i)(?<![A-Za-z])((?:{_PRODUCTS})\s)(?=\d)(\d{{1,4}}\.\d{{1,4}})(?![\d.]*\d)",
        lambda match: match[1] + _version(match[2]),
    ),
    (r"#(?P<number>\d{1,12})(?!\d|\s?번)" + PARTICLE, _numbered),
    (
        # Not 26.11.24, a date, nor 010.1234.5678.
        r"(?<![\d.])(?!0\d|(?:\d\d)?\d\d\.\d\d?\.\d\d?(?![.\d]))\d{1,6}(?:\.\d{1,6}){2,}(?![\d.]*\d)",
        lambda match: _version(match[0]),
    ),
)
"""To be applied before dates, times and quantities."""
