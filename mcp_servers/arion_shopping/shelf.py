"""Answers of providers: kept for a day, limited by the hour, and their prices remembered."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from pydantic import TypeAdapter

from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language
from arion_shopping.answers import Answer, Kind, keep_answer, read_answer
from arion_shopping.database import Database
from arion_shopping.names import normal
from arion_shopping.offers import Offer, Stock
from arion_shopping.prices import History, note_prices, read_history
from arion_shopping.providers import Blocked, Provider
from arion_shopping.say_limits import say_limited
from arion_shopping.searches import note_block, wait_for_search

logger = logging.getLogger(__name__)

_OFFERS = TypeAdapter(tuple[Offer, ...])


@dataclass(frozen=True)
class Seen:
    """A product as it was last seen."""

    offer: Offer
    at: datetime
    query: str
    """What it was found by."""


@dataclass
class Shelf:
    """One provider, and what is kept of it. Safe to use by many calls at once."""

    provider: Provider
    database: Database
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __post_init__(self) -> None:
        self._turn = asyncio.Lock()

    async def search(self, query: str, language: Language) -> Stock:
        """What the provider has for the words, asked at most once a day.

        Raises:
            ToolFailure: It cannot be asked, and has not been asked lately.
        """
        asked, fresh = normal(query), self.provider.terms.fresh
        if good := await self._good("search", asked, fresh, language):
            return good
        async with self._turn:
            # Somebody may have asked the same while this call waited.
            if good := await self._good("search", asked, fresh, language):
                return good
            kept = await self._kept("search", asked, language)
            try:
                offers = await self._searched(query, language)
            except ToolFailure as failure:
                if failure.kind is not ErrorKind.RATE_LIMITED or kept is None:
                    raise
                return _stock(kept, stale=True)
            return await self._keep("search", asked, offers, language)

    async def deals(self, category: str | None, language: Language) -> Stock | None:
        """What is on sale, or the best of a category; None where the provider has no such thing."""
        asked = normal(category or "")
        if good := await self._good("deals", asked, self.provider.terms.deals_fresh, language):
            return good
        offers = await self.provider.deals(category)
        return None if offers is None else await self._keep("deals", asked, offers, language)

    async def link(self, url: str, language: Language) -> str | None:
        """The provider's link for a page of its shop; None for a page of somebody else."""
        kept = await self._kept("link", url, language)
        if kept and self._is_new(kept.at, self.provider.terms.fresh):
            return kept.text
        made = await self.provider.link(url)
        if made is not None:
            answer = Answer(made, self.now())
            await self._saved(
                lambda connection: keep_answer(
                    connection, self.provider.scope, "link", url, answer
                ),
                language,
            )
        return made

    async def product(self, product_id: str, language: Language) -> Stock | None:
        """One product as it is now, or as it was last seen where nothing newer can be had."""
        seen = await self.database.run(partial(_seen, self.provider.scope, product_id), language)
        if seen and self._is_new(seen.at, self.provider.terms.fresh):
            return Stock((seen.offer,), seen.at)
        offer = await self.provider.product(product_id)
        if offer:
            await self._noted((offer,), offer.name, language)
            return Stock((offer,), self.now())
        return await self._found_again(seen, language) if seen else None

    async def histories(self, offers: Iterable[Offer], language: Language) -> dict[str, History]:
        """What each of the products cost in the last thirty days, by its id."""
        ids, scope, now = [offer.product_id for offer in offers], self.provider.scope, self.now()

        def read(connection: sqlite3.Connection) -> dict[str, History]:
            found = {it: read_history(connection, scope, it, now) for it in ids}
            return {it: history for it, history in found.items() if history}

        return await self.database.run(read, language)

    async def _found_again(self, seen: Seen, language: Language) -> Stock:
        """The product among what its own search finds now."""
        try:
            stock = await self.search(seen.query, language)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.RATE_LIMITED:
                raise
            return Stock((seen.offer,), seen.at, stale=True)
        again = [it for it in stock.offers if it.product_id == seen.offer.product_id]
        if not again or stock.stale:
            return Stock((seen.offer,), seen.at, stale=True)
        return Stock((again[0],), stock.fetched_at)

    async def _searched(self, query: str, language: Language) -> tuple[Offer, ...]:
        limit = self.provider.terms.searches_per_hour
        if limit is not None:
            await self._take_search(limit, language)
        try:
            return await self.provider.search(query)
        except Blocked as blocked:
            scope, now = self.provider.scope, self.now()
            wait = await self.database.run(
                lambda connection: note_block(connection, scope, now), language
            )
            raise _limited(self.provider, wait, language) from blocked

    async def _take_search(self, limit: int, language: Language) -> None:
        scope, now = self.provider.scope, self.now()
        wait = await self.database.run(
            lambda connection: wait_for_search(connection, scope, limit, now), language
        )
        if wait is not None:
            raise _limited(self.provider, wait, language)

    async def _good(
        self, kind: Kind, asked: str, fresh: timedelta, language: Language
    ) -> Stock | None:
        """The kept answer, while it is new enough."""
        kept = await self._kept(kind, asked, language)
        return _stock(kept) if kept and self._is_new(kept.at, fresh) else None

    def _is_new(self, at: datetime, fresh: timedelta) -> bool:
        # Also when the clock was set back in the meantime.
        return abs(self.now() - at) < fresh

    async def _kept(self, kind: Kind, asked: str, language: Language) -> Answer | None:
        scope = self.provider.scope
        return await self.database.run(
            lambda connection: read_answer(connection, scope, kind, asked), language
        )

    async def _keep(
        self, kind: Kind, asked: str, offers: tuple[Offer, ...], language: Language
    ) -> Stock:
        answer = Answer(_OFFERS.dump_json(offers).decode(), self.now())

        def write(connection: sqlite3.Connection) -> None:
            keep_answer(connection, self.provider.scope, kind, asked, answer)
            note_prices(connection, self.provider.scope, offers, asked, answer.at)

        await self._saved(write, language)
        return Stock(offers, answer.at)

    async def _noted(self, offers: tuple[Offer, ...], query: str, language: Language) -> None:
        scope, now = self.provider.scope, self.now()
        await self._saved(
            lambda connection: note_prices(connection, scope, offers, query, now), language
        )

    async def _saved(self, write: Callable[[sqlite3.Connection], None], language: Language) -> None:
        """Writes what is only good to have: an answer that is there is given all the same."""
        try:
            await self.database.run(write, language)
        except ToolFailure as failure:
            logger.warning("%s: not kept: %s", self.provider.name, failure)


def _seen(scope: str, product_id: str, connection: sqlite3.Connection) -> Seen | None:
    row = connection.execute(
        "SELECT offer, query, at FROM seen WHERE scope = ? AND product_id = ?",
        (scope, product_id),
    ).fetchone()
    if row is None:
        return None
    return Seen(Offer.model_validate_json(row[0]), datetime.fromtimestamp(row[2], UTC), row[1])


def _stock(answer: Answer, *, stale: bool = False) -> Stock:
    return Stock(_OFFERS.validate_json(answer.text), answer.at, stale)


def _limited(provider: Provider, wait: timedelta, language: Language) -> ToolFailure:
    message, next_step = say_limited(provider.title[language], wait, language)
    return ToolFailure(
        ErrorKind.RATE_LIMITED,
        message,
        next_step=next_step,
        retry_after_s=max(1.0, round(wait.total_seconds())),
    )
