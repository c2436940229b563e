"""Whether a call may go on: one pure function over what the tool does and where values come from.

A write made of the person's own words goes on where it can be taken back. What cannot be, and
what holds a value that others wrote, is read back first. The person's rules come before both,
except that no rule lets a value from others act unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from arion_host.agents.phrases import PHRASES
from arion_host.agents.understood import Evidence, ToolFacts
from arion_host.policy.rules import Rule, Strictness, strictest
from arion_kit.words import Language


@dataclass(frozen=True)
class Decision:
    """What may become of a call."""

    verdict: Literal["allow", "confirm", "refuse"]
    kind: Literal["reads", "reversible", "irreversible", "untrusted", "rule"]
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


def decide(call: Asked, rules: Sequence[Rule], language: Language) -> Decision:
    """Judge a call that is right in itself."""
    phrases = PHRASES[language]
    rule = strictest(rules, call.server, call.tool, call.arguments)
    if rule is Strictness.NEVER:
        return Decision("refuse", "rule", phrases.never)
    foreign = [name for name in call.arguments if _is_foreign(call.evidence.get(name))]
    if foreign and not call.facts.read_only:
        return Decision("confirm", "untrusted", phrases.untrusted)
    if rule is Strictness.ASK:
        return Decision("confirm", "rule", phrases.own_rule)
    if call.facts.read_only:
        return Decision("allow", "reads", phrases.fits)
    if rule is not Strictness.ALLOW and call.facts.destructive and not call.facts.reversible:
        return Decision("confirm", "irreversible", phrases.destructive)
    return Decision("allow", "reversible", phrases.fits)


def _is_foreign(evidence: Evidence | None) -> bool:
    return evidence is None or evidence.untrusted
