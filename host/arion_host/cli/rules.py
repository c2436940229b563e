"""`arion rules`: the person's own rules, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pydantic import JsonValue

from arion_auth import LOCAL
from arion_host.database import open_database
from arion_host.errors import RequestRefused
from arion_host.policy.rule_store import RuleStore
from arion_host.policy.rules import Rule, parse_rules
from arion_host.settings import HostSettings
from arion_kit.words import ErrorKind

EVERY = "all"
"""What is removed to forget every rule."""


async def list_rules(settings: HostSettings) -> dict[str, JsonValue]:
    """Return the rules that count: those of the settings, then those added since.

    Raises:
        StorageFailed: the database cannot be read.
    """
    async with open_database(settings.database) as database:
        added = await RuleStore(database).list(LOCAL.id)
    fixed = parse_rules(settings.rules)
    return {
        "rules": [
            *({"rule": rule.sentence, "from": "settings"} for rule in fixed),
            *({"rule": rule.sentence, "from": "added"} for rule in added),
        ]
    }


async def add_rule(settings: HostSettings, sentence: str) -> dict[str, JsonValue]:
    """Keep a rule.

    Raises:
        RequestRefused: it is not one rule, or there are too many.
        StorageFailed: the database cannot be written.
    """
    rule = _one_rule(sentence)
    async with open_database(settings.database) as database:
        replaced = await RuleStore(database).add(LOCAL.id, rule)
    return {"added": rule.sentence, "replaced": [it.sentence for it in replaced]}


async def remove_rule(settings: HostSettings, words: str) -> dict[str, JsonValue]:
    """Forget the rule with these words, those about a server or tool, or all of them.

    Raises:
        RequestRefused: no rule of the database is meant.
        StorageFailed: the database cannot be written.
    """
    async with open_database(settings.database) as database:
        store = RuleStore(database)
        if words == EVERY:
            return {"removed": await store.remove(LOCAL.id, None)}
        said = " ".join(words.lower().split())
        rules = await store.list(LOCAL.id)
        gone = [rule for rule in rules if said in (rule.sentence, rule.target)]
        if not gone:
            raise RequestRefused(
                ErrorKind.NOT_FOUND,
                f"No rule added with `arion rules add` is {words!r} or about it.",
                next_step="See them with: arion rules",
            )
        return {"removed": await store.remove(LOCAL.id, gone)}


def rules_text(result: Mapping[str, JsonValue]) -> str:
    """Return the rules as one line each."""
    rows = cast("list[dict[str, str]]", result["rules"])
    lines = [f"{row['rule']}{'  (settings)' * (row['from'] == 'settings')}" for row in rows]
    return "\n".join(lines) or "There are no rules."


def added_text(result: Mapping[str, JsonValue]) -> str:
    """Say which rule was added and which it replaced."""
    replaced = cast("list[str]", result["replaced"])
    return "\n".join([f"Added: {result['added']}", *(f"Replaced: {it}" for it in replaced)])


def removed_text(result: Mapping[str, JsonValue]) -> str:
    """Say how many rules are gone."""
    return f"Removed: {result['removed']}"


def _one_rule(sentence: str) -> Rule:
    try:
        rules = parse_rules(sentence)
    except ValueError as error:
        raise RequestRefused(ErrorKind.BAD_INPUT, f"{error}.") from error
    if len(rules) != 1:
        raise RequestRefused(ErrorKind.BAD_INPUT, "Give one rule at a time.")
    return rules[0]
