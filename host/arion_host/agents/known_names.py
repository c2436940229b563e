"""Names of what the person has: people, events, pages, repositories, things on a list.

They are collected with the reading tools of the packs' references, so that a name that is said in
another way, or heard wrongly, can be told. They are kept in memory alone.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Protocol, cast

from pydantic import JsonValue

from arion_host.agents.executor import CallContext
from arion_host.agents.filling import Filler
from arion_host.agents.names import is_personal
from arion_host.agents.references import widest, without_words
from arion_host.clock import SteadyClock
from arion_host.tools.catalogue import Catalogue
from arion_host.tools.outcome import ToolOutcome
from arion_kit.words import META_MAX_CHARS, ReferenceSlot

logger = logging.getLogger(__name__)

_FRESH_S = 600.0
"""Age from which names are read again before they are next needed, in seconds."""
_ROOM = 20_000
"""Characters of each result."""
_MOST_OF_A_TOOL = 40
_PERSON = re.compile(r'\s*"?([^"<>@]+?)"?\s*<[^<>@\s]+@[^<>@\s]+>\s*')
_NAME = re.compile(r"[^\W\d_][\w .'&-]{0,28}[\w.)]")
"""What may be a name: what others wrote gets no further than that."""
_MOST_WORDS = 4


@dataclass(frozen=True)
class Names:
    """What is known, each name once."""

    people: tuple[str, ...] = ()
    """Whom the person has mail from or to: people before companies, the latest first."""
    things: tuple[str, ...] = ()
    """Events, pages and the like; the tools take turns."""

    @property
    def all(self) -> tuple[str, ...]:
        """People first."""
        return (*self.people, *self.things)


class Reading(Protocol):
    """The part of the connections that is needed."""

    async def catalogue(self) -> Catalogue:
        """What can be called."""
        ...

    async def call(
        self,
        server: str,
        tool: str,
        arguments: Mapping[str, JsonValue],
        *,
        meta: Mapping[str, JsonValue],
        read: bool,
    ) -> ToolOutcome:
        """Call a tool."""
        ...


@dataclass(frozen=True)
class _LookUp:
    """A reading call that returns things by name."""

    server: str
    tool: str
    arguments: Mapping[str, JsonValue]
    items: str
    label: str


class KnownNames:
    """The names, read in the background when they are needed and old."""

    def __init__(self, connections: Reading, context: Callable[[], CallContext]) -> None:
        """Read through `connections`; `context` says for whom and when."""
        self._connections = connections
        self._context = context
        self._names = Names()
        self._clock = SteadyClock()
        self._read_at_s: float | None = None
        self._wanted = asyncio.Event()

    def now(self) -> Names:
        """What is known at this moment; where that is old, `keep` reads it again."""
        age_s = None if self._read_at_s is None else self._clock.running_s - self._read_at_s
        if age_s is None or age_s > _FRESH_S:
            self._wanted.set()
        return self._names

    async def keep(self) -> None:
        """Read whenever that is wanted, until cancelled."""
        while True:
            await self._wanted.wait()
            await self.refresh()
            self._wanted.clear()

    async def refresh(self) -> Names:
        """Read the names; what a server does not give is left out."""
        catalogue = await self._connections.catalogue()
        self._read_at_s = self._clock.running_s
        people: dict[str, None] = {}
        things: list[list[str]] = []
        for look_up in look_ups(catalogue):
            rows = await self._rows(look_up)
            named = [name for row in rows for name in _people_in(row)]
            people.update(dict.fromkeys(named))
            if not named:
                # What a mail is about is no name of it.
                labels = (str(row.get(look_up.label, "")) for row in rows)
                things.append([it for it in labels if _is_name(it)][:_MOST_OF_A_TOOL])
        mixed = [it for it in chain.from_iterable(zip_longest(*things)) if it is not None]
        known = sorted(people, key=lambda name: not is_personal(name))[:_MOST_OF_A_TOOL]
        self._names = Names(tuple(known), tuple(dict.fromkeys(mixed)))
        return self._names

    async def _rows(self, look_up: _LookUp) -> list[Mapping[str, JsonValue]]:
        meta: dict[str, JsonValue] = {**self._context().meta, META_MAX_CHARS: _ROOM}
        outcome = await self._connections.call(
            look_up.server, look_up.tool, look_up.arguments, meta=meta, read=True
        )
        if outcome.failure is not None:
            logger.info("%s gives no names: %s", look_up.server, outcome.failure.kind)
            return []
        return cast("list[Mapping[str, JsonValue]]", outcome.result.get(look_up.items) or [])


def look_ups(catalogue: Catalogue) -> list[_LookUp]:
    """The reading calls that need no words, one for each tool and kind of thing."""
    found: dict[str, _LookUp] = {}
    for server, pack in catalogue.packs.items():
        for slot in pack.slots.values():
            tool = catalogue.tool(server, slot.tool) if isinstance(slot, ReferenceSlot) else None
            if not isinstance(slot, ReferenceSlot) or tool is None or not tool.read_only:
                continue
            if "{text}" not in str(slot.arguments):
                continue
            # Times and numbers that were said are not known here.
            filled = Filler({}, {}).fill_all(dict(without_words(slot.arguments)))
            arguments = widest({n: it.value for n, it in filled.items()}, tool.input_schema)
            required = cast("Sequence[str]", tool.input_schema.get("required") or ())
            if set(required) <= set(arguments):
                look_up = _LookUp(server, slot.tool, arguments, slot.items, slot.label)
                found.setdefault(f"{server}/{slot.tool} {_kind(arguments)}", look_up)
    return list(found.values())


def _kind(arguments: Mapping[str, JsonValue]) -> str:
    """Look-ups that differ by a count, a time or a place alone have the same names."""
    kind = {n: it for n, it in arguments.items() if isinstance(it, str)}
    return str(sorted((n, it) for n, it in kind.items() if n not in ("start", "query")))


def _people_in(row: Mapping[str, JsonValue]) -> Iterator[str]:
    for value in row.values():
        for item in value if isinstance(value, list) else [value]:
            match = _PERSON.fullmatch(item) if isinstance(item, str) else None
            if match and _is_name(match[1]):
                yield match[1]


def _is_name(text: str) -> bool:
    fits = _NAME.fullmatch(text) is not None and len(text.split()) <= _MOST_WORDS
    # INBOX and CATEGORY_SOCIAL are the service's names, not the person's.
    return fits and not (text.isupper() and len(text) > 3)
