"""ODsay: ways by public transport.

Parameters: lab.odsay.com/guide. Every answer has status 200, refusals too; their shapes are from
replies that people have published: an object with `msg` for a missing way, a list with `message`
for a wrong key. Those marked MEM were not found in any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.odsay_network import (
    Ride,
    TransitWay,
    quickest_way,
    stops_near,
    walk_minutes,
)
from arion_sandbox.places import Point

KEY = "sandbox"
USED_UP_KEY = "sandbox-used-up"

NEAR_M = 700
INTERCITY_M = 60_000

CITY = frozenset({"subway", "bus"})
EVERYTHING = CITY | {"train"}
_BY_TYPE = {0: CITY, 1: frozenset({"subway"}), 2: frozenset({"bus"})}
_TRAFFIC = {"subway": 1, "bus": 2, "train": 4}

_COORDINATE = ("SX", "SY", "EX", "EY")
SEARCH = (
    Parameter("apiKey"),
    Parameter("lang", "integer", minimum=0, maximum=5),
    Parameter("output", choices=("json",)),
    *(Parameter(name, "number", required=True) for name in _COORDINATE),
    Parameter("OPT", "integer", minimum=0, maximum=5),
    Parameter("SearchType", "integer", minimum=0, maximum=2),
    Parameter("SearchPathType", "integer", minimum=0, maximum=2),
)


class OdsayError(VendorError):
    """A refusal of ODsay; `code` is a number as text."""

    def __init__(self, code: str, message: str, *, listed: bool = False) -> None:
        error: Json = {"code": code, "msg": message}
        if listed:
            error = [{"code": code, "message": message}]
        super().__init__(200, code, message, {"error": error}, {})


def vendor() -> Vendor:
    """Serve the search; it holds no account data."""
    return Vendor(
        root="/v1/api",
        endpoints=(Endpoint("GET", "/searchPubTransPathT", search, SEARCH),),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: OdsayError("500", "서버 내부 오류", listed=True),
    )


def authorize(headers: Mapping[str, str]) -> None:
    """Let everybody pass: the key comes as a parameter."""


def refuse_query(fault: Fault) -> OdsayError:
    """Refuse a query parameter."""
    if fault.problem == "missing":
        return OdsayError("-9", f"필수 입력값이 누락되었습니다. ({fault.name})")
    return OdsayError("-8", f"필수 입력값 형식 및 범위를 확인해 주세요. ({fault.name})")


def refuse_body(fault: BodyFault) -> OdsayError:
    """Refuse a body; no method here takes one."""
    return OdsayError("-8", fault.path)


def search(call: Call) -> JsonObject:
    """searchPubTransPathT: up to three ways, the quickest first."""
    query = call.query
    key = query.text("apiKey")
    if key == USED_UP_KEY:
        raise OdsayError("500", "[ApiKeyLimitExceeded] 일일 호출 한도 초과", listed=True)  # MEM
    if key != KEY:
        message = "[ApiKeyAuthFailed] ApiKey authentication failed."
        raise OdsayError("500", message, listed=True)
    x1, y1, x2, y2 = (float(query.text(name) or 0) for name in _COORDINATE)
    start, end = Point(x1, y1), Point(x2, y2)
    straight = start.metres_to(end)
    if straight <= NEAR_M:
        raise OdsayError("-98", "출, 도착지가 700m이내입니다.")
    if straight > INTERCITY_M:
        return {"result": _between_cities(start, end, straight)}
    kinds = _BY_TYPE[query.number("SearchPathType", 0)]
    _check_stops(start, end, kinds)
    ways = ways_between(start, end, kinds)
    if not ways:
        raise OdsayError("-99", "검색결과가 없습니다.")
    return {"result": _in_city(ways, straight)}


def ways_between(start: Point, end: Point, kinds: frozenset[str]) -> list[TransitWay]:
    """The quickest ways with all and with each of these kinds, the quickest first."""
    choices = [kinds, *(frozenset({kind}) for kind in sorted(kinds))]
    found = [way for choice in choices if (way := quickest_way(start, end, choice))]
    distinct = {tuple(ride.stops for ride in way.rides): way for way in found}
    return sorted(distinct.values(), key=lambda way: way.minutes)


def _check_stops(start: Point, end: Point, kinds: frozenset[str]) -> None:
    none = not stops_near(start, kinds), not stops_near(end, kinds)
    if all(none):
        raise OdsayError("5", "출, 도착지 정류장이 없습니다.")
    if none[0]:
        raise OdsayError("3", "출발지 정류장이 없습니다.")
    if none[1]:
        raise OdsayError("4", "도착지 정류장이 없습니다.")


def _in_city(ways: list[TransitWay], straight: int) -> JsonObject:
    types = [_path_type(way) for way in ways]
    return {
        "searchType": 0,
        "outTrafficCheck": 0,
        "busCount": types.count(2),
        "subwayCount": types.count(1),
        "subwayBusCount": types.count(3),
        "pointDistance": straight,
        "startRadius": NEAR_M,
        "endRadius": NEAR_M,
        "path": [_path(way) for way in ways],
    }


def _between_cities(start: Point, end: Point, straight: int) -> JsonObject:
    """Trains only, as ODsay tells it: without the ways to and from the stations."""
    way = quickest_way(start, end, EVERYTHING)
    trains = [ride for ride in way.rides if ride.first.kind == "train"] if way else []
    if not trains:
        raise OdsayError("-99", "검색결과가 없습니다.")
    only = TransitWay(tuple(trains), (0,) * (len(trains) + 1), sum(it.minutes for it in trains))
    path = _path(only)
    info = path["info"]
    if isinstance(info, dict):
        info["totalPayment"] = info.pop("payment")
    return {
        "searchType": 1,
        "outTrafficCheck": 1,
        "pointDistance": straight,
        "trainCount": 1,
        "path": [path | {"pathType": 11}],
    }


def _path_type(way: TransitWay) -> int:
    return 3 if len(way.kinds) > 1 else 1 if "subway" in way.kinds else 2


def _path(way: TransitWay) -> JsonObject:
    first, last = way.rides[0].first, way.rides[-1].last
    metres = sum(ride.metres for ride in way.rides)
    kinds = [ride.first.kind for ride in way.rides]
    return {
        "pathType": _path_type(way),
        "info": {
            "trafficDistance": float(metres),
            "totalWalk": sum(way.walks_m),
            "totalTime": way.minutes,
            "payment": way.fare_won,
            "busTransitCount": kinds.count("bus"),
            "subwayTransitCount": kinds.count("subway"),
            "firstStartStation": first.name,
            "lastEndStation": last.name,
            "totalStationCount": sum(len(ride.stops) - 1 for ride in way.rides),
            "totalDistance": float(metres + sum(way.walks_m)),
            "totalWalkTime": -1,
        },
        "subPath": list(_sub_paths(way)),
    }


def _sub_paths(way: TransitWay) -> Iterator[Json]:
    for walk, ride in zip(way.walks_m, way.rides, strict=False):
        yield _walk(walk)
        yield _ride(ride)
    yield _walk(way.walks_m[-1])


def _walk(metres: int) -> Json:
    return {"trafficType": 3, "distance": metres, "sectionTime": walk_minutes(metres)}


def _ride(ride: Ride) -> Json:
    first, last = ride.first, ride.last
    lane: Json = {"name": first.line, "subwayCode": first.code, "subwayCityCode": 1000}
    if first.kind == "bus":
        lane = {"busNo": first.line, "type": first.code, "busID": 10_000 + first.code}
    elif first.kind == "train":
        lane = {"name": first.line}
    return {
        "trafficType": _TRAFFIC[first.kind],
        "distance": float(ride.metres),
        "sectionTime": ride.minutes,
        "stationCount": len(ride.stops) - 1,
        "lane": [lane],
        "startName": first.name,
        "startX": first.point.x,
        "startY": first.point.y,
        "endName": last.name,
        "endX": last.point.x,
        "endY": last.point.y,
        "passStopList": {
            "stations": [
                {
                    "index": index,
                    "stationName": stop.name,
                    "x": str(stop.point.x),
                    "y": str(stop.point.y),
                }
                for index, stop in enumerate(ride.stops)
            ]
        },
    }
