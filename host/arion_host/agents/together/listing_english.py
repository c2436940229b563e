"""Several things asked for with one English verb: "close issues four and six on arion"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from arion_host.agents.together.compound import begins_command
from arion_host.agents.together.ways import MOST_ITEMS, Way, around, cut, grouped, spread
from arion_host.language.times import find_times

_VERB_EN = re.compile(
    r"^(?P<verb>(?:show me|tell me|give me|read me|read out|read|show|list|check|get|pull up"
    r"|bring up"
    r"|what's|what is|what are|what were|find me|find|look for|search for|do i have|are there"
    r"|is there"
    r"|any|how's|how is|where's|where is|when's|when is|who's|let me see|let me hear|i want to know"
    r"|i'd like to see|i need|run through|go through|remind me of|how about)(?: both)?)\s+",
    re.IGNORECASE,
)
_WHERE_EN = re.compile(r"\s(?:in|on|for|from|near|at|around)\s(?!me\b)\S.*$", re.IGNORECASE)
AND_EN = re.compile(
    r"(?:[,;.?]\s+(?:(?:and|then|plus|oh|also)\b,?\s+)*"
    r"|\s+(?:and then|and also|and|plus|then|as well as|&)\s+)(?:(?:then|also|again|both)\s+)*",
    re.IGNORECASE,
)
_MEANS_EN = re.compile(
    r"\b(?:by (?:car|subway|bus|taxi|train|bike|foot|transit)|on foot|driving|walking)\b", re.I
)
_TELLS_EN = re.compile(r"^[A-Z][\w-]+(?: [A-Z][\w-]+)? (?:that|saying) ")
_A_EN = re.compile(r"^an?\s", re.IGNORECASE)
_BEGINS_EN = re.compile(
    rf"(?P<means>{_MEANS_EN.pattern})"
    r"|(?P<preposition>on|in|at|from|by|to|for|with|about|near|under|as)\s"
    r"|(?P<article>the|a|an|some|my|that|this|his|her|our)\s"
    r"|(?P<whose>(?!(?:it|that|there|he|she|here)'s)[\w-]+'s)\s",
    re.IGNORECASE,
)
_ARTICLES_EN = re.compile(r"\b(?:the|a|an|some|my|that|this|his|her|our|[\w-]+'s)\s", re.IGNORECASE)
_PREPOSITIONS_EN = re.compile(r"\s(?:on|in|at|from|by|to|for|near|off|as|under|into)\s")
_ACT_EN = re.compile(
    r"^(?:tell me|show me|read me|give me|find me|put|set|turn|look for|search for"
    r"|remind me to|\S+)\s",
    re.IGNORECASE,
)
_ASKS_EN = re.compile(
    r"(?:what|when|where|who|how|which|is|are|do|does|did|will|can|i|(?:it|that|there|he|she)'s)\b",
    re.I,
)
"""What begins a sentence of its own."""
_BETWEEN_EN = re.compile(r"\b(?:between|both of|difference|versus|vs|compare)\b", re.IGNORECASE)
_ONE_TO_99_EN = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four"
    r"|five|six"
    r"|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|one|two|three|four|five|six|seven|eight|nine"
)
_NEXT_NUMBER_EN = re.compile(
    rf"(?:{AND_EN.pattern})(?:(?:issue|pr|pull request|number|task|no\.?)\s)?", re.IGNORECASE
)
_NUMBER_EN = re.compile(rf"#?\d{{1,4}}(?!\w|:)|\b(?:{_ONE_TO_99_EN})\b", re.IGNORECASE)
_PLURAL_EN = re.compile(r"(?P<noun>issue|pr|pull request|request|number|no|task)s(?=\s*$)", re.I)


def listed_english(said: str, now: datetime) -> Iterator[Way]:
    """Every way in which an utterance may ask for several things; the surest first."""
    yield from _numbers_english(said)
    if _BETWEEN_EN.search(said):
        return
    times = [it.begin for it in find_times(said, "en", now)]
    groups = grouped(
        [it.span() for it in AND_EN.finditer(said) if it.start() > 0 and it.end() < len(said)]
    )
    for group in groups:
        if not any(begins_command(said[it[1] :], "en") for it in group):
            yield from _parallel_english(said, group, times, now)
    if found := _VERB_EN.match(said):
        for group in groups:
            yield from _together_english(said, group, found["verb"])


def _together_english(said: str, joints: list[tuple[int, int]], verb: str) -> Iterator[Way]:
    """Things of any kind behind one verb that only reads: "show me my tasks and the news"."""
    first, *others = cut(said, joints)
    if len(first) <= len(verb) or any(_ASKS_EN.match(other) for other in others):
        return
    texts = (first, *(f"{verb} {other}" for other in others))
    wheres = [_WHERE_EN.search(it[len(verb) :]) for it in texts]
    known = [it[0] for it in wheres if it is not None]
    if len(known) == 1:
        written = (t if w else f"{t}{known[0]}" for t, w in zip(texts, wheres, strict=True))
        yield Way(tuple(written), near=True)
    yield Way(texts, bare=not all(_BEGINS_EN.match(other) for other in others))


def _parallel_english(
    said: str, joints: list[tuple[int, int]], times: list[int], now: datetime
) -> Iterator[Way]:
    """What is built alike: "on arion and on yeoul-notify", "the coupon mail and the sale ad"."""
    left, right = said[: joints[0][0]], said[joints[0][1] :]
    begins = _BEGINS_EN.match(right)
    last = joints[-1][1]
    ends = [it for it in times if it > last][-1:]
    ends += [last + it.start() for it in _PREPOSITIONS_EN.finditer(said[last:])]
    ends = [len(said), *(len(said[:it].rstrip()) for it in ends)]
    where = around(said, *joints[0])
    reads = _VERB_EN.match(said) is not None
    for start in filter(None, _starts(left, begins)):
        for end in ends[:4]:
            items = cut(said[start:end], [(one - start, other - start) for one, other in joints])
            if not all(items):
                continue
            tells = all(_TELLS_EN.match(it) for it in items)
            alone = begins is None and not (tells or all(find_times(it, "en", now) for it in items))
            if alone and not reads:
                continue  # "cancel mac and cheese night"
            yield replace(
                spread(said, start, items, end, where),
                mixed=begins is not None and bool(begins["preposition"] or begins["means"]),
                bare=alone,
                clear=tells or (reads and all(_A_EN.match(it) for it in items)),
            )


def _starts(left: str, begins: re.Match[str] | None) -> list[int]:
    """Where what is like the words behind a joint may begin before it; the likeliest first."""
    starts: list[int] = []
    if begins is not None and begins["means"]:
        starts = [it.start() for it in _MEANS_EN.finditer(left)][-1:]
    elif begins is not None and begins["preposition"]:
        same = re.compile(rf"\b{begins['preposition']}\s", re.IGNORECASE)
        starts = [it.start() for it in same.finditer(left)][-1:]
    elif begins is not None:
        starts = [it.start() for it in _ARTICLES_EN.finditer(left)][:-4:-1]
    act = _ACT_EN.match(left)
    return starts if act is None or act.end() in starts else [*starts, act.end()]


def _numbers_english(said: str) -> Iterator[Way]:
    found = list(_NUMBER_EN.finditer(said))
    chain: list[re.Match[str]] = found[:1]
    for one, other in pairwise([*found, None]):
        between = said[one.end() : other.start()] if one and other else ""
        if other is not None and _NEXT_NUMBER_EN.fullmatch(between):
            chain.append(other)
            continue
        if 1 < len(chain) <= MOST_ITEMS:
            first, last = chain[0], chain[-1]
            head = _PLURAL_EN.sub(r"\g<noun>", said[: first.start()])
            items = tuple(it[0] for it in chain)
            tail = said[last.end() :]
            where = said[first.start() : last.end()]
            yield Way(tuple(f"{head}{it}{tail}" for it in items), items, where, clear=True)
        chain = [other] if other is not None else []
