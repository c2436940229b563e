"""Pieces of spoken sentences: Korean particles, counts, days, times and periods.

Everything here is pure: the language and the person's own day or moment are passed in. Korean is
polite 해요체 material; English is American in its clock ("3 PM") and dates ("November 23").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from arion_kit.words import Language

Particle = Literal["을를", "이가", "은는", "과와", "으로로", "이에요예요"]
"""A Korean particle, named by its form after a consonant and its form after a vowel."""

_FORMS: dict[Particle, tuple[str, str]] = {
    "을를": ("을", "를"),
    "이가": ("이", "가"),
    "은는": ("은", "는"),
    "과와": ("과", "와"),
    "으로로": ("으로", "로"),
    "이에요예요": ("이에요", "예요"),
}
_SILENT_END = "\"'”’」』)]}>.,!?…·~ "
"""Marks that are not read aloud, so a particle looks past them."""

_DIGITS = "영일이삼사오육칠팔구"
_LETTERS = {"l": "ㄹ", "r": "ㄹ", "m": "ㅁ", "n": "ㄴ"}
"""Latin letters whose Korean names end in a consonant (엘, 알, 엠, 엔)."""

_LOANWORD_CONSONANT = re.compile(r"(?:[mn]|ng|[mn]e|[aiou]p|ck|ook|[aeiou]t)$", re.IGNORECASE)
_LOANWORD_L = re.compile(r"(?:l|le)$", re.IGNORECASE)

_COUNTS = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔")
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip

_DAYS_KO = "월화수목금토일"
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NEAR: dict[Language, dict[int, str]] = {
    "ko": {-2: "그저께", -1: "어제", 0: "오늘", 1: "내일", 2: "모레"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_WEEKS: dict[Language, dict[int, str]] = {
    "ko": {-1: "지난주", 0: "이번 주", 1: "다음 주"},
    "en": {-1: "last week", 0: "this week", 1: "next week"},
}
_WEEKENDS: dict[Language, dict[int, str]] = {
    "ko": {-1: "지난 주말", 0: "이번 주말", 1: "다음 주말"},
    "en": {-1: "last weekend", 0: "this weekend", 1: "next weekend"},
}
_MONTHS: dict[Language, dict[int, str]] = {
    "ko": {-1: "지난달", 0: "이번 달", 1: "다음 달"},
    "en": {-1: "last month", 0: "this month", 1: "next month"},
}
_MORNING = ("오전", "morning")
_AFTERNOON = ("오후", "afternoon")
_PARTS: dict[tuple[int, int], tuple[str, str]] = {
    (0, 12): _MORNING,
    (5, 12): _MORNING,
    (6, 12): _MORNING,
    (9, 12): _MORNING,
    (6, 10): ("아침", "morning"),
    (11, 14): ("점심", "lunchtime"),
    (12, 18): _AFTERNOON,
    (13, 18): _AFTERNOON,
    (18, 22): ("저녁", "evening"),
    (18, 24): ("밤", "night"),
    (21, 24): ("밤", "night"),
}
"""Hours of a day, from and to, that people call a part of it; in Korean and English."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+\.\S+", re.IGNORECASE)
"""An address of a page or a mailbox, with what is written to it without a space."""

_UNSPOKEN = re.compile(r"[^\w\s'\"“”‘’.,!?:;&%+\-/·~()\[\]]|_+")
_SPACES = re.compile(r"\s+")


def _final(word: str) -> str:
    """How the spoken word ends: "" for a vowel, "ㄹ", or another consonant."""
    word = word.rstrip(_SILENT_END)
    last = word[-1:]
    if last.isascii() and last.isdigit():
        last = _DIGITS[int(last)]
    if "가" <= last <= "힣":
        index = (ord(last) - ord("가")) % 28
        return "" if index == 0 else "ㄹ" if index == 8 else "ㅁ"
    latin = re.search(r"[A-Za-z]+$", word)
    if latin is None:
        return ""
    if latin[0].isupper():  # spelled out: "PDF", "API"
        return _LETTERS.get(last.lower(), "")
    if _LOANWORD_L.search(latin[0]):
        return "ㄹ"
    return "ㅁ" if _LOANWORD_CONSONANT.search(latin[0]) else ""


