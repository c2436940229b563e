"""Where the arguments of a call come from that a language model has proposed.

What the model says of them counts for nothing. An argument is the person's when it stands in
their own words; anything else the model took or made, and that inherits the worst of all the
model had seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from pydantic import JsonValue

from arion_host.agents.understood import Evidence, Provenance
from arion_host.policy.words_said import WordsSaid, heard
from arion_kit.words import Language

_SPACES = re.compile(r"\s+")
_BETWEEN = "\0"
_SHORTEST_WORD = 2
"""One letter that was said somewhere says nothing."""


@dataclass(frozen=True)
class SeenResult:
    """What one tool returned to the model."""

    source: str
    """`server/tool`."""
    content: JsonValue
    untrusted: bool
    """Others may have written some of it, or had a hand in what the tool was called with."""
    issued: frozenset[str] = frozenset()
    """Fields of its rows that the service itself makes up, such as ids: nobody can choose them."""

    @cached_property
    def text(self) -> str:
        """All values, in one spelling."""
        return f" {_plain(_BETWEEN.join(map(str, _leaves(self.content))))} "

    @cached_property
    def rows(self) -> tuple[Mapping[str, JsonValue], ...]:
        """The objects that have an issued field."""
        return tuple(row for row in _objects(self.content) if self.issued.intersection(row))

    @cached_property
    def ids(self) -> frozenset[tuple[str, str]]:
        """Each issued field with each of its values."""
        return frozenset(
            (name, str(row[name])) for row in self.rows for name in self.issued.intersection(row)
        )

    def holds(self, words: str) -> bool:
        """Whether it has these plain words, as a value or as whole words of one."""
        at = self.text.find(words)
        while at >= 0:
            before, behind = self.text[at - 1], self.text[at + len(words)]
            if not (before.isalnum() or (behind.isalnum() and behind.isascii())):
                return True
            at = self.text.find(words, at + 1)
        return False


@dataclass(frozen=True)
class Seen:
    """All that a model knew when it proposed a call."""

    utterances: tuple[str, ...]
    """What the person has said in this conversation, the latest last."""
    language: Language
    now: datetime
    """In the person's time zone."""
    results: tuple[SeenResult, ...] = ()

    @cached_property
    def is_tainted(self) -> bool:
        """Whether the model has read what others than the person wrote."""
        return any(result.untrusted for result in self.results)

    @cached_property
    def said(self) -> tuple[WordsSaid, ...]:
        """The utterances, and what code makes of them."""
        return tuple(heard(text, self.language, self.now) for text in self.utterances)

    @cached_property
    def named(self) -> Mapping[str, str]:
        """Issued fields, each with its value in the one row that the person has named."""
        found: dict[str, set[str]] = {}
        for result in self.results:
            for row in result.rows:
                if self._names(row, result.issued):
                    for name in result.issued.intersection(row):
                        found.setdefault(name, set()).add(str(row[name]))
        return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}

    def _names(self, row: Mapping[str, JsonValue], issued: frozenset[str]) -> bool:
        return any(
            isinstance(value, str) and self.has(value)
            for name, value in row.items()
            if name not in issued
        )

    def has(self, text: str) -> bool:
        """Whether the person has said just this, as whole words."""
        return len(text.strip()) >= _SHORTEST_WORD and any(it.has(text) for it in self.said)

    @cached_property
    def untrusted_sources(self) -> tuple[str, ...]:
        """The tools that returned what others wrote."""
        return tuple(dict.fromkeys(it.source for it in self.results if it.untrusted))


def trace(
    arguments: Mapping[str, JsonValue], schema: Mapping[str, JsonValue], seen: Seen
) -> dict[str, Evidence]:
    """Say of every argument where it comes from; of one with several parts, the worst.

    `schema` is the JSON Schema of the tool's arguments.
    """
    properties = schema.get("properties")
    known = properties if isinstance(properties, dict) else {}
    return {
        name: _evidence(value, known.get(name), schema, seen) for name, value in arguments.items()
    }


def _evidence(
    value: JsonValue, field: JsonValue, schema: Mapping[str, JsonValue], seen: Seen
) -> Evidence:
    if isinstance(field, dict) and "default" in field and _equal(field["default"], value):
        return Evidence(Provenance.LITERAL)
    parts = [_leaf(leaf, seen) for leaf in _leaves(value)]
    parts += [_leaf(key, seen) for key in _free_keys(value, schema)]
    if not parts:
        return _made(seen)
    worst = max(parts, key=lambda part: (part.untrusted, _DOUBT.index(part.provenance)))
    return replace(
        worst,
        said=tuple(word for part in parts for word in part.said),
        sources=tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


_DOUBT = (
    Provenance.LITERAL, Provenance.SAID, Provenance.COMPUTED,
    Provenance.RESOLVED, Provenance.FOUND, Provenance.MODEL,
)  # fmt: skip
"""The least doubtful first."""


def _leaf(value: JsonValue, seen: Seen) -> Evidence:
    if isinstance(value, bool) or value is None:
        return _made(seen)
    if isinstance(value, int | float):
        said = any(value in it.numbers for it in seen.said)
        return Evidence(Provenance.COMPUTED) if said else _found(value, seen)
    text = str(value)
    for it in seen.said:
        if it.means_time(text):
            return Evidence(Provenance.COMPUTED)
    # Digits that were said as part of a time or a date are no text of their own.
    counts = text.isdecimal()
    said = any(it.has_number(text) for it in seen.said) if counts else seen.has(text)
    return Evidence(Provenance.SAID, (text,)) if said else _found(text, seen)


def _found(value: str | float, seen: Seen) -> Evidence:
    words = _plain(str(value))
    holding = [result for result in seen.results if words and result.holds(words)]
    sources = tuple(dict.fromkeys(result.source for result in holding))
    if not sources:
        return _made(seen)
    ids = {name for it in holding for name, issued in it.ids if issued == str(value)}
    if any(seen.named.get(name) == str(value) for name in ids):
        return Evidence(Provenance.RESOLVED, sources=sources)
    # Which of the things it had seen to take was the model's choice too.
    return Evidence(Provenance.FOUND, untrusted=seen.is_tainted, sources=sources)


def _made(seen: Seen) -> Evidence:
    return Evidence(Provenance.MODEL, untrusted=seen.is_tainted, sources=seen.untrusted_sources)


def _equal(default: JsonValue, value: JsonValue) -> bool:
    return type(default) is type(value) and default == value


def _leaves(value: JsonValue) -> Iterator[JsonValue]:
    if isinstance(value, dict):
        for member in value.values():
            yield from _leaves(member)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _objects(value: JsonValue) -> Iterator[Mapping[str, JsonValue]]:
    if isinstance(value, dict):
        yield value
    for member in _members(value):
        yield from _objects(member)


def _members(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _free_keys(value: JsonValue, schema: Mapping[str, JsonValue]) -> Iterator[str]:
    """The names in nested objects that the schema doesn't know: somebody has chosen them."""
    used = {name for row in _objects(value) for name in row}
    if used:
        yield from used.difference(_declared(dict(schema)))


def _declared(schema: JsonValue) -> Iterator[str]:
    for part in _objects(schema):
        properties = part.get("properties")
        if isinstance(properties, dict):
            yield from properties


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
