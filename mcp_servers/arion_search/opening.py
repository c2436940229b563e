"""Opens what the tools work with."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.engines import EngineSettings, open_engines
from arion_search.api import SearchApi
from arion_search.fetching import READABLE, Fetcher
from arion_search.pages import can_read_pdf
from arion_search.reading import Reader


@asynccontextmanager
async def open_search(
    settings: EngineSettings, *, clock: Clock = SYSTEM_CLOCK
) -> AsyncGenerator[SearchApi]:
    """The engines that have keys, and the web or its stand-in."""
    readable = (*READABLE, "application/pdf") if can_read_pdf() else READABLE
    async with (
        open_engines(settings, clock=clock) as engines,
        Fetcher(stand_in=settings.web_base_url, readable=readable) as fetcher,
    ):
        yield SearchApi(engines, Reader(fetcher, clock=clock))
