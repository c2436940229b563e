from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from arion_host.database import open_database
from arion_host.errors import HostError, StorageFailed
from arion_host.policy.rule_store import MOST_RULES, RuleStore
from arion_host.policy.rules import Rule, parse_rules


def rule(sentence: str) -> Rule:
    [parsed] = parse_rules(sentence)
    return parsed


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[RuleStore]:
    async with open_database(tmp_path / "arion.db") as database:
        yield RuleStore(database)


async def kept(store: RuleStore, principal: str = "hana") -> list[str]:
    return [it.sentence for it in await store.list(principal)]


async def test_rules_are_kept_over_a_restart_the_oldest_first(tmp_path: Path):
    async with open_database(tmp_path / "arion.db") as database:
        await RuleStore(database).add("hana", rule("never github_pr_merge"))
        await RuleStore(database).add("hana", rule("Always  ask before Gmail"))
    async with open_database(tmp_path / "arion.db") as database:
        assert await kept(RuleStore(database)) == [
            "never github_pr_merge",
            "always ask before gmail",
        ]


async def test_a_rule_is_kept_once(store: RuleStore):
    await store.add("hana", rule("never gmail"))
    assert await store.add("hana", rule("never gmail")) == ()
    assert await kept(store) == ["never gmail"]


async def test_people_have_their_own_rules(store: RuleStore):
    await store.add("hana", rule("never gmail"))
    await store.add("minsu", rule("always allow gmail"))
    assert await store.remove("hana", None) == 1
    assert await kept(store, "minsu") == ["always allow gmail"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("always ask before calendar", "always allow calendar"),
        ("always allow calendar", "always ask before calendar"),
        ("never calendar", "always allow calendar"),
        ("never gmail to outside a.com", "always ask before gmail to outside a.com"),
    ],
)
async def test_a_rule_replaces_the_one_about_the_very_same(
    store: RuleStore, older: str, newer: str
):
    await store.add("hana", rule(older))
    assert await store.add("hana", rule(newer)) == (rule(older),)
    assert await kept(store) == [newer]


async def test_a_rule_about_something_else_stays(store: RuleStore):
    sentences = [
        "never gmail to outside a.com",
        "always allow gmail",
        "always ask before gmail_send",
    ]
    for sentence in sentences:
        assert await store.add("hana", rule(sentence)) == ()
    assert await kept(store) == sentences


async def test_only_the_named_rules_are_forgotten(store: RuleStore):
    for sentence in ("never gmail", "never notion", "never github"):
        await store.add("hana", rule(sentence))
    assert await store.remove("hana", [rule("never notion"), rule("never x")]) == 1
    assert await kept(store) == ["never gmail", "never github"]


async def test_there_are_only_so_many_rules_and_one_may_still_change(store: RuleStore):
    for number in range(MOST_RULES):
        await store.add("hana", rule(f"never tool_{number}"))
    with pytest.raises(HostError, match="There are 100 rules already") as refused:
        await store.add("hana", rule("never one_more"))
    assert refused.value.kind == "bad_input"
    await store.add("hana", rule("always allow tool_0"))
    assert len(await kept(store)) == MOST_RULES


async def test_a_rule_that_cannot_be_read_allows_nothing(store: RuleStore, tmp_path: Path):
    await store.add("hana", rule("never gmail"))
    with sqlite3.connect(tmp_path / "arion.db") as connection:
        connection.execute("UPDATE rules SET sentence = 'sometimes gmail'")
    connection.close()
    with pytest.raises(StorageFailed, match="'sometimes gmail' is no rule"):
        await store.list("hana")
    assert await store.remove("hana", None) == 1
    assert await kept(store) == []


async def test_a_database_that_is_gone_is_said_to_be(tmp_path: Path):
    async with open_database(tmp_path / "arion.db") as database:
        with sqlite3.connect(tmp_path / "arion.db") as connection:
            connection.execute("DROP TABLE rules")
        connection.close()
        with pytest.raises(StorageFailed):
            await RuleStore(database).list("hana")
