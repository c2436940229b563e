"""What the tools ask: the providers that can be asked, through their shelves, and the list."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from arion_kit.errors import BadInput, ToolFailure
from arion_kit.words import ErrorKind, Language
from arion_shopping.database import Database
from arion_shopping.offers import Offer, Stock
from arion_shopping.providers import Provider
from arion_shopping.say_limits import say_no_deals, say_no_key
from arion_shopping.shelf import Shelf
from arion_shopping.variables import COUPANG_KEYS, SEARCH_KEY

_PASSING = frozenset(
    {
        ErrorKind.RATE_LIMITED,
        ErrorKind.UNAVAILABLE,
        ErrorKind.TIMEOUT,
        ErrorKind.BAD_RESPONSE,
        ErrorKind.TOO_LARGE,
    }
)
"""Failures of one shop that are no reason not to show the others."""


@dataclass(frozen=True)
class Asked:
    """What the shops answered."""

    stocks: tuple[tuple[Provider, Stock], ...]
    failed: tuple[tuple[Provider, ToolFailure], ...] = ()

    @property
    def offers(self) -> list[Offer]:
        """All of them; a shop's own order is kept, and shops take turns."""
        rows = [stock.offers for _, stock in self.stocks]
        longest = max(map(len, rows), default=0)
        return [row[index] for index in range(longest) for row in rows if index < len(row)]

    def stock_of(self, offer: Offer) -> Stock:
        """The answer that the offer is from."""
        return next(stock for _, stock in self.stocks if offer in stock.offers)


class ShoppingApi:
    """The shops and the list, while the server runs."""

    def __init__(
        self, shelves: Sequence[Shelf], database: Database, now: Callable[[], datetime]
    ) -> None:
        self._shelves = tuple(shelves)
        self.database = database
        self.now = now

    def shelf(self, provider: str) -> Shelf:
        """One provider's, by its name.

        Raises:
            BadInput: There is no such provider.
        """
        found = next((it for it in self._shelves if it.provider.name == provider), None)
        if found is None:
            raise BadInput("provider", f"may be {self._names}, not {provider!r}")
        return found

    async def search(self, query: str, names: Sequence[str], language: Language) -> Asked:
        """What the named providers have for the words; without names, those that can be asked.

        Raises:
            ToolFailure: None of them answered.
        """
        chosen = self._chosen(names, language)
        try:
            return await _all_of(chosen, lambda shelf: shelf.search(query, language))
        except ToolFailure as failure:
            instead = [it for it in self._ready(fallback=True) if it not in chosen]
            if names or failure.kind not in _PASSING or not instead:
                raise
            failed = tuple((shelf.provider, failure) for shelf in chosen)
            asked = await _all_of(instead, lambda shelf: shelf.search(query, language))
            return Asked(asked.stocks, failed)

    async def product(
        self, product_id: str, name: str | None, language: Language
    ) -> tuple[Provider, Stock] | None:
        """A product that was found before, of the named provider or of whoever has it.

        Raises:
            BadInput: There is no such provider.
        """
        shelves = self._shelves if name is None else (self.shelf(name),)
        for shelf in shelves:
            stock = await shelf.product(product_id, language)
            if stock is not None:
                return shelf.provider, stock
        return None

    async def deals(self, category: str | None, language: Language) -> Asked:
        """What is on sale in the shops that have such a thing.

        Raises:
            ToolFailure: None of them answered.
        """
        shelves = [it for it in self._shelves if not it.provider.terms.fallback]
        ready = [it for it in shelves if not it.provider.missing()]
        if not ready:
            message, next_step = say_no_deals(COUPANG_KEYS, language)
            raise ToolFailure(ErrorKind.NOT_SIGNED_IN, message, next_step=next_step)
        return await _all_of(ready, lambda shelf: shelf.deals(category, language))

    async def link(self, url: str, language: Language) -> tuple[Provider, str] | None:
        """The link of the shop whose page it is, and that shop; None for any other page."""
        for shelf in self._shelves:
            made = await shelf.link(url, language)
            if made is not None:
                return shelf.provider, made
        return None

    async def first_deal(self) -> Provider:
        """A harmless read of the first shop that can be asked, outside of any limit of searches.

        Raises:
            ToolFailure: It failed, or there is nobody to ask.
        """
        ready = self._ready(fallback=False)
        if ready:
            await ready[0].provider.deals(None)
            return ready[0].provider
        instead = self._ready(fallback=True)
        if not instead:
            raise _no_key("en")
        await instead[0].provider.search("생수")
        return instead[0].provider

    @property
    def _names(self) -> str:
        return ", ".join(shelf.provider.name for shelf in self._shelves)

    def _ready(self, *, fallback: bool) -> list[Shelf]:
        kind = [it for it in self._shelves if it.provider.terms.fallback is fallback]
        return [shelf for shelf in kind if not shelf.provider.missing()]

    def _chosen(self, names: Sequence[str], language: Language) -> list[Shelf]:
        known = {shelf.provider.name: shelf for shelf in self._shelves}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise BadInput("providers", f"may be {self._names}, not {unknown[0]!r}")
        if any(known[name].provider.missing() for name in names):
            raise _no_key(language)
        if names:
            return [known[name] for name in dict.fromkeys(names)]
        ready = self._ready(fallback=False) or self._ready(fallback=True)
        if not ready:
            raise _no_key(language)
        return ready


async def _all_of(
    shelves: Sequence[Shelf], ask: Callable[[Shelf], Awaitable[Stock | None]]
) -> Asked:
    """The answers of all; the first failure where there is none."""
    answers = await asyncio.gather(*(ask(it) for it in shelves), return_exceptions=True)
    stocks: list[tuple[Provider, Stock]] = []
    failed: list[tuple[Provider, ToolFailure]] = []
    for shelf, answer in zip(shelves, answers, strict=True):
        if isinstance(answer, ToolFailure):
            failed.append((shelf.provider, answer))
        elif isinstance(answer, BaseException):
            raise answer
        elif answer is not None:
            stocks.append((shelf.provider, answer))
    serious = next((it for _, it in failed if it.kind not in _PASSING), None)
    if serious or (failed and not stocks):
        raise serious or failed[0][1]
    return Asked(tuple(stocks), tuple(failed))


def _no_key(language: Language) -> ToolFailure:
    message, next_step = say_no_key(COUPANG_KEYS, SEARCH_KEY, language)
    return ToolFailure(ErrorKind.NOT_SIGNED_IN, message, next_step=next_step)
