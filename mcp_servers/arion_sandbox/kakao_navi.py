"""Kakao Mobility: directions by car, now and later, and on foot for partners.

Parameters and responses: developers.kakaomobility.com and the published types of others who call
it. A missing way comes with status 200 and a `result_code`. As in kakao_local, parameters that
nobody declared are refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Query, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.kakao_keys import PARTNERLESS_KEY, USED_UP_KEY, key_of
from arion_sandbox.navi_guides import car_section, walk_section
from arion_sandbox.navi_roads import DrivenWay, Priority, driven_way, taxi_fare
from arion_sandbox.places import Point, all_places

SAME_PLACE_M = 5
ROADLESS_M = 15_000
"""Further than this from every known place there is sea or mountain."""

MAINLAND_Y = 34.0
"""Jeju lies south of this latitude; no road leads there."""

MOST_WAYPOINTS = 5
WALK_KM_H = 4.0

MESSAGES = {
    1: "길찾기 결과를 찾을 수 없음",
    101: "경유지 지점 주변의 도로를 탐색할 수 없음",
    102: "시작 지점 주변의 도로를 탐색할 수 없음",
    103: "도착 지점 주변의 도로를 탐색할 수 없음",
    104: "출발지와 도착지가 5 m 이내로 설정된 경우 경로를 탐색할 수 없음",
}
AVOIDABLE = frozenset({"ferries", "toll", "motorway", "schoolzone", "uturn"})

CAR = (
    Parameter("origin", required=True),
    Parameter("destination", required=True),
    Parameter("waypoints"),
    Parameter("priority", choices=("RECOMMEND", "TIME", "DISTANCE")),
    Parameter("avoid"),
    Parameter("roadevent", "integer", minimum=0, maximum=2),
    Parameter("alternatives", "boolean"),
    Parameter("road_details", "boolean"),
    Parameter("car_type", "integer", minimum=0, maximum=7),
    Parameter("car_fuel", choices=("GASOLINE", "DIESEL", "LPG")),
    Parameter("car_hipass", "boolean"),
    Parameter("summary", "boolean"),
)
FUTURE = (*CAR, Parameter("departure_time", required=True))
WALK = (
    Parameter("origin", required=True),
    Parameter("destination", required=True),
    Parameter("waypoints"),
    Parameter("priority", choices=("DISTANCE", "MAIN_STREET")),
    Parameter("radius", "integer"),
    Parameter("summary", "boolean"),
)

SEOUL = ZoneInfo("Asia/Seoul")

Clock = Callable[[], datetime]


class MobilityError(VendorError):
    """A refusal of Kakao Mobility: `{"code", "msg"}`."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(status, str(code), message, {"code": code, "msg": message}, {})


def vendor(now: Clock) -> Vendor:
    """Serve directions; traffic depends on the time of day."""
    return Vendor(
        root="",
        endpoints=(
            Endpoint("GET", "/v1/directions", lambda call: _car(call, now()), CAR),
            Endpoint("GET", "/v1/future/directions", lambda call: _later(call, now()), FUTURE),
            Endpoint("GET", "/affiliate/walking/v1/directions", walking, WALK),
        ),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: MobilityError(500, -1, "internal server error"),
    )


def authorize(headers: Mapping[str, str]) -> None:
    """Let the keys in that Kakao Local lets in."""
    key = key_of(headers)
    if key is None:
        raise MobilityError(401, -401, "wrong appKey or access token")
    if key == USED_UP_KEY:
        raise MobilityError(400, -10, "API limit has been exceeded.")


def refuse_query(fault: Fault) -> MobilityError:
    """Refuse a query parameter."""
    wrong = "is required" if fault.problem == "missing" else f"is invalid ({fault.problem})"
    return MobilityError(400, -2, f"{fault.name} {wrong}")


def refuse_body(fault: BodyFault) -> MobilityError:
    """Refuse a body; no method here takes one."""
    return MobilityError(400, -2, f"{fault.path} is invalid")


def walking(call: Call) -> JsonObject:
    """affiliate/walking: for partners, who name their service in a header."""
    if key_of(call.headers) == PARTNERLESS_KEY:
        message = "permission denied"
        raise MobilityError(403, -5, message)
    if not call.headers.get("service"):
        message = "service header is required"
        raise MobilityError(400, -8, message)
    stops = _stops(call.query)
    if code := _roadless(stops):
        return _answer(call.query, [{"result_code": code, "result_message": MESSAGES[code]}])
    sections: list[JsonObject] = [
        walk_section(start, end, WALK_KM_H) for start, end in pairwise(stops)
    ]
    summary: JsonObject = {
        "distance": sum(cast("int", section["distance"]) for section in sections),
        "duration": sum(cast("int", section["duration"]) for section in sections),
    }
    route: JsonObject = {"result_code": 0, "result_message": "성공", "summary": summary}
    if not call.query.flag("summary"):
        route["sections"] = [*sections]
    return _answer(call.query, [route])


