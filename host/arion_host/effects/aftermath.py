"""Writes whose outcome nobody knows: the person is asked once, and what they say is kept."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue, TypeAdapter, ValidationError

from arion_host.agents import describer
from arion_host.effects.ledger import EffectState, Ledger
from arion_host.tools.catalogue import Catalogue
from arion_host.turns.questions import OpenOutcome
from arion_kit.words import Language

_ARGUMENTS = TypeAdapter(dict[str, JsonValue])
_NAMING = ("summary", "subject", "title", "text", "name", "body")
"""Parameters whose value a person would recognise a write by, the best first."""


async def untold_outcome(
    ledger: Ledger, catalogue: Catalogue, principal: str, language: Language
) -> OpenOutcome | str | None:
    """What came of the oldest write that the person has not been told of.

    It is a sentence, or the question whether it happened where nobody knows.

    Raises:
        StorageFailed: the ledger cannot be read or written.
    """
    row = await ledger.untold(principal)
    if row is None:
        return None
    await ledger.mark_told(row.action_id)
    called = catalogue.called(row.server, language)
    if row.state != EffectState.UNKNOWN:
        happened = row.state == EffectState.DONE
        return describer.ended_since(called, _label(row.arguments), language, happened=happened)
    question = describer.did_it_happen(called, _label(row.arguments), language)
    return OpenOutcome(question=question, language=language, action_id=row.action_id)


async def settle_outcome(ledger: Ledger, question: OpenOutcome, *, happened: bool) -> str:
    """Write down what the person found; gives the answer to them.

    Raises:
        EffectConflict: it was settled before.
        StorageFailed: it cannot be written down.
    """
    state = EffectState.DONE if happened else EffectState.FAILED
    await ledger.move(question.action_id, state, result={"told_by": "person"})
    return describer.outcome_noted(question.language, happened=happened)


def _label(arguments: str) -> str | None:
    try:
        given: Mapping[str, JsonValue] = _ARGUMENTS.validate_json(arguments)
    except ValidationError:
        return None
    texts = (given.get(name) for name in _NAMING)
    return next((text for text in texts if isinstance(text, str) and text), None)
