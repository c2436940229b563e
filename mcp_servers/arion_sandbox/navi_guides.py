"""What Kakao Mobility tells of a way besides its length: roads with their course, and guides. Pure.

Turns are where a way of this length would have some; crossings are named after stations.
"""

from __future__ import annotations

from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.navi_roads import (
    DrivenWay,
    Stretch,
    nearest_road,
    nearest_station,
    on_the_way,
)
from arion_sandbox.places import Point

_TURNS = ((1, "좌회전"), (2, "우회전"))
_ENTER = {"motorway": (10, "고속도로 입구"), "expressway": (45, "도시고속도로 입구")}
_LEAVE = {"motorway": (7, "고속도로 출구"), "expressway": (42, "도시고속도로 출구")}
_TUNNEL = (15, "지하차도 진입")
_STRAIGHT = (0, "직진")
_STREET_M = 900
"""Streets are driven about this far between two turns."""

_MOST_TURNS = 6


def car_section(way: DrivenWay, *, first: bool, last: bool) -> JsonObject:
    """A section of a route: from one stop to the next."""
    guides: list[Json] = [_start(way.stretches[0].start, first=first)]
    for stretch in way.stretches:
        guides += _fast(stretch) if stretch.corridor else _streets(stretch)
    guides.append(_arrival(way, last=last))
    return {
        "distance": way.metres,
        "duration": way.seconds,
        "bound": _bound(way.stretches[0].start, way.stretches[-1].end),
        "roads": [_road(stretch) for stretch in way.stretches],
        "guides": guides,
    }


def walk_section(start: Point, end: Point, km_h: float) -> JsonObject:
    """A section on foot."""
    metres = round(start.metres_to(end) * 1.22)
    seconds = round(metres / km_h * 3.6)
    stretch = Stretch(start, end, metres, seconds)
    guides: list[Json] = [_start(start, first=True), *_streets(stretch)]
    guides.append(_guide(end, "도착지", metres // 4, seconds // 4, (101, "목적지")))
    return {
        "distance": metres,
        "duration": seconds,
        "bound": _bound(start, end),
        "roads": [_road(stretch)],
        "guides": guides,
    }


def _start(point: Point, *, first: bool) -> Json:
    kind = (100, "출발지") if first else (1000, "경유지")
    return _guide(point, kind[1], 0, 0, kind)


def _arrival(way: DrivenWay, *, last: bool) -> Json:
    final = way.stretches[-1]
    kind = (101, "목적지") if last else (1000, "경유지")
    return _guide(final.end, kind[1], _rest(final.metres), _rest(final.seconds), kind)


def _streets(stretch: Stretch) -> list[Json]:
    """Some turns, and a crossing that is passed straight."""
    turns = min(_MOST_TURNS, stretch.metres // _STREET_M)
    guides: list[Json] = []
    for number in range(1, turns + 1):
        point = on_the_way(stretch.start, stretch.end, number / (turns + 1))
        name = f"{nearest_station(point)}사거리"
        metres, seconds = stretch.metres // (turns + 1), stretch.seconds // (turns + 1)
        guides.append(_guide(point, "", metres // 3, seconds // 3, _STRAIGHT))
        turn = _TURNS[(number + int(point.x * 1_000)) % 2]
        guides.append(_guide(point, name, metres - metres // 3, seconds - seconds // 3, turn))
    return guides


def _fast(stretch: Stretch) -> list[Json]:
    corridor = stretch.corridor
    if corridor is None:
        return []
    enter, leave = _ENTER.get(corridor.kind, _TUNNEL), _LEAVE.get(corridor.kind, _STRAIGHT)
    guides = [_guide(stretch.start, corridor.start_name, 400, 60, enter)]
    if corridor.toll_won and corridor.kind == "motorway":
        half = on_the_way(stretch.start, stretch.end, 0.5)
        toll = (300, "톨게이트")
        guides.append(_guide(half, "톨게이트", stretch.metres // 2, stretch.seconds // 2, toll))
    guides.append(
        _guide(stretch.end, corridor.end_name, stretch.metres // 2, stretch.seconds // 2, leave)
    )
    return guides


def _guide(point: Point, name: str, metres: int, seconds: int, kind: tuple[int, str]) -> Json:
    number, guidance = kind
    return {
        "name": name,
        "x": point.x,
        "y": point.y,
        "distance": metres,
        "duration": seconds,
        "type": number,
        "guidance": guidance,
        "road_index": 0,
    }


def _road(stretch: Stretch) -> Json:
    corridor = stretch.corridor
    course: list[Json] = []
    for step in range(12):
        point = on_the_way(stretch.start, stretch.end, step / 11)
        course += [round(point.x, 6), round(point.y, 6)]
    return {
        "name": corridor.name if corridor else nearest_road(stretch.start),
        "distance": stretch.metres,
        "duration": stretch.seconds,
        "traffic_speed": round(stretch.metres / max(1, stretch.seconds) * 3.6, 1),
        "traffic_state": 4 if corridor else 3,
        "vertexes": course,
    }


def _bound(start: Point, end: Point) -> Json:
    return {
        "min_x": min(start.x, end.x),
        "min_y": min(start.y, end.y),
        "max_x": max(start.x, end.x),
        "max_y": max(start.y, end.y),
    }


def _rest(amount: int) -> int:
    return amount // 5
