"""The server's own file: shopping list, kept answers, searches made and prices seen.

SQLite in one file that several processes may use at once. Work runs off the event loop, in one
transaction each: all of it is on the disk, or nothing is.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from arion_kit.changes import current_changes
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, quantity INTEGER NOT NULL, note TEXT, link TEXT,
    added_at TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS changes (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, rows TEXT NOT NULL, at TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    scope TEXT NOT NULL, kind TEXT NOT NULL, asked TEXT NOT NULL, answer TEXT NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (scope, kind, asked)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS searches (scope TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS searches_by_time ON searches (scope, at);
CREATE TABLE IF NOT EXISTS blocks (
    scope TEXT PRIMARY KEY, until REAL NOT NULL, length_s REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (
    scope TEXT NOT NULL, product_id TEXT NOT NULL, offer TEXT NOT NULL, query TEXT NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (scope, product_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS prices (
    scope TEXT NOT NULL, product_id TEXT NOT NULL, at REAL NOT NULL, price_krw INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS prices_by_product ON prices (scope, product_id, at);
"""

_WAIT_S = 5.0
"""For another process that is writing."""


@dataclass(frozen=True)
class _Told:
    message: str
    next_step: str


_FULL: Mapping[Language, _Told] = {
    "ko": _Told("디스크가 가득 차서 저장하지 못했어요.", "디스크를 비운 뒤에 다시 해 주세요."),
    "en": _Told("The disk is full, so nothing was saved.", "Please free some space and try again."),
}
_CLOSED: Mapping[Language, _Told] = {
    "ko": _Told(
        "저장 폴더에 쓸 수 없어요.", "ARION_DATA_DIR 폴더의 권한을 확인한 뒤에 다시 해 주세요."
    ),
    "en": _Told(
        "The data folder can't be written to.",
        "Please check the permissions of the folder in ARION_DATA_DIR.",
    ),
}
_BUSY: Mapping[Language, _Told] = {
    "ko": _Told("저장 파일을 다른 프로그램이 쓰고 있어요.", "잠시 뒤에 다시 해 주세요."),
    "en": _Told("Another program is using the data file.", "Please try again in a moment."),
}
_DAMAGED: Mapping[Language, _Told] = {
    "ko": _Told(
        "저장 파일을 읽을 수 없어요.",
        "shopping.sqlite3 파일을 다른 곳으로 옮기면 새로 시작할 수 있어요.",
    ),
    "en": _Told(
        "The data file can't be read.",
        "Move shopping.sqlite3 somewhere else to start with a new one.",
    ),
}
_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_AUTH: _CLOSED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}


class Database:
    """The file at `path`, opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    async def run(self, work: Work[Result], language: Language) -> Result:
        """What `work` makes of the data, in one transaction that no other process interrupts.

        Raises:
            ToolFailure: Of kind `unavailable`; nothing has been changed.
        """
        # Only what is sent to a vendor can be left half done: this is done or not.
        current_changes().asked = True
        return await asyncio.to_thread(self._run, work, language)

    def _run(self, work: Work[Result], language: Language) -> Result:
        with self._lock:
            try:
                connection = self._open()
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    return work(connection)
            except (sqlite3.Error, OSError) as error:
                logger.warning("%s: %s", self._path, error)
                self._close()
                raise _failure(error, language) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Nobody else's business; SQLite gives its other files the same mode.
            self._path.touch(mode=0o600)
            connection = sqlite3.connect(
                self._path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                # A list that said "added" must still have it after a power cut.
                connection.execute("PRAGMA synchronous = FULL")
                connection.executescript(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Releases the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _failure(error: sqlite3.Error | OSError, language: Language) -> ToolFailure:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError):
        told = _FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else _CLOSED
    else:
        # The lower byte is the kind, the rest says more about it.
        told = _BY_CODE.get(code & 0xFF, _DAMAGED) if code is not None else _DAMAGED
    words = told[language]
    return ToolFailure(ErrorKind.UNAVAILABLE, words.message, next_step=words.next_step)
