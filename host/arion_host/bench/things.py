"""The things in the accounts that items name, found with the servers' own reading tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from pydantic import JsonValue

from arion_host.agents.executor import CallContext
from arion_host.bench.items import Item
from arion_host.errors import PartFailed
from arion_host.host import Host
from arion_kit.words import META_MAX_CHARS, ErrorKind

_ROOM = 100_000
"""Characters of a result: nothing that is looked for is to be cut off."""

Row = Mapping[str, JsonValue]
Reference = tuple[tuple[str, str], ...]
"""`{"summary": …, "on": …}` as sorted pairs."""


def reference(value: Mapping[str, JsonValue]) -> Reference:
    """A `ref` as something that can be looked up."""
    return tuple(sorted((name, str(it)) for name, it in value.items()))


@dataclass(frozen=True)
class Things:
    """What identifies each thing that the items refer to."""

    known: Mapping[Reference, frozenset[str]] = field(
        default_factory=dict[Reference, frozenset[str]]
    )

    def names_of(self, wanted: Reference) -> frozenset[str]:
        """Ids, addresses and titles of a thing; empty where it is not known."""
        return self.known.get(wanted, frozenset())


async def find_things(host: Host, items: Iterable[Item]) -> Things:
    """Look up every thing that the items refer to; the accounts are in their first state.

    Raises:
        PartFailed: there is no such thing.
    """
    known: dict[Reference, frozenset[str]] = {}
    for item in items:
        for wanted in _references(item):
            if wanted in known or wanted[0][0] in ("made", "shown"):
                continue
            known[wanted] = frozenset(await _Finder(host, item).find(dict(wanted)))
            if not known[wanted]:
                raise PartFailed(
                    ErrorKind.NOT_FOUND, f"{item.id} names {dict(wanted)}, which is not there."
                )
    return Things(known)


def _references(item: Item) -> Iterator[Reference]:
    for calls in item.gold.sets:
        for call in calls:
            yield from _within(call.arguments)


def _within(value: JsonValue) -> Iterator[Reference]:
    if isinstance(value, dict):
        named = value.get("ref")
        if isinstance(named, dict):
            yield reference(named)
        for part in value.values():
            yield from _within(part)
    elif isinstance(value, list):
        for part in value:
            yield from _within(part)


@dataclass(frozen=True)
class _Finder:
    host: Host
    item: Item

    async def find(self, wanted: Mapping[str, str]) -> list[str]:
        """Everything that one thing is known by."""
        if "summary" in wanted:
            return await self._events(wanted["summary"], wanted.get("on"))
        if "subject" in wanted:
            return await self._mails(wanted["subject"])
        if "title" in wanted:
            return await self._pages(wanted["title"])
        return await self._people(wanted.get("name", ""))

    async def _read(self, server: str, tool: str, **arguments: JsonValue) -> Row:
        context = CallContext(self.item.language, self.host.principal.timezone, self.item.now)
        meta = {**context.meta, META_MAX_CHARS: _ROOM}
        outcome = await self.host.connections.call(server, tool, arguments, meta=meta, read=True)
        return outcome.result

    async def _events(self, summary: str, on: str | None) -> list[str]:
        start, end = (self.item.now + timedelta(days=days) for days in (-60, 120))
        calendars = _rows(await self._read("calendar", "calendar_list_calendars"), "calendars")
        ids: list[JsonValue] = [row["id"] for row in calendars]
        found = await self._read(
            "calendar", "calendar_list_events", query=summary, calendar_ids=ids,
            start=start.isoformat(), end=end.isoformat(), max_results=100,
        )  # fmt: skip
        rows = [
            row
            for row in _rows(found, "events")
            if row["summary"] == summary and (on is None or str(row["start"]).startswith(on))
        ]
        return [str(row["id"]) for row in rows]

    async def _mails(self, subject: str) -> list[str]:
        # Not every subject can be searched for: some are in charsets that no index splits right.
        found = await self._read("gmail", "gmail_search", query="in:anywhere", max_results=50)
        drafts = await self._read("gmail", "gmail_list_drafts", max_results=50)
        rows = [*_rows(found, "messages"), *_rows(drafts, "drafts")]
        ids = ("id", "thread_id", "draft_id", "message_id")
        mine = [row for row in rows if row["subject"] == subject]
        return [str(row[name]) for row in mine for name in ids if name in row]

    async def _pages(self, title: str) -> list[str]:
        names: list[str] = []
        for in_trash in (False, True):
            found = await self._read(
                "notion", "notion_search", query=title, page_size=100, in_trash=in_trash
            )
            for row in _rows(found, "results"):
                if row["title"] == title:
                    names += [str(row[it]) for it in ("id", "url", "title") if row.get(it)]
        return names

    async def _people(self, name: str) -> list[str]:
        found = await self._read("gmail", "gmail_find_people", name=name)
        addresses = [str(row["address"]) for row in _rows(found, "people")]
        return [name, *addresses] if addresses else []


def _rows(result: Row, name: str) -> list[Row]:
    return cast("list[Row]", result.get(name) or [])
