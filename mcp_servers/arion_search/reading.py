"""Reads pages in parts: fetched once, kept for a while for the parts that follow."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.errors import UpstreamFailure
from arion_kit.words import ErrorKind
from arion_search.addresses import judge_url
from arion_search.fetching import Fetcher
from arion_search.page import Page
from arion_search.pages import read_page

KEPT_PAGES = 8
KEPT_S = 300.0
"""How long the parts of a page belong together."""
READING_S = 15.0
"""For making text of what was fetched."""


class Reader:
    """Reads pages of the web."""

    def __init__(self, fetcher: Fetcher, *, clock: Clock = SYSTEM_CLOCK) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Page]] = OrderedDict()

    async def read(self, url: str) -> Page:
        """The page at `url`.

        Raises:
            ToolFailure: It is not on the public web, cannot be fetched or is no text.
        """
        target = judge_url(url)
        address = str(target.url)
        kept_at, page = self._kept.get(address, (0.0, None))
        if page and self._clock.monotonic() - kept_at < KEPT_S:
            self._kept.move_to_end(address)
            return page
        fetched = await self._fetcher.fetch(url)
        try:
            page = await asyncio.wait_for(asyncio.to_thread(read_page, fetched), READING_S)
        except TimeoutError:
            raise UpstreamFailure(
                ErrorKind.TIMEOUT, "Its text could not be made out in time.", service=target.host
            ) from None
        self._kept[address] = (self._clock.monotonic(), page)
        while len(self._kept) > KEPT_PAGES:
            self._kept.popitem(last=False)
        return page