def josa(word: str, particle: Particle) -> str:
    """The word with the form of the particle that its last sound asks for.

    Reads past closing quotes and brackets, reads digits as Sino-Korean, capitals by their letter
    names, and other Latin words by the usual ending of their Korean loanword (a guess).
    """
    after_consonant, after_vowel = _FORMS[particle]
    final = _final(word)
    takes_vowel_form = not final or (final == "ㄹ" and particle == "으로로")
    return word + (after_vowel if takes_vowel_form else after_consonant)


def counted(number: int, counter: str) -> str:
    """A Korean count: `counted(2, "개")` is "두 개". Native numerals below 50, digits above."""
    if not 0 < number < 50:
        return f"{number}{counter}"
    tens, ones = divmod(number, 10)
    word = "스무" if number == 20 else _TENS[tens] + _COUNTS[ones]
    return f"{word} {counter}"


def number_word(number: int) -> str:
    """An English number: words up to ten, then digits; "no" for zero."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def join_spoken(items: Sequence[str], language: Language) -> str:
    """The items as one spoken list: "가, 나, 다" or "a, b, and c"."""
    if language == "ko" or len(items) < 2:
        return ", ".join(items)
    if len(items) == 2:
        return f"{items[0]} and {items[1]}"
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def speakable(text: str, limit: int = 40) -> str:
    """Foreign text made fit to be read aloud: no addresses, no symbols, at most `limit` letters."""
    text = _SPACES.sub(" ", _UNSPOKEN.sub(" ", ADDRESS.sub(" ", text))).strip()
    if len(text) <= limit:
        return text
    head = text[:limit]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,.-:;(")


def _half(moment: time | datetime) -> str:
    """The Korean word before an hour; empty for the hour after midnight, which is said as 0시."""
    if moment.hour == 0:
        return ""
    if moment.hour == 12:
        return "낮"
    return "새벽" if moment.hour < 6 else "오전" if moment.hour < 12 else "오후"


def _clock_ko(moment: time | datetime) -> str:
    hour = moment.hour if moment.hour <= 12 else moment.hour - 12
    if moment.minute == 0:
        return f"{hour}시"
    return f"{hour}시 반" if moment.minute == 30 and hour else f"{hour}시 {moment.minute}분"


def _clock_en(moment: time | datetime) -> str:
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}" if moment.minute else f"{hour}"


def speak_time(moment: time | datetime, language: Language) -> str:
    """A time of day: "오후 3시 반", "3:30 PM". Midnight is "0시", which names the day exactly."""
    if language == "ko":
        return f"{_half(moment)} {_clock_ko(moment)}".lstrip()
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    return f"{_clock_en(moment)} {'AM' if moment.hour < 12 else 'PM'}"


def _year(day: date, today: date, language: Language) -> str:
    if day.year == today.year:
        return ""
    if language == "en":
        return f", {day.year}"
    return {1: "내년 ", -1: "작년 "}.get(day.year - today.year, f"{day.year}년 ")


def speak_date(day: date, language: Language, *, today: date) -> str:
    """A day by its date: "11월 23일 월요일", "Monday, November 23"; the year if not this one."""
    year = _year(day, today, language)
    if language == "ko":
        return f"{year}{day.month}월 {day.day}일 {_DAYS_KO[day.weekday()]}요일"
    return f"{_DAYS_EN[day.weekday()]}, {_MONTHS_EN[day.month - 1]} {day.day}{year}"


def speak_day(day: date, language: Language, *, today: date) -> str:
    """A day as people name it: "내일", "tomorrow"; by its date when it is further off."""
    near = _NEAR[language].get((day - today).days)
    return near or speak_date(day, language, today=today)


def speak_moment(moment: datetime, language: Language, *, today: date) -> str:
    """A day and a time: "내일 오후 3시", "tomorrow at 3 PM"."""
    day = speak_day(moment.date(), language, today=today)
    at = " at " if language == "en" else " "
    return f"{day}{at}{speak_time(moment, language)}"


def speak_times(start: time | datetime, end: time | datetime, language: Language) -> str:
    """Two times of one day: "오후 3시부터 4시까지", "3 to 4 PM"."""
    if language == "ko":
        same = _half(start) == _half(end)
        until = _clock_ko(end) if same else speak_time(end, "ko")
        return f"{speak_time(start, 'ko')}부터 {until}까지"
    first, last = speak_time(start, "en"), speak_time(end, "en")
    if first[-2:] == last[-2:]:
        first = _clock_en(start)
    return f"{first} to {last}"


def speak_days(first: date, last: date, language: Language, *, today: date) -> str:
    """Whole days, the last included: "내일", "내일부터 11월 25일 수요일까지"."""
    begin = speak_day(first, language, today=today)
    if first == last:
        return begin
    finish = speak_day(last, language, today=today)
    return f"{begin}부터 {finish}까지" if language == "ko" else f"{begin} to {finish}"


def speak_period(start: datetime, end: datetime, language: Language, *, today: date) -> str:
    """From one moment to another: "내일 오후 3시부터 4시까지", "tomorrow from 3 to 4 PM"."""
    end_of_day = end.time() == time() and end.date() == start.date() + timedelta(days=1)
    if start.date() == end.date() or end_of_day:
        day = speak_day(start.date(), language, today=today)
        of = " " if language == "ko" else " from "
        until = "밤 12시까지" if language == "ko" else "midnight"
        if not end_of_day:
            return f"{day}{of}{speak_times(start, end, language)}"
        since = speak_time(start, language)
        return f"{day}{of}{since}{'부터' if language == 'ko' else ' to'} {until}"
    begin, finish = (speak_moment(moment, language, today=today) for moment in (start, end))
    return f"{begin}부터 {finish}까지" if language == "ko" else f"{begin} to {finish}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _calendar_unit(first: date, after: date, language: Language, today: date) -> str | None:
    """The name of a week, weekend or month that these whole days are exactly; else None."""
    days = (after - first).days
    weeks = (_monday(first) - _monday(today)).days // 7
    if days == 7 and first.weekday() == 0:
        return _WEEKS[language].get(weeks)
    if days == 2 and first.weekday() == 5:
        return _WEEKENDS[language].get(weeks)
    if first.day == after.day == 1 and 28 <= days <= 31:
        months = (first.year - today.year) * 12 + first.month - today.month
        named = {
            "ko": f"{_year(first, today, 'ko')}{first.month}월",
            "en": f"in {_MONTHS_EN[first.month - 1]}{_year(first, today, 'en')}",
        }
        return _MONTHS[language].get(months, named[language])
    return None


def _within_day(start: datetime, end: datetime, language: Language, today: date) -> str:
    """A window inside one day, as people would name it."""
    near = (start.date() - today).days in _NEAR[language]
    day = speak_day(start.date(), language, today=today)
    part = None if start.minute or end.minute else _PARTS.get((start.hour, end.hour or 24))
    ends_day = end.time() == time()
    if language == "ko":
        if part:
            return f"{day} {part[0]}"
        since = speak_time(start, "ko")
        return f"{day} {since} 이후" if ends_day else f"{day} {speak_times(start, end, 'ko')}"
    if part:
        named = f"{day} {part[1]}" if near else f"in the {part[1]} of {day}"
        return {"today night": "tonight"}.get(named, named.replace("today", "this"))
    on = day if near else f"on {day}"
    if ends_day:
        return f"after {speak_time(start, 'en')} {on}"
    return f"from {speak_times(start, end, 'en')} {on}"


def speak_window(start: datetime, end: datetime, language: Language, *, now: datetime) -> str:
    """A stretch of time that was asked about, in the words people use for it.

    "내일", "이번 주", "내일 오후", "11월 24일 화요일"; in English with its preposition:
    "tomorrow", "this week", "on Tuesday, November 24". `start` and `end` (exclusive) are in the
    person's zone. What is left of today counts as today.
    """
    today = now.date()
    first, after = start.date(), end.date()
    whole = start.time() == end.time() == time()
    if start <= now and first == today and end.time() == time():
        whole = True
    if whole:
        unit = _calendar_unit(first, after, language, today)
        if unit:
            return unit
        last = after - timedelta(days=1)
        spoken = speak_days(first, last, language, today=today)
        if language == "ko" or (first == last and (first - today).days in _NEAR["en"]):
            return spoken
        return f"{'on' if first == last else 'from'} {spoken}"
    if first == (end - timedelta(microseconds=1)).date():
        return _within_day(start, end, language, today)
    spoken = speak_period(start, end, language, today=today)
    return spoken if language == "ko" else f"from {spoken}"
