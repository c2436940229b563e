"""The accounts' data: JSON documents in collections, in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arion_sandbox.json_types import JsonObject

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    seeded INTEGER NOT NULL,
    PRIMARY KEY (collection, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seeding (day TEXT NOT NULL);
"""


@dataclass(frozen=True)
class SeedRow:
    """One document that every account starts with."""

    collection: str
    key: str
    document: JsonObject


class Store:
    """Documents by collection and key.

    Every method raises `sqlite3.Error` when the disk is full, read-only or damaged.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file at `path`, creating it and its folder; None keeps all in memory."""
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.executescript(SCHEMA)

    def get(self, collection: str, key: str) -> JsonObject | None:
        """Read one document."""
        row = self.connection.execute(
            "SELECT document FROM documents WHERE collection = ? AND key = ?", (collection, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, collection: str) -> list[JsonObject]:
        """Read a whole collection, in the order of its keys."""
        rows = self.connection.execute(
            "SELECT document FROM documents WHERE collection = ? ORDER BY key", (collection,)
        )
        return [json.loads(text) for (text,) in rows]

    def collections(self) -> list[str]:
        """Name the collections that hold something."""
        rows = self.connection.execute("SELECT DISTINCT collection FROM documents ORDER BY 1")
        return [name for (name,) in rows]

    def rows(self, collection: str) -> list[tuple[str, JsonObject]]:
        """Read a whole collection with its keys."""
        rows = self.connection.execute(
            "SELECT key, document FROM documents WHERE collection = ? ORDER BY key", (collection,)
        )
        return [(key, json.loads(text)) for key, text in rows]

    def put(self, collection: str, key: str, document: JsonObject) -> None:
        """Create or replace a document. A seeded one stays seeded: the next seeding resets it."""
        self.connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, 0)"
            " ON CONFLICT (collection, key) DO UPDATE SET document = excluded.document",
            (collection, key, json.dumps(document, ensure_ascii=False)),
        )

    def seeded_day(self) -> date | None:
        """Tell which day the seeded documents were made for."""
        row = self.connection.execute("SELECT day FROM seeding").fetchone()
        return date.fromisoformat(row[0]) if row else None

    def seed(self, day: date, rows: Iterable[SeedRow]) -> None:
        """Replace the seeded documents and leave those a user created; all or nothing."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("DELETE FROM documents WHERE seeded = 1")
            self.connection.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, 1)",
                (
                    (row.collection, row.key, json.dumps(row.document, ensure_ascii=False))
                    for row in rows
                ),
            )
            self.connection.execute("DELETE FROM seeding")
            self.connection.execute("INSERT INTO seeding VALUES (?)", (day.isoformat(),))

    def clear(self) -> None:
        """Remove every document, the user's too."""
        self.connection.execute("DELETE FROM documents")

    def close(self) -> None:
        """Release the file."""
        self.connection.close()
