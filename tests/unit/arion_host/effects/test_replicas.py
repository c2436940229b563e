"""Two hosts on one database, each with connections of its own to the same server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from fastmcp import FastMCP
from fastmcp.client.transports import FastMCPTransport
from tests.databases import Where
from tests.engine import NOW, Watching
from tests.toy import Notebook, toy_spec

from arion_host.agents.executor import Agreement, CallContext, Executor, open_executor
from arion_host.database import Database, open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.effects.log import ActionLog
from arion_host.effects.recovery import Recovery
from arion_host.errors import EffectConflict
from arion_host.policy.pins import Pins
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.connections import ConnectionOptions, keep_connections
from arion_host.tools.endpoints import Endpoint
from arion_kit.serving import build
from arion_kit.words import META_KEY, EffectClass

pytestmark = pytest.mark.thorough

CONTEXT = CallContext("ko", "Asia/Seoul", NOW)
ADD = Action(
    principal="local",
    session="s1",
    turn="t1",
    step=0,
    server="notes",
    tool="notes_add",
    arguments={"title": "치과 전화"},
    effect_class=EffectClass.KEYED,
)
DELETE = replace(
    ADD, tool="notes_delete", arguments={"note_id": "n1"}, effect_class=EffectClass.ASK
)


@dataclass
class Replica:
    database: Database
    ledger: Ledger
    executor: Executor
    tools: dict[str, CatalogueTool]

    async def make(self, action: Action) -> list[str]:
        """Plan, agree and write, whatever the other does; gives the steps that it was first in."""
        steps = {
            "planned": partial(self.executor.plan, action),
            "confirmed": partial(self.executor.confirm, action),
            "made": partial(
                self.executor.write, action, self.tools[action.tool], CONTEXT, Agreement()
            ),
        }
        first: list[str] = []
        for name, step in steps.items():
            try:
                await step()
            except EffectConflict:
                continue
            first.append(name)
        return first


@dataclass
class Upstream:
    notebook: Notebook
    watching: Watching
    server: FastMCP

    def calls(self, action: Action) -> int:
        return sum(meta.get(META_KEY) == action.id for meta in self.watching.metas)


@pytest.fixture
def upstream(tmp_path: Path, notes_language: str) -> Upstream:
    notebook, watching = Notebook(notes={"n1": "우유 사기"}), Watching()
    server = build(toy_spec(tmp_path, notebook, notes_language), toolsets=frozenset({"all"}))
    server.add_middleware(watching)
    return Upstream(notebook, watching, server)


@asynccontextmanager
async def a_replica(where: Where, upstream: Upstream) -> AsyncGenerator[Replica]:
    endpoint = Endpoint("notes", True, lambda: FastMCPTransport(upstream.server))
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(where))
        connections = await stack.enter_async_context(
            keep_connections([endpoint], ConnectionOptions())
        )
        ledger = Ledger(database)
        executor = await stack.enter_async_context(open_executor(connections, ledger))
        catalogue = await connections.catalogue()
        found = {name: catalogue.tool("notes", name) for name in ("notes_add", "notes_delete")}
        tools = {name: tool for name, tool in found.items() if tool is not None}
        yield Replica(database, ledger, executor, tools)


@pytest.fixture
async def both(where: Where, upstream: Upstream) -> AsyncGenerator[tuple[Replica, Replica]]:
    async with a_replica(where, upstream) as one, a_replica(where, upstream) as other:
        yield one, other


Both = tuple[Replica, Replica]


@pytest.mark.parametrize("action", [ADD, DELETE], ids=["keyed", "ask"])
async def test_an_action_that_both_make_is_made_once(
    both: Both, upstream: Upstream, action: Action
):
    firsts = await asyncio.gather(*(replica.make(action) for replica in both * 4))
    row = await both[0].ledger.get(action.id)
    assert upstream.calls(action) == 1
    assert sorted(step for first in firsts for step in first) == ["confirmed", "made", "planned"]
    assert row is not None
    assert row.state == EffectState.DONE
    entries = [entry.event async for entry in ActionLog(both[1].database).entries("local")]
    assert entries == ["planned", "confirmed", "attempting", "done"]
    assert await ActionLog(both[1].database).verify("local") is None


async def test_both_recover_a_write_once(both: Both, upstream: Upstream):
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    ledger = Ledger(both[0].database, lambda: hour_ago)
    others = [replace(ADD, turn=f"t{number}") for number in range(2, 5)]
    for action in (ADD, *others, DELETE):
        await ledger.add(action, EffectState.ATTEMPTING)
    settled = await asyncio.gather(
        *(
            Recovery(replica.ledger, partial(replica.executor.finish, context=CONTEXT)).look()
            for replica in both
        )
    )
    assert not settled[0].keys() & settled[1].keys()
    assert settled[0] | settled[1] == {
        **{action.id: EffectState.DONE for action in (ADD, *others)},
        DELETE.id: EffectState.UNKNOWN,
    }
    assert [upstream.calls(action) for action in (ADD, *others, DELETE)] == [1, 1, 1, 1, 0]


async def test_first_entries_of_a_person_at_once_make_one_chain(both: Both):
    actions = [replace(ADD, turn=f"t{number}") for number in range(20)]
    await asyncio.gather(
        *(both[n % 2].ledger.add(action, EffectState.PLANNED) for n, action in enumerate(actions))
    )
    log = ActionLog(both[0].database)
    assert [row.number async for row in log.entries("local")] == list(range(1, 21))
    assert await log.verify("local") is None


async def test_what_both_undo_or_tell_is_noted_once(both: Both):
    marks = (replica.ledger.mark_undone("a", by) for replica, by in zip(both, "bc", strict=True))
    noted = await asyncio.gather(*marks, return_exceptions=True)
    told = await asyncio.gather(*(replica.ledger.mark_told("a") for replica in both))
    assert sorted(type(it).__name__ for it in noted) == ["EffectConflict", "NoneType"]
    assert told == [None, None]


async def test_tools_that_both_see_first_are_pinned_once(both: Both, upstream: Upstream):
    tools = [it.to_mcp_tool() for it in await upstream.server.list_tools()]
    admitted = await asyncio.gather(
        *(Pins(replica.database).admit("notes", tools) for replica in both)
    )
    assert admitted == [{tool.name for tool in tools}] * 2
    assert await Pins(both[0].database).forget("notes") == len(tools)
