"""Titles of pages that were seen a short while ago, so that relations need no request for each."""

from __future__ import annotations

from collections.abc import Iterable

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_notion.wire import Item

FRESH_S = 300.0
"""How long a title counts as known, in seconds; a renamed page shows its old one that long."""

_MOST = 2_000


class Titles:
    """Titles by page id."""

    def __init__(self, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[str, float]] = {}

    def remember(self, items: Iterable[Item]) -> None:
        """Keeps the titles of what Notion has just sent."""
        until = self._clock.monotonic() + FRESH_S
        for item in items:
            # Taken out first: what was seen last is forgotten last.
            self._seen.pop(item.id, None)
            if item.name:
                self._seen[item.id] = (item.name, until)
        while len(self._seen) > _MOST:
            del self._seen[next(iter(self._seen))]

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of the titles that are fresh."""
        now = self._clock.monotonic()
        seen = {page_id: self._seen[page_id] for page_id in ids if page_id in self._seen}
        return {page_id: title for page_id, (title, until) in seen.items() if until > now}
