"""Public transport, from whichever of the providers has a key and answers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from arion_kakaomap.journeys import Journeys, Ride
from arion_kakaomap.points import Point
from arion_kit.errors import UpstreamFailure

logger = logging.getLogger(__name__)


class TransitProvider(Protocol):
    """Someone who knows the timetables."""

    @property
    def service(self) -> str:
        """The provider's name."""
        ...

    async def journeys(self, origin: Point, destination: Point, ride: Ride) -> Journeys:
        """Ways to go, the recommended one first."""
        ...


class Transit:
    """The providers that have a key, the better one first."""

    def __init__(self, providers: Sequence[TransitProvider]) -> None:
        self._providers = providers

    @property
    def ready(self) -> bool:
        """Whether there is anybody to ask."""
        return bool(self._providers)

    @property
    def services(self) -> tuple[str, ...]:
        """The providers' names."""
        return tuple(provider.service for provider in self._providers)

    async def journeys(self, origin: Point, destination: Point, ride: Ride) -> Journeys:
        """Ways to go; a provider that fails is stood in for by the next.

        Raises:
            UpstreamFailure: All of them failed; the first one's failure.
        """
        failures: list[UpstreamFailure] = []
        for provider in self._providers:
            try:
                return await provider.journeys(origin, destination, ride)
            except UpstreamFailure as failure:
                logger.warning("No public transport: %s: %s", failure.service, failure)
                failures.append(failure)
        raise failures[0]
