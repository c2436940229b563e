"""What leans on the last answer: the day it was about, the free time it found, the places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pydantic import JsonValue

from arion_host.agents.following.amending import clock_words, day_words
from arion_host.language.numbers import parse_number
from arion_host.language.times import find_times
from arion_host.language.utterance import tidy
from arion_kit.words import Language

_THAT_DAY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:그|같은)\s?날(?=에?\s|에?도|에?는|은|$)"),
    "en": re.compile(r"\b(?:on )?(?:that|the same) day\b", re.IGNORECASE),
}
_NTH_KO = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5}
_NTH_EN = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "earliest": 1}
_TAKE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?P<nth>첫|두|세|네|다섯)\s?번째|(?P<last>마지막)|(?P<one>그))\s?"
        r"(?:시간|시간대|자리|거|걸|것|데|슬롯)?(?:으?로|에다?|에서?)?\s(?P<name>.*?)\s?"
        r"(?:일정(?:을|으로)?\s)?(?:잡아|넣어|예약해|등록해|잡자|할게|할래)\s?(?:줘요?|주세요|줄래요?|요)?"
    ),
    "en": re.compile(
        r"(?:(?:i'll|i will|let's|let me|we'll|please|just|then)[\s,]+)*"
        r"(?:take|have|use|book|go (?:with|for)|grab|pick|schedule|reserve) "
        r"(?:(?:the )?(?:(?P<nth>first|second|third|fourth|fifth|earliest)|(?P<last>last|latest))"
        r"(?: (?:one|slot|time|gap|opening))?|(?P<one>it|that(?: one| slot| time)?|the slot))"
        r"(?:[\s,]+(?:and )?(?:(?:call|name|title) it|for|as|to)(?: an?| the)? (?P<name>.+))?",
        re.IGNORECASE,
    ),
}


_WHICH: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^(?:뭐가|어떤 게|어느 게|어떤 거가|어느 거가|그중에?서? (?:뭐가|어떤 게)) "),
    "en": re.compile(
        r"^which(?: one)?(?: of (?:them|those))? (?:is|are|has|have|was|costs)\b", re.I
    ),
}


def with_that_day(text: str, day: datetime, language: Language) -> str | None:
    """`text` with a day in the place of "that day"; None where it speaks of none.

    `text` may hold no other time of days.
    """
    found = _THAT_DAY[language].search(text)
    if found is None:
        return None
    words = day_words(day, language)
    words = f"on {words}" if language == "en" else words
    return text[: found.start()] + words + text[found.end() :]


def speaks_of_that_day(text: str, language: Language) -> bool:
    """Whether "that day" is in `text`."""
    return _THAT_DAY[language].search(text) is not None


def day_of(
    said: str, results: Sequence[Mapping[str, JsonValue]], language: Language, now: datetime
) -> datetime | None:
    """The one day that was spoken of: in the words, else in what they found.

    `now` carries the person's time zone.

    Raises:
        ValueError: `now` is naive.
    """
    spans = find_times(said, language, now)
    days = {it.start.date() for it in spans if (it.end - it.start).days <= 1}
    if not spans:
        days = {it.date() for result in results for it in _starts(result, now)}
    if len(days) != 1:
        return None
    return datetime.combine(days.pop(), datetime.min.time(), now.tzinfo)


def _starts(result: Mapping[str, JsonValue], now: datetime) -> Iterator[datetime]:
    """The beginnings of the rows of a result, or of the one thing that it is."""
    rows: list[JsonValue] = [dict(result)] if "id" in result else []
    for value in result.values():
        rows += value if isinstance(value, list) else [value]
    for row in rows:
        moment = _moment(row.get("start"), now) if isinstance(row, dict) else None
        if moment is not None:
            yield moment


def _moment(value: JsonValue, now: datetime) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def taken_slot(
    text: str, slots: Sequence[Mapping[str, JsonValue]], language: Language, now: datetime
) -> str | None:
    """The command that books one of the free times that were found: I'll take the first slot.

    `slots` hold a `start` and an `end` each. None where none is taken, or which one is open.
    """
    found = _TAKE[language].fullmatch(tidy(text, language))
    if found is None or not slots:
        return None
    slot = _picked(found, slots, language)
    start, end = (_moment(slot.get(it), now) for it in ("start", "end")) if slot else (None, None)
    if start is None or end is None or start.date() != end.date():
        return None
    day, name = day_words(start, language), (found["name"] or "").strip(" ,.")
    begin, finish = clock_words(start, language), clock_words(end, language)
    if language == "ko":
        name = re.sub(r"\s?일정$|[을를]$", "", name)
        return f"{day} {begin}부터 {finish}까지 {f'{name} ' if name else ''}일정 잡아줘"
    return f"Schedule {name or 'an event'} on {day} from {begin} to {finish}"


def _picked(
    found: re.Match[str], slots: Sequence[Mapping[str, JsonValue]], language: Language
) -> Mapping[str, JsonValue] | None:
    if found["last"]:
        return slots[-1]
    if found["one"]:
        return slots[0] if len(slots) == 1 else None
    said = found["nth"].lower()
    place = (_NTH_KO if language == "ko" else _NTH_EN).get(said) or parse_number(said) or 0
    return slots[place - 1] if 0 < place <= len(slots) else None


def joined(text: str, said: str, slots: Mapping[str, str], language: Language) -> Iterator[str]:
    """`text` with what was named in the last utterance, as it was said there.

    강남역에서 코엑스까지 택시 타면 얼마 나와; stop at Yeoksam on the way from A to B.
    """
    places = [(said.index(it), it) for it in slots.values() if it and said.count(it) == 1]
    phrases = [_phrase(said, begin, words, language) for begin, words in sorted(places)]
    if not phrases:
        return
    whole, plain = " ".join(phrases), text.rstrip(" ?!.")
    yield f"{whole} {plain}" if language == "ko" else f"{plain} {whole}"
    if language == "en":
        for _, words in places:
            opened = re.sub(
                r"^which\b(?: one)?(?: of (?:them|those))?",
                f"which {words}",
                plain,
                flags=re.IGNORECASE,
            )
            yield opened if opened != plain else f"{plain} of {words}"


def asks_which(text: str, language: Language) -> bool:
    """Whether `text` asks which one of several, and says no more of them."""
    return _WHICH[language].match(text) is not None


def _phrase(said: str, begin: int, words: str, language: Language) -> str:
    """The words of a slot with the particle or the preposition that belongs to them."""
    end = begin + len(words)
    if language == "ko":
        return said[begin:end] + said[end:].partition(" ")[0].rstrip("?.!,")
    before = re.search(r"\b(?:from|to|near|in|at|for|of) (?:the )?$", said[:begin], re.IGNORECASE)
    return said[before.start() if before else begin : end]
