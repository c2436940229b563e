"""What an utterance may become by a fragment that goes on from it.

Which part the fragment replaces shows when the outcome is read, so there are several candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from arion_host.agents.corrections import corrected
from arion_host.agents.fragments import Fragment
from arion_host.agents.time_parts import agreeing, read_parts
from arion_host.agents.understood import Match, Provenance
from arion_host.language.particles import strip_particle
from arion_host.language.times import find_times
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_WAYS: dict[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    "ko": (
        (re.compile(r"걸어서|도보로|도보|걸어\s?가면"), "걸어서"),
        (
            re.compile(r"대중교통으로|대중교통|지하철로|지하철|전철로|버스로|버스|지하철\s?타면"),
            "대중교통으로",
        ),
        (re.compile(r"차로|자동차로|자동차|운전해서|택시로|택시|차|차\s?타면|운전하면"), "차로"),
    ),
    "en": (
        (re.compile(r"on foot|by foot|walking|the walk|if i walk|walk", re.I), "on foot"),
        (
            re.compile(
                r"by (?:public )?transit|by subway|by bus|by train|by metro|public transport"
                r"|the subway|the bus|by public transport|subway|transit",
                re.I,
            ),
            "by public transport",
        ),
        (re.compile(r"by car|by taxi|driving|the drive|if i drive|drive|taxi", re.I), "by car"),
    ),
}
"""Ways to get somewhere, with the words that stand for each."""
_WAY_SAID: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?<!\S)(?:걸어서|도보로|대중교통으로|지하철로|전철로|버스로|차로|자동차로|운전해서|택시로)(?!\S)"
    ),
    "en": re.compile(
        r"\b(?:on foot|by (?:foot|car|taxi|bus|subway|train|metro|transit|public transport"
        r"|public transit))\b",
        re.IGNORECASE,
    ),
}
_HOW_LONG_EN = re.compile(r"\bthe (?:drive|walk|ride)\b|\b(?:drive|walk)\b", re.IGNORECASE)
_BACK: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:돌아(?:올|오는|갈)\s?(?:때|길)|반대로|반대(?:\s?방향)?|올\s?때|오는\s?길|거꾸로)"
    ),
    "en": re.compile(
        r"(?:the )?(?:way|trip|drive|ride|walk)? ?back|the other way(?: round| around)?", re.I
    ),
}
_DAY_AFTER: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?:그\s?다음\s?날|다음\s?날|이튿날)"),
    "en": re.compile(r"the (?:day after|next day|following day)(?: that)?", re.IGNORECASE),
}
_TAIL: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"\s(?:환율|날씨|기온|미세먼지|가격|시세|주가|뉴스|기사|영업\s?시간|전화\s?번호|주소|위치|결과|소식|맛집"
        r"|\S+는\s(?:법|방법|곳))$"
    ),
    "en": re.compile(
        r"\s(?:exchange rate|rate|weather|forecast|price|stock price|stock|news|score"
        r"|opening hours)s?$",
        re.IGNORECASE,
    ),
}
"""What of somebody or something is asked about: it stays when another is named."""
_GOING_ON: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^(?:그럼|그러면|좋아|좋네|오케이|알겠어)[\s,.]+"),
    "en": re.compile(
        r"^(?:(?:great|ok(?:ay)?|then|perfect|good|so|alright|cool)[\s,.]+)+|[\s,]+then[.!?]*$",
        re.IGNORECASE,
    ),
}
"""What says that a wish follows from the answer before it."""
_HONORIFIC_KO = re.compile(
    r"\s?(?:씨|님|선생님|[가-힣]{0,3}장님|대리님|과장님)(?=$|\s|[이가은는의한에께을를도와과])"
)
_PLACE = re.compile(
    r"(?:역|공항|터미널|동|구청?|시청|캠퍼스|호수|공원|대학교?)$"
    r"|\b(?:station|airport|terminal|city hall|university|park|street)$",
    re.IGNORECASE,
)
_BEHIND_PLACE_KO = re.compile(r"\s?(?:근처|주변|근방|부근|에서|까지|쪽|앞|옆)(?=\s|$|에|의)")
_BEFORE_PLACE_EN = re.compile(r"\b(?:near|at|in|around|from|to|by)(?: the)? $", re.IGNORECASE)
_COUNT_KO = re.compile(
    r"^\s(?:\d+|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|병|봉지|통|팩|판|단|모|박스|묶음)(?=\s|[를을])"
)
_PEOPLE = re.compile(r"person|addressee|sender|writer|member|people|guest|attendee|who")
_PLACES = re.compile(r"near|place|origin|destination|location|where|spot|goal|area")
_OPPOSITES: dict[Language, tuple[tuple[str, str], ...]] = {
    "ko": (("열린", "닫힌"), ("안 읽은", "읽은"), ("끝난", "안 끝난"), ("받은", "보낸")),
    "en": (("open", "closed"), ("unread", "read"), ("done", "open"), ("received", "sent")),
}
"""States of things; another one takes the place of the one that was said."""


@dataclass(frozen=True)
class Continued:
    """One way in which a fragment goes on from an utterance."""

    text: str
    """What it comes to."""
    words: str
    """The words that are new in it."""
    adds: bool = False
    """It leaves everything that was said as it is."""


def continuations(
    utterance: str,
    fragment: Fragment,
    language: Language,
    now: datetime,
    slots: Mapping[str, str],
) -> Iterator[Continued]:
    """Return what `utterance` may become by a fragment, the likeliest first.

    `slots` are the words that were understood in the utterance, by slot.
    """
    words = fragment.words
    if _DAY_AFTER[language].fullmatch(words):
        return _day_after(utterance, language, now)
    if _BACK[language].fullmatch(words):
        return _swapped(utterance, slots)
    return _replaced_or_added(utterance, fragment, language, now, slots)


def _replaced_or_added(
    utterance: str,
    fragment: Fragment,
    language: Language,
    now: datetime,
    slots: Mapping[str, str],
) -> Iterator[Continued]:
    words = fragment.words
    times = find_times(words, language, now)
    if (merged := corrected(utterance, words, language, now, slots)) is not None:
        yield Continued(merged, words)
    if times and bare(times[0].text) == bare(words):
        yield from _with_time(utterance, times[0].text, language, now)
        return
    yield from _by_another_way(utterance, words, language)
    yield from _in_another_state(utterance, words, language)
    if fragment.act:
        yield from (Continued(f"{it} {words} {fragment.act}", words) for it in slots.values())
    # A word by itself may be anything, such as thanks.
    if not times and fragment.is_marked and not fragment.narrows:
        yield from _with_another(utterance, words, language, slots)
    yield from _with_more(utterance, words, language)


def goes_on(before: Match, after: Match, one: Continued) -> bool:
    """Whether `one`, read as `after`, is `before` with the new words where they belong."""
    olds = {bare(it.text) for it in before.slots.values()}
    free = {bare(it.text) for it in after.slots.values() if it.provenance is Provenance.SAID}
    if after.missing or (before.slots, before.arguments) == (after.slots, after.arguments):
        return False
    if one.adds:
        kept = {bare(it.text) for it in before.slots.values() if it.provenance is Provenance.SAID}
        return free == kept
    return free <= olds | {bare(one.words)}


def with_day(text: str, before: str, language: Language, now: datetime) -> str | None:
    """An utterance whose hour is on the day that was spoken of before: 그럼 세 시에 회의 잡아줘.

    None where it does not go on from that, or names a day itself.
    """
    said = _GOING_ON[language].sub("", text.strip()).strip(" ,.!?")
    if said == text.strip(" ,.!?"):
        return None
    said = tidy(said, language)
    here, there = find_times(said, language, now), find_times(before, language, now)
    if len(here) != 1 or len(there) != 1:
        return None
    hour, day = (read_parts(said, here[0], language), read_parts(before, there[0], language))
    if hour.day or not hour.clock or not day.day:
        return None
    half = day.half.words if day.half and not hour.half and language == "ko" else ""
    led = " ".join(it for it in (day.day.words, half) if it)
    return f"{said[: hour.begin]}{led} {said[hour.begin :]}"


def _day_after(utterance: str, language: Language, now: datetime) -> Iterator[Continued]:
    spans = find_times(utterance, language, now)
    if len(spans) != 1:
        return
    day = spans[0].start + timedelta(days=1)
    words = f"{day.month}월 {day.day}일" if language == "ko" else f"{day:%B} {day.day}"
    if (merged := corrected(utterance, words, language, now)) is not None:
        yield Continued(merged, words)


def _with_time(
    utterance: str, words: str, language: Language, now: datetime
) -> Iterator[Continued]:
    if not find_times(utterance, language, now):
        whole = f"{words} {utterance}" if language == "ko" else f"{utterance} {words}"
        yield Continued(whole, words)


def _swapped(utterance: str, slots: Mapping[str, str]) -> Iterator[Continued]:
    """The same way in the other direction."""
    places = [it for name, it in slots.items() if _is_place(utterance, name, it)]
    if len(places) != 2:
        return
    first, second = sorted(places, key=utterance.index)
    begin, end = utterance.index(first), utterance.rindex(second)
    between, behind = utterance[begin + len(first) : end], utterance[end + len(second) :]
    yield Continued(f"{utterance[:begin]}{second}{between}{first}{behind}", second)


def _is_place(utterance: str, slot: str, words: str) -> bool:
    """Whether the words of a slot are a place, by what they are called or what stands by them."""
    if utterance.count(words) != 1:
        return False
    begin = utterance.index(words)
    return (
        _PLACES.search(slot) is not None
        or _BEHIND_PLACE_KO.match(utterance[begin + len(words) :]) is not None
        or _BEFORE_PLACE_EN.search(utterance[:begin]) is not None
    )


def _by_another_way(utterance: str, words: str, language: Language) -> Iterator[Continued]:
    way = next((to for known, to in _WAYS[language] if known.fullmatch(words)), None)
    if way is None:
        return
    if said := _WAY_SAID[language].search(utterance):
        yield Continued(utterance[: said.start()] + way + utterance[said.end() :], way)
    elif language == "ko":
        yield Continued(f"{way} {utterance}", way)
    elif _HOW_LONG_EN.search(utterance):
        noun = {"on foot": "the walk", "by car": "the drive"}.get(way, "the ride")
        plain = _HOW_LONG_EN.sub(noun, utterance, count=1)
        yield Continued(plain, noun)
        yield Continued(f"{_HOW_LONG_EN.sub('it', utterance, count=1)} {way}", way)
    else:
        yield Continued(f"{utterance} {way}", way)


def _in_another_state(utterance: str, words: str, language: Language) -> Iterator[Continued]:
    new = re.sub(r"^the | one?s?$", "", words, flags=re.IGNORECASE)
    for pair in _OPPOSITES[language]:
        for state, other in (pair, pair[::-1]):
            found = re.search(rf"(?<!\S){re.escape(other)}(?!\w)", utterance, re.IGNORECASE)
            if bare(state) == bare(new) and found is not None:
                text = utterance[: found.start()] + state + utterance[found.end() :]
                yield Continued(text, state)


def _with_another(
    utterance: str, words: str, language: Language, slots: Mapping[str, str]
) -> Iterator[Continued]:
    """One slot with other words in it."""
    new = re.sub(r"^(?:(?:at|in|near|around|from|for) )?(?:the |an? )?", "", words, flags=re.I)
    new = strip_particle(new) if language == "ko" else new
    plain = _HONORIFIC_KO.sub("", new) if language == "ko" else new
    for name in sorted(slots, key=lambda it: _likely(utterance, it, slots[it], new)):
        old = slots[name]
        if not old or utterance.count(old) != 1:
            continue
        begin = utterance.index(old)
        behind = utterance[begin + len(old) :]
        said = plain if _HONORIFIC_KO.match(behind) else new
        tail = _TAIL[language].search(old)
        if tail is not None and not _TAIL[language].search(f" {said}"):
            said += tail[0]
        for rest in dict.fromkeys((_COUNT_KO.sub("", behind), behind)):
            yield Continued(utterance[:begin] + said + agreeing(said, rest), said)


def _with_more(utterance: str, words: str, language: Language) -> Iterator[Continued]:
    for added in _shorter(words, language):
        whole = f"{added} {utterance}" if language == "ko" else f"{utterance} {added}"
        yield Continued(whole, added, adds=True)


def _likely(utterance: str, slot: str, old: str, words: str) -> int:
    """How far a slot is from what the words are likely to be."""
    if _PEOPLE.search(slot):
        return 0 if _HONORIFIC_KO.search(words) else 2
    if _is_place(utterance, slot, old):
        return 0 if _PLACE.search(words) else 3
    return 1


def _shorter(words: str, language: Language) -> Iterator[str]:
    """The words to be added, and what is left of them without what adds nothing."""
    yield words
    if language == "ko":
        for ending in (
            r"\s?(?:으?로|[거것]|걸로)$",
            r"\s(?:되는|있는|나온|쓴|같은)(?:\s[거것글])?$",
            r"\s글$",
        ):
            if (shorter := re.sub(ending, "", words).strip()) != words and shorter:
                yield shorter
        if (newer := re.sub(r"^(?:더|조금 더)\s", "", words)) != words:
            yield newer
    elif (kind := re.sub(r"^(?:the|with|only)\s|\sones?$", "", words, flags=re.I)) != words:
        yield kind
