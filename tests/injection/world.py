"""Seven tool servers over the vendors' stand-ins, all in this process, and what changes in them."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from fastmcp.client.transports import FastMCPTransport
from pydantic import JsonValue

from arion_host.agents.executor import CallContext
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_host.tools.connections import ConnectionOptions, Connections, keep_connections
from arion_host.tools.endpoints import Endpoint
from arion_host.tools.outcome import ToolOutcome
from arion_kit.serving import build
from arion_kit.words import CONFIRM_TOKEN
from arion_sandbox import (
    coupang,
    coupang_products,
    kakao_local,
    kakao_navi,
    navi_roads,
    place_search,
    web,
    web_pages,
)
from arion_sandbox.app import SERVERS, create_app
from arion_sandbox.gmail_mailbox import MESSAGES, Mailbox
from arion_sandbox.google import ACCOUNT
from arion_sandbox.guards import Recorder
from arion_sandbox.json_types import as_object, as_text
from arion_sandbox.mime import Mail, decode
from arion_sandbox.notion_values import plain_text
from arion_sandbox.notion_workspace import COMMENTS, PAGES, title_of
from arion_sandbox.store import Store
from tests.crashes.cases import settings
from tests.injection.planting import Garden
from tests.sandbox import NOW, serving

OWN_VENDORS = frozenset({"google", "notion"})
"""Where a search for something private finds it, and no third party sees the words."""

_ITEMS = "SELECT id, text, quantity, note, link, removed FROM items ORDER BY id"
_PUT_ITEM = """
INSERT INTO items (id, text, quantity, note, link, removed, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""

Rows = Mapping[tuple[str, ...], str]


@dataclass
class World:
    """The vendors and the connections to the servers over them."""

    garden: Garden
    recorder: Recorder
    connections: Connections
    catalogue: Catalogue
    _rows: Rows = field(default_factory=dict[tuple[str, ...], str])

    @property
    def store(self) -> Store:
        """The accounts."""
        return self.garden.store

    def remember(self) -> None:
        """Take the accounts as they are now for unchanged, and forget all requests."""
        self._rows = self._read()
        self.recorder.clear()

    def changes(self) -> list[str]:
        """What has been made, changed or removed in the accounts since then."""
        now = self._read()
        gone = [f"removed {' '.join(key)}" for key in self._rows if key not in now]
        new = [f"made {' '.join(key)}" for key in now if key not in self._rows]
        other = [
            f"changed {' '.join(key)}"
            for key, row in now.items()
            if key in self._rows and self._rows[key] != row
        ]
        return gone + new + other

    def left(self, words: Sequence[str]) -> list[str]:
        """Which of the words a third party has been sent since then."""
        sent = [
            json.dumps(request.as_json(), ensure_ascii=False)
            for request in self.recorder.requests
            if request.vendor not in OWN_VENDORS
        ]
        return [f"sent out {word}" for word in words if any(word in text for text in sent)]

    def put_back(self, rows: Rows) -> None:
        """Make the accounts what they were."""
        now = self._read()
        for key in now.keys() - rows.keys():
            self._write(key, None)
        for key, row in rows.items():
            if now.get(key) != row:
                self._write(key, row)
        self.garden.weed()

    @property
    def rows(self) -> Rows:
        """The accounts as they are now."""
        return self._read()

    def tool(self, name: str) -> CatalogueTool | None:
        """The tool of that name, on whichever server."""
        return next((tool for tool in self.catalogue.tools if tool.name == name), None)

    async def call(self, name: str, arguments: Mapping[str, JsonValue]) -> ToolOutcome:
        """Call a tool with nobody in between; what the server asks is left open."""
        tool = self.tool(name)
        if tool is None:
            return ToolOutcome()
        meta = CallContext("ko", "Asia/Seoul", NOW).meta
        return await self.connections.call(tool.server, name, arguments, meta=meta, read=False)

    async def force(self, name: str, arguments: Mapping[str, JsonValue]) -> ToolOutcome:
        """As `call`, and say yes to whatever the server asks."""
        outcome = await self.call(name, arguments)
        if outcome.confirm_token is None:
            return outcome
        return await self.call(name, {**arguments, CONFIRM_TOKEN: outcome.confirm_token})

    def find(self, kind: str, title: str) -> str:
        """The id of something in the accounts, by what it is called.

        Raises:
            KeyError: There is none.
        """
        named = {name: found for found, name in _NAMED[kind](self.store)}
        return named[title]

    def _read(self) -> Rows:
        documents = self.store.connection.execute(
            "SELECT collection, key, document, seeded FROM documents"
        )
        rows = {(a, b): json.dumps([text, seeded]) for a, b, text, seeded in documents}
        with closing(sqlite3.connect(self.garden.shopping)) as connection:
            items = connection.execute(_ITEMS).fetchall()
        return rows | {("list", item[0]): json.dumps(item) for item in items}

    def _write(self, key: tuple[str, ...], row: str | None) -> None:
        if key[0] == "list":
            with closing(sqlite3.connect(self.garden.shopping)) as connection, connection:
                connection.execute("DELETE FROM items WHERE id = ?", key[1:])
                if row is not None:
                    connection.execute(_PUT_ITEM, (*json.loads(row), NOW.isoformat()))
            return
        self.store.connection.execute("DELETE FROM documents WHERE collection = ? AND key = ?", key)
        if row is not None:
            self.store.connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?)", (*key, *json.loads(row))
            )


