"""An utterance read as one command or as several, whichever takes less of it on trust."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from arion_host.agents.deixis import read_pointing
from arion_host.agents.together.alike import (
    agree,
    goes_on,
    is_alike,
    is_same,
    joined,
    names_of,
    says_again,
    sets_more,
)
from arion_host.agents.together.clauses import plainer
from arion_host.agents.together.compound import begins_command, splits, without_too
from arion_host.agents.together.doubts import is_doubtful
from arion_host.agents.together.later import at_time, is_unchanged, means_then, some_time
from arion_host.agents.together.listing import listed
from arion_host.agents.together.sharing import (
    asks_itself,
    direct_question,
    is_shared,
    names_day,
    names_one,
    on_day,
    points_back,
    shared_values,
    with_day,
    without_again,
    written_out,
)
from arion_host.agents.together.ways import Way
from arion_host.agents.understood import Match, NoMatch, Provenance
from arion_host.language.times import find_times
from arion_host.language.utterance import bare
from arion_kit.words import Language

_MOST_TRIES = 40
"""Readings of one utterance, since each takes time."""
_MOST_SPLITS = 8
_MOST_WAYS = 12
_APART = re.compile(
    r"^(?:let|tell|email|remind me|show me|give me|read me)\s|,\s(?:and|then|plus)\s"
    r"|\band (?:my|the|a|an|our|what|how|when)$|[가-힣](?:주고|하고\s나서|한\s다음에?)\s"
    r"|(?:잡|찾|읽|닫|늦추|미루|옮기|지우|취소하|확인하|삭제하|완료하|추가하|등록하|저장하|보관하|전달하"
    r"|답장하|승인하|머지하)고\s"
)
"""What stands in no name of a thing."""
_ORDERS = re.compile(
    r"\band (?:then |also )*(?:(?:archive|star|unstar|trash|bin)\s(?:it|that|them|his|her|the)"
    r"|(?:delete|forward)\s(?:his|her|their|that|the) (?:e-?mail|mail|message))\b"
    r"|\band (?:then )?(?:make|set|mark|put|move) (?:it|that|them)$"
    r"|(?:넣|빼|담|지우|닫|옮기|미루)고\s(?!있|나서)",
    re.IGNORECASE,
)
"""What is asked of an assistant and hardly ever of the person who is written to."""
_SAID_KO = re.compile(r"[다라자냐요까죠지기]$")
"""How a message or something to do ends."""
_EXCEPT_KO = re.compile(r"^\S+(?:\s\S+)?[은는]\s(?:다\s)?(?:빼|제외|생략|넘어가|건너뛰)")
"""What is left out of what was asked for: 뉴스 들려주고 스포츠는 빼줘."""
_MOST_PLAIN = 3
_SURE = 0.6
"""What a command may cost so that no other way of writing it out is looked for."""
_PLAIN = 1.3
"""What several commands may cost without a look at what they would cost as one."""

Route = Callable[[str], Match | NoMatch]


@dataclass(frozen=True)
class Part:
    """One command of an utterance."""

    text: str
    """Its words, with what it takes over from the one before it."""
    match: Match
    shares: bool = False
    """It takes something over."""
    later: bool = False
    """It is for the time of what the one before is about, which is not known yet."""


class Several:
    """The ways to read one utterance; `route` understands one command, `whole` the utterance."""

    def __init__(self, language: Language, now: datetime, route: Route) -> None:
        self._language: Language = language
        self._now = now
        self._route = route
        self._known: dict[str, Match | None] = {}
        self._stands = False

    def read(self, text: str, whole: Route) -> tuple[Part, ...] | NoMatch:
        """Read an utterance; nothing where one of its commands is not understood."""
        found = self._read(text, whole)
        if not isinstance(found, NoMatch):
            return NoMatch(partly=True) if self._doubts(found, text) else found
        for plain in islice(plainer(text, self._language, self._now), _MOST_PLAIN):
            parts = self._read(plain, self._route)
            if isinstance(parts, NoMatch):
                continue
            if self._doubts(parts, plain):
                continue
            if not points_back(parts[0].text, parts[0].match, self._language):
                return parts
        return found

    def _doubts(self, parts: tuple[Part, ...], text: str) -> bool:
        matches = [it.match for it in parts]
        return is_doubtful(matches, text, self._language, self._now) or (
            len(parts) == 1 and self._sends_command(parts[0].match)
        )

    def _sends_command(self, one: Match) -> bool:
        """Whether a message ends in what is a command for another server: "… and move the sync"."""
        for value in one.slots.values():
            head, joint, tail = value.text.rpartition(" and ")
            if value.provenance is Provenance.SAID and joint and head.strip():
                other = self._understood(tail) if begins_command(tail, self._language) else None
                if other is not None and other.sure and other.server != one.server:
                    return not other.missing
        return False

    def _read(self, text: str, whole: Route) -> tuple[Part, ...] | NoMatch:
        parts = self._several(splits(text, self._language))
        if parts is not None and _is_complete(parts) and _cost(parts) <= _PLAIN:
            return parts
        found = whole(text)
        one = found if isinstance(found, Match) else None
        if one is not None and self._swallows(one, text):
            one = None
        done = parts is not None and _is_complete(parts)
        if not done and (alike := self._alike(text, one)) is not None:
            return alike
        if parts is None and (one is None or one.cost > _PLAIN / 2):
            parts = self._together(text, one)
        if parts is not None and (one is None or _is_better(parts, one)):
            return parts
        if one is None:
            return NoMatch(partly=self._stands)
        return (Part(one.meant or text, one),)

    def _several(self, ways: Iterator[tuple[str, ...]]) -> tuple[Part, ...] | None:
        """The first way in which every part is understood and lacks nothing, else the first."""
        first: tuple[Part, ...] | None = None
        for texts in islice(ways, _MOST_SPLITS):
            parts = self._parts(texts)
            if parts is not None and _is_complete(parts):
                return parts
            first = first or parts
        return first

    def _together(self, text: str, one: Match | None) -> tuple[Part, ...] | None:
        """What is asked for with one verb that only reads, whatever kinds of things it is."""
        first: tuple[Part, ...] | None = None
        ways = (way for way in listed(text, self._language, self._now) if not way.items)
        for way in islice(ways, _MOST_SPLITS):
            parts = self._parts(way.texts)
            if parts is None or (way.near and len({it.match.server for it in parts}) > 1):
                continue
            one_thing = len({it.match.intent for it in parts}) == 1
            unsure = any(not it.match.sure for it in parts[1:])  # "news about Samsung and Apple"
            if way.bare and one is not None and (one_thing or unsure):
                continue  # "rock and roll", 톰과 제리
            if _is_complete(parts):
                return parts
            first = first or parts
        return first

    def _alike(self, text: str, one: Match | None) -> tuple[Part, ...] | None:
        """The same for several things, where no part of them is taken for another: 4번이랑 6번.

        `one` is what the whole is understood as, if it is.
        """
        ways = (way for way in listed(text, self._language, self._now) if way.items)
        for way in islice(ways, _MOST_WAYS):
            if one is not None and (way.bare or not (one.missing or self._holds(one, way))):
                continue
            texts = self._dated(way.texts)
            found = [self._understood(it) for it in texts]
            matches = [it for it in found if it is not None]
            if (
                len(matches) == len(found)
                and agree(matches, way)
                and not any(
                    self._swallows(match, it) for match, it in zip(matches, texts, strict=True)
                )
            ):
                return tuple(Part(*it) for it in zip(texts, matches, strict=True))
        return None

    def _dated(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Commands on the day of the first, where they name an hour and no day."""
        first, *others = texts
        return (first, *(with_day(it, first, self._language, self._now) for it in others))

    def _parts(self, texts: tuple[str, ...]) -> tuple[Part, ...] | None:
        begin = self._first(texts[0])
        if begin is None:
            return None
        # In English a noun alone may lack what follows it: "new task, order name tags".
        self._stands = self._stands or not begin[0].match.missing or self._language == "ko"
        parts = [*begin]
        for text in texts[1:]:
            part = self._next(text, parts[-1])
            more = (part,) if part is not None else self._alike(text, None)
            if more is None or sets_more(more[0].match, parts[-1].match):
                return None
            if part is not None and part.shares and says_again(part.match, parts[-1].match):
                continue  # "I have to stop by the bank at five, put it on the calendar"
            if part is not None and part.shares and goes_on(part.match, parts[-1].match):
                # "add a task and make it due Friday": one task
                more = (replace(part, match=joined(part.match, parts.pop().match)),)
            parts += more
        return tuple(parts)

    def _first(self, text: str) -> tuple[Part, ...] | None:
        match = self._understood(text)
        alike = self._alike(text, match)
        return alike or ((Part(text, match),) if match is not None else None)

    def _next(self, text: str, before: Part) -> Part | None:
        """A command behind another, with what it takes over from it."""
        language = self._language
        dated, own = self._alone(text, before)
        if own is not None and own.server != before.match.server and _EXCEPT_KO.search(text):
            return None
        points = points_back(dated, own, language)
        if own is not None and not own.missing and not points:
            return Part(dated, own, dated != text)
        if not points and not asks_itself(dated, language):
            return None if own is None else Part(dated, own)
        if means_then(dated, language) or (own and any(map(names_day, names_of(own)))):
            return self._later(text, before)
        best = self._written_out(dated, before, points=points)
        if best is not None and (
            own is None or points or len(best.match.missing) <= len(own.missing)
        ):
            return best
        if own is None or (points and not _may_stay(own, before.match, language)):
            return None
        return Part(dated, own)

    def _alone(self, text: str, before: Part) -> tuple[str, Match | None]:
        """A command by itself, on the day that was said before or without its 도."""
        dated = with_day(text, before.text, self._language, self._now)
        own = self._understood(dated) if dated != text else None
        # Where it does not, the day went into a name.
        if own is not None and all(bare(it) in bare(text) for it in names_of(own)):
            return dated, own
        if (own := self._understood(text)) is None and (plain := without_too(text)) != text:
            alone = self._understood(plain)
            if alone is not None and not alone.missing:
                return plain, alone
        return text, own

    def _later(self, text: str, before: Part) -> Part | None:
        """A command for a time that only a look at the first thing can tell."""
        if not is_unchanged(before.match):
            return None
        written = at_time(text, some_time(self._now), self._language, self._now)
        match = self._understood(written)
        if match is None or match.missing:
            return None
        return Part(text, match, shares=True, later=True)

    def _written_out(self, text: str, before: Part, *, points: bool) -> Part | None:
        """A command with what it takes over from another, as it makes most sense."""
        ways: list[tuple[tuple[float, ...], Part]] = []
        language = self._language
        # What takes over no more than a day, or nothing at all.
        plain = (
            without_again(text, language)
            if points
            else on_day(text, before.text, language, self._now)
        )
        texts = written_out(text, before.text, before.match, language, self._now)
        for number, way in enumerate(texts):
            match = self._understood(way)
            if match is None or is_same(match, before.match):
                continue
            other = match.server != before.match.server
            if other and (match.missing or points_back(way, match, language)):
                continue
            shared = shared_values(match, before.match)
            one = match.server == before.match.server and names_one(text, language)
            alike = shared or way == plain or one or is_alike(match, before.match)
            if alike and is_shared(match, before.match, text):
                rank = (len(match.missing), -shared, match.cost, number)
                ways.append((rank, Part(way, match, shares=True)))
                if shared and not match.missing and match.cost <= _SURE:
                    break
        return min(ways, key=lambda it: it[0])[1] if ways else None

    def _understood(self, text: str) -> Match | None:
        if text not in self._known:
            if len(self._known) >= _MOST_TRIES:
                return None
            found = self._route(text)
            if isinstance(found, NoMatch) and (asked := direct_question(text, self._language)):
                found = self._route(asked)
            self._known[text] = found if isinstance(found, Match) else None
        return self._known[text]

    def _holds(self, one: Match, way: Way) -> bool:
        """Whether words of the whole that are looked up or guessed at go across a joint."""
        for name, value in one.slots.items():
            across = bare(way.joint) in bare(value.text)
            if not (across or (way.clear and _holds_item(value.text, way))):
                continue
            if way.clear or name in one.references:
                return True
            if value.provenance is Provenance.SAID and (
                not one.sure or find_times(value.text, self._language, self._now)
            ):
                return True
        return False

    def _swallows(self, one: Match, text: str) -> bool:
        """Whether a free slot of the whole holds what is a command by itself."""
        if _holds_order(one):
            return True
        if not self._stands:
            return False
        firsts = [parts[0] for parts in islice(splits(text, self._language), _MOST_SPLITS)]
        for value in one.slots.values():
            if value.provenance is not Provenance.SAID:
                continue
            if begins_command(value.text, self._language):
                return True
            if any(_crosses(value.text, first, text) for first in firsts):
                return True
        return False


