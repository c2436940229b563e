"""The host over a world, with a language model that puts out what it is told to."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from agents import Model, ModelResponse
from agents.testing import ScriptedModel, assistant_message, function_call

from arion_auth import LOCAL
from arion_host.agents.executor import open_executor
from arion_host.agents.model.connected import Connected
from arion_host.agents.model.loop import ModelLoop
from arion_host.agents.model.selection import ToolIndex
from arion_host.agents.model.tool_words import function_names
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch
from arion_host.database import open_database
from arion_host.effects.ledger import Ledger
from arion_host.exchange import Confirmation, TurnRequest, TurnResult
from arion_host.tools.catalogue import CatalogueTool
from arion_host.turns.building import EngineOptions, build_engine
from arion_host.turns.engine import TurnEngine
from arion_host.validation.proposal import Proposal
from arion_host.validation.stage1 import Verdict, check_call
from arion_kit.words import Language
from tests.injection.scripts import Turn
from tests.injection.world import World
from tests.sandbox import NOW

SPARE = 12
"""Answers beyond the script, for a loop that asks once more."""


class Puppet(Model):
    """A model whose next answers are set from outside."""

    def __init__(self) -> None:
        self.rests = False
        """Whether what is said now is left to the commands."""
        self._script = ScriptedModel()
        self._numbers = count()

    def play(self, turn: Turn, offered: Sequence[CatalogueTool]) -> None:
        """Make these calls of offered tools, then say that all is well."""
        self.rests = turn.command
        known = {tool.name: name for name, tool in function_names(offered).items()}
        calls = [
            [
                function_call(known.get(name, name), arguments, call_id=f"c{next(self._numbers)}")
                for call in step
                for name, arguments in call.items()
            ]
            for step in turn.calls
        ]
        self._script = ScriptedModel([*calls, *[[assistant_message("다 됐어요.")]] * SPARE])

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return await self._script.get_response(*args, **kwargs)

    def stream_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._script.stream_response(*args, **kwargs)


@dataclass
class Host:
    """A turn engine and the puppet that is its model."""

    world: World
    engine: TurnEngine
    puppet: Puppet
    offered: list[CatalogueTool]
    """Every tool that the model is going to call: what a search for tools leaves out protects
    nobody."""

    async def say(self, session: str, turn: Turn) -> TurnResult:
        """Say something to the host, with the model's answers set."""
        self.offered[:] = {tool.name: tool for tool in _named(self.world, turn)}.values()
        self.puppet.play(turn, self.offered)
        return await self.engine.run(
            LOCAL, TurnRequest(text=turn.said, session=session[:64], now=NOW)
        )

    async def agree(self, session: str, confirmation: Confirmation) -> TurnResult:
        """Say yes to a question."""
        request = TurnRequest(session=session[:64], confirm=True, question=confirmation.id, now=NOW)
        return await self.engine.run(LOCAL, request)


def _named(world: World, turn: Turn) -> Iterator[CatalogueTool]:
    for step in turn.calls:
        for call in step:
            for name in call:
                if (tool := world.tool(name)) is not None:
                    yield tool


@asynccontextmanager
async def open_host(world: World, folder: Path) -> AsyncGenerator[Host]:
    """Open the host's parts over the world's connections.

    No command is understood without the model unless a case says so: it is the model that acts.
    """
    puppet, offered = Puppet(), list[CatalogueTool]()

    def best(_index: ToolIndex, _said: str, _count: int = 0) -> Sequence[CatalogueTool]:
        return tuple(offered)

    route = Router.route

    def rarely(router: Router, text: str, *, language: Language, now: datetime) -> Match | NoMatch:
        return route(router, text, language=language, now=now) if puppet.rests else NoMatch()

    def leniently(*call: Any, proposal: Proposal | None = None, **facts: Any) -> Verdict:
        # Whether the words ask for a proposal is measured elsewhere: here policy holds alone.
        return check_call(*call, **facts)

    async with AsyncExitStack() as stack:
        stack.enter_context(patch("arion_host.turns.gate.check_call", leniently))
        stack.enter_context(patch.object(ToolIndex, "best", best))
        stack.enter_context(patch.object(Router, "route", rarely))
        database = await stack.enter_async_context(open_database(folder / "arion.db"))
        ledger = Ledger(database)
        executor = await stack.enter_async_context(open_executor(world.connections, ledger))
        options = EngineOptions(loop=ModelLoop(Connected(puppet)))
        engine = build_engine(database, world.connections, executor, ledger, options)
        yield Host(world, engine, puppet, offered)
