"""What was begun and done under the ids that clients give their writes.

Notion takes no id of ours, so a repeated write can only be known by what is kept here: the id is
written down before the write goes out, and what came of it after. A write that was begun and not
finished is looked for in Notion before it is tried again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from arion_kit.changes import UNCERTAIN
from arion_kit.errors import BadInput, ToolFailure

logger = logging.getLogger(__name__)

_KEPT_S = 30 * 24 * 3_600
_SCHEMA = """
CREATE TABLE IF NOT EXISTS writes (
    key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    note TEXT NOT NULL,
    result TEXT,
    begun REAL NOT NULL
) WITHOUT ROWID;
"""

Note = Mapping[str, str]
"""What is needed to look for a write later."""


@dataclass(frozen=True)
class Write:
    """One write under an id."""

    key: str | None
    """The client's id for it; None where it gave none."""
    request: str
    """Digest of what is to be done."""

    @classmethod
    def of(cls, key: str | None, tool: str, *arguments: object) -> Write:
        """The write of these arguments."""
        text = json.dumps([tool, *arguments], ensure_ascii=False, sort_keys=True, default=str)
        return cls(key, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


@dataclass(frozen=True)
class Outcome:
    """What came of a write."""

    result: str
    existed: bool
    """Whether an earlier attempt had done it."""


class Journal:
    """Writes by their id, in a file; opened when the first one comes."""

    def __init__(self, path: Path | None) -> None:
        """Keeps them at `path`, or in memory."""
        self._path = path
        self._opened: sqlite3.Connection | None = None
        # A lock lives as long as somebody holds it or waits for it.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def once(
        self,
        write: Write,
        act: Callable[[], Awaitable[str]],
        *,
        note: Callable[[], Awaitable[Note]],
        probe: Callable[[Note], Awaitable[str | None]],
    ) -> Outcome:
        """Does a write, unless it has been done under the same id.

        Args:
            write: What it is.
            act: Does it; gives what the tool needs to know of it later.
            note: Reads, before it is done, what `probe` needs.
            probe: Looks whether an attempt that never reported back has done it; gives what `act`
                would have given, or None when it certainly has not.

        Raises:
            BadInput: The id was used for something else.
            ToolFailure: As `act`, `note` and `probe` raise it.
        """
        if write.key is None:
            return Outcome(await act(), existed=False)
        turn = self._turns.setdefault(write.key, asyncio.Lock())
        async with turn:
            return await self._keyed(write, write.key, act, note, probe)

    async def _keyed(
        self,
        write: Write,
        key: str,
        act: Callable[[], Awaitable[str]],
        note: Callable[[], Awaitable[Note]],
        probe: Callable[[Note], Awaitable[str | None]],
    ) -> Outcome:
        earlier = self._find(key)
        if earlier is None:
            self._begin(key, write.request, await note())
        else:
            request, kept, result = earlier
            if request != write.request:
                raise BadInput("key", "was used for another write; give each its own")
            result = result if result is not None else await probe(kept)
            if result is not None:
                self._finish(key, result)
                return Outcome(result, existed=True)
        try:
            result = await act()
        except ToolFailure as failure:
            if failure.kind not in UNCERTAIN:
                self._forget(key)
            raise
        self._finish(key, result)
        return Outcome(result, existed=False)

    def results(self) -> frozenset[str]:
        """What came of all writes that are kept."""
        rows = self._connection().execute("SELECT result FROM writes WHERE result IS NOT NULL")
        return frozenset(result for (result,) in rows)

    def close(self) -> None:
        """Releases the file."""
        if self._opened:
            self._opened.close()
            self._opened = None

    def _find(self, key: str) -> tuple[str, Note, str | None] | None:
        row = (
            self._connection()
            .execute("SELECT request, note, result FROM writes WHERE key = ?", (key,))
            .fetchone()
        )
        return (row[0], json.loads(row[1]), row[2]) if row else None

    def _begin(self, key: str, request: str, note: Note) -> None:
        self._connection().execute(
            "INSERT INTO writes VALUES (?, ?, ?, NULL, ?)",
            (key, request, json.dumps(dict(note)), time.time()),
        )

    def _finish(self, key: str, result: str) -> None:
        self._connection().execute("UPDATE writes SET result = ? WHERE key = ?", (result, key))

    def _forget(self, key: str) -> None:
        self._connection().execute("DELETE FROM writes WHERE key = ?", (key,))

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> sqlite3.Connection:
        try:
            if self._path:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = _prepared(self._path)
        except (OSError, sqlite3.Error) as error:
            # Better to know repeated writes until the server stops than to refuse every write.
            logger.warning("%s cannot be used, so writes are kept in memory: %s", self._path, error)
            connection = _prepared(None)
        return connection


def _prepared(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=2.0)
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_SCHEMA)
    connection.execute("DELETE FROM writes WHERE begun < ?", (time.time() - _KEPT_S,))
    return connection
