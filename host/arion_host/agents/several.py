"""An utterance read as one command or as several, whichever takes less of it on trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from arion_host.agents.compound import begins_command, splits
from arion_host.agents.deixis import read_pointing
from arion_host.agents.listing import listed
from arion_host.agents.sharing import (
    asks_itself,
    direct_question,
    is_shared,
    means_then,
    names_day,
    on_day,
    points_back,
    shared_values,
    with_day,
    without_again,
    written_out,
)
from arion_host.agents.understood import Match, NoMatch, Provenance
from arion_host.language.utterance import bare
from arion_kit.words import Language

_MOST_TRIES = 40
"""Readings of one utterance, since each takes time."""
_MOST_SPLITS = 8
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
        parts = self._several(splits(text, self._language))
        if parts is not None and _is_complete(parts) and _cost(parts) <= _PLAIN:
            return parts
        found = whole(text)
        one = found if isinstance(found, Match) else None
        if one is not None and self._swallows(one, text):
            one = None
        if parts is None and (one is None or one.cost > _PLAIN / 2):
            parts = self._several(listed(text, self._language))
        if parts is not None and (one is None or _is_better(parts, one)):
            return parts
        if one is None:
            closest = found.closest if isinstance(found, NoMatch) else ()
            return NoMatch(closest, partly=self._stands)
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

    def _parts(self, texts: tuple[str, ...]) -> tuple[Part, ...] | None:
        begin = self._understood(texts[0])
        if begin is None:
            return None
        # In English a noun alone may lack what follows it: "new task, order name tags".
        self._stands = self._stands or not begin.missing or self._language == "ko"
        parts = [Part(texts[0], begin)]
        for text in texts[1:]:
            part = self._next(text, parts[-1])
            if part is None:
                return None
            parts.append(part)
        return tuple(parts)

    def _next(self, text: str, before: Part) -> Part | None:
        """A command behind another, with what it takes over from it."""
        language, now = self._language, self._now
        dated = with_day(text, before.text, language, now)
        own = self._understood(dated) if dated != text else None
        if own is not None and not all(bare(it) in bare(text) for it in _names(own)):
            own = None  # the day went into a name
        dated, own = (dated, own) if own else (text, self._understood(text))
        points = points_back(dated, own, language)
        if own is not None and not own.missing and not points:
            return Part(dated, own, dated != text)
        if not points and not asks_itself(dated, language):
            return None if own is None else Part(dated, own)
        if means_then(dated, language) or (own and any(map(names_day, _names(own)))):
            return None  # only a look at the first thing could tell when that is
        best = self._written_out(dated, before, points=points)
        if best is not None and (
            own is None or points or len(best.match.missing) <= len(own.missing)
        ):
            return best
        if own is None or (points and not _may_stay(own, before.match, language)):
            return None
        return Part(dated, own)

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
            if match is None or _is_same(match, before.match):
                continue
            if match.server != before.match.server and points_back(way, match, language):
                continue
            shared = shared_values(match, before.match)
            alike = shared or way == plain or _is_alike(match, before.match)
            if alike and is_shared(match, before.match, text):
                rank = (len(match.missing), -shared, match.cost, number)
                ways.append((rank, Part(way, match, shares=True)))
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

    def _swallows(self, one: Match, text: str) -> bool:
        """Whether a free slot of the whole holds what is a command by itself."""
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
    named = (*_names(before), *(it for it in _names(match) if points_back(it, None, language)))
    return match.server == before.server and all(read_pointing(it, language) for it in named)


def _names(match: Match) -> list[str]:
    return [it.text for it in match.slots.values() if it.provenance is Provenance.SAID]


def _is_alike(match: Match, before: Match) -> bool:
    """Whether a command without words of its own is for what the one before it is for."""
    return match.server == before.server and not _names(match)


def _is_same(match: Match, before: Match) -> bool:
    """Whether a command would do once more what the one before it does."""
    texts = [{name: it.text for name, it in one.slots.items()} for one in (match, before)]
    return match.tool == before.tool and texts[0] == texts[1]


def _crosses(words: str, first: str, text: str) -> bool:
    """Whether words of the whole go on from its first command into what follows."""
    begin = bare(text).find(bare(words))
    stem = 0
    for one, other in zip(bare(first), bare(text), strict=False):
        if one != other:
            break
        stem += 1
    return 0 <= begin < stem < begin + len(bare(words))


def _is_complete(parts: tuple[Part, ...]) -> bool:
    return not any(part.match.missing for part in parts)


def _cost(parts: tuple[Part, ...]) -> float:
    return sum(part.match.cost for part in parts)


def _is_better(parts: tuple[Part, ...], one: Match) -> bool:
    """Whether several commands account for more of an utterance than one does."""
    if _is_complete(parts) == (not one.missing):
        return _cost(parts) <= one.cost
    return _is_complete(parts)
