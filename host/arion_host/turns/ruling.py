"""The person's rules, given and taken back by saying so.

A rule that makes Arion ask more counts at once. One that lets more happen unasked is itself read
back first, and no tool and no model can give one.
"""

from __future__ import annotations

from collections.abc import Sequence

from arion_host.agents import describer
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.rule_store import RuleStore
from arion_host.policy.rule_words import Add, Remove, heard_rule, rule_spoken, spoken_names
from arion_host.policy.rules import Rule, Strictness, parse_rules
from arion_host.tools.connections import Connections
from arion_host.turns.questions import Conversations, OpenRule
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language


class Ruling:
    """Hears rules."""

    def __init__(
        self,
        connections: Connections,
        conversations: Conversations,
        store: RuleStore,
        rules: RuleSource,
    ) -> None:
        self._connections = connections
        self._conversations = conversations
        self._store = store
        self._rules = rules

    async def heard(self, turn: RunningTurn) -> str | None:
        """Keep, forget or tell rules; None where what was said is about none.

        Raises:
            StorageFailed: the rules cannot be read or written.
        """
        names = spoken_names((await self._connections.catalogue()).packs)
        change = heard_rule(turn.text, turn.language, names)
        if change is None:
            return None
        turn.route = "template"
        if isinstance(change, Add):
            loosens = any(rule.strictness is Strictness.ALLOW for rule in change.rules)
            return await (self._ask_to_keep if loosens else self._keep)(turn, change.rules)
        if isinstance(change, Remove):
            return await self._ask_to_forget(turn, change)
        rules = await self._rules.of(turn.principal.id)
        return describer.your_rules(_spoken(rules, turn.language), turn.language)

    async def agreed(self, turn: RunningTurn, question: OpenRule) -> str:
        """Change the rules as the person has just agreed to."""
        forgotten = parse_rules(question.forget)
        if forgotten:
            await self._store.remove(turn.principal.id, forgotten)
            return describer.rules_forgotten(len(forgotten), turn.language)
        return await self._keep(turn, parse_rules(question.keep))

    async def _keep(self, turn: RunningTurn, rules: Sequence[Rule]) -> str:
        for rule in rules:
            await self._store.add(turn.principal.id, rule)
        return describer.rules_kept(_spoken(rules, turn.language), turn.language)

    async def _ask_to_keep(self, turn: RunningTurn, rules: Sequence[Rule]) -> str:
        question = describer.keep_rules(_spoken(rules, turn.language), turn.language)
        return await self._ask(turn, question, keep=rules)

    async def _ask_to_forget(self, turn: RunningTurn, change: Remove) -> str:
        own = await self._store.list(turn.principal.id)
        meant = [it for it in own if change.targets is None or it.target in change.targets]
        if not meant:
            return describer.no_such_rule(turn.language)
        question = describer.forget_rules(_spoken(meant, turn.language), turn.language)
        return await self._ask(turn, question, forget=meant)

    async def _ask(
        self,
        turn: RunningTurn,
        question: str,
        *,
        keep: Sequence[Rule] = (),
        forget: Sequence[Rule] = (),
    ) -> str:
        open_rule = OpenRule(
            question=question,
            language=turn.language,
            keep="; ".join(rule.sentence for rule in keep),
            forget="; ".join(rule.sentence for rule in forget),
        )
        await self._conversations.ask(turn.principal.id, turn.session, open_rule)
        return turn.wait_for(open_rule)


def _spoken(rules: Sequence[Rule], language: Language) -> list[str]:
    return [rule_spoken(rule, language) for rule in rules]
