"""`arion log`: what was done, as it was written down."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from arion_auth import LOCAL
from arion_host.database import open_database
from arion_host.effects.log import ActionLog, Broken, LogRow
from arion_host.settings import HostSettings

COLUMNS = ("number", "at", "event", "action_id", "server", "tool", "content", "hash")


@dataclass(frozen=True)
class Written:
    """The log of the person of this installation."""

    rows: tuple[LogRow, ...]
    broken: Broken | None
    """Where it is not as it was written."""


async def read_log(settings: HostSettings) -> Written:
    """Read and verify the log.

    Raises:
        StorageFailed: the database cannot be read.
    """
    async with open_database(settings.database) as database:
        log = ActionLog(database)
        rows = tuple([row async for row in log.entries(LOCAL.id)])
        return Written(rows, await log.verify(LOCAL.id))


def as_text(written: Written, last: int) -> str:
    """Return the last entries as lines, and whether the log holds."""
    lines = [f"{row.at[:19]}Z  {row.event:<10}  {row.tool}  {row.content}" for row in written.rows]
    return "\n".join([*lines[-last:], verdict(written)])


def verdict(written: Written) -> str:
    """Say whether the log is as it was written."""
    if written.broken is None:
        return f"{len(written.rows)} entries, unchanged since they were written."
    return f"Entry {written.broken.number} is wrong: {written.broken.reason}."


def as_json(written: Written) -> dict[str, JsonValue]:
    """Return the log for machines."""
    broken = written.broken
    entries = [{name: getattr(row, name) for name in COLUMNS} for row in written.rows]
    return {
        "entries": [{**entry, "content": json.loads(entry["content"])} for entry in entries]
        if broken is None
        else [*entries],
        "broken": {"number": broken.number, "reason": broken.reason} if broken else None,
    }


def as_csv(rows: Sequence[LogRow]) -> str:
    """Return the entries as CSV (RFC 4180), with a header."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows)
    return text.getvalue()