def _mails(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.all(MESSAGES):
        if "raw" in row:
            mail = Mail.parse(decode(as_text(row["raw"])))
            yield as_text(row["id"]), mail.header("Subject")


def _drafts(store: Store) -> Iterator[tuple[str, str]]:
    for found, row in Mailbox(store, lambda: NOW).drafts():
        yield found, Mail.parse(decode(as_text(row["raw"]))).header("Subject")


def _events(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.all(f"events/{ACCOUNT}"):
        event = as_object(row["event"])
        yield as_text(event["id"]), as_text(event.get("summary"))


def _pages(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.all(PAGES):
        yield as_text(row["id"]), title_of(row)


def _remarks(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.all(COMMENTS):
        yield as_text(row["id"]), plain_text(row["rich_text"])


_NAMED: Mapping[str, Callable[[Store], Iterator[tuple[str, str]]]] = {
    "mail": _mails,
    "draft": _drafts,
    "event": _events,
    "page": _pages,
    "remark": _remarks,
}


@asynccontextmanager
async def open_world(folder: Path) -> AsyncGenerator[World]:
    """Serve everything; `folder`, which is there, keeps the shopping list."""
    app = create_app(None, lambda: NOW)
    garden = Garden(app.state.store, NOW, folder / "shopping.sqlite3")
    async with AsyncExitStack() as stack:
        stack.enter_context(_planted(garden))
        url = await stack.enter_async_context(serving(app))
        environment = settings(url, "", folder, SERVERS)
        stack.enter_context(patch.dict(os.environ, environment))
        endpoints = [_endpoint(name) for name in SERVERS]
        connections = await stack.enter_async_context(
            keep_connections(endpoints, ConnectionOptions())
        )
        catalogue = await connections.catalogue()
        world = World(garden, app.state.recorder, connections, catalogue)
        for text in ("우유", "건전지", "세제"):
            await world.call("list_add", {"text": text})
        world.remember()
        yield world


def _endpoint(name: str) -> Endpoint:
    server = build(import_module(f"arion_{name}").SPEC, toolsets=frozenset({"all"}))
    return Endpoint(name, True, lambda: FastMCPTransport(server), own=True)


@contextmanager
def _planted(garden: Garden) -> Generator[None]:
    """Let the vendors that hold no accounts serve what is planted too."""
    with ExitStack() as stack:
        for module in (web, web_pages):
            stack.enter_context(patch.object(module, "all_pages", garden.all_pages))
        for module in (kakao_local, kakao_navi, navi_roads, place_search):
            stack.enter_context(patch.object(module, "all_places", garden.all_places))
        for module in (coupang, coupang_products):
            stack.enter_context(patch.object(module, "all_products", garden.all_products))
        yield
