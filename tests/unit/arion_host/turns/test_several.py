from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.engine import a_world

pytestmark = pytest.mark.thorough

Enter = Callable[..., Any]


@pytest.fixture
def enter(tmp_path: Path, notes_language: str) -> Enter:
    return lambda **options: a_world(tmp_path, notes_language, **options)


async def test_nothing_is_done_where_only_one_of_two_commands_is_understood(enter: Enter):
    async with enter() as world:
        before = dict(world.notebook.notes)
        turn = await world.say("치과 전화 메모하고 지붕 고쳐줘")
        after = dict(world.notebook.notes)
    assert turn.calls == []
    assert turn.needs_human is None
    assert after == before


async def test_both_of_two_commands_are_done(enter: Enter):
    async with enter() as world:
        await world.say("내일까지 치과 전화 메모하고 우유 사기 메모 지워줘")
        await world.say("응")
        notes = sorted(world.notebook.notes.values())
    assert notes == ["세탁기 수리", "세탁소", "치과 전화"]
