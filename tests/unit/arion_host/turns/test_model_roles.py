"""Every role of a language model in a whole turn: router, executor and describer together."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from agents.testing import ScriptedModel
from tests.engine import NOW, World, a_world
from tests.models import calls, heard, says, scripted

from arion_auth import LOCAL
from arion_host.agents.model.connected import Connected
from arion_host.agents.model.describer import ModelDescriber
from arion_host.agents.model.loop import ModelLoop
from arion_host.agents.model.prices import Price
from arion_host.agents.model.router import ModelRouter
from arion_host.agents.model.stops import stopped
from arion_host.effects.history import History
from arion_host.policy.rule_source import RuleSource
from arion_host.turns.gate import Gate
from arion_host.turns.model_route import ModelRoute
from arion_host.turns.questions import Conversations
from arion_host.turns.running import RunningTurn

pytestmark = pytest.mark.thorough

PRICE = Price(input=1.0, cached=0.1, output=10.0)
ONE_REQUEST = (600 * 1.0 + 400 * 0.1 + 50 * 10.0) / 1e6
"""What a scripted model counts for each answer."""
DONE = says("DONE")


@dataclass
class Models:
    """The scripts of a turn's models; a role without steps has no model."""

    router: Sequence[Any] = ()
    executor: Sequence[Any] = ()
    describer: Sequence[Any] = ()
    played: dict[str, ScriptedModel] = field(default_factory=dict[str, ScriptedModel])

    def connect(self, role: str) -> Connected | None:
        steps = getattr(self, role)
        if not steps:
            return None
        self.played[role] = scripted(*steps)
        return Connected(self.played[role], PRICE)

    def told(self, role: str, call: int = -1) -> str:
        return " ".join(heard(self.played[role], call))

    def offered(self) -> list[str]:
        return [tool.name for tool in self.played["executor"].calls[0].tools]


@dataclass
class Said:
    """What a turn came to."""

    answer: str
    turn: RunningTurn
    pieces: list[str]
    world: World


@asynccontextmanager
async def say(
    folder: Path, language: str, text: str, models: Models, closest: Sequence[str] = ()
) -> AsyncGenerator[Said]:
    async with a_world(folder, language) as world:
        parts = (world.connections, world.executor, Conversations(world.database), world.ledger)
        gate = Gate(*parts, History(world.database), RuleSource())
        router, describer = models.connect("router"), models.connect("describer")
        executor = models.connect("executor")
        route = ModelRoute(
            ModelLoop(executor or Connected(scripted())),
            gate,
            world.connections,
            router=ModelRouter(router) if router else None,
            describer=ModelDescriber(describer) if describer else None,
        )
        turn = RunningTurn(LOCAL, text, "s1", NOW, "ko", None, spoken=False)
        pieces: list[str] = []
        turn.speak = pieces.append
        answer = await route.run(turn, (), closest)
        yield Said(answer, turn, pieces, world)


@pytest.fixture
def at(tmp_path: Path, notes_language: str) -> tuple[Path, str]:
    return tmp_path, notes_language


async def test_each_role_does_its_part_and_all_are_paid_for(at: tuple[Path, str]):
    models = Models(
        router=[says('{"tools": ["notes_list"]}')],
        executor=[calls(("notes_list", {})), DONE],
        describer=[says("세탁 메모가 둘 있어요.")],
    )
    async with say(*at, "세탁에 대해 뭐라고 적어 뒀더라", models) as said:
        assert said.answer == "세탁 메모가 둘 있어요."
        assert "".join(said.pieces) == said.answer
        assert len(said.pieces) > 1
        assert said.turn.cost_usd == pytest.approx(4 * ONE_REQUEST)
        assert [call.tool for call in said.turn.calls] == ["notes_list"]
    assert models.offered() == ["notes_list"]
    assert "세탁기 수리" in models.told("describer")


async def test_a_tool_brings_those_along_that_look_up_what_it_needs(at: tuple[Path, str]):
    models = Models(router=[says('{"tools": ["notes_delete"]}')], executor=[says("어느 거요?")])
    async with say(*at, "세탁 그거 필요 없어졌어", models) as said:
        assert said.answer == "어느 거요?"
    assert models.offered() == ["notes_delete", "notes_list"]


