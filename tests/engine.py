"""A turn engine over the toy server, with a real database and a real MCP connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastmcp.client.transports import FastMCPTransport
from fastmcp.server.middleware import Middleware
from pydantic import SecretStr

from arion_auth import LOCAL
from arion_host.agents.executor import Executor, open_executor
from arion_host.agents.model.roles import Checker, Chooser, Describer, Loop
from arion_host.database import Database, open_database
from arion_host.effects.ledger import Ledger
from arion_host.exchange import TurnRequest, TurnResult
from arion_host.tools.connections import ConnectionOptions, Connections, keep_connections
from arion_host.tools.endpoints import Endpoint
from arion_host.turns.building import EngineOptions, build_engine
from arion_host.turns.engine import TurnEngine
from arion_kit.serving import build
from tests.toy import LEND, LEND_INTENT, POST, POST_INTENT, SHARED, Notebook, toy_spec

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")


class Watching(Middleware):
    """Keeps the `_meta` of every tool call, and can hold a call back."""

    def __init__(self) -> None:
        self.metas: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self.release = asyncio.Event()
        self.release.set()

    async def on_call_tool(self, context: Any, call_next: Any) -> Any:
        self.metas.append(dict(context.fastmcp_context.request_context.meta or {}))
        self.arrived.set()
        await self.release.wait()
        return await call_next(context)


@dataclass
class World:
    """A turn engine over a real server, ledger and clock."""

    notebook: Notebook
    watching: Watching
    engine: TurnEngine
    ledger: Ledger
    database: Database
    clock: list[datetime]
    executor: Executor
    connections: Connections

    async def say(self, text: str, session: str = "s1", **options: Any) -> TurnResult:
        request = TurnRequest(text=text, session=session, now=NOW, **options)
        return await self.engine.run(LOCAL, request)


@asynccontextmanager
async def a_world(
    folder: Path,
    language: str,
    trusted: bool = True,
    where: Path | SecretStr | None = None,
    loop: Loop | None = None,
    checker: Checker | None = None,
    router: Chooser | None = None,
    describer: Describer | None = None,
    purse: Callable[[], AbstractContextManager[None]] = nullcontext,
):
    notebook, watching, clock = Notebook(), Watching(), [datetime.now(UTC)]
    notebook.notes |= {"n1": "우유 사기", "n2": "세탁소", "n3": "세탁기 수리"}
    spec = toy_spec(
        folder, notebook, language + LEND_INTENT + POST_INTENT, more=(LEND, POST, SHARED)
    )
    server = build(spec, toolsets=frozenset({"all"}))
    server.add_middleware(watching)
    endpoint = Endpoint("notes", trusted, lambda: FastMCPTransport(server))
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(where or folder / "arion.db"))
        connections = await stack.enter_async_context(
            keep_connections([endpoint], ConnectionOptions())
        )
        ledger = Ledger(database)
        executor = await stack.enter_async_context(open_executor(connections, ledger))
        options = EngineOptions(
            loop=loop,
            checker=checker,
            router=router,
            describer=describer,
            purse=purse,
            clock=lambda: clock[0],
        )
        engine = build_engine(database, connections, executor, ledger, options)
        yield World(notebook, watching, engine, ledger, database, clock, executor, connections)
