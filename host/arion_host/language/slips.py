"""What is said and not meant: "at three, no wait, four", "from two to four", 세 개 아니 네 개."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from arion_host.language.spans import TimeSpan
from arion_host.language.times import CLOCK, find_times
from arion_kit.words import Language

_INSTEAD: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:에|으로|로|날)?[\s,.…~]*"
        r"(?:(?:아+\s+)?아니(?:다|요|지|구나)?|아차|말고|[가이]? ?아니라)"
        r"(?:[\s,.…~]*(?:아니|참|그게))*[\s,.…~]*"
    ),
    "en": re.compile(
        r"[\s,.…-]*(?:(?:oh\s+|uh\s+|er\s+|um\s+)?(?:no[\s,]+(?:wait|sorry|actually)|no|wait|sorry"
        r"|scratch that|i mean|i meant|actually|rather|or rather)"
        r"(?:[\s,]+(?:no|sorry|actually|i mean|make (?:it|that)))*)[\s,.…-]*(?:at|to|on|for)?\s*",
        re.IGNORECASE,
    ),
}
"""What stands between a time and the one that is meant instead."""
_HOUR_TAKEN_BACK = re.compile(
    rf"\b(?P<lead>(?:at|to|around|for|until|from)\s+)?(?:{CLOCK['en'].pattern})"
    rf"{_INSTEAD['en'].pattern}(?=(?:{CLOCK['en'].pattern})\b)",
    re.IGNORECASE,
)
"""The hour that follows may be a number alone, which is no time by itself."""
_NUMBER_KO = (
    r"(?:\d[\d,]*\s?[만천]?|[일이삼사오육칠팔구십백천만]+|한|두|세|네|다섯|여섯|일곱|여덟"
    r"|아홉|열)\s?"
)
_COUNT_TAKEN_BACK_KO = re.compile(
    rf"(?<!\S){_NUMBER_KO}(?P<unit>원|개|병|봉지|팩|판|단|통|캔|권|상자|박스|킬로|미터)"
    rf"{_INSTEAD['ko'].pattern}(?={_NUMBER_KO}(?P=unit))"
)
"""How many, or how much: 이만 원, 아니 삼만 원."""
_LAST_WORD: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"\s*(?:에|으로|로)$"),
    "en": re.compile(r"\s*\b(?:at|on|to|for)$", re.IGNORECASE),
}


_MOVES: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"옮|바꾸|바꿔|바꾼|변경|미뤄|미루|당겨|당기|조정|늦춰|늦추|수정"),
    "en": re.compile(
        r"\b(?:move|change|push|shift|reschedule|bump|postpone|delay|bring|pull|switch)\b",
        re.IGNORECASE,
    ),
}
_FROM_OLD: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:{CLOCK['ko'].pattern})\s*에서\s*(?=(?:{CLOCK['ko'].pattern})\s*(?:으로|로))"
    ),
    "en": re.compile(
        rf"\bfrom\s+(?:{CLOCK['en'].pattern})\s+(?=to\s+(?:{CLOCK['en'].pattern})\b)", re.IGNORECASE
    ),
}
"""The time that something has, before the one that it is to get: not a range of both."""


def without_slips(text: str, language: Language, now: datetime) -> str:
    """The text without times that are taken back, or that what is to be moved has already.

    The day that was said with a time taken back is kept for the one that is meant.

    Raises:
        ValueError: `now` is naive.
    """
    if _MOVES[language].search(text):
        text = re.sub(r"\s{2,}", " ", _FROM_OLD[language].sub(" ", text))
    if language == "en":
        text = _HOUR_TAKEN_BACK.sub(lambda it: it["lead"] or "", text)
    else:
        text = _COUNT_TAKEN_BACK_KO.sub("", text)
    spans = find_times(text, language, now)
    for wrong, right in pairwise(spans):
        if _INSTEAD[language].fullmatch(text[wrong.finish : right.begin]):
            kept = _kept(wrong, right, language)
            return without_slips(f"{text[: wrong.begin]}{kept}{text[right.begin :]}", language, now)
    return text


def _kept(wrong: TimeSpan, right: TimeSpan, language: Language) -> str:
    """What of the time that was taken back goes on: the day of "수요일 세 시, 아니 네 시"."""
    clock = CLOCK[language].search(wrong.text)
    if right.grain.is_dated_only or clock is None or clock.start() == 0:
        return ""
    if not CLOCK[language].fullmatch(right.text):
        return ""  # it has a day of its own
    day = _LAST_WORD[language].sub("", wrong.text[: clock.start()].strip())
    return f"{day} " if day else ""
