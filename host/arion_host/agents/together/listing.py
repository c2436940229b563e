"""Several things asked for with one verb: "내일 일정이랑 안 읽은 메일 보여줘", "close 4 and 6".

As in `compound`, what is returned are candidates: "우유랑 계란 넣어줘" is one command, and so is
"cancel lunch with Tom and Jerry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from arion_host.agents.following.time_parts import TimeParts, read_parts
from arion_host.agents.together.listing_english import AND_EN, listed_english
from arion_host.agents.together.listing_korean import AND_KO, listed_korean
from arion_host.agents.together.ways import MOST_ITEMS, Way, around, spread
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times
from arion_host.language.utterance import tidy
from arion_kit.words import Language

_MOST_WORDS = 26
_DAY_AFTER_EN = re.compile(r"(?<=tomorrow)(?P<and>,? and )the (?:day|one) after\b(?! tomorrow)")
_BOTH_EN = re.compile(r"\bboth (?=.*\band\b)|,? (?:both|each)(?= at\b|$)", re.IGNORECASE)
_BOTH_KO = re.compile(r"\s(?:둘|셋|두\s?번|모두)\s?다?(?=\s)")
_TIMES_EN = re.compile(rf"(?:'s)?(?:{AND_EN.pattern})(?:(?:what|how) about\s+)?", re.IGNORECASE)


def listed(text: str, language: Language, now: datetime) -> Iterator[Way]:
    """Every way in which `text` may ask for several things with one verb; the surest first."""
    said = tidy(text, language)
    if len(said.split()) > _MOST_WORDS:
        return
    if language == "en":
        said = _BOTH_EN.sub("", _DAY_AFTER_EN.sub(r"\g<and>the day after tomorrow", said))
    seen: set[tuple[bool, tuple[str, ...]]] = set()
    ways = listed_korean(said) if language == "ko" else listed_english(said, now)
    for way in (*_times(said, language, now), *ways):
        key = (bool(way.items), way.texts)
        if key not in seen and all(len(it.split()) > 1 for it in way.texts):
            seen.add(key)
            yield way


def _times(said: str, language: Language, now: datetime) -> Iterator[Way]:
    """The same at several times: "월요일이랑 수요일 7시에", "on Monday and Wednesday at seven"."""
    joint = AND_KO if language == "ko" else _TIMES_EN
    chain: list[TimeSpan] = []
    for span in (*find_times(said, language, now), None):
        if chain and span is not None and joint.fullmatch(said, chain[-1].finish, span.begin):
            chain.append(span)
            continue
        if 1 < len(chain) <= MOST_ITEMS:
            first, last = chain[0], chain[-1]
            items = _completed([(it, read_parts(said, it, language)) for it in chain], language)
            where = around(said, first.finish, chain[1].begin)
            both = _BOTH_KO.match(said, last.finish)
            yield spread(said, first.begin, items, both.end() if both else last.finish, where)
        chain = [span] if span is not None else []


def _completed(times: list[tuple[TimeSpan, TimeParts]], language: Language) -> list[str]:
    """Times that stand together, with the day or the hour that was said for all of them."""
    days = [it.day.words for _, it in times if it.day is not None]
    clocks = [(it.half, it.clock) for _, it in times if it.clock is not None]
    written: list[str] = []
    for span, parts in times:
        words = span.text
        if parts.clock is None and parts.half is None and len(clocks) == 1:
            half, clock = clocks[0]
            said = clock.words if half is None else f"{half.words} {clock.words}"
            if half is not None and half.begin > clock.begin:
                said = f"{clock.words} {half.words}"
            at = "" if language == "ko" or said.startswith("at ") else "at "
            words = f"{words} {at}{said}"
        elif parts.day is None and len(days) == 1:
            words = f"{days[0]} {words}"
        written.append(words)
    return written
