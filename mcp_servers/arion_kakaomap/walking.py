"""Ways to go on foot: from a provider where one can be had, else estimated."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from arion_kakaomap.journeys import Walk
from arion_kakaomap.points import Point
from arion_kit.errors import UpstreamFailure

logger = logging.getLogger(__name__)

_DETOUR = 1.3
"""How much longer streets are than the straight line, in a city."""

_METRES_PER_S = 4_000 / 3_600
"""An easy walk, with some waiting at lights."""


class WalkProvider(Protocol):
    """Someone who knows the footpaths."""

    async def walk(self, origin: Point, destination: Point) -> Walk | None:
        """The way to go; None where there is none."""
        ...


class Walking:
    """The providers, the better one first."""

    def __init__(self, providers: Sequence[WalkProvider]) -> None:
        self._providers = providers

    async def walk(self, origin: Point, destination: Point) -> Walk:
        """The way to go; where nobody tells it, an estimate from the straight line."""
        for provider in self._providers:
            try:
                walk = await provider.walk(origin, destination)
            except UpstreamFailure as failure:
                logger.info("No way on foot: %s: %s", failure.service, failure)
                continue
            if walk:
                return walk
        return straight_line(origin, destination)


def straight_line(origin: Point, destination: Point) -> Walk:
    """An estimate of a walk. Nothing is known of rivers, hills and walls."""
    metres = round(origin.metres_to(destination) * _DETOUR, -1)
    return Walk(round(metres), round(metres / _METRES_PER_S), (), "straight_line")
