"""References that are looked up by the words, by other words, and without."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.engine import NOW, World, a_world
from tests.toy import LANGUAGE

from arion_auth import LOCAL
from arion_host.agents.executor import CallContext
from arion_host.agents.known_names import KnownNames
from arion_host.agents.rows import Likeliest
from arion_host.agents.understood import Match, Provenance, Resolved, Several, SlotValue
from arion_host.effects.history import History
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.rule_store import RuleStore
from arion_host.turns.finding import Finding
from arion_host.turns.gate import Gate
from arion_host.turns.questions import Conversations
from arion_host.turns.running import RunningTurn
from arion_kit.errors import UpstreamFailure
from arion_kit.words import ErrorKind, Language

pytestmark = pytest.mark.thorough


@dataclass
class Finder:
    """What finds notes by the words of a turn."""

    world: World
    finding: Finding
    names: KnownNames

    async def find(
        self, said: str, language: Language = "ko", *, spoken: bool = False
    ) -> Likeliest | str:
        pack = (await self.world.connections.catalogue()).packs["notes"]
        slot = pack.slots["note"]
        assert slot.type == "reference"
        value = SlotValue("note", said, said, Provenance.SAID)
        match = Match(
            "notes", "delete", "notes_delete", language, {"note": value}, {}, {"note": slot}
        )
        turn = RunningTurn(LOCAL, said, "s", NOW, language, None, spoken)
        self.world.notebook.calls.clear()
        return await self.finding.find(turn, match, "note")

    @property
    def looked_up(self) -> int:
        return len(self.world.notebook.calls)


@pytest.fixture
async def finder(tmp_path: Path) -> AsyncGenerator[Finder]:
    async with a_world(tmp_path, LANGUAGE) as world:
        world.notebook.notes |= {
            "n1": "계란 사기", "n2": "치과 스케일링", "n3": "오지훈", "n4": "올리브 피자 만들기",
            "n5": "주간 회의", "n6": "회의",
        }  # fmt: skip
        store, conversations = RuleStore(world.database), Conversations(world.database)
        gate = Gate(
            world.connections, world.executor, conversations, world.ledger,
            History(world.database), RuleSource((), store.list),
        )  # fmt: skip
        names = KnownNames(world.connections, lambda: CallContext("ko", "Asia/Seoul", NOW))
        yield Finder(world, Finding(world.connections, gate, lambda: None, names), names)


def title(found: Likeliest | str) -> str | None:
    row = found.found if isinstance(found, Likeliest) else None
    return row.label if isinstance(row, Resolved) else None


async def test_the_very_words_take_one_look_up(finder: Finder) -> None:
    found = await finder.find("스케일링")
    assert title(found) == "치과 스케일링"
    assert finder.looked_up == 1


@pytest.mark.parametrize(
    ("said", "language", "row"),
    [
        ("달걀", "ko", "계란 사기"),
        ("the eggs", "en", "계란 사기"),
        ("dentist appointment", "en", "치과 스케일링"),
        ("지훈이", "ko", "오지훈"),
        ("Jihoon", "en", "오지훈"),
        ("치과스케일링", "ko", "치과 스케일링"),
    ],
)
async def test_other_words_for_it_find_it(
    finder: Finder, said: str, language: Language, row: str
) -> None:
    found = await finder.find(said, language)
    assert title(found) == row
    assert isinstance(found, Likeliest)
    assert found.sure
    assert isinstance(found.found, Resolved)
    assert found.found.source == "notes/notes_list"


async def test_the_one_of_that_very_name_is_meant(finder: Finder) -> None:
    assert title(await finder.find("회의")) == "회의"


async def test_what_sounds_like_it_is_found_when_spoken_but_not_for_sure(finder: Finder) -> None:
    found = await finder.find("오지혼", spoken=True)
    assert title(found) == "오지훈"
    assert isinstance(found, Likeliest)
    assert not found.sure
    assert isinstance(await finder.find("오지혼"), str)


async def test_half_of_it_is_a_question(finder: Finder) -> None:
    found = await finder.find("계란 요리")
    assert isinstance(found, Likeliest)
    assert isinstance(found.found, Several)
    assert [it.label for it in found.found.options] == ["계란 사기"]


async def test_what_is_not_there_is_said_in_a_sentence(finder: Finder) -> None:
    said = await finder.find("자동차 보험")
    assert isinstance(said, str)
    assert "자동차 보험" in said


async def test_a_look_up_that_fails_is_told_and_not_tried_again(finder: Finder) -> None:
    finder.world.notebook.trouble = UpstreamFailure(ErrorKind.FORBIDDEN, "not yours")
    assert isinstance(await finder.find("계란"), str)
    assert finder.looked_up == 1


async def test_a_name_the_person_has_is_looked_for_first(finder: Finder) -> None:
    await finder.names.refresh()
    assert title(await finder.find("Jihoon", "en")) == "오지훈"
    assert finder.looked_up <= 3
