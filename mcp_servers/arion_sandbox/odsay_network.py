"""The sandbox's public transport: lines with their stops, and the quickest way between two points.

Lines and stops are real, as of their order and rough places; only stops where one changes or
where the sandbox has places are kept. Pure.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise

from arion_sandbox.places import Point

WALK_M_A_MINUTE = 67
_WALK_DETOUR = 1.2
_ACCESS_M = 1_500
"""How far people walk to a stop; further only where none is nearer."""

_FURTHEST_M = 3_000
_CHANGE_M = 300
"""Stops of different lines this near are a change on foot."""

_WAIT_MIN = {"subway": 3, "bus": 5, "train": 12}


@dataclass(frozen=True, eq=False)
class Stop:
    """A stop of one line; read once, so that it is equal to itself only."""

    kind: str
    """subway, bus or train."""
    line: str
    code: int
    minutes: int
    """From the stop before."""
    name: str
    point: Point


@dataclass(frozen=True)
class Ride:
    """A part of a way on one line, without a change."""

    stops: tuple[Stop, ...]
    minutes: int

    @property
    def first(self) -> Stop:
        """Where one boards."""
        return self.stops[0]

    @property
    def last(self) -> Stop:
        """Where one gets off."""
        return self.stops[-1]

    @property
    def metres(self) -> int:
        """Along the line."""
        return round(1.15 * sum(a.point.metres_to(b.point) for a, b in pairwise(self.stops)))


@dataclass(frozen=True)
class TransitWay:
    """A way by public transport."""

    rides: tuple[Ride, ...]
    walks_m: tuple[int, ...]
    """Before, between and after the rides."""
    minutes: int

    @property
    def kinds(self) -> frozenset[str]:
        """What is ridden."""
        return frozenset(ride.first.kind for ride in self.rides)

    @property
    def fare_won(self) -> int:
        """As it is in Seoul, with changes for free; trains by the minute."""
        trains = sum(ride.minutes for ride in self.rides if ride.first.kind == "train")
        city = [ride for ride in self.rides if ride.first.kind != "train"]
        if not city:
            return round(trains * 385, -2)
        metres = sum(ride.metres for ride in city)
        base = max(_base_fare(ride.first) for ride in city)
        extra = 700 if any(ride.first.line == "신분당선" for ride in city) else 0
        return round(trains * 385, -2) + base + extra + max(0, metres - 10_000) // 5_000 * 100


@cache
def lines() -> tuple[tuple[Stop, ...], ...]:
    """Reads the lines."""
    text = (files("arion_sandbox") / "data" / "transit.csv").read_text("utf-8")
    stops = [
        Stop(
            row["kind"],
            row["line"],
            int(row["code"]),
            int(row["minutes"]),
            row["stop"],
            Point(float(row["x"]), float(row["y"])),
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(tuple(line) for _, line in groupby(stops, key=lambda stop: stop.line))


def walk_minutes(metres: float) -> int:
    """How long a walk takes, at least a minute if there is any."""
    return max(1, round(metres / WALK_M_A_MINUTE)) if metres > 0 else 0


def stops_near(point: Point, kinds: frozenset[str]) -> dict[Stop, int]:
    """The stops in reach, with the metres on foot."""
    metres = {
        stop: round(stop.point.metres_to(point) * _WALK_DETOUR)
        for line in lines()
        for stop in line
        if stop.kind in kinds
    }
    within = {stop: far for stop, far in metres.items() if far <= _ACCESS_M}
    nearest = min(metres.values(), default=_FURTHEST_M + 1)
    if within or nearest > _FURTHEST_M:
        return within
    return {stop: far for stop, far in metres.items() if far == nearest}


def quickest_way(start: Point, end: Point, kinds: frozenset[str]) -> TransitWay | None:
    """The quickest way with these kinds of transport; None where there is none."""
    leaving = stops_near(start, kinds)
    arriving = stops_near(end, kinds)
    best: dict[Stop, int] = {}
    before: dict[Stop, Stop] = {}
    queue: list[tuple[int, int, Stop, Stop | None]] = []
    order = 0
    for stop, metres in leaving.items():
        heapq.heappush(queue, (walk_minutes(metres) + _WAIT_MIN[stop.kind], order, stop, None))
        order += 1
    while queue:
        minutes, _, stop, came_from = heapq.heappop(queue)
        if stop in best:
            continue
        best[stop] = minutes
        if came_from is not None:
            before[stop] = came_from
        for further, cost in _onward()[stop]:
            if further.kind in kinds:
                heapq.heappush(queue, (minutes + cost, order, further, stop))
                order += 1
    ends = {stop: best[stop] + walk_minutes(far) for stop, far in arriving.items() if stop in best}
    if not ends:
        return None
    last = min(ends, key=lambda stop: ends[stop])
    return _way(_trail(last, before), ends[last], leaving, arriving[last])


def _base_fare(stop: Stop) -> int:
    if stop.kind == "subway":
        return 1_550
    return 3_000 if stop.code == 14 else 1_500


@cache
def _onward() -> dict[Stop, tuple[tuple[Stop, int], ...]]:
    """Where one can go on to from each stop, and in how many minutes."""
    return {stop: tuple(_neighbours(stop)) for line in lines() for stop in line}


def _neighbours(stop: Stop) -> Iterator[tuple[Stop, int]]:
    for line in lines():
        if line[0].line == stop.line:
            yield from _along(line, stop)
            continue
        for other in line:
            metres = other.point.metres_to(stop.point)
            if metres <= _CHANGE_M or (other.name == stop.name and other.kind == stop.kind):
                yield other, walk_minutes(metres) + _WAIT_MIN[other.kind]


def _along(line: Sequence[Stop], stop: Stop) -> Iterator[tuple[Stop, int]]:
    for a, b in pairwise(line):
        if a == stop:
            yield b, b.minutes
        if b == stop:
            yield a, b.minutes
    # A ring passes its first stop again.
    for other in line:
        if other.name == stop.name and other != stop:
            yield other, 0


def _trail(last: Stop, before: dict[Stop, Stop]) -> list[Stop]:
    trail = [last]
    while trail[-1] in before:
        trail.append(before[trail[-1]])
    return trail[::-1]


def _way(
    trail: Sequence[Stop], minutes: int, leaving: dict[Stop, int], after_m: int
) -> TransitWay | None:
    rides: list[Ride] = []
    for _, group in groupby(trail, key=lambda stop: stop.line):
        stops = _without_repeats(list(group))
        if len(stops) > 1:
            rides.append(Ride(stops, sum(_between(a, b) for a, b in pairwise(stops))))
    if not rides:
        return None
    changes = [
        round(a.last.point.metres_to(b.first.point) * _WALK_DETOUR) for a, b in pairwise(rides)
    ]
    before_m = leaving.get(rides[0].first, leaving.get(trail[0], 0))
    return TransitWay(tuple(rides), (before_m, *changes, after_m), minutes)


def _without_repeats(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    kept = [stop for stop, after in pairwise(stops) if stop.name != after.name]
    return (*kept, stops[-1])


def _between(a: Stop, b: Stop) -> int:
    line = next(line for line in lines() if line[0].line == a.line)
    names = (a.name, b.name)
    return next(
        (
            second.minutes
            for first, second in pairwise(line)
            if names in ((first.name, second.name), (second.name, first.name))
        ),
        0,
    )
