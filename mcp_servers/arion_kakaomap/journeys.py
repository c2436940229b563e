"""Ways to go, whoever found them. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["walk", "subway", "bus", "train", "express_bus", "plane", "ferry"]
Ride = Literal["any", "subway", "bus"]
"""What a person is ready to ride."""

NoTransit = Literal["near", "no_stop", "not_served", "none"]
"""Why there is no way by public transport."""


@dataclass(frozen=True)
class Leg:
    """A part of a journey by one means."""

    by: By
    minutes: int
    metres: int
    line: str = ""
    """As in "2호선" or "402번"; empty on foot."""
    start: str = ""
    end: str = ""
    stops: int = 0


@dataclass(frozen=True)
class Journey:
    """A way to go by public transport."""

    minutes: int
    metres: int
    walk_metres: int
    transfers: int
    fare_won: int
    legs: tuple[Leg, ...]

    @property
    def rides(self) -> tuple[Leg, ...]:
        """The legs that are not on foot."""
        return tuple(leg for leg in self.legs if leg.by != "walk")


@dataclass(frozen=True)
class Journeys:
    """What a search by public transport gave."""

    found: tuple[Journey, ...]
    source: Literal["odsay", "tmap"]
    why_none: NoTransit | None = None


@dataclass(frozen=True)
class Walk:
    """A way to go on foot."""

    metres: int
    seconds: int
    steps: tuple[str, ...]
    source: Literal["kakao", "tmap", "straight_line"]
