"""What a correction adds to what was said: a shift, a length, a series, a number of packs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from arion_host.agents.following.corrective_words import Heard
from arion_host.agents.following.time_parts import TimeParts, apply, edits, read_parts
from arion_host.language.lengths import PATTERNS, minutes_in
from arion_host.language.numbers import parse_number
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times
from arion_kit.words import Language

_DAY = 24 * 60
"""Minutes."""
_LATER_KO = r"늦게|늦은|늦춰|늦추|미뤄|미루|뒤로|뒤에|나중|연기"
_EARLIER_KO = r"일찍|이른|이르게|앞당겨|앞당기|당겨|당기|앞으로|빨리|빠르게"
_SHIFT: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:(?:그거|그걸|시간을?|그 일정을?)\s)?(?P<length>{PATTERNS['ko']})"
        r"(?:만|만큼|정도|쯤)?\s?(?:더\s)?"
        rf"(?:(?P<later>{_LATER_KO})|(?:{_EARLIER_KO}))"
        r"(?:으?로|에)?(?:\s?(?:시작하게|시작하는 걸로|옮겨|미뤄|당겨|바꿔|변경해|해|하자|잡아)"
        r"\s?(?:줘요?|주세요|줄래요?)?|\s?(?:줘요?|주세요|줄래요?|자))?"
    ),
    "en": re.compile(
        r"(?:(?:(?P<push>push|delay|postpone)|make|move|shift|bump|bring|put|start|do|have) ?)?"
        r"(?:(?:it|that|this) )?(?:(?P<back>back|out)|(?P<up>up|forward|ahead))? ?(?:by )?"
        rf"(?:start )?(?P<length>{PATTERNS['en']})(?: (?:(?P<later>later|back)"
        rf"|(?P<early>earlier|sooner"
        r"|forward|up|ahead)))?",
        re.IGNORECASE,
    ),
}
_LASTS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:딱 |그냥 )?(?P<length>{PATTERNS['ko']})\s?(?:만|짜리로?|동안만?|간|으?로|이면 돼)?"
    ),
    "en": re.compile(
        rf"(?:(?:it(?:'ll| will|'s going to)? )?(?:take|last|be|takes|lasts) )?(?:for |last "
        rf"|only |just )*(?P<length>{PATTERNS['en']})(?: long)?",
        re.I,
    ),
}
_LENGTH: dict[Language, re.Pattern[str]] = {
    language: re.compile(pattern, re.IGNORECASE) for language, pattern in PATTERNS.items()
}
_SERIES: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?:그거|이거|그 일정)\s)?(?P<each>매주|매일|매달|매월)(?:마다|로)?"
        r"(?:\s?(?:반복(?:으로|되게|되도록|해서|하게|하는 걸로)?|하는 걸로|계속))?"
    ),
    "en": re.compile(
        r"(?:repeat|recur|repeating|recurring|make|have|do)?(?: ?(?:it|that|this|one))?"
        r"(?: (?:repeat|recur|recurring|repeating))? ?"
        r"(?P<each>every week|weekly|each week|every day|daily|each day|every month|monthly)",
        re.IGNORECASE,
    ),
}
_DAYS_KO = "월화수목금토일"
_GOODS = ("thing", "grocery", "product", "goods", "staple", "item", "buys", "pack")
"""Slots that hold what can be counted."""
_TWO = 2
_COUNTED = re.compile(
    r"\s(?:\d+|[한두세네열]|다섯|여섯|일곱|여덟|아홉)\s?[가-힣]|\b(?:\d+|two|three|four|five|six)\s$",
    re.IGNORECASE,
)
"""How many are wanted was said before."""
_AMOUNT: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?P<count>\d+|[한두세네열]|다섯|여섯|일곱|여덟|아홉)\s?"
        r"(?P<unit>개|병|봉지|통|팩|판|단|모|박스|묶음|캔|줄|마리|근|킬로)(?:만|으?로)?"
    ),
    "en": re.compile(
        r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen)"
        r"(?: (?P<unit>bottles|packs|packets|cartons|boxes|bags|cans|jars|loaves|bunches|kilos"
        r"|rolls|tubes))?(?: of (?:them|those|it))?",
        re.IGNORECASE,
    ),
}


def by_shift(heard: Heard) -> str | None:
    """A while later or earlier than what was said: 삼십 분 늦춰줘; an hour earlier."""
    found = _SHIFT[heard.language].fullmatch(heard.said)
    delta = _delta(found, heard.language) if found else None
    known = _only_time(heard)
    if delta is None or known is None:
        return None
    span, parts = known
    by_days = delta % timedelta(days=1) == timedelta(0)
    if parts.until or (not by_days and not parts.clock):
        return None
    start = span.start + delta
    day = day_words(start, heard.language) if start.date() != span.start.date() else ""
    clock = "" if by_days else clock_words(start, heard.language)
    words = f" {'at ' if heard.language == 'en' else ''}".join(it for it in (day, clock) if it)
    return with_time(heard, parts, words)


def _delta(found: re.Match[str], language: Language) -> timedelta | None:
    said = found.groupdict()
    earlier = language == "ko" or bool(said.get("early") or said.get("up"))
    later = bool(said["later"] or said.get("back") or (said.get("push") and not earlier))
    if not later and not earlier:
        return None
    length = timedelta(minutes=minutes_in(said["length"], language))
    return length if later else -length


def by_length(heard: Heard) -> str | None:
    """How long what was said is to last: 삼십 분만; make it two hours."""
    found = _LASTS[heard.language].fullmatch(heard.new)
    known = _only_time(heard)
    if found is None or known is None or minutes_in(found["length"], heard.language) >= _DAY:
        return None
    span, parts = known
    if not parts.clock or parts.until:
        return None
    text, length = heard.utterance, found["length"]
    before = list(_LENGTH[heard.language].finditer(text, parts.clock.finish))
    if before:
        return text[: before[0].start()] + length + text[before[0].end() :]
    head, behind = text[: span.finish], text[span.finish :]
    if heard.language == "en":
        return f"{head} for {length}{behind}"
    return f"{head}에 {length} 동안{behind.removeprefix('에')}"


def by_series(heard: Heard) -> str | None:
    """How often what was said is to be: 매주 반복으로; repeat it every week."""
    found = _SERIES[heard.language].fullmatch(heard.new)
    known = _only_time(heard)
    if found is None or known is None:
        return None
    span, parts = known
    if span.recurrence or not parts.clock:
        return None
    return with_time(heard, parts, _each(found["each"].lower(), span.start, heard.language))


def _each(each: str, start: datetime, language: Language) -> str:
    if language == "ko":
        if each == "매주":
            return f"매주 {_DAYS_KO[start.weekday()]}요일"
        return "매일" if each == "매일" else f"매달 {start.day}일"
    if "week" in each:
        return f"every {start:%A}"
    return "every day" if "da" in each else f"every month on the {start.day}th"


def more_of(heard: Heard) -> str | None:
    """What is to be added to the one thing that was said for it to be as many: 두 개로.

    "Make it two bottles" of milk that is there once is one more.
    """
    found = _AMOUNT[heard.language].fullmatch(heard.new)
    things = [it for name, it in heard.slots.items() if name in _GOODS]
    if found is None or len(things) != 1 or heard.utterance.count(things[0]) != 1:
        return None
    thing, count = things[0], parse_number(found["count"].removeprefix("a ")) or 12
    begin = heard.utterance.index(thing)
    before, behind = heard.utterance[:begin], heard.utterance[begin + len(thing) :]
    if count < _TWO or _COUNTED.search(before) or _COUNTED.match(behind):
        return None
    if heard.language == "ko":
        return f"{before}{thing} {count - 1}{found['unit']}{re.sub('^[을를]', '', behind)}"
    unit = f"{found['unit']} of " if found["unit"] else ""
    return f"{before}{count - 1} {unit}{thing}{behind}"


def another_number(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether the same goods are wanted after a correction, by the words of two utterances."""
    goods = frozenset(_GOODS) - {"thing"}  # which may be an event as well
    things = {name: it for name, it in before.items() if name in goods}
    return bool(things) and things.items() <= after.items()


