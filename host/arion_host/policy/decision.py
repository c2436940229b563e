"""Whether a call may go on: one pure function over what the tool does and where values come from.

A write made of the person's own words goes on where it can be taken back. What cannot be, and
what holds a value that others may have had a hand in, is read back first; so is a read that would
carry such a value out of the house. A model that has read what others wrote changes nothing
unasked, unless the person's words hold both the wish and the values, and it can be taken back or
is all they asked for.
The person's rules come before all of that, except that no rule lets a value from others act
unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from arion_host.agents.phrases import PHRASES, Phrases
from arion_host.agents.understood import Evidence, Provenance, ToolFacts
from arion_host.policy.rules import Rule, Strictness, strictest
from arion_host.policy.wishes import Wish
from arion_kit.words import Language

_ADDRESS = re.compile(r"//|@|[^\W\d_]\.[^\W\d_]")
BY_THE_PERSON = frozenset({Provenance.SAID, Provenance.COMPUTED, Provenance.RESOLVED})
"""Where the values come from that are the person's, as words or as what they have named."""
BY_A_MODEL = frozenset({Provenance.FOUND, Provenance.MODEL})
"""Where the values come from that a model put into a call."""


@dataclass(frozen=True)
class Decision:
    """What may become of a call."""

    verdict: Literal["allow", "confirm", "refuse"]
    kind: Literal[
        "reads", "reversible", "irreversible", "untrusted", "model", "repeated", "rule", "server",
        "unsure",
    ]  # fmt: skip
    """Why, for machines."""
    reason: str
    """Why, as a sentence."""


@dataclass(frozen=True)
class Asked:
    """A call as the policy sees it."""

    server: str
    tool: str
    facts: ToolFacts
    arguments: Mapping[str, JsonValue]
    evidence: Mapping[str, Evidence]
    """Where each argument comes from; one without evidence comes from nobody knows where."""
    tainted: bool = False
    """A model chose the call after it had seen what others than the person wrote."""
    wish: Wish = Wish.NONE
    """How far the person's words ask for what the tool does."""
    repeated: bool = False
    """The very same write was made a moment ago."""


def decide(call: Asked, rules: Sequence[Rule], language: Language) -> Decision:
    """Judge a call that is right in itself."""
    phrases = PHRASES[language]
    rule = strictest(rules, call.server, call.tool, call.arguments)
    if rule is Strictness.NEVER:
        return Decision("refuse", "rule", phrases.never)
    if _acts_for_others(call):
        return Decision("confirm", "untrusted", phrases.untrusted)
    if rule is Strictness.ASK:
        return Decision("confirm", "rule", phrases.own_rule)
    if call.facts.read_only:
        return Decision("allow", "reads", phrases.fits)
    if call.repeated:
        return Decision("confirm", "repeated", phrases.repeated)
    if rule is Strictness.ALLOW:
        return Decision("allow", "rule", phrases.fits)
    return _by_its_risk(call, phrases)


def _by_its_risk(call: Asked, phrases: Phrases) -> Decision:
    if call.facts.destructive and not call.facts.reversible:
        return Decision("confirm", "irreversible", phrases.destructive)
    if call.facts.carries_out and _from_a_model(call):
        return Decision("confirm", "model", phrases.made_up)
    return Decision("allow", "reversible", phrases.fits)


def _acts_for_others(call: Asked) -> bool:
    """Whether what others wrote may be what this call does."""
    if call.facts.read_only:
        return call.facts.carries_out and any(_leaks(call, name) for name in call.arguments)
    given = [call.evidence.get(name) for name in call.arguments]
    if any(it is None or it.untrusted for it in given):
        return True
    return call.tainted and not (_is_wished(call) and any(_is_the_persons(it) for it in given))


def _leaks(call: Asked, name: str) -> bool:
    """Whether a read would tell third parties what others chose, by this argument.

    What the person picked out of a result is theirs to open; a model's pick is not, except back at
    the very service it came from, which has learned nothing then. An address may lead anywhere.
    """
    evidence = call.evidence.get(name)
    if evidence is None:
        return True
    if not evidence.untrusted or evidence.provenance not in BY_A_MODEL:
        return False
    servers = {source.split("/")[0] for source in evidence.sources}
    goes_back = evidence.provenance is Provenance.FOUND and servers == {call.server}
    return (
        not goes_back
        or _ADDRESS.search(json.dumps(call.arguments[name], ensure_ascii=False)) is not None
    )


def _is_wished(call: Asked) -> bool:
    """Whether the person's own words ask for the call, enough for what it can do."""
    if call.wish is Wish.WHOLE:
        return call.facts.reversible or not call.facts.destructive
    return call.wish is Wish.PART and call.facts.reversible


def _is_the_persons(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.provenance in BY_THE_PERSON


def _from_a_model(call: Asked) -> bool:
    return any(it.provenance in BY_A_MODEL for it in call.evidence.values())
