"""Drives between places of the sandbox's Korea: how far, how long, what toll. Pure.

There is no map of streets here. A drive is streets all the way, or streets to a motorway, tunnel
or bridge of data/corridors.csv that lies on the way, that corridor, and streets from it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from arion_sandbox.places import Point, all_places

_STREETS_DETOUR = 1.32
_CORRIDOR_DETOUR = 1.08
_MOST_DETOUR = 1.28
"""A corridor that makes the way longer than this is not on it."""

_SLOWEST_KM_H, _FASTEST_KM_H = 14, 62
_KM_H_A_ROOT_KM = 3.2
"""Longer drives follow larger streets: the speed grows with the root of the distance."""

_RUSH, _NIGHT = 1.35, 0.82
_WON_A_MINUTE = 400
"""What the recommended way may cost to save a minute."""

Priority = Literal["RECOMMEND", "TIME", "DISTANCE"]


@dataclass(frozen=True)
class Corridor:
    """A stretch of a fast road between two exits."""

    name: str
    kind: str
    """motorway, expressway, tunnel or bridge."""
    start_name: str
    end_name: str
    start: Point
    end: Point
    km_h: int
    toll_won: int

    def turned(self) -> Corridor:
        """The same in the other direction."""
        return Corridor(
            self.name,
            self.kind,
            self.end_name,
            self.start_name,
            self.end,
            self.start,
            self.km_h,
            self.toll_won,
        )


@dataclass(frozen=True)
class Stretch:
    """A part of a drive: along streets, or along a corridor."""

    start: Point
    end: Point
    metres: int
    seconds: int
    corridor: Corridor | None = None


@dataclass(frozen=True)
class DrivenWay:
    """A way from one stop to the next."""

    stretches: tuple[Stretch, ...]

    @property
    def metres(self) -> int:
        """How far it is."""
        return sum(stretch.metres for stretch in self.stretches)

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return sum(stretch.seconds for stretch in self.stretches)

    @property
    def toll_won(self) -> int:
        """What it costs."""
        return sum(it.corridor.toll_won for it in self.stretches if it.corridor)


@cache
def corridors() -> tuple[Corridor, ...]:
    """Reads the corridors, each in both directions."""
    text = (files("arion_sandbox") / "data" / "corridors.csv").read_text("utf-8")
    read = [
        Corridor(
            row["name"],
            row["kind"],
            row["start"],
            row["end"],
            Point(float(row["x1"]), float(row["y1"])),
            Point(float(row["x2"]), float(row["y2"])),
            int(row["km_h"]),
            int(row["toll_won"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(both for it in read for both in (it, it.turned()))


def driven_way(
    start: Point, end: Point, priority: Priority, avoid: Sequence[str], at: datetime
) -> DrivenWay:
    """The way that suits the priority best, at this time of day (in Korea)."""
    pace = _pace(at)
    ways = [DrivenWay((_streets(start, end, pace),))]
    ways += [
        _along(corridor, start, end, pace)
        for corridor in corridors()
        if _suits(corridor, start, end) and not _avoided(corridor, avoid)
    ]
    match priority:
        case "DISTANCE":
            return min(ways, key=lambda way: way.metres)
        case "TIME":
            return min(ways, key=lambda way: way.seconds)
        case "RECOMMEND":
            return min(ways, key=lambda way: way.seconds + way.toll_won * 60 / _WON_A_MINUTE)


def taxi_fare(metres: int, at: datetime) -> int:
    """A taxi's fare in won, as in Seoul; dearer at night."""
    fare = 4_800 + max(0, metres - 1_600) * 100 // 131
    night = at.hour >= 22 or at.hour < 4
    return round(round(fare * (1.2 if night else 1.0)), -2)


def nearest_road(point: Point) -> str:
    """The road of the nearest place that is known."""
    place = min(all_places(), key=lambda place: place.point.metres_to(point))
    return place.road[0]


def nearest_station(point: Point) -> str:
    """The nearest subway station, which crossings are named after."""
    stations = [place for place in all_places() if place.group == "SW8"]
    place = min(stations, key=lambda place: place.point.metres_to(point))
    return place.name.split()[0]


def on_the_way(start: Point, end: Point, share: float) -> Point:
    """The point that lies so far on the straight line, from 0 to 1."""
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _streets(start: Point, end: Point, pace: float) -> Stretch:
    straight = start.metres_to(end)
    metres = round(straight * _STREETS_DETOUR)
    km_h = min(_FASTEST_KM_H, _SLOWEST_KM_H + _KM_H_A_ROOT_KM * math.sqrt(metres / 1_000))
    return Stretch(start, end, metres, round(metres / km_h * 3.6 * pace))


def _along(corridor: Corridor, start: Point, end: Point, pace: float) -> DrivenWay:
    metres = round(corridor.start.metres_to(corridor.end) * _CORRIDOR_DETOUR)
    seconds = round(metres / corridor.km_h * 3.6 * pace)
    fast = Stretch(corridor.start, corridor.end, metres, seconds, corridor)
    return DrivenWay(
        (_streets(start, corridor.start, pace), fast, _streets(corridor.end, end, pace))
    )


def _suits(corridor: Corridor, start: Point, end: Point) -> bool:
    straight = start.metres_to(end)
    inside = corridor.start.metres_to(corridor.end)
    around = start.metres_to(corridor.start) + inside + corridor.end.metres_to(end)
    return inside >= 0.3 * straight and around <= straight * _MOST_DETOUR + 800


def _avoided(corridor: Corridor, avoid: Sequence[str]) -> bool:
    toll = "toll" in avoid and corridor.toll_won > 0
    return toll or ("motorway" in avoid and corridor.kind in ("motorway", "expressway"))


def _pace(at: datetime) -> float:
    if at.hour >= 22 or at.hour < 6:
        return _NIGHT
    rush = at.weekday() < 5 and at.hour in (7, 8, 17, 18, 19)
    return _RUSH if rush else 1.0
