"""Asks the engines one after the other until there is enough."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.engines import brave, daum, naver, searxng, tavily
from arion_kit.engines.engine import Engine
from arion_kit.engines.merging import merged, wanted
from arion_kit.engines.query import EngineName, Failed, Found, Query, Row
from arion_kit.engines.routing import as_web, in_order
from arion_kit.engines.settings import EngineSettings
from arion_kit.engines.text import one_line
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.http import Upstream
from arion_kit.words import ErrorKind

logger = logging.getLogger(__name__)

_MAKERS = (naver.engine, daum.engine, brave.engine, tavily.engine, searxng.engine)

ENOUGH = 3
"""Fewer rows than this (and than were asked for) make a second engine worth asking."""

_MOST_ANSWERS = 2
"""Where two have answered and there is anything at all, no third one is asked."""

PATIENCE_S = 12.0
"""No further engine is asked later than this after the first."""

_KEYS: dict[EngineName, tuple[str, str]] = {
    "naver": ("NAVER API HUB 키를", "a NAVER API HUB key"),
    "daum": ("카카오 REST API 키를", "a Kakao REST API key"),
    "brave": ("Brave Search 키를", "a Brave Search key"),
    "tavily": ("Tavily 키를", "a Tavily key"),
    "searxng": ("SearXNG 주소를", "the address of a SearXNG instance"),
}
"""What opens an engine, as people call it."""


@dataclass
class _Open:
    """An engine whose key is there."""

    engine: Engine
    upstream: Upstream
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """No engine is asked twice at once: Brave refuses it, and the others gain nothing by it."""

    async def ask(self, query: Query) -> list[Row]:
        asked = self.engine.ask(query)
        async with self.turn:
            if asked.json is None:
                body = await self.upstream.get(asked.path, params=asked.params)
            else:
                body = await self.upstream.send("POST", asked.path, json=asked.json, retry=True)
        return self.engine.read(self.upstream, body, query)


@dataclass(frozen=True)
class EngineState:
    """Whether an engine can be asked."""

    name: EngineName
    title: str
    variable: str
    """The setting to fill in, where it cannot."""
    ready: bool


@dataclass
class _Gathered:
    """What the engines have said so far."""

    rows: list[Row] = field(default_factory=list[Row])
    engines: list[EngineName] = field(default_factory=list[EngineName])
    failed: list[Failed] = field(default_factory=list[Failed])
    more: bool = False
    """The last engine has another page."""

    def is_enough(self, query: Query) -> bool:
        """Whether to leave it at that."""
        rows = len(merged(self.rows, query))
        asked = len(self.engines) >= _MOST_ANSWERS and rows > 0
        return asked or rows >= min(ENOUGH, query.limit)


class Engines:
    """The engines at hand. Safe to use by many calls at once."""

    def __init__(self, engines: Sequence[Engine], opened: Sequence[_Open], clock: Clock) -> None:
        self._engines = engines
        self._opened = {it.engine.name: it for it in opened}
        self._clock = clock

    @property
    def states(self) -> tuple[EngineState, ...]:
        """Every engine, and whether it can be asked."""
        return tuple(
            EngineState(it.name, it.title, it.variable, it.name in self._opened)
            for it in self._engines
        )

    async def search(self, query: Query, *, now: datetime) -> Found:
        """Asks one engine, and the next where it fails or has too little.

        Args:
            query: What to look for.
            now: The present moment, from which ages are counted.

        Raises:
            BadInput: There are no words in it.
            ToolFailure: Every engine that was asked failed, or none is set up for this.
        """
        if not one_line(query.text):
            raise BadInput("query", "must have words")
        until = self._clock.monotonic() + PATIENCE_S
        gathered = _Gathered()
        await self._gather(query, now, until, gathered)
        if query.kind == "news" and not gathered.engines and not query.engine:
            substitute = as_web(query)
            await self._gather(substitute, now, until, gathered)
            return self._found(substitute, gathered, as_news=bool(gathered.engines))
        return self._found(query, gathered)

    async def _gather(self, query: Query, now: datetime, until: float, gathered: _Gathered) -> None:
        known = {failed.engine for failed in gathered.failed}
        ready = [it.engine for it in self._opened.values() if it.engine.name not in known]
        for engine in in_order(ready, query):
            if self._clock.monotonic() >= until:
                break
            try:
                rows = await self._opened[engine.name].ask(query)
            except ToolFailure as failure:
                logger.info("%s failed: %s: %s", engine.title, failure.kind, failure)
                gathered.failed.append(Failed(engine.name, failure))
                continue
            gathered.engines.append(engine.name)
            gathered.rows += wanted(rows, query, now)
            gathered.more = len(rows) >= engine.ask(query).count and engine.reaches(
                replace(query, page=query.page + 1)
            )
            if gathered.is_enough(query):
                break

    def _found(self, query: Query, gathered: _Gathered, *, as_news: bool = False) -> Found:
        if not gathered.engines:
            raise self._failure(query, gathered)
        rows = merged(gathered.rows, query)
        end = query.skip + query.limit
        page, skip = (query.page, end) if len(rows) > end else (query.page + 1, 0)
        more = len(gathered.engines) == 1 and (len(rows) > end or gathered.more)
        return Found(
            rows=tuple(rows[query.skip : end]),
            engines=tuple(gathered.engines),
            failed=tuple(gathered.failed),
            next_page=page if more else None,
            next_skip=skip if more else 0,
            as_web=as_news,
        )

    def _failure(self, query: Query, gathered: _Gathered) -> ToolFailure:
        """The first engine's reason, or which key would help."""
        if gathered.failed:
            return gathered.failed[0].failure
        able = [engine for engine in self._engines if query.kind in engine.kinds]
        named = [engine for engine in able if query.engine in (None, engine.name)]
        ready = [engine for engine in named if engine.name in self._opened]
        if ready:
            return BadInput("cursor", "is past the last page; leave it out")
        if not named:
            return BadInput("provider", f"{query.engine} has no {query.kind} search; leave it out")
        return _unset(next((e for e in named if e.name == "daum"), named[0]))


def _unset(engine: Engine) -> UpstreamFailure:
    ko, en = _KEYS[engine.name]
    return UpstreamFailure(
        ErrorKind.NOT_SIGNED_IN,
        f"{engine.variable} is not set.",
        service=engine.title,
        next_steps={
            "ko": f"{ko} 검색 설정에 넣어 주세요.",
            "en": f"Please put {en} into the settings of search.",
        },
    )


@asynccontextmanager
async def open_engines(
    settings: EngineSettings, *, clock: Clock = SYSTEM_CLOCK
) -> AsyncGenerator[Engines]:
    """The engines whose keys `settings` hold, open between `async with` and its end."""
    engines = [make(settings) for make in _MAKERS]
    async with AsyncExitStack() as stack:
        opened: list[_Open] = []
        for engine in engines:
            options = engine.options(settings)
            if options.credentials.missing():
                continue
            patient = replace(
                options, timeout_s=5.0, attempts=2, patience_s=4.0, longest_wait_s=1.2
            )
            upstream = await stack.enter_async_context(Upstream(patient, clock=clock))
            opened.append(_Open(engine, upstream))
        yield Engines(engines, opened, clock)
