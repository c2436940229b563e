"""What a command takes over from the one before it: "10번 승인하고 머지해줘", "… and merge it".

What is left out of a second command, or only pointed at, was said in the first. The second one is
written out with it, so that it is understood like any other; which way of writing it out makes
sense is seen by how it is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from arion_host.agents.following.time_parts import read_parts
from arion_host.agents.naming import (
    kinds_english,
    names_alike,
    numbered,
    same_again,
    words_said,
)
from arion_host.agents.together.alike import is_misnamed
from arion_host.agents.together.later import means_then
from arion_host.agents.understood import Match, Provenance
from arion_host.language.particles import strip_particle
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times
from arion_host.language.utterance import bare
from arion_kit.speech import josa
from arion_kit.words import Language

_MOST_THINGS = 7
_MOST_LIKELY = 2
"""Things tried with particles too."""

_ASKING_KO = r"(?:도|를)?\s(?:좀\s)?(?:알려|말해|확인해)\s?(?:줘요?|주세요)$"
_TAIL_KO = r"(?P<tail>[을를은는이가도만]|으?로|까지|에서|에다가|에다|에게|에|한테)?(?=\s|$)"
_POINTS_KO = re.compile(
    r"(?<!\S)(?:그거|그것|그걸|그게|이거|이걸|거기|그곳|그쪽"
    rf"|그 (?:메일|일정|회의|이슈|PR|피알|곳|페이지|상품)){_TAIL_KO}"
)
_POINTS_EN = re.compile(
    r"\b(?:(?:all of (?:them|those)|them all|it all|both|them|those|it|that one|this one"
    r"|that (?:e-?mail|mail|message|event|meeting|issue|pr|page|task|one))(?!\w|')"
    r"|that(?=$| (?:to|on|as|for|too|off)\b))",
    re.IGNORECASE,
)
_THERE_EN = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )\b(?:get |go )?there(?!\w|'| (?:is|are|any)\b)"
    r"|\b(?:nearby|close by|around there|near there)\b",
    re.IGNORECASE,
)
_DAY_BACK = re.compile(
    r"(?<!\S)(?:그|같은)\s?날(?=에?는?\s)|\b(?:on )?(?:that|the same) day\b", re.IGNORECASE
)
_IS_DAY_EN = re.compile(r"on\s|today|tonight|tomorrow|this\s|next\s", re.IGNORECASE)
_OF_IT_KO = re.compile(
    r"^(?:장소|시간|제목|이름|참석자|설명|길이|마감|마감일|기한|상태|우선순위|내용|본문|수량|라벨)"
    r"(?:은|는|도|을|를)\s"
)
_ASKS_OF_IT_KO = re.compile(
    r"^(?:어디서?|언제|누가|누구랑?|몇\s?시에?|얼마나|어떻게)\s(?:\S+는지|\S+[ㄴ은]지|인지)(?:\s\S+){0,2}$"
)
"""A question that does not say of what: 어디서 하는지 알려줘."""
_NEAR_KO = re.compile(r"^(?:그\s)?(?=(?:근처|주변)(?:에|의|에서)?\s)")
_MESSAGE_EN = re.compile(r"\b(?:that|saying|says?)\s", re.IGNORECASE)
_ONE_EN = re.compile(
    r"\b(?P<the>the|that|a new|another|a second|my)\s"
    r"(?!(?:first|second|third|fourth|fifth|last|next|only|other|same)\b)"
    r"(?P<what>(?:(?!(?:i|we)\s)[\w'-]+\s){0,3}?)ones?\b(?!\s(?:hour|day|week|month|minute))",
    re.IGNORECASE,
)
"""One of what was named before: "the one on Thursday", "the library one", "a new one"."""
_ONE_MORE_EN = re.compile(
    r"^(?P<act>(?:set(?: up)?|book|make|put|add|schedule|create|arrange|need)\s)one\b(?!\shour)",
    re.I,
)
_REBOOK_EN = re.compile(r"^(?:re-?(?:book|schedule)|put|move)(?= (?:it|that)\b)", re.IGNORECASE)
_CANCELS_EN = re.compile(
    r"(?:please )?(?:cancel|delete|remove|skip|drop|scrap|call off)\b", re.IGNORECASE
)
"""Behind what cancels a thing it is booked anew."""
_WITH_EN = re.compile(r"\s(?=(?:saying|that|with|titled)\b)", re.IGNORECASE)
_WHOM_EN = re.compile(
    r"\b(?P<to>(?:e-?mail|tell|text|ping|write|invite|with|let|inform|warn|message|forward|to)\s)"
    r"(?:her|him|them)\b",
    re.IGNORECASE,
)
_COMMENTS_EN = re.compile(
    r"^(?:(?:leave|add|post|write) (?:a|another) )?comment (?=that\b|saying\b|to say\b)",
    re.IGNORECASE,
)
_REPLIES_EN = re.compile(r"^(?:and |then |also )*(?:reply|answer|respond)(?! to\b)", re.IGNORECASE)
_AGAIN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:대신(?:에)?|또|마저|이어서|추가로)\s+|(?<!\S)(?:다시|새로|마저)\s+(?=\S+\s?\S*$)"
    ),
    "en": re.compile(
        r"(?<=\b(?:it|em|at))\s+(?:again|instead|as well|too)(?!\w)"
        r"|(?<=(?:hat|who|ing|ere))\s+else(?!\w)|(?<=(?: is|are|t's))\s+still(?!\w)",
        re.IGNORECASE,
    ),
}
_VERB_EN = re.compile(
    r"^(?:(?:please|also|then)\s+)*(?:(?:tell|show|give|read|remind|find|get)\s+me"
    r"|\S+(?:\s(?:up|out|off|down|over)(?=\s))?)\s+",
    re.IGNORECASE,
)
_WISH_KO = re.compile(
    r"(?:줘요?|주세요|줄래요?|주라|달라|[해돼]요?|하자|할게요?|봐요?|놔요?|둬요?|[어아]라|니|냐|나요?|까요?"
    r"|부탁\S*|처리|(?:걸려|있어|없어|어때|[뭐마제디구시]야|몇\s?분이야|와|나와|는지도?|인지도?)요?)$"
)
_DIRECT_KO = (
    (re.compile(rf"(?:뭔지|무엇인지|뭐인지){_ASKING_KO}"), "뭐야"),
    (re.compile(rf"(?:언제인지|언젠지){_ASKING_KO}"), "언제야"),
    (re.compile(rf"(?:어디인지|어딘지){_ASKING_KO}"), "어디야"),
    (re.compile(rf"(?:얼마인지|얼만지){_ASKING_KO}"), "얼마야"),
    (re.compile(rf"(?:누구인지|누군지){_ASKING_KO}"), "누구야"),
    (re.compile(rf"있는지{_ASKING_KO}"), "있어"),
)
_TOO_KO = re.compile(r"(?<=[가-힣])(?:까지도|까지|도)(?=\s)")
_ASKED_KO = re.compile(r"(?:\s+(?:좀|다|다시))?\s*\S+\s*(?:줘요?|주세요|줄래요?|주라)?$")
_PART_OF_DAY_EN = re.compile(r"^in the (morning|afternoon|evening)$", re.IGNORECASE)
_NAME_EN = re.compile(
    r"(?<=\s)(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][a-z]+(?:\s[A-Z][a-z]+)*(?!\w)"
)
_WHOLE_DAY = re.compile(r"하루\s?종일|온종일|\b(?:the whole|all|the entire) day\b", re.IGNORECASE)


def points_back(part: str, own: Match | None, language: Language) -> bool:
    """Whether a command has words in it that stand for something that was said before.

    What is in a message that `own` understood stays as it is: "tell Emma I can't make it".
    """
    if means_then(part, language) or _AGAIN[language].search(part):
        return True
    if names_alike(part, language):
        return True
    if language == "ko":
        of_it = _OF_IT_KO.search(part) and _WISH_KO.search(part)
        if own is not None and not own.sure and _ASKS_OF_IT_KO.search(part):
            return True
        return bool(of_it) or any(it.search(part) for it in (_POINTS_KO, _NEAR_KO))
    if any(it.search(part) for it in (_REPLIES_EN, _COMMENTS_EN, _ONE_MORE_EN)):
        return True
    messages = _messages(own) if own is not None and own.sure else []
    found = [_pointing(it, part) for it in (_POINTS_EN, _THERE_EN, _WHOM_EN, _ONE_EN)]
    pointing = [it.group() for it in found if it is not None]
    return any(not any(words in message for message in messages) for words in pointing)


def _pointing(pattern: re.Pattern[str], part: str) -> re.Match[str] | None:
    """Where a pattern finds words that point and are not those of a message."""
    found = pattern.search(part)
    return None if found is None or _MESSAGE_EN.search(part[: found.start()]) else found


def _messages(match: Match) -> list[str]:
    return [
        value.text
        for name, value in match.slots.items()
        if value.provenance is Provenance.SAID
        and name not in match.references
        and len(value.text.split()) > 2
    ]


def without_again(part: str, language: Language) -> str:
    """A command without the words that only say that another came before: again, else."""
    return _AGAIN[language].sub("", part)


def asks_itself(part: str, language: Language) -> bool:
    """Whether words ask for something, and are no more than an afterthought."""
    return language == "en" or _WISH_KO.search(part) is not None


def direct_question(text: str, language: Language) -> str | None:
    """A question that is wrapped in a wish as it would be asked: 뭔지 알려줘 → 뭐야."""
    if language == "ko":
        for wrapped, asked in _DIRECT_KO:
            if wrapped.search(text):
                return wrapped.sub(asked, text)
    return None


def with_day(part: str, before: str, language: Language, now: datetime) -> str:
    """A command whose hour has no day of its own, on the day that was said `before`.

    "… at 3 pm" behind "what's on tomorrow" is tomorrow at 3 pm; so is the whole day.
    """
    day = _day(before, language, now)
    if day is None:
        return part
    if _DAY_BACK.search(part):
        on = "" if language == "ko" or _IS_DAY_EN.match(day) else "on "
        return _DAY_BACK.sub(on + day, part, count=1)
    spans = find_times(part, language, now)
    if not spans:
        return _on(part, day, language) if _WHOLE_DAY.search(part) else part
    found = [read_parts(part, span, language) for span in spans]
    named = [it for it in found if it.clock is not None or it.half is not None]
    if not named or any(it.day is not None for it in found):
        return part
    parts = next((it for it in named if it.clock is not None), named[0])
    words = part[parts.begin : parts.finish]
    if language == "en" and (half := _PART_OF_DAY_EN.match(words)):
        words = half[1]
    return f"{part[: parts.begin]}{day} {words}{part[parts.finish :]}"


def on_day(part: str, before: str, language: Language, now: datetime) -> str:
    """A command that names no time, on the day that was said before."""
    day = _day(before, language, now)
    return part if day is None or find_times(part, language, now) else _on(part, day, language)


def names_day(words: str) -> bool:
    """Whether a day that was said before is taken for a part of a name."""
    return _DAY_BACK.search(words) is not None


def names_one(part: str, language: Language) -> bool:
    """Whether a command is for one of the kind that was named before: "the one from the gym"."""
    return language == "en" and bool(_pointing(_ONE_EN, part) or _ONE_MORE_EN.search(part))


def _day(text: str, language: Language, now: datetime) -> str | None:
    """The words of the last day that was said."""
    days = [
        found.day.words
        for span in find_times(text, language, now)
        if (found := read_parts(text, span, language)).day is not None
    ]
    return days[-1] if days else None


def _on(part: str, day: str, language: Language) -> str:
    return f"{day} {part}" if language == "ko" else f"{part} {day}"


def written_out(
    part: str, before: str, match: Match, language: Language, now: datetime
) -> Iterator[str]:
    """A command with what it may mean of the one before it, which `match` understood.

    The likeliest come first; most make no sense.
    """
    write = _written_korean if language == "ko" else _written_english
    said = {bare(part)}
    for text in (on_day(part, before, language, now), *write(part, before, match, now)):
        if bare(text) not in said:
            said.add(bare(text))
            yield text


def _written_korean(part: str, before: str, match: Match, now: datetime) -> Iterator[str]:
    plain = without_again(part, "ko")
    yield plain
    if counted := list(numbered(part, before, match, "ko")):
        yield from counted
        return
    if same := same_again(part, before, match):
        yield same
        return
    yield from _named_whole(part, match)
    things = [strip_particle(it) for it in _things_korean(before, match, now)]
    pointed = _POINTS_KO.search(part)
    without = _NEAR_KO.sub("", _TOO_KO.sub("", plain, count=1))
    for number, thing in enumerate(things[:_MOST_THINGS]):
        if pointed:
            tail = pointed["tail"] or ""
            yield part[: pointed.start()] + thing + tail + part[pointed.end() :]
            continue
        yield f"{thing} {without}"
        if plain != part:
            yield f"{thing} {part}"
        if number < _MOST_LIKELY and not thing.endswith(("에", "에서", "까지", "으로")):
            yield f"{thing}에 {without}"
            yield f"{josa(thing, '을를')} {without}"


def _named_whole(part: str, match: Match) -> Iterator[str]:
    """A command with the name of which it has the last word: 목록 behind 장보기 목록에 넣고."""
    for whole in (it.text for it in match.slots.values() if " " in it.text):
        last = re.escape(whole.split()[-1])
        if noun := re.match(rf"{last}(?=[을를은는에도이가]|\s)", part):
            yield whole + part[noun.end() :]


def _things_korean(before: str, match: Match, now: datetime) -> list[str]:
    """What the first command is about, without its verb and its times; the whole first."""
    words = _without_times(_ASKED_KO.sub("", before), "ko", now).split()
    less = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    return _unique([*less[:1], *words_said(match), *less[1:]])


def _written_english(part: str, before: str, match: Match, now: datetime) -> Iterator[str]:
    plain = without_again(part, "en")
    if _CANCELS_EN.match(before):
        plain = _REBOOK_EN.sub("book", plain).removesuffix(" instead")
    plain = _ONE_MORE_EN.sub(r"\g<act>a new one", plain)
    yield plain
    if counted := list(numbered(part, before, match, "en")):
        yield from counted
        return
    if one := _pointing(_ONE_EN, plain):
        head, tail = plain[: one.start()], plain[one.end() :]
        yield from (f"{head}{_kind(one, it)}{tail}" for it in kinds_english(before, match))
        return
    things = _things_english(before, match, now)[:_MOST_THINGS]
    if _REPLIES_EN.search(plain):
        yield from (_REPLIES_EN.sub(lambda it, to=to: f"{it[0]} to {to}", plain) for to in things)
    elif found := _pointing(_THERE_EN, plain):
        for place in _names(match):
            for words in (_to(found[0], place), f"in {place}", f"near {place}"):
                yield plain[: found.start()] + words + plain[found.end() :]
    else:
        yield from _with_things(plain, before, things)


def _kind(one: re.Match[str], noun: str) -> str:
    """Write out what "the library one" is: the library mail."""
    the = one["the"].lower()
    article = "a" if the.startswith("a") else the
    return f"{article} {'new ' if the == 'a new' else ''}{one['what']}{noun}"


def _with_things(part: str, before: str, things: list[str]) -> Iterator[str]:
    """A command with what it is about, or whom it is for."""
    names = _NAME_EN.findall(before)
    if names and (whom := _pointing(_WHOM_EN, part)):
        part = f"{part[: whom.start()]}{whom['to']}{names[-1]}{part[whom.end() :]}"
        yield part
    if found := _pointing(_POINTS_EN, part):
        yield from (part[: found.start()] + it + part[found.end() :] for it in things)
        return
    said = _WITH_EN.search(part)
    head, tail = (part[: said.start()], part[said.start() :]) if said else (part, "")
    for thing in things[:3]:
        yield f"{head} to {thing}{tail}"
        yield f"{head} on {thing}{tail}"


def _to(said: str, place: str) -> str:
    """There as a way to a place: "get there" becomes "get to COEX"."""
    verb = said.split()[0] if " " in said else ""
    return f"{verb} to {place}" if verb else f"to {place}"


def _things_english(before: str, match: Match, now: datetime) -> list[str]:
    """What the first command is about: all behind its verb, less and less of it, its slots."""
    words = _without_times(_VERB_EN.sub("", before), "en", now).split()
    return _unique([" ".join(words[number:]) for number in range(len(words))] + words_said(match))


def _names(match: Match) -> list[str]:
    """The words of a command that are no choice of the pack."""
    values = match.slots.values()
    return [it.text for it in values if it.provenance is Provenance.SAID and it.text]


def _without_times(text: str, language: Language, now: datetime) -> str:
    for span in reversed(find_times(text, language, now)):
        text = text[: span.begin].rstrip() + " " + text[span.finish :].lstrip("에 ")
    return " ".join(text.split())


def _unique(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if bare(text)))


def is_shared(match: Match, before: Match, part: str) -> bool:
    """Whether each slot has words of a command or words of the one before it, and no mixture."""
    known = [bare(it.text) for it in before.slots.values()]
    texts = [bare(it.text) for it in match.slots.values() if it.provenance is Provenance.SAID]
    if is_misnamed(match, before):
        return False
    return all(it in bare(part) or any(it in words for words in known) for it in texts)


def shared_values(match: Match, before: Match) -> int:
    """How many of the first command's words the second means as well."""
    known = [bare(it.text) for it in before.slots.values()]
    return sum(
        len(it.text.split())
        for it in match.slots.values()
        if not isinstance(it.value, TimeSpan) and any(bare(it.text) in words for words in known)
    )
