"""What is held against a call that a language model proposes, beside its tool's schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from pydantic import JsonValue

from arion_host.agents.together.compound import splits
from arion_host.agents.understood import CompletedCall
from arion_host.language.glossary import glossary, without_particle
from arion_host.language.times import find_times
from arion_host.policy.tracing import Seen, SeenResult
from arion_host.validation.content import content_words, texts_in
from arion_host.validation.known_tools import Key, KnownTools

_MASK = " … "
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True)
class Proposal:
    """A call of a language model, what the model knew, and what people say for each tool."""

    call: CompletedCall
    schema: Mapping[str, JsonValue]
    """JSON Schema of the tool's arguments."""
    seen: Seen
    known: KnownTools
    insists: bool = False
    """The model was told that another tool fits better, and proposes this one again."""

    @property
    def key(self) -> Key:
        """The tool."""
        return self.call.server, self.call.tool

    @property
    def said(self) -> str:
        """The latest utterance."""
        return self.seen.utterances[-1]

    @cached_property
    def is_first(self) -> bool:
        """Whether nothing was said before it."""
        return len(self.seen.utterances) == 1

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All texts in the arguments."""
        return tuple(texts_in(dict(self.call.arguments)))

    @cached_property
    def given_words(self) -> frozenset[str]:
        """The words of all texts in the arguments."""
        return frozenset(word for text in self.texts for word in content_words(text))

    @cached_property
    def said_words(self) -> frozenset[str]:
        """The words of all that the person has said."""
        return frozenset(word for text in self.seen.utterances for word in content_words(text))

    @cached_property
    def said_names(self) -> frozenset[str]:
        """The words that may name somebody, without particles, and others for the same: mom."""
        stems = frozenset(map(without_particle, self.said_words))
        return stems.union(*map(glossary().others, stems))

    @cached_property
    def parameters(self) -> Mapping[str, JsonValue]:
        """The schemas of the tool's parameters, by name."""
        return cast("Mapping[str, JsonValue]", self.schema.get("properties") or {})

    @cached_property
    def chosen_rows(self) -> tuple[Mapping[str, JsonValue], ...]:
        """The rows of results that the call is about: an id of theirs is an argument."""
        values = set(self.texts)
        return tuple(
            row
            for result in self.seen.results
            for row in result.rows
            if values & ids_of(row, result)
        )

    @cached_property
    def without_times(self) -> str:
        """The utterance with its times left out."""
        return self._masked(self.said)

    @cached_property
    def _parts(self) -> frozenset[str]:
        several = splits(self.said, self.seen.language)
        return frozenset(part for parts in several for part in parts)

    @property
    def is_several(self) -> bool:
        """Whether the utterance may be several requests, of which this call answers one."""
        return bool(self._parts)

    @property
    def wishes(self) -> Iterator[str]:
        """Every request the utterance may consist of, without times and values."""
        for part in sorted({self.said, *self._parts}):
            text = self._masked(part)
            for value in sorted(self.texts, key=len, reverse=True):
                at = text.lower().find(value.lower()) if len(value) > 1 else -1
                if at >= 0:
                    text = f"{text[:at]}{_MASK}{text[at + len(value) :]}"
            yield text

    def _masked(self, text: str) -> str:
        spans = find_times(text, self.seen.language, self.seen.now)
        for span in sorted(spans, key=lambda it: -it.begin):
            text = f"{text[: span.begin]}{_MASK}{text[span.finish :]}"
        return text


def stamps_in(value: JsonValue) -> list[str]:
    """The dates and times anywhere in a value, in ISO 8601."""
    return [stamp for text in texts_in(value) for stamp in _STAMP.findall(text)]


def ids_of(row: Mapping[str, JsonValue], result: SeenResult) -> set[str]:
    """What the service itself has issued in a row."""
    return {str(row[name]) for name in result.issued.intersection(row)}
