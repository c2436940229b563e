from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.engine import NOW, a_world
from tests.toy import unreachable

from arion_host.agents.executor import CallContext
from arion_host.effects.ledger import Action, EffectState
from arion_host.effects.recovery import Recovery, RecoveryOptions
from arion_kit.words import EffectClass

Enter = Callable[..., Any]

ADD = Action(
    "local", "s1", "t1", 0, "notes", "notes_add", {"title": "치과 전화"}, EffectClass.KEYED
)


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


def recovery(world: Any) -> Recovery:
    finish = partial(world.executor.finish, context=CallContext("ko", "Asia/Seoul", NOW))
    return Recovery(world.ledger, finish, RecoveryOptions(left_after_s=0.0, most_attempts=1))


async def test_a_write_that_was_finished_after_a_crash_is_told_once(enter: Enter):
    async with enter() as world:
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        await recovery(world).look()
        told = await world.say("메모 보여줘")
        again = await world.say("메모 보여줘")
    assert told.answer == (
        "메모가 4개 있어요. 그리고 아까 notes에 부탁하신 '치과 전화' 건은 그 뒤에 잘 처리됐어요."
    )
    assert told.needs_human is None
    assert again.answer == "메모가 4개 있어요."


async def test_a_write_of_which_nobody_knows_is_asked_about_instead(enter: Enter):
    async with enter() as world:
        await world.ledger.add(ADD, EffectState.ATTEMPTING)
        world.notebook.trouble = unreachable()
        await recovery(world).look()
        world.notebook.trouble = None
        asked = await world.say("메모 보여줘")
    assert asked.needs_human
    assert "'치과 전화' 건이 처리됐는지 알 수 없어요" in asked.answer


async def test_a_write_that_was_made_at_once_is_not_told_again(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모해줘")
        later = await world.say("메모 보여줘")
    assert later.answer == "메모가 4개 있어요."