async def test_what_no_tool_does_is_refused_without_asking_the_executor(at: tuple[Path, str]):
    models = Models(router=[says('{"tools": "none"}')], executor=[says("네.")])
    async with say(*at, "피자 시켜줘", models, ["메모 보여줘"]) as said:
        assert said.answer == (
            '그건 제가 할 수 있는 일이 아니에요. 이렇게는 말할 수 있어요: "메모 보여줘".'
        )
        assert said.turn.calls == []
        assert said.turn.cost_usd == pytest.approx(ONE_REQUEST)
    assert not models.played["executor"].calls


@pytest.mark.parametrize("answer", ["", "notes_list", '{"tools": ["rm_rf"]}', '{"tools": "any"}'])
async def test_without_a_clear_choice_every_tool_that_may_fit_is_offered(
    at: tuple[Path, str], answer: str
):
    models = Models(router=[says(answer)], executor=[says("네.")])
    alone = Models(executor=[says("네.")])
    async with say(*at, "세탁은 어떻게 됐지", models), say(*at, "세탁은 어떻게 됐지", alone):
        pass
    assert models.offered() == alone.offered()
    assert len(models.offered()) > 2


async def test_a_write_is_told_in_the_words_of_its_server(at: tuple[Path, str]):
    wish = ("notes_add", {"title": "자전거 바람 넣기"})
    models = Models(executor=[calls(wish), DONE], describer=[says("제가 멋지게 적었어요.")])
    async with say(*at, "자전거 바람 넣기 잊지 않게 좀 적어놔 볼래", models) as said:
        assert said.answer == "적어 뒀어요."
        assert "자전거 바람 넣기" in said.world.notebook.notes.values()
    assert not models.played["describer"].calls


async def test_a_question_of_the_executor_is_not_reworded(at: tuple[Path, str]):
    models = Models(
        executor=[calls(("notes_list", {})), says("세탁소요, 세탁기 수리요?")],
        describer=[says("메모가 세 개 있어요.")],
    )
    async with say(*at, "세탁 그거 어떻게 됐더라", models) as said:
        assert said.answer == "세탁소요, 세탁기 수리요?"
    assert not models.played["describer"].calls


async def test_without_a_describer_the_executor_is_not_told_of_one(at: tuple[Path, str]):
    models = Models(executor=[says("네.")])
    async with say(*at, "세탁 그거 어떻게 됐더라", models):
        pass
    assert "DONE" not in models.told("executor")


@pytest.mark.parametrize("words", ["", '{"notes": []}', "네 " * 60])
async def test_without_words_of_the_describer_the_server_speaks(at: tuple[Path, str], words: str):
    models = Models(executor=[calls(("notes_list", {})), DONE], describer=[says(words)])
    async with say(*at, "세탁에 대해 뭐라고 적어 뒀더라", models) as said:
        assert said.answer.endswith("메모가 3개 있어요.") or said.answer.startswith("네 네")
        assert said.answer.startswith("".join(said.pieces))


async def test_what_the_describer_read_taints_the_turn(at: tuple[Path, str]):
    models = Models(executor=[calls(("notes_shared", {})), DONE], describer=[says("하나 있어요.")])
    async with say(*at, "이웃들이 뭐라고 했는지 궁금하네", models) as said:
        assert said.answer == "하나 있어요."
        assert said.turn.tainted
    assert "written_by_others" in models.told("describer")


async def test_done_without_having_done_anything_is_no_answer(at: tuple[Path, str]):
    models = Models(executor=[DONE], describer=[says("다 했어요.")])
    async with say(*at, "세탁 그거 어떻게 됐더라", models) as said:
        assert said.answer == stopped("garbage", (), "ko")


async def test_two_turns_share_all_but_their_last_message(at: tuple[Path, str]):
    told: list[str] = []
    for text in ("세탁은 어떻게 됐지", "세탁은 언제 하지"):
        models = Models(executor=[says("네.")])
        async with say(*at, text, models):
            pass
        call = models.played["executor"].calls[0]
        tools = [(it.name, it.description, it.params_json_schema) for it in call.tools]
        told.append(json.dumps([call.system_instructions, tools, call.input], ensure_ascii=False))
    shared = next(n for n, (a, b) in enumerate(zip(*told, strict=False)) if a != b)
    assert told[0][:shared].endswith("세탁은 ")
    assert len(told[0]) - shared < 30
