"""Stage 1 of validation: code alone decides whether a call may go on.

Every argument fits the tool's schema and comes from the person's own words, from what those words
were found to mean, or from the server's pack. Nothing is created in the past.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from pydantic import JsonValue

from arion_host.agents.marking import fold
from arion_host.agents.phrases import PHRASES
from arion_host.agents.understood import CompletedCall, Evidence, Provenance, ToolFacts
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times, is_past
from arion_host.language.utterance import bare, tidy
from arion_kit.speech import josa
from arion_kit.words import Language

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?")

Kind = Literal["fits", "schema", "ungrounded", "past", "recurring"]


@dataclass(frozen=True)
class Verdict:
    """What one stage of validation makes of a call."""

    stage: int
    verdict: Literal["pass", "reject"]
    kind: Kind
    """Why, for machines."""
    reason: str
    """Why, as a sentence for the person."""


def check_call(
    call: CompletedCall,
    schema: Mapping[str, JsonValue],
    facts: ToolFacts,
    utterance: str,
    *,
    language: Language,
    now: datetime,
) -> Verdict:
    """Judge a call against its tool and the words it came from.

    Args:
        call: the call, with the evidence of its arguments.
        schema: JSON Schema of the tool's arguments.
        facts: what the tool does.
        utterance: what was said.
        language: of the utterance.
        now: the moment it was said, in the person's time zone.
    """
    said = _Said(tidy(utterance, language), utterance, language, now)
    return (
        _against_schema(call, schema, language)
        or _grounding(call, said)
        or _time_of_write(call, facts, said)
        or Verdict(1, "pass", "fits", PHRASES[language].fits)
    )


class _Said:
    """What was said, and the times in it."""

    def __init__(self, text: str, utterance: str, language: Language, now: datetime) -> None:
        self.letters = (bare(text), bare(utterance))
        spans = find_times(text, language, now)
        joined = fold(text, spans, language, now)
        self.spans: tuple[TimeSpan, ...] = (*spans, *(joined.spans if joined else ()))
        self.language: Language = language
        self.now = now

    def has(self, words: str) -> bool:
        """Whether the words were said, whatever the spaces and marks between."""
        wanted = bare(words)
        return bool(wanted) and any(wanted in letters for letters in self.letters)

    def spans_with(self, stamp: str) -> list[TimeSpan]:
        """The times in the utterance that a time of the call was computed from."""
        return [span for span in self.spans if stamp in _stamps(span)]


def _stamps(span: TimeSpan) -> tuple[str, ...]:
    start, end = (moment.isoformat(timespec="seconds") for moment in (span.start, span.end))
    dates = (span.start.date().isoformat(), span.end.date().isoformat())
    return (start, end, span.at, span.until or "", *dates)


def _validator(schema: Mapping[str, JsonValue]) -> Validator:
    return Draft202012Validator(dict(schema))


def _against_schema(
    call: CompletedCall, schema: Mapping[str, JsonValue], language: Language
) -> Verdict | None:
    error = next(iter(_validator(schema).iter_errors(call.arguments)), None)
    if error is None:
        return None
    phrases = PHRASES[language]
    if error.validator == "required":
        return Verdict(1, "reject", "schema", phrases.missing_argument)
    value = str(error.instance)
    words = josa(f"'{value}'", "은는") if language == "ko" else value
    return Verdict(1, "reject", "schema", phrases.bad_argument.format(value=words))


def _grounding(call: CompletedCall, said: _Said) -> Verdict | None:
    for name, value in call.arguments.items():
        if not _is_grounded(value, call.evidence.get(name), said):
            return Verdict(1, "reject", "ungrounded", PHRASES[said.language].not_said)
    return None


def _is_grounded(value: JsonValue, evidence: Evidence | None, said: _Said) -> bool:
    """Whether a value is the person's, or made from what is."""
    if evidence is None:
        # Without the pack nothing says that a day's end was wanted, so it has to be said.
        said_times = {time for span in said.spans for time in (span.at, span.until)}
        return isinstance(value, str) and (said.has(value) or value in said_times)
    if evidence.provenance is Provenance.LITERAL:
        return True
    if evidence.provenance is Provenance.SAID:
        return isinstance(value, str) and said.has(value)
    if not evidence.said or not all(said.has(words) for words in evidence.said):
        return False
    if evidence.provenance is Provenance.RESOLVED:
        return True
    return all(said.spans_with(stamp) for stamp in _times_in(value))


def _times_in(value: JsonValue) -> list[str]:
    return _TIME.findall(value) if isinstance(value, str) else []


def _time_of_write(call: CompletedCall, facts: ToolFacts, said: _Said) -> Verdict | None:
    """Nothing is put into the past, and no series is made of one event."""
    if facts.read_only or facts.destructive:
        return None
    phrases = PHRASES[said.language]
    spans = [
        span
        for value in call.arguments.values()
        for stamp in _times_in(value)
        for span in said.spans_with(stamp)
    ]
    for span in spans:
        if "recurring" in span.ambiguous:
            return Verdict(1, "reject", "recurring", phrases.recurring)
        if is_past(span, said.now):
            return Verdict(1, "reject", "past", phrases.past.format(when=_topic(span, said)))
    return None


def _topic(span: TimeSpan, said: _Said) -> str:
    if said.language == "ko":
        return josa(span.spoken, "은는")
    spoken = span.spoken.removeprefix("on ")
    return spoken[0].upper() + spoken[1:]
