from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world

from arion_host.policy.rule_store import RuleStore

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    language = "name: {ko: 메모장, en: Notes}\n" + notes_language
    return lambda **options: a_world(tmp_path, language, **options)


async def rules(world: Any) -> list[str]:
    return [rule.sentence for rule in await RuleStore(world.database).list("local")]


async def test_a_rule_that_asks_more_counts_at_once(enter: Enter):
    async with enter() as world:
        kept = await world.say("앞으로 메모장은 항상 먼저 물어봐")
        asked = await world.say("내일까지 치과 전화 메모해줘")
        stored = await rules(world)
    assert kept.needs_human is None
    assert kept.answer.startswith("네, ")
    assert stored == ["always ask before notes"]
    assert asked.needs_human
    assert asked.validation[-1].reason == "먼저 물어보라고 정해 두신 일이에요."
    assert "치과 전화" not in world.notebook.notes.values()


async def test_a_rule_covers_reads_too(enter: Enter):
    async with enter() as world:
        await world.say("앞으로 메모장은 항상 먼저 물어봐")
        asked = await world.say("메모 보여줘")
        done = await world.say("응")
    assert asked.needs_human
    assert [call.status for call in asked.calls] == ["not_run"]
    assert done.answer == "메모가 3개 있어요."


async def test_a_rule_that_asks_less_is_read_back_first(enter: Enter):
    async with enter() as world:
        asked = await world.say("메모장은 앞으로 묻지 말고 해")
        before = await rules(world)
        kept = await world.say("응")
        after = await rules(world)
        done = await world.say("우유 사기 메모 지워줘")
    assert asked.needs_human
    assert before == []
    assert kept.answer.startswith("네, ")
    assert after == ["always allow notes"]
    assert done.answer.startswith("지웠어요.")


async def test_a_rule_never_lets_it_happen(enter: Enter):
    async with enter() as world:
        await RuleStore(world.database).add("local", _rule("never notes_delete"))
        refused = await world.say("우유 사기 메모 지워줘")
    assert refused.answer == "하지 않기로 정해 두신 일이라서 하지 않았어요."
    assert "n1" in world.notebook.notes


async def test_rules_are_told_and_forgotten_after_a_yes(enter: Enter):
    async with enter() as world:
        await world.say("앞으로 메모장은 항상 먼저 물어봐")
        told = await world.say("내 규칙 뭐야")
        asked = await world.say("내 규칙 다 지워줘")
        between = await rules(world)
        gone = await world.say("응")
        after = await rules(world)
    assert told.answer.startswith("정해 두신 규칙은 1개예요.")
    assert asked.needs_human
    assert between == ["always ask before notes"]
    assert gone.answer == "네, 규칙 1개를 지웠어요."
    assert after == []


def _rule(sentence: str):
    from arion_host.policy.rules import parse_rules

    [rule] = parse_rules(sentence)
    return rule
