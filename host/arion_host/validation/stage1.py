"""Stage 1 of validation: code alone decides whether a call may go on.

Every argument fits the tool's schema and comes from the person's own words, from what those words
were found to mean, or from the server's pack. Nothing is created in the past. What a language model
proposes is held against more: see `proposed`.
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
from arion_host.policy.words_said import heard
from arion_host.validation.proposal import Proposal, stamps_in
from arion_host.validation.proposed import flaw_of
from arion_host.validation.reasons import Flaw
from arion_kit.speech import josa
from arion_kit.words import Language

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?")

_GUESSED = frozenset({"vague", "day", "month", "week_of_month"})
"""What had to be guessed of a time in such a way that the person should hear it first."""

_ODD_TIME: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:^|\s)(?:\d{1,3}|[이삼사오육칠팔구]?\s?십\s?[일이삼사오육칠팔구]?|스물\s?\S{0,2})\s?시"
        r"(?:에|부터|까지|쯤|로)?(?=\s|$)"
    ),
    "en": re.compile(
        r"\b(?:\d{1,3}\s?(?:[ap]\.?m\b|o'clock)|\d{1,3}(?:st|nd|rd|th)\b)", re.IGNORECASE
    ),
}
"""Words for a time that no clock and no calendar has, left over in what is to be written."""

Kind = (
    Literal["fits", "schema", "ungrounded", "past", "recurring", "odd_time", "vague", "mismatch"]
    | Flaw
)


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
    *,
    language: Language,
    now: datetime,
    proposal: Proposal | None = None,
) -> Verdict:
    """Judge a call against its tool and the words it came from.

    Args:
        call: the call, with the words it was made from and the evidence of its arguments.
        schema: JSON Schema of the tool's arguments.
        facts: what the tool does.
        language: of the utterance.
        now: the moment it was said, in the person's time zone.
        proposal: of a call that a language model proposes, what else is known of it.
    """
    said = _Said(tidy(call.utterance, language), call.utterance, language, now)
    return (
        _against_schema(call, schema, language)
        or (_grounding(call, said) if proposal is None else _proposed(proposal, facts))
        or _time_of_write(call, facts, said)
        or _doubtful_time(call, facts, said)
        or Verdict(1, "pass", "fits", PHRASES[language].fits)
    )


class _Said:
    """What was said, and the times in it."""

    def __init__(self, text: str, utterance: str, language: Language, now: datetime) -> None:
        self.letters = (bare(text), bare(utterance))
        spans = find_times(text, language, now)
        joined = fold(text, spans, language, now)
        self.spans: tuple[TimeSpan, ...] = (
            *spans,
            *(joined.spans if joined else ()),
            *find_times(text, language, now, past=True),
        )
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


def _proposed(proposal: Proposal, facts: ToolFacts) -> Verdict | None:
    flaw = flaw_of(proposal, reads=facts.read_only)
    return Verdict(1, "reject", *flaw) if flaw else None


def _grounding(call: CompletedCall, said: _Said) -> Verdict | None:
    for name, value in call.arguments.items():
        evidence = call.evidence.get(name)
        if call.by_model and evidence is not None:
            # Words may be the model's, and policy asks about them; a time never is.
            heard_now = heard(call.utterance, said.language, said.now)
            grounded = evidence.provenance is not Provenance.MODEL or all(
                heard_now.means_time(stamp) for stamp in stamps_in(value)
            )
        else:
            grounded = _is_grounded(value, evidence, said)
        if not grounded:
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
    """Nothing is put into the past, and one event is not made where a series was said."""
    if facts.read_only or facts.destructive:
        return None
    phrases = PHRASES[said.language]
    for span in _spans_of(call, said):
        if "recurring" in span.ambiguous and not _carries(call, span.recurrence):
            return Verdict(1, "reject", "recurring", phrases.recurring)
        if is_past(span, said.now):
            return Verdict(1, "reject", "past", phrases.past.format(when=_topic(span, said)))
    return None


def _doubtful_time(call: CompletedCall, facts: ToolFacts, said: _Said) -> Verdict | None:
    """A time is not written down that is none, nor one that was guessed without being heard."""
    spans = _spans_of(call, said)
    if facts.read_only or call.by_model or not spans:
        return None
    phrases = PHRASES[said.language]
    free = (
        str(call.arguments[name])
        for name, evidence in call.evidence.items()
        if evidence.provenance is Provenance.SAID and name in call.arguments
    )
    if any(_ODD_TIME[said.language].search(text) for text in free):
        return Verdict(1, "reject", "odd_time", phrases.odd_time)
    if any(_GUESSED.intersection(span.ambiguous) for span in spans):
        return Verdict(1, "pass", "vague", phrases.vague)
    return None


def _spans_of(call: CompletedCall, said: _Said) -> list[TimeSpan]:
    """The times in the utterance that the times of the call were computed from."""
    return [
        span
        for value in call.arguments.values()
        for stamp in _times_in(value)
        for span in said.spans_with(stamp)
    ]


def _carries(call: CompletedCall, rule: str | None) -> bool:
    """Whether a call says how its event recurs, as it was said."""
    return rule is not None and any(rule in str(value) for value in call.arguments.values())


def _topic(span: TimeSpan, said: _Said) -> str:
    if said.language == "ko":
        return josa(span.spoken, "은는")
    spoken = span.spoken.removeprefix("on ")
    return spoken[0].upper() + spoken[1:]
