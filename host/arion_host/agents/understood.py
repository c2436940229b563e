"""What the router understood: an intent with typed slots, and where every argument comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue

from arion_host.language.money import Price
from arion_host.language.spans import TimeSpan
from arion_kit.words import Language, ReferenceSlot


class Provenance(StrEnum):
    """Where a value of a call comes from."""

    SAID = "said"
    """The person's own words, unchanged."""
    COMPUTED = "computed"
    """Made by code from the person's words: a time, a number, a choice, a filled-in text."""
    RESOLVED = "resolved"
    """Found with a reading tool from the person's words."""
    LITERAL = "literal"
    """Written in the server's language pack."""
    FOUND = "found"
    """Copied by a language model from what a tool returned."""
    MODEL = "model"
    """Written by a language model."""


@dataclass(frozen=True)
class Evidence:
    """Why an argument may be what it is."""

    provenance: Provenance
    said: tuple[str, ...] = ()
    """The words of the utterance the value was made from; empty for a literal."""
    untrusted: bool = False
    """It was found in what others than the person wrote, or was written by a model that had seen
    such."""
    sources: tuple[str, ...] = ()
    """The tools, as `server/tool`, that returned it, or what the model had seen."""


@dataclass(frozen=True)
class ToolFacts:
    """What the catalogue knows of a tool, as far as routing and validation care."""

    read_only: bool
    destructive: bool
    reversible: bool = False
    """It says how it is taken back."""
    carries_out: bool = True
    """What it is called with leaves for third parties, as a web search's words do."""


@dataclass(frozen=True)
class SlotValue:
    """A slot that was said."""

    name: str
    text: str
    """The words, trimmed, without the particle that followed them."""
    value: TimeSpan | Price | str | int
    """A time, a limit of prices, the words, a number, or the value of a choice."""
    provenance: Provenance


@dataclass(frozen=True)
class Match:
    """One intent that an utterance fits, before its references are looked up."""

    server: str
    intent: str
    tool: str
    language: Language
    slots: Mapping[str, SlotValue]
    arguments: Mapping[str, JsonValue]
    """The intent's templates: literals, `{slot}`, `{slot.field}`."""
    references: Mapping[str, ReferenceSlot] = field(default_factory=dict[str, ReferenceSlot])
    """The slots that were said and have to be looked up first, by name."""
    readback: str | None = None
    """Template of the question to ask before a destructive call."""
    meant: str | None = None
    """The utterance that was matched, where it was not heard that way."""
    missing: tuple[str, ...] = ()
    """What has to be asked for, in this order: slots, or `when:hour` for a time of day."""
    asks: Mapping[str, str] = field(default_factory=dict[str, str])
    """The questions for what may be missing, by slot, in the language of the match."""
    sure: bool = True
    """False where little but free words tells what is meant: a write is read back first."""
    cost: float = 0.0
    """How much of the utterance was taken on trust: the least of several readings is best."""


@dataclass(frozen=True)
class NoMatch:
    """Nothing fits."""

    closest: tuple[str, ...] = ()
    """Up to three whole utterances that would have been understood, best first; none where
    nothing is like it."""
    partly: bool = False
    """One of several commands fits, so that nothing should be guessed for the whole."""


@dataclass(frozen=True)
class ReferenceQuery:
    """The reading call that looks a reference up, on the match's own server."""

    tool: str
    arguments: dict[str, JsonValue]


@dataclass(frozen=True)
class Resolved:
    """The one row a reference means."""

    value: JsonValue
    label: str
    row: Mapping[str, JsonValue]
    untrusted: bool = False
    """The row holds what others than the person wrote."""
    source: str = ""
    """The tool that returned it, as `server/tool`."""
    issued: tuple[str, ...] = ()
    """Fields that are the service's own, whoever wrote the rest of the row; "" is the value."""


@dataclass(frozen=True)
class NoneFound:
    """No row fits; the person is told."""

    text: str


@dataclass(frozen=True)
class Several:
    """More than one row fits; the person is asked."""

    text: str
    options: tuple[Resolved, ...]


@dataclass(frozen=True)
class CompletedCall:
    """A call that is ready for validation."""

    server: str
    tool: str
    arguments: dict[str, JsonValue]
    evidence: Mapping[str, Evidence]
    """For every argument."""
    readback: str | None
    """The question to ask if this call needs a yes; None where the pack has none."""
    utterance: str = ""
    """The words it was made from."""
    sure: bool = True
    """False where a write is read back first, since little but free words told what was meant."""
    by_model: bool = False
    """A language model proposed it, so its evidence was found out afterwards."""
