"""What an utterance may become by a fragment that goes on from it.

Which part the fragment replaces shows when the outcome is read, so there are several candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from arion_host.agents.filling import placeholders
from arion_host.agents.following.corrections import corrected
from arion_host.agents.following.fragments import Fragment
from arion_host.agents.following.narrowing import names_kind, of_another_kind, with_more
from arion_host.agents.following.neighbours import beside, names_neighbour
from arion_host.agents.following.time_parts import agreeing, read_parts
from arion_host.agents.following.travel_ways import is_unknown_way, other_ways
from arion_host.agents.understood import Match, Provenance
from arion_host.language.lengths import PATTERNS
from arion_host.language.particles import strip_particle
from arion_host.language.times import find_times
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_BACK: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:돌아(?:올|오는|갈)\s?(?:때|길)|반대로|반대(?:\s?방향)?|올\s?때|오는\s?길|거꾸로)"
    ),
    "en": re.compile(
        r"(?:on )?(?:the )?(?:way|trip|drive|ride|walk|coming|going|driving|heading)? ?back"
        r"|(?:the )?return(?: trip)?|the other way(?: round| around)?",
        re.I,
    ),
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
_ALSO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<=[시반분])\s?도(?=\s)"),
    "en": re.compile(r"[\s,]+(?:as well|too|also)[.!?]*$", re.IGNORECASE),
}
"""What says that the same is asked of another hour."""
_HONORIFIC_KO = re.compile(
    r"\s?(?:씨|님|선생님|[가-힣]{0,3}장님|대리님|과장님)(?=$|\s|[이가은는의한에께을를도와과])"
)
_PLACE = re.compile(
    r"(?:역|공항|터미널|동|구청?|시청|캠퍼스|호수|공원|대학교?)$"
    r"|\b(?:station|airport|terminal|city hall|university|park|street)$",
    re.IGNORECASE,
)
_BEHIND_PLACE_KO = re.compile(r"\s?(?:근처|주변|근방|부근|에서|까지|쪽|앞|옆)(?=\s|$|에|의)")
_BEFORE_PLACE_EN = re.compile(r"\b(?:near|at|in|around|from|to)(?: the)? $", re.IGNORECASE)
_AROUND: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?P<place>.+?)\s?(?:근처|주변|부근|근방|쪽|인근)(?:에서?|에는|으로)?"),
    "en": re.compile(r"(?:around|near|close to|in|at|by) (?:the )?(?P<place>.+)", re.IGNORECASE),
}
_LENGTH_EN = re.compile(PATTERNS["en"], re.IGNORECASE)
_TO_KO = re.compile(r"(?:으로|(?<![유종])(?<!을지)(?<!블)로)$")
_WITHOUT = re.compile(
    r"(?:빼고|말고|없이|없는(?: 길| 데| 거)?(?:로)?|피해서?|제외하고|이하|이상)$|^(?:without"
    r"|under|over|below|above)\b",
    re.IGNORECASE,
)
_NTH: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?P<nth>(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번\s?째|마지막)(?:\s?(?:거|것|꺼|건|메일|글))?"
    ),
    "en": re.compile(
        r"(?:the )?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|last|next)(?: one)?",
        re.IGNORECASE,
    ),
}
_COUNT_KO = re.compile(
    r"^\s(?:\d+|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|병|봉지|통|팩|판|단|모|박스|묶음)(?=\s|[를을])"
)
_PEOPLE = re.compile(r"person|addressee|sender|writer|member|people|guest|attendee|who")
_PLACES = re.compile(r"near|place|origin|destination|location|where|spot|goal|area")
_HOLDS = re.compile(r"notepad|list|board|page|repo|database")
"""What things are put in."""
_PARTS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:댓글|알림|장소|참석자|라벨|마감일?|기한|담당자?|설명|제목|링크|사진|첨부|파일|시간|날짜)$"
    ),
    "en": re.compile(
        r"\b(?:comment|reminder|location|place|guest|label|due date|deadline|assignee|description"
        r"|title|link|photo|attachment|file|time|date)s?$",
        re.IGNORECASE,
    ),
}
_OPPOSITES: dict[Language, tuple[tuple[str, str], ...]] = {
    "ko": (
        ("열린", "닫힌"),
        ("열린", "머지된"),
        ("닫힌", "머지된"),
        ("안 읽은", "읽은"),
        ("끝난", "안 끝난"),
        ("받은", "보낸"),
    ),
    "en": (
        ("open", "closed"),
        ("open", "merged"),
        ("closed", "merged"),
        ("unread", "read"),
        ("done", "open"),
        ("received", "sent"),
    ),
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
    guessed: bool = False
    """The words might as well stand elsewhere."""


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
    if names_neighbour(words, language):
        whole = beside(utterance, words, language, now)
        return iter(() if whole is None else (Continued(whole, words),))
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
    for text, new in other_ways(utterance, words, language):
        yield Continued(text, new)
    yield from _in_another_state(utterance, words, language)
    for text, new in of_another_kind(utterance, words, slots, language):
        yield Continued(text, new)
    if not times:
        said = [it.text for it in find_times(utterance, language, now)]
        yield from _about_another(utterance, fragment, language, slots, said)
    for text, added in with_more(utterance, words, slots, language):
        yield Continued(text, added, adds=True)


def _about_another(
    utterance: str,
    fragment: Fragment,
    language: Language,
    slots: Mapping[str, str],
    times: Sequence[str],
) -> Iterator[Continued]:
    words, act = fragment.words, fragment.act
    # A word by itself may be anything, such as thanks.
    stays = not fragment.is_marked or fragment.narrows or fragment.only
    if stays or _stays_beside(words, language):
        return
    if act and not utterance.rstrip(" ?!.").endswith(act):
        yield from (Continued(f"{it} {words} {act}", words) for it in slots.values())
    yield from _with_another(utterance, words, language, slots, times)


def replaceable(
    slots: Mapping[str, str],
    utterance: str,
    fragment: Fragment,
    language: Language,
    now: datetime,
) -> dict[str, str]:
    """Return the slots of a write that a fragment may name another thing for: "계란도".

    Who comes, and a part of a thing, is no other thing: "수민 씨도", "댓글도".
    """
    if _PARTS[language].search(fragment.words):
        return {}
    who = language == "ko" and _HONORIFIC_KO.search(fragment.words) is not None
    dated = bool(find_times(utterance, language, now))
    return {
        name: it
        for name, it in slots.items()
        if (_PEOPLE.search(name) or not (who or dated)) and not _HOLDS.search(name)
    }


def another_one(utterance: str, fragment: Fragment, language: Language) -> str | None:
    """`utterance` about another one of several: "read the first" becomes "read the third"."""
    return next((it.text for it in _in_another_place(utterance, fragment.words, language)), None)


def goes_on(before: Match, after: Match, one: Continued) -> bool:
    """Whether `one`, read as `after`, is `before` with the new words where they belong."""
    olds = {bare(it.text) for it in before.slots.values()}
    free = {bare(it.text) for it in after.slots.values() if it.provenance is Provenance.SAID}
    if after.missing or (before.slots, before.arguments) == (after.slots, after.arguments):
        return False
    if after.tool == before.tool and not _fixed(before) <= _fixed(after):
        return False
    if one.adds:
        kept = {bare(it.text) for it in before.slots.values() if it.provenance is Provenance.SAID}
        return free == kept
    new = bare(one.words)
    known = [{*_words(it.text), *_words(one.words)} for it in before.slots.values()]
    return all(
        bare(it.text) in olds
        or bare(it.text) in new
        or any(_words(it.text) <= words for words in known)
        for it in after.slots.values()
        if it.provenance is Provenance.SAID
    )


def _fixed(match: Match) -> set[str]:
    """Arguments that hold no words of a slot: what is asked for has them, as the order by price."""
    return {name for name, it in match.arguments.items() if not [*placeholders(it)]}


def _words(text: str) -> set[str]:
    return {bare(it) for it in text.split()} - {"", "on", "at", "in", "for"}


def with_day(text: str, before: str, language: Language, now: datetime) -> str | None:
    """An utterance whose hour is on the day that was spoken of before: 그럼 세 시에 회의 잡아줘.

    None where it does not go on from that, or names a day itself.
    """
    said = _GOING_ON[language].sub("", text.strip()).strip(" ,.!?")
    said = _ALSO[language].sub("", said).strip(" ,.!?")
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


def _with_time(
    utterance: str, words: str, language: Language, now: datetime
) -> Iterator[Continued]:
    if not find_times(utterance, language, now):
        whole = (
            f"{words} {utterance}" if language == "ko" else f"{utterance.rstrip(' ?!.')} {words}"
        )
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


def _in_another_state(utterance: str, words: str, language: Language) -> Iterator[Continued]:
    new = re.sub(r"^the | one?s?$", "", words, flags=re.IGNORECASE)
    for pair in _OPPOSITES[language]:
        for state, other in (pair, pair[::-1]):
            found = re.search(rf"(?<!\S){re.escape(other)}(?!\w)", utterance, re.IGNORECASE)
            if bare(state) == bare(new) and found is not None:
                text = utterance[: found.start()] + state + utterance[found.end() :]
                yield Continued(text, state)


def _stays_beside(words: str, language: Language) -> bool:
    """Whether words cannot take the place of others."""
    return (
        _WITHOUT.search(words) is not None
        or is_unknown_way(words, language)
        or names_kind(words, language)
    )


def _without_times(words: str, times: Sequence[str]) -> str:
    """The words of a slot without the time that was taken with them: "Seoul tomorrow"."""
    for time in times:
        words = words.removeprefix(time).removesuffix(time)
    return re.sub(r"\s(?:on|at|for|in)$", "", words.strip(), flags=re.IGNORECASE)


def _with_another(
    utterance: str,
    words: str,
    language: Language,
    slots: Mapping[str, str],
    times: Sequence[str],
) -> Iterator[Continued]:
    """One slot with other words in it."""
    around = _AROUND[language].fullmatch(words)
    new = around["place"] if around else words
    if language == "ko":
        new = strip_particle(_TO_KO.sub("", new))
    else:
        new = re.sub(r"^(?:from|for|to) ", "", new, flags=re.IGNORECASE)
        if _LENGTH_EN.fullmatch(new) is None:
            new = re.sub(r"^(?:the |an? |some )", "", new, flags=re.IGNORECASE)
    plain = _HONORIFIC_KO.sub("", new) if language == "ko" else new
    for name in sorted(slots, key=lambda it: _likely(utterance, it, slots[it], new)):
        old = _without_times(slots[name], times)
        if not old or utterance.count(old) != 1:
            continue
        if around and not _is_place(utterance, name, old):
            continue
        begin = utterance.index(old)
        behind = utterance[begin + len(old) :]
        said = plain if _HONORIFIC_KO.match(behind) else new
        tail = _TAIL[language].search(old)
        if tail is not None and not _TAIL[language].search(f" {said}"):
            said += tail[0]
        for rest in dict.fromkeys((_COUNT_KO.sub("", behind), behind)):
            whole = utterance[:begin] + said + agreeing(said, rest)
            # How many there were of one thing says nothing of another.
            yield Continued(whole, said, guessed=rest == behind)


def _in_another_place(utterance: str, words: str, language: Language) -> Iterator[Continued]:
    """Another one of several: and the third?"""
    new, old = _NTH[language].fullmatch(words), _NTH[language].search(utterance)
    if new is not None and old is not None:
        text = utterance[: old.start("nth")] + new["nth"] + utterance[old.end("nth") :]
        yield Continued(text, text)


def _likely(utterance: str, slot: str, old: str, words: str) -> int:
    """How far a slot is from what the words are likely to be."""
    if _PEOPLE.search(slot):
        return 0 if _HONORIFIC_KO.search(words) else 2
    if _is_place(utterance, slot, old):
        return 0 if _PLACE.search(words) else 3
    return 1
