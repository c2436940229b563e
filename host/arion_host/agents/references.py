"""Slots that name something the person already has: how it is looked up and told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from arion_host.agents.filling import Filler
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
from arion_host.language.utterance import bare
from arion_kit.words import ReferenceSlot


def reference_query(match: Match, slot: str) -> ReferenceQuery:
    """The reading call that finds what `slot` names, on the match's server.

    Raises:
        KeyError: `slot` is no reference of the match.
    """
    reference = match.references[slot]
    words = SlotValue("text", match.slots[slot].text, match.slots[slot].text, Provenance.SAID)
    filler = Filler({**match.slots, "text": words}, {})
    filled = filler.fill_all(reference.arguments)
    return ReferenceQuery(reference.tool, {name: one.value for name, one in filled.items()})


def choose(
    rows: Sequence[Mapping[str, JsonValue]],
    slot: ReferenceSlot,
    text: str,
    *,
    untrusted: bool = False,
    source: str = "",
) -> Resolved | NoneFound | Several:
    """What the words `text` mean among the rows that the reading tool `source` found for them."""
    found: dict[str, Resolved] = {}
    issued = tuple("" if it == slot.value else it for it in slot.issued)
    for row in rows:
        value = row.get(slot.value)
        if value is not None:
            label = str(row.get(slot.label) or text)
            one = Resolved(value, label, row, untrusted, source, issued)
            found.setdefault(str(value), one)
    options = tuple(found.values())
    if not options:
        return NoneFound(text)
    if len(options) == 1 or slot.pick == "first":
        return options[0]
    exact = [option for option in options if bare(option.label) == bare(text)]
    return exact[0] if len(exact) == 1 else Several(text, options)


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
    )
