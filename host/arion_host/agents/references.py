"""Slots that name something the person already has: how it is looked up and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from pydantic import JsonValue

from arion_host.agents.filling import Filler
from arion_host.agents.meaning import Meaning
from arion_host.agents.names import forms, is_called, nearest
from arion_host.agents.rows import Likeliest, is_person, likeliest, words_that_count
from arion_host.agents.understood import (
    CompletedCall,
    Match,
    NoneFound,
    Provenance,
    ReferenceQuery,
    Resolved,
    Several,
    SlotValue,
)
from arion_host.language.glossary import glossary, words_of
from arion_host.language.utterance import bare
from arion_kit.words import ReferenceSlot

_MOST_QUERIES = 4
"""Look-ups with other words, at most: they are made at once, but each is a request upstream."""
_DOUBTFUL = 3.2
"""Cost of a reading from which a write is read back first: much was taken on trust."""
_MOST_ROWS = 50
"""Rows of a look-up without words."""
_COUNTS = ("max_results", "page_size", "limit")
_TEXT = "{text}"
_TERM = re.compile(r'(?:(?P<field>\w+):)?"?\{text\}"?')


def reference_query(match: Match, slot: str, words: str | None = None) -> ReferenceQuery:
    """The reading call that finds what `slot` names, on the match's server.

    `words` are looked for in the place of those that were said.

    Raises:
        KeyError: `slot` is no reference of the match.
    """
    text = match.slots[slot].text if words is None else words
    return _query(match, match.references[slot], text)


def other_queries(match: Match, slot: str, names: Sequence[str] = ()) -> tuple[ReferenceQuery, ...]:
    """Further reading calls, for when the words that were said find nothing.

    They look for the name without what people add to it, for one of `names` (what the person is
    known to have) that it is called by or sounds like, for words that mean the same, and for the
    single words. What they find is to be held against the words by `choose_likeliest`.

    Raises:
        KeyError: `slot` is no reference of the match.
    """
    reference, said = match.references[slot], match.slots[slot].text
    if _TEXT not in str(reference.arguments):
        return ()
    seen = [reference_query(match, slot)]
    for words in _other_words(said, names):
        query = _query(match, reference, words)
        if query not in seen:
            seen.append(query)
    return tuple(seen[1 : _MOST_QUERIES + 1])


def widened_query(
    match: Match, slot: str, schema: Mapping[str, JsonValue]
) -> ReferenceQuery | None:
    """The reading call without words: rows of the time that was said, or the latest.

    `schema` is that of the tool's arguments. None where the tool needs the words, or where there
    are none to leave out.

    Raises:
        KeyError: `slot` is no reference of the match.
    """
    reference = match.references[slot]
    if _TEXT not in str(reference.arguments):
        return None
    arguments = dict(without_words(reference.arguments))
    wide = _query(match, reference.model_copy(update={"arguments": arguments}), "")
    required = schema.get("required")
    if isinstance(required, list) and not set(map(str, required)) <= set(wide.arguments):
        return None
    return replace(wide, arguments=widest(wide.arguments, schema))


def without_words(arguments: Mapping[str, JsonValue]) -> Iterator[tuple[str, JsonValue]]:
    """A look-up's arguments without what is said: `from:"{text}" in:inbox` is `in:inbox`."""
    for name, template in arguments.items():
        if not isinstance(template, str) or _TEXT not in template:
            yield name, template
        elif rest := " ".join(_TERM.sub(" ", template).split()):
            yield name, rest


