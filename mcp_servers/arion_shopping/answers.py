"""Answers that are kept, so that the same question is not asked again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal["search", "deals", "link"]

_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """What was answered, as JSON, and when."""

    text: str
    at: datetime


def read_answer(
    connection: sqlite3.Connection, scope: str, kind: Kind, asked: str
) -> Answer | None:
    """The last answer to this, however old."""
    row = connection.execute(
        "SELECT answer, at FROM answers WHERE scope = ? AND kind = ? AND asked = ?",
        (scope, kind, asked),
    ).fetchone()
    return Answer(row[0], datetime.fromtimestamp(row[1], UTC)) if row else None


def keep_answer(
    connection: sqlite3.Connection, scope: str, kind: Kind, asked: str, answer: Answer
) -> None:
    """Keeps it in the place of an older one; those of a month ago go."""
    at = answer.at.timestamp()
    connection.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
        (scope, kind, asked, answer.text, at),
    )
    connection.execute("DELETE FROM answers WHERE at < ?", (at - _KEPT.total_seconds(),))
