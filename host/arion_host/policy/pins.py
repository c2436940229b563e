"""Tool definitions are pinned when they are first seen; one that changes later is off.

A server of somebody else can show a harmless tool first and another under its name later. What
this installation serves itself is not pinned: who can change that can change the host.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from mcp_types import Tool
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, insert_into, utc_now

Admit = Callable[[str, Sequence[Tool]], Awaitable[frozenset[str]]]
"""`(server, its tools) → names of those that may be used`."""

_LONGEST_TEXT = 2_000


class PinRow(Table):
    """A tool as it was first seen."""

    __tablename__ = "tool_pins"

    server: Mapped[str] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    seen_at: Mapped[datetime]


class Pins:
    """The pinned tools. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def admit(self, server: str, tools: Sequence[Tool]) -> frozenset[str]:
        """Return the tools that are as they were when the server was first seen."""
        digests = {tool.name: fingerprint(tool) for tool in tools}
        here = select(PinRow).where(PinRow.server == server)
        async with self._database.transaction() as session:
            rows = list(await session.scalars(here))
            if not rows and digests:
                now = utc_now()
                await session.execute(
                    insert_into(session, PinRow).on_conflict_do_nothing(),
                    [
                        {"server": server, "tool": name, "digest": digest, "seen_at": now}
                        for name, digest in digests.items()
                    ],
                )
                # Another replica may have seen other tools at the same moment.
                rows = list(await session.scalars(here))
        pinned = {row.tool: row.digest for row in rows}
        return frozenset(name for name, digest in digests.items() if pinned.get(name) == digest)

    async def forget(self, server: str) -> int:
        """Take the server's tools as new when they are next seen; say how many were pinned."""
        async with self._database.transaction() as session:
            gone = await session.scalars(
                delete(PinRow).where(PinRow.server == server).returning(PinRow.tool)
            )
            return len(gone.all())


def fingerprint(tool: Tool) -> str:
    """The digest of everything a tool says of itself."""
    content = tool.model_dump(mode="json", by_alias=True, exclude_none=True)
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def visible(text: str) -> str:
    """`text` without characters that nobody sees and a model reads, and of bounded length."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs"))
    return "".join(c if c.isprintable() or c == "\n" else " " for c in shown)[:_LONGEST_TEXT]
