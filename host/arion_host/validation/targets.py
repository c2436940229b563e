"""Whether a proposed call is about the thing that was named, where it was looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pydantic import JsonValue

from arion_host.policy.tracing import SeenResult
from arion_host.validation.content import content_words, is_among, texts_in
from arion_host.validation.proposal import Proposal, ids_of, stamps_in
from arion_kit.words import Language

_BY_PLACE: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(r"다음|첫|마지막|최근|최신|방금|두 ?번째|그|이 |가까운"),
    "en": re.compile(
        r"\b(?:next|first|last|latest|recent|newest|second|third|just|this|that|upcoming)\b",
        re.IGNORECASE,
    ),
}
"""Words that choose a thing by its place in a list: then what names all of its kind names none."""
_Row = tuple[Mapping[str, JsonValue], SeenResult]


def mixed_things(proposal: Proposal) -> str | None:
    """Two values that the same rows have, and no row has together: parts of two things."""
    rows = [(row, result) for result in proposal.seen.results for row in result.rows]
    single = [value for value in proposal.call.arguments.values() if isinstance(value, str)]
    for one, other in combinations(dict.fromkeys(single), 2):
        with_one = [it for it in rows if one in ids_of(*it)]
        with_other = [it for it in rows if other in ids_of(*it)]
        if not with_one or not with_other or any(one in ids_of(*it) for it in with_other):
            continue
        if _fields_of(with_one, one) & _fields_of(with_other, other):
            continue  # two things of a kind on purpose: a page and the one it goes under
        if any(_contradict(a, other, b) for a in with_one for b in with_other) or any(
            _contradict(b, one, a) for a in with_one for b in with_other
        ):
            return f"{one}, {other}"
    return None


def _fields_of(rows: Sequence[_Row], value: str) -> set[str]:
    """The fields of rows that hold a value."""
    return set[str]().union(*(_fields(value, it) for it in rows))


def _contradict(of: _Row, value: str, value_of: _Row) -> bool:
    """Whether a row has another value where the row of `value` has it."""
    return bool(_fields(value, value_of) & of[0].keys())


def _fields(value: str, of: _Row) -> set[str]:
    row, result = of
    return {name for name in result.issued.intersection(row) if str(row[name]) == value}


def other_thing(proposal: Proposal) -> str | None:
    """What names the row that was meant, where the call is about another that shares less."""
    rows = [(row, result) for result in proposal.seen.results for row in result.rows]
    for value in proposal.texts:
        mine = [it for it in rows if value in ids_of(*it)]
        if not mine:
            continue
        fields = _fields_of(mine, value)
        others = [
            (row, result)
            for row, result in rows
            if value not in ids_of(row, result)
            and fields & result.issued & row.keys()
            and any(_like(row, it[0]) for it in mine)
        ]
        own = set[str]().union(*(_named_by(it, proposal) for it in mine))
        for other in others:
            named = _named_by(other, proposal)
            if own < named and len(named) > len(own):
                return ", ".join(sorted(named - own))
    return None


def _like(row: Mapping[str, JsonValue], other: Mapping[str, JsonValue]) -> bool:
    """Whether two rows are things of one kind: most of their fields are the same."""
    return len(row.keys() & other.keys()) * 2 >= len(row.keys() | other.keys())


def _named_by(of: _Row, proposal: Proposal) -> set[str]:
    """The words and the days said that a row has; not those that name every thing of its kind."""
    row, result = of
    texts = [text for name, value in row.items() if name not in result.issued
             for text in texts_in(value)]  # fmt: skip
    by_place = _BY_PLACE[proposal.seen.language].search(proposal.said) is not None
    words = {word for text in texts for word in content_words(text)}
    said = {
        word
        for word in content_words(proposal.without_times)
        if not word.isdigit()
        and is_among(word, words)
        and not (by_place and proposal.known.knows(proposal.key, word))
    }
    return said | set(_days(row, proposal))


def _days(row: Mapping[str, JsonValue], proposal: Proposal) -> Iterator[str]:
    for stamp in stamps_in(dict(row)):
        if any(it.means_time(stamp[:10]) for it in proposal.seen.said):
            yield stamp[:10]