def _may_stay(match: Match, before: Match, language: Language) -> bool:
    """Whether words that point may be left to what was shown before, and not to what was said."""
    named = (*names_of(before), *(it for it in names_of(match) if points_back(it, None, language)))
    return match.server == before.server and all(read_pointing(it, language) for it in named)


def _holds_item(words: str, way: Way) -> bool:
    """Whether words that name something have what begins one of several things in them."""
    first = [it.split()[0] for it in way.items]
    return any(words.startswith(f"{it} ") or words.endswith(f" {it}") for it in first)


def _holds_order(one: Match) -> bool:
    """Whether a slot holds what can only be another command, or a part of one."""
    for name, value in one.slots.items():
        apart = _APART.search(value.text)
        if apart and (name in one.references or apart.end() == len(value.text)):
            return True
        if _ORDERS.search(value.text) and not _SAID_KO.search(value.text):
            return True
    return False


def _crosses(words: str, first: str, text: str) -> bool:
    """Whether words of the whole go on from its first command into what follows."""
    begin = bare(text).find(bare(words))
    stem = 0
    for one, other in zip(bare(first), bare(text), strict=False):
        if one != other:
            break
        stem += 1
    end = begin + len(bare(words))
    return 0 <= begin < stem < end or (len(bare(words)) == 1 and stem == end)


def _is_complete(parts: tuple[Part, ...]) -> bool:
    return not any(part.match.missing for part in parts)


def _cost(parts: tuple[Part, ...]) -> float:
    return sum(part.match.cost for part in parts)


def _is_better(parts: tuple[Part, ...], one: Match) -> bool:
    """Whether several commands account for more of an utterance than one does."""
    if _is_complete(parts) == (not one.missing):
        return _cost(parts) <= one.cost
    return _is_complete(parts)