def widest(
    arguments: Mapping[str, JsonValue], schema: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """The arguments of a look-up without words, with as many rows and as long a time as it has."""
    properties = schema.get("properties")
    known = properties if isinstance(properties, dict) else {}
    counts: dict[str, JsonValue] = {name: _MOST_ROWS for name in _COUNTS if name in known}
    # A calendar that is told no time gives today.
    times: dict[str, JsonValue] = {"start": "now"} if "start" in known else {}
    return {**times, **arguments, **counts}


def choose(
    rows: Sequence[Mapping[str, JsonValue]],
    slot: ReferenceSlot,
    text: str,
    *,
    untrusted: bool = False,
    source: str = "",
) -> Resolved | NoneFound | Several:
    """What the words `text` mean among the rows that the reading tool `source` found for them."""
    options = options_of(rows, slot, text, untrusted=untrusted, source=source)
    return choose_found(options, slot, text)


def choose_found(
    options: Sequence[Resolved], slot: ReferenceSlot, text: str
) -> Resolved | NoneFound | Several:
    """What the words `text` mean among the rows that were found with them."""
    if not options:
        return NoneFound(text)
    if len(options) == 1 or slot.pick == "first":
        return options[0]
    exact = [option for option in options if bare(option.label) == bare(text)]
    if len(exact) == 1:
        return exact[0]
    likely = likeliest(options, text, field=_field(slot, options))
    some = likely.found if likely.sure else None
    return some if isinstance(some, Resolved | Several) else Several(text, tuple(options))


def is_plain(options: Sequence[Resolved], slot: ReferenceSlot, text: str) -> bool:
    """Whether one of the rows has what was said where people would know it by.

    A look-up finds words anywhere: 택배 in a mail about kimchi. Where the words are no part of the
    look-up, or something else tells which row it is, any row is plain.
    """
    if _TEXT not in str(slot.arguments) or text in chain.from_iterable(slot.words.values()):
        return True
    field = _field(slot, options)
    if is_person(text) and not field:
        return False  # 엄마 is in a subject, and 어머니 is who wrote
    likely = likeliest(options, text, field=field)
    return likely.sure and not isinstance(likely.found, NoneFound)


def choose_likeliest(
    options: Sequence[Resolved],
    slot: ReferenceSlot,
    text: str,
    *,
    meaning: Meaning | None = None,
    spoken: bool = False,
) -> Likeliest:
    """What the words `text` mean among rows that were found without them.

    See `likeliest`. Where the slot takes the first, the first of those that fit is taken.
    """
    field = _field(slot, options)
    likely = likeliest(options, text, field=field, meaning=meaning, spoken=spoken)
    if slot.pick == "first" and likely.sure and isinstance(likely.found, Several):
        return Likeliest(likely.found.options[0])
    return likely


def options_of(
    rows: Sequence[Mapping[str, JsonValue]],
    slot: ReferenceSlot,
    text: str,
    *,
    untrusted: bool = False,
    source: str = "",
) -> tuple[Resolved, ...]:
    """The rows as what `text` may mean, each once."""
    found: dict[str, Resolved] = {}
    issued = tuple("" if it == slot.value else it for it in slot.issued)
    for row in rows:
        value = row.get(slot.value)
        if value is not None:
            label = str(row.get(slot.label) or text)
            one = Resolved(value, label, row, untrusted, source, issued)
            found.setdefault(str(value), one)
    return tuple(found.values())


def _query(match: Match, reference: ReferenceSlot, text: str) -> ReferenceQuery:
    words = SlotValue("text", text, text, Provenance.SAID)
    filler = Filler({**match.slots, "text": words}, {})
    filled = filler.fill_all(reference.arguments)
    return ReferenceQuery(reference.tool, {name: one.value for name, one in filled.items()})


def _other_words(said: str, names: Sequence[str]) -> Iterator[str]:
    yield from forms(said)[1:]
    words = words_that_count(said)
    yield from (name for name in names if is_called(name, said))
    near = nearest(said, names)
    yield from [near] if near else []
    yield from (name for name in names if any(is_called(name, word) for word in words))
    same = [term for term in glossary().others(said) if "," not in term]
    # 치과의원 is found by 치과.
    short = [it for it in same if not any(other != it and other in it for other in same)]
    owned = " ".join(names).casefold()
    korean, english = ([it for it in short if it.isascii() is ascii] for ascii in (False, True))
    mixed = [it for pair in zip_longest(korean, english) for it in pair if it is not None]
    short = sorted(mixed, key=lambda term: term not in owned)
    yield from short[:2]
    yield from sorted(words, key=len, reverse=True) if len(words_of(said)) > 1 else ()
    yield from short[2:]


def _field(slot: ReferenceSlot, options: Sequence[Resolved]) -> str:
    """The field of rows that the words are about: `from:"{text}"`. "" where all are."""
    found = [match["field"] for it in slot.arguments.values() for match in _TERM.finditer(str(it))]
    field = found[0] if found else None
    return field if field and any(field in option.row for option in options) else ""


def complete(match: Match, resolved: Mapping[str, Resolved]) -> CompletedCall:
    """The call with every argument filled in.

    `resolved` has the row of every reference of the match, by slot.

    Raises:
        KeyError: A reference is missing from `resolved`.
    """
    found = {name: resolved[name] for name in match.references}
    filler = Filler(match.slots, found)
    arguments = filler.fill_all(match.arguments)
    question = filler.fill(match.readback) if match.readback else None
    return CompletedCall(
        server=match.server,
        tool=match.tool,
        arguments={name: one.value for name, one in arguments.items()},
        evidence={name: one.evidence for name, one in arguments.items()},
        readback=str(question.value) if question else None,
        sure=match.sure and match.cost < _DOUBTFUL,
    )
