"""How many searches a provider still lets us make, kept on disk so that a restart knows."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
_LONGEST_BLOCK = timedelta(hours=24)


def wait_for_search(
    connection: sqlite3.Connection, scope: str, limit: int, now: datetime
) -> timedelta | None:
    """Takes one of the hour's searches; where there is none left, how long until there is one."""
    at = now.timestamp()
    blocked = connection.execute("SELECT until FROM blocks WHERE scope = ?", (scope,)).fetchone()
    if blocked and blocked[0] > at:
        return timedelta(seconds=blocked[0] - at)
    since = at - HOUR.total_seconds()
    connection.execute("DELETE FROM searches WHERE at <= ?", (since,))
    # A clock that was set back must not lock the door for longer than an hour.
    connection.execute("DELETE FROM searches WHERE scope = ? AND at > ?", (scope, at))
    made: list[tuple[float]] = connection.execute(
        "SELECT at FROM searches WHERE scope = ? ORDER BY at", (scope,)
    ).fetchall()
    if len(made) >= limit:
        return timedelta(seconds=made[len(made) - limit][0] - since)
    connection.execute("INSERT INTO searches VALUES (?, ?)", (scope, at))
    return None


def note_block(connection: sqlite3.Connection, scope: str, now: datetime) -> timedelta:
    """Keeps us from searching for an hour, and longer each time the provider blocks us again.

    Coupang blocks for up to a day and does not say for how long; asking again makes it worse.
    """
    at = now.timestamp()
    last = connection.execute(
        "SELECT until, length_s FROM blocks WHERE scope = ?", (scope,)
    ).fetchone()
    length = HOUR
    if last and at - last[0] < _LONGEST_BLOCK.total_seconds():
        length = min(timedelta(seconds=last[1] * 2), _LONGEST_BLOCK)
    connection.execute(
        "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)",
        (scope, at + length.total_seconds(), length.total_seconds()),
    )
    return length