def day_words(day: date, language: Language) -> str:
    """A day as people say it: 11월 25일, November 25."""
    return f"{day.month}월 {day.day}일" if language == "ko" else f"{day:%B} {day.day}"


def clock_words(moment: datetime, language: Language) -> str:
    """An hour as people say it: 오후 3시 30분, 3:30 pm."""
    hour, half = moment.hour % 12 or 12, moment.hour >= 12
    if language == "ko":
        minutes = f" {moment.minute}분" if moment.minute else ""
        return f"{'오후' if half else '오전'} {hour}시{minutes}"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes} {'pm' if half else 'am'}"


def with_time(heard: Heard, old: TimeParts, words: str) -> str | None:
    """The utterance with the parts of a time that `words` name."""
    spans = find_times(words, heard.language, heard.now)
    if len(spans) != 1:
        return None
    new = read_parts(words, spans[0], heard.language)
    return apply(heard.utterance, edits(heard.utterance, old, new, heard.language))


def _only_time(heard: Heard) -> tuple[TimeSpan, TimeParts] | None:
    spans = find_times(heard.utterance, heard.language, heard.now)
    if len(spans) != 1:
        return None
    return spans[0], read_parts(heard.utterance, spans[0], heard.language)


WAYS = (by_shift, by_series, by_length)
"""How a correction may change a time that was said, the most certain first."""


def renamed(heard: Heard, slots: tuple[str, ...]) -> str | None:
    """The one thing that was said under another name: 아니 두유; I meant soy milk."""
    things = [it for name, it in heard.slots.items() if name in slots]
    if len(things) != 1 or heard.utterance.count(things[0]) != 1 or len(heard.new.split()) > 3:
        return None
    if len(things[0].split()) > len(heard.new.split()) + 1:
        return None  # more was said of it than its name
    begin = heard.utterance.index(things[0])
    edit = (begin, begin + len(things[0]), heard.new)
    return apply(heard.utterance, iter([edit]))