def _car(call: Call, at: datetime) -> JsonObject:
    """v1/directions."""
    return _directions(call.query, at.astimezone(SEOUL))


def _later(call: Call, now: datetime) -> JsonObject:
    """v1/future/directions."""
    text = call.query.text("departure_time") or ""
    try:
        departure = datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=SEOUL)
    except ValueError:
        message = "departure_time is invalid"
        raise MobilityError(400, -2, message) from None
    if departure < now:
        message = "departure_time is in the past"
        raise MobilityError(400, -2, message)
    return _directions(call.query, departure)


def _directions(query: Query, at: datetime) -> JsonObject:
    stops, avoid = _stops(query), _avoid(query)
    if code := _roadless(stops):
        return _answer(query, [{"result_code": code, "result_msg": MESSAGES[code]}])
    priority = cast("Priority", query.text("priority") or "RECOMMEND")
    ways = [driven_way(start, end, priority, avoid, at) for start, end in pairwise(stops)]
    route: JsonObject = {
        "result_code": 0,
        "result_msg": "길찾기 성공",
        "summary": _summary(stops, ways, priority, at),
    }
    if not query.flag("summary"):
        last = len(ways) - 1
        route["sections"] = [
            car_section(way, first=index == 0, last=index == last) for index, way in enumerate(ways)
        ]
    return _answer(query, [route])


def _summary(
    stops: Sequence[Point], ways: Sequence[DrivenWay], priority: str, at: datetime
) -> JsonObject:
    metres = sum(way.metres for way in ways)
    toll = sum(way.toll_won for way in ways)
    return {
        "origin": _named(stops[0]),
        "destination": _named(stops[-1]),
        "waypoints": [_named(stop) for stop in stops[1:-1]],
        "priority": priority,
        "bound": {
            "min_x": min(stop.x for stop in stops),
            "min_y": min(stop.y for stop in stops),
            "max_x": max(stop.x for stop in stops),
            "max_y": max(stop.y for stop in stops),
        },
        "fare": {"taxi": taxi_fare(metres, at), "toll": toll},
        "distance": metres,
        "duration": sum(way.seconds for way in ways),
    }


def _answer(query: Query, routes: list[Json]) -> JsonObject:
    digest = hashlib.sha256(repr(query.pairs).encode()).hexdigest()
    return {"trans_id": digest[:32], "routes": routes}


def _named(point: Point) -> Json:
    return {"name": "", "x": point.x, "y": point.y}


def _stops(query: Query) -> list[Point]:
    between = (query.text("waypoints") or "").split("|")
    texts = [query.text("origin") or "", *filter(None, between), query.text("destination") or ""]
    if len(texts) > MOST_WAYPOINTS + 2:
        message = "waypoints is invalid (at most 5)"
        raise MobilityError(400, -2, message)
    return [_point(text) for text in texts]


def _point(text: str) -> Point:
    """A stop as it is sent: "x,y" or "x,y,name=…"."""
    x, _, rest = text.partition(",")
    try:
        return Point(float(x), float(rest.partition(",")[0]))
    except ValueError:
        message = f"{text} is no coordinate"
        raise MobilityError(400, -2, message) from None


def _avoid(query: Query) -> list[str]:
    avoid = [name for name in (query.text("avoid") or "").split("|") if name]
    for name in avoid:
        if name not in AVOIDABLE:
            message = f"avoid is invalid ({name})"
            raise MobilityError(400, -2, message)
    return avoid


def _roadless(stops: Sequence[Point]) -> int | None:
    """The code of what is in the way, None where nothing is."""
    codes = [102, *[101] * (len(stops) - 2), 103]
    for stop, code in zip(stops, codes, strict=True):
        if min(place.point.metres_to(stop) for place in all_places()) > ROADLESS_M:
            return code
    if stops[0].metres_to(stops[-1]) <= SAME_PLACE_M and len(stops) == 2:
        return 104
    return 1 if len({stop.y < MAINLAND_Y for stop in stops}) > 1 else None
