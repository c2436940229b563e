"""What the person said and a proposed call leaves out: a time, a place, or what it is about.

People say more than a call needs, so a word that no argument has proves nothing. Told from chatter
is what stands where a value stands, and only where the tool has a parameter that was left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from arion_host.language.numbers import numbers_in
from arion_host.language.spans import Grain, TimeSpan
from arion_host.language.times import find_times
from arion_host.language.utterance import bare
from arion_host.validation.content import content_words, is_among, texts_in
from arion_host.validation.proposal import Proposal, stamps_in
from arion_kit.words import Language

_TIMES = frozenset(
    {"start", "end", "date", "when", "due", "until", "time_min", "time_max", "properties"}
)
"""Parameters that hold times."""
_PLACES = frozenset(
    {"near", "place", "location", "origin", "destination", "waypoints", "via", "where"}
)
_ABOUT = frozenset(
    {
        "query", "text", "title", "summary", "name", "item", "subject", "category", "place", "near",
        "destination", "origin",
    }
)  # fmt: skip
"""Parameters that hold what a call is about."""
_COUNTED = re.compile(r"(?<=[가-힣]) (?=(?:개|병|봉|팩|판|통|캔|장|권|상자|박스))")
"""The space before a Korean counter: `두 개` is read as `두개` is."""
_AT_A_PLACE: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?P<place>[가-힣A-Za-z0-9]{2,})(?:\s?(?:근처|주변|앞|들러)|에서|까지)"),
    "en": re.compile(
        r"\b(?:near|around|from|to|via|at|in|by)\s+(?:the\s+)?(?P<place>[A-Z0-9가-힣][\w가-힣]*)"
    ),
}
"""Where a place stands: in English its name begins with a capital."""


def half_a_call(proposal: Proposal) -> str | None:
    """A call that says less than anybody who asks for its tool: which event, and not what of it."""
    given = proposal.call.arguments
    if proposal.is_several or not given or not proposal.known.is_half(proposal.key, given.keys()):
        return None
    return proposal.call.tool


def time_left_out(proposal: Proposal) -> str | None:
    """A time that no argument has, though the tool takes one, or the end of such a time."""
    spans = find_times(proposal.said, proposal.seen.language, proposal.seen.now)
    if proposal.is_several or not spans or not _holds_times(proposal):
        return None
    unused = [span for span in spans if not _is_used(span, proposal)]
    if unused and (len(unused) == len(spans) or proposal.chosen_rows):
        # One of several times may be what the thing was found by; the other one is new.
        return unused[0].text
    return next((it.text for it in spans if _has_no_end(it, proposal)), None)


def _holds_times(proposal: Proposal) -> bool:
    """Whether the tool has a parameter for times, or one for a search that was left empty."""
    searches = "query" in proposal.parameters and not proposal.call.arguments
    return searches or bool(_TIMES.intersection(proposal.parameters))


def _is_used(span: TimeSpan, proposal: Proposal) -> bool:
    if any(bare(span.text) in bare(text) or span.to == text for text in proposal.texts):
        return True
    if span.recurrence and any(span.recurrence in text for text in proposal.texts):
        return True
    stamps = stamps_in(dict(proposal.call.arguments))
    rows = [stamp for row in proposal.chosen_rows for stamp in stamps_in(dict(row))]
    past = find_times(proposal.said, proposal.seen.language, proposal.seen.now, past=True)
    readings = [span, *(it for it in past if it.begin < span.finish and span.begin < it.finish)]
    days = {day for it in readings for day in _days(it)}
    return any(stamp[:10] in days for stamp in (*stamps, *rows))


def _days(span: TimeSpan) -> Iterator[str]:
    for moment in (span.start, span.end, datetime.fromisoformat(span.at)):
        yield moment.date().isoformat()


def _has_no_end(span: TimeSpan, proposal: Proposal) -> bool:
    start = proposal.call.arguments.get("start")
    is_long = span.grain.is_dated_only or span.grain is Grain.PART
    return (
        is_long
        and isinstance(start, str)
        and start == span.start.isoformat(timespec="seconds")
        and "end" in proposal.parameters
        and not proposal.call.arguments.get("end")
    )


def place_left_out(proposal: Proposal) -> str | None:
    """A place that no argument has, where one that holds a place was left empty."""
    empty = _PLACES.intersection(proposal.parameters).difference(proposal.call.arguments)
    if proposal.is_several or not empty:
        return None
    for found in _AT_A_PLACE[proposal.seen.language].finditer(proposal.without_times):
        words = content_words(found["place"])
        if words and not any(_is_used_word(word, proposal) for word in words):
            return found["place"]
    return None


def quantity_left_out(proposal: Proposal) -> str | None:
    """How many, where the tool takes that and no argument has the number."""
    if "quantity" not in proposal.parameters or "quantity" in proposal.call.arguments:
        return None
    language = proposal.seen.language
    given = " ".join(str(value) for value in proposal.call.arguments.values())
    said = numbers_in(_COUNTED.sub("", proposal.without_times), language)
    left = set(said) - {1} - set(numbers_in(_COUNTED.sub("", given), language))
    return str(min(left)) if left and not proposal.is_several else None


def choice_left_out(proposal: Proposal) -> str | None:
    """A word for one of a few values, where the argument that takes them was left empty."""
    if proposal.is_several or not proposal.is_first:
        return None
    known = proposal.known
    choices_of = known.choices(proposal.key)
    if choices_of.keys() & proposal.call.arguments.keys():
        return None
    words = [
        it for it in content_words(proposal.without_times) if not known.knows(proposal.key, it)
    ]
    for name, choices in choices_of.items():
        if name not in proposal.parameters:
            continue
        for word in words:
            if word in choices and not is_among(word, proposal.given_words):
                return word
    return None


def all_left_out(proposal: Proposal) -> str | None:
    """What a call is about, where no argument holds any of the words."""
    empty = _ABOUT.intersection(proposal.parameters).difference(proposal.call.arguments)
    if proposal.is_several or not empty or proposal.chosen_rows:
        return None
    if any(_is_said(it, proposal) for it in proposal.texts):
        return None
    words = content_words(proposal.without_times)
    left = [it for it in words if not it.isdigit() and not proposal.known.knows(proposal.key, it)]
    return left[0] if left else None


def _is_said(text: str, proposal: Proposal) -> bool:
    return any(is_among(word, proposal.said_words) for word in content_words(text))


def _is_used_word(word: str, proposal: Proposal) -> bool:
    if proposal.known.is_of_server(proposal.key, word) or is_among(word, proposal.given_words):
        return True
    texts = (text for row in proposal.chosen_rows for text in texts_in(dict(row)))
    return any(is_among(word, content_words(text)) for text in texts)
