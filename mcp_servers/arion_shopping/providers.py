"""What a place to buy from has to offer: the one interface that every provider has.

A further provider is one module with an opener, and its line in `malls.py`. It only asks and
reads; keeping answers, the limit of searches and price histories is done for it in `shelf.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from arion_kit.errors import UpstreamFailure
from arion_kit.words import Language
from arion_shopping.offers import Offer


class Blocked(UpstreamFailure):
    """We have searched too often, and the provider does not say for how long to stop."""


@dataclass(frozen=True)
class Terms:
    """What a provider allows and asks for."""

    searches_per_hour: int | None = None
    """More than these are not sent; None where nothing is limited."""
    fresh: timedelta = timedelta(hours=24)
    """How long an answer to a search is used again."""
    deals_fresh: timedelta = timedelta(hours=1)
    disclosure: str | None = None
    """What has to be shown beside its links."""
    fallback: bool = False
    """Asked only where nobody else can be, or by name."""


class Provider(Protocol):
    """One place to buy from. Failures leave as the kit's errors."""

    @property
    def name(self) -> str:
        """Lower case, one word; what `providers` takes."""
        ...

    @property
    def title(self) -> Mapping[Language, str]:
        """As people call it."""
        ...

    @property
    def scope(self) -> str:
        """Whose answers these are: what was kept of a stand-in is never shown as the vendor's."""
        ...

    @property
    def terms(self) -> Terms:
        """What it allows and asks for."""
        ...

    def missing(self) -> str | None:
        """The setting to fill in first; None when it can be asked."""
        ...

    async def search(self, query: str) -> tuple[Offer, ...]:
        """Offers for the words, best first."""
        ...

    async def product(self, product_id: str) -> Offer | None:
        """One product as it is now; None where there is no way to ask for one."""
        ...

    async def deals(self, category: str | None) -> tuple[Offer, ...] | None:
        """What is on sale today, or the best of a category; None where it has no such thing.

        Raises:
            BadInput: There is no such category; names those there are.
        """
        ...

    async def link(self, url: str) -> str | None:
        """A link to share for a page of this shop; None for a page of somebody else."""
        ...
