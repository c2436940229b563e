"""What the person is asked and shown before a call: one question, and a card with everything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.executor import Agreement
from arion_host.agents.understood import Evidence, Provenance
from arion_host.effects.ledger import Action
from arion_host.exchange import Confirmation, Origin, ShownArgument, ShownCall
from arion_host.policy.decision import BY_A_MODEL, Decision
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_host.turns.questions import AgreedPreview, PlannedCall
from arion_host.turns.running import RunningTurn
from arion_host.validation.rendering import label_of, render_call, title_of
from arion_kit.words import EffectClass, Language, LanguagePack


@dataclass(frozen=True)
class Due:
    """A call that is to be made, with or without a yes behind it."""

    action: Action
    tool: CatalogueTool
    evidence: Mapping[str, Evidence]
    agreed: Agreement | None = None


@dataclass(frozen=True)
class HeldCall:
    """A call that waits for a yes."""

    due: Due
    decision: Decision
    preview: AgreedPreview | None
    readback: str | None
    """The question of the server's language pack; None where it has none."""


def question_of(held: Sequence[HeldCall], turn: RunningTurn, catalogue: Catalogue) -> str:
    """Ask for one yes to all of these, in a sentence that can be spoken."""
    questions = [_question(it, turn, catalogue) for it in held]
    return describer.all_of_these(questions, turn.language)


def _question(it: HeldCall, turn: RunningTurn, catalogue: Catalogue) -> str:
    action = it.due.action
    said = (it.preview.say if it.preview else None) or it.readback
    if said is None:
        pack = catalogue.packs.get(action.server)
        said = render_call(it.due.tool, action.arguments, pack, turn.language, turn.now)
    if not it.due.tool.read_only and not it.due.tool.facts.reversible:
        said = describer.no_way_back(said, turn.language)
    # What the person picked out of a result is in the question; a model's picks need a warning.
    foreign = [
        one for one in it.due.evidence.values() if one.untrusted and one.provenance in BY_A_MODEL
    ]
    if not foreign:
        return said
    sources = sorted({source for one in foreign for source in one.sources})
    return describer.from_others(said, _services(sources, catalogue, turn.language), turn.language)


def _services(sources: Iterable[str], catalogue: Catalogue, language: Language) -> list[str]:
    """What people call the servers behind these tools."""
    return list(dict.fromkeys(catalogue.called(it.split("/")[0], language) for it in sources))


def confirmation_of(
    held: Sequence[HeldCall], turn: RunningTurn, catalogue: Catalogue, expires_at: datetime
) -> Confirmation:
    """Show all of these with every argument and where it comes from."""
    return Confirmation(
        id=confirmation_id([it.due.action.id for it in held]),
        calls=[_shown(it, turn.language, catalogue) for it in held],
        expires_at=expires_at,
    )


def confirmation_id(action_ids: Sequence[str]) -> str:
    """Name a question by all that a yes to it would start."""
    digest = hashlib.sha256("\0".join(action_ids).encode()).digest()
    return base64.b32hexencode(digest[:20]).decode().lower()


def planned_call(it: HeldCall) -> PlannedCall:
    """Keep a call until the person has answered."""
    action, tool = it.due.action, it.due.tool
    return PlannedCall(
        action_id=action.id,
        turn=action.turn,
        step=action.step,
        server=action.server,
        tool=action.tool,
        arguments=dict(action.arguments),
        effect_class=None if tool.read_only else action.effect_class,
        evidence=dict(it.due.evidence),
        preview=it.preview,
    )


def agreed_call(call: PlannedCall, tool: CatalogueTool, principal: str, session: str) -> Due:
    """Take a kept call up again, as the one of this person in this conversation."""
    action = Action(
        principal=principal,
        session=session,
        turn=call.turn,
        step=call.step,
        server=call.server,
        tool=call.tool,
        arguments=call.arguments,
        effect_class=call.effect_class or EffectClass.ASK,
    )
    return Due(action, tool, call.evidence, Agreement(call.preview))


def _shown(it: HeldCall, language: Language, catalogue: Catalogue) -> ShownCall:
    action = it.due.action
    pack = catalogue.packs.get(action.server)
    return ShownCall(
        server=action.server,
        tool=action.tool,
        title=title_of(it.due.tool, pack, language),
        arguments=[
            _argument(name, value, it.due.evidence.get(name), pack, language, catalogue)
            for name, value in action.arguments.items()
        ],
        preview=it.preview.details if it.preview else {},
        reason=it.decision.reason,
        reversible=it.due.tool.facts.reversible,
    )


def _argument(
    name: str,
    value: JsonValue,
    evidence: Evidence | None,
    pack: LanguagePack | None,
    language: Language,
    catalogue: Catalogue,
) -> ShownArgument:
    origin = origin_of(evidence)
    sources = list(evidence.sources) if evidence else []
    services = _services(sources, catalogue, language)
    chosen = evidence is not None and evidence.provenance is Provenance.MODEL
    words = ", ".join(evidence.said) if evidence else ""
    return ShownArgument(
        name=name,
        label=label_of(name, pack, language),
        value=value,
        origin=origin,
        words=words,
        sources=sources,
        source=describer.comes_from(origin, services, words, language, chosen=chosen),
    )


def origin_of(evidence: Evidence | None) -> Origin:
    """Where a value comes from, as the person is told; of what is not known, the worst."""
    if evidence is None or evidence.untrusted:
        return Origin.OTHERS
    return _ORIGINS[evidence.provenance]


_ORIGINS = {
    Provenance.SAID: Origin.SAID,
    Provenance.COMPUTED: Origin.SAID,
    Provenance.RESOLVED: Origin.OWN,
    Provenance.FOUND: Origin.OWN,
    Provenance.LITERAL: Origin.ARION,
    Provenance.MODEL: Origin.MODEL,
}
