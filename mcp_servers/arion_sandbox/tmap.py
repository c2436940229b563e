"""TMAP: ways by public transport and on foot.

Parameters and responses: transit.tmapmobility.com/docs/routes and skopenapi.readme.io. Refusals:
replies that people have published; a missing way by public transport comes with status 200.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Shape, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.navi_guides import walk_section
from arion_sandbox.odsay import CITY, EVERYTHING, INTERCITY_M, KEY, USED_UP_KEY, ways_between
from arion_sandbox.odsay_network import Ride, TransitWay, quickest_way, stops_near, walk_minutes
from arion_sandbox.places import Point

NEAR_M = 700
WALK_KM_H = 3.9
FURTHEST_WALK_M = 50_000

_BUS_KINDS = {11: "간선", 12: "지선", 14: "광역", 4: "급행"}
_TRANSIT_BODY: dict[str, Shape] = {
    "startX": "string",
    "startY": "string",
    "endX": "string",
    "endY": "string",
    "count": "int32",
    "lang": "int32",
    "format": "string",
    "searchDttm": "string",
}
_PEDESTRIAN = frozenset(
    {
        "startX",
        "startY",
        "endX",
        "endY",
        "startName",
        "endName",
        "angle",
        "speed",
        "endPoiId",
        "passList",
        "reqCoordType",
        "resCoordType",
        "searchOption",
        "sort",
    }
)
_NEEDED = ("startX", "startY", "endX", "endY", "startName", "endName")


class TmapError(VendorError):
    """A refusal of TMAP: `{"error": {"id", "category", "code", "message"}}`."""

    def __init__(self, status: int, category: str, code: str, message: str) -> None:
        error: JsonObject = {
            "id": str(status),
            "category": category,
            "code": code,
            "message": message,
        }
        super().__init__(status, code, message, {"error": error}, {})


def vendor() -> Vendor:
    """Serve both searches; they hold no account data."""
    return Vendor(
        root="",
        endpoints=(
            Endpoint("POST", "/transit/routes", transit, body=_TRANSIT_BODY),
            # Coordinates are numbers here, which a declared body has no word for.
            Endpoint("POST", "/tmap/routes/pedestrian", pedestrian, (Parameter("version"),)),
        ),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: TmapError(500, "tmap", "9999", "시스템 오류입니다."),
    )


def authorize(headers: Mapping[str, str]) -> None:
    """Let `appKey: sandbox` in."""
    key = headers.get("appkey")
    if key == USED_UP_KEY:
        raise TmapError(429, "gw", "QUOTA_EXCEEDED", "Limit Exceeded")
    if key != KEY:
        raise TmapError(403, "gw", "INVALID_API_KEY", "Forbidden")


def refuse_query(fault: Fault) -> TmapError:
    """Refuse a query parameter."""
    return _bad_request(fault.name)


def refuse_body(fault: BodyFault) -> TmapError:
    """Refuse a body."""
    return _bad_request(fault.path)


def transit(call: Call) -> JsonObject:
    """transit/routes."""
    body = call.body
    start, end = _point(body, "start"), _point(body, "end")
    straight = start.metres_to(end)
    if straight <= NEAR_M:
        return _no_way(11, "출발지/도착지 간 거리가 가까워서 탐색된 경로 없음")
    kinds = EVERYTHING if straight > INTERCITY_M else CITY
    for status, point, name in ((12, start, "출발지"), (13, end, "도착지")):
        if not stops_near(point, kinds):
            return _no_way(status, f"{name}에서 검색된 정류장이 없어서 탐색된 경로 없음")
    if straight > INTERCITY_M:
        way = quickest_way(start, end, kinds)
        ways = [way] if way else []
    else:
        ways = ways_between(start, end, kinds)
    if not ways:
        return _no_way(14, "출발지/도착지 간 탐색된 대중교통 경로가 없음")
    count = body.get("count")
    ways = ways[: count if isinstance(count, int) else 10]
    return {
        "metaData": {
            "requestParameters": {
                "startX": body["startX"],
                "startY": body["startY"],
                "endX": body["endX"],
                "endY": body["endY"],
                "locale": "ko",
            },
            "plan": {"itineraries": [_itinerary(way, start, end) for way in ways]},
        }
    }


def pedestrian(call: Call) -> JsonObject:
    """tmap/routes/pedestrian: GeoJSON; the first feature tells the totals."""
    body = _pedestrian_body(call.content)
    start, end = _point(body, "start"), _point(body, "end")
    if start.metres_to(end) > FURTHEST_WALK_M:
        message = "요청 데이터 오류입니다. (거리 초과)"
        raise TmapError(400, "tmap", "2200", message)
    section = walk_section(start, end, WALK_KM_H)
    return {"type": "FeatureCollection", "features": list(_features(section, start, end))}


def _bad_request(name: str) -> TmapError:
    return TmapError(400, "tmap", "1100", f"요청 데이터 오류입니다. ({name})")


def _no_way(status: int, message: str) -> JsonObject:
    return {"result": {"message": message, "status": status}}


def _pedestrian_body(content: bytes) -> JsonObject:
    try:
        body: Json = json.loads(content)
    except ValueError:
        raise _bad_request("body") from None
    if not isinstance(body, dict):
        raise _bad_request("body")
    for name in body:
        if name not in _PEDESTRIAN:
            raise _bad_request(name)
    for name in _NEEDED:
        if body.get(name) in (None, ""):
            raise TmapError(400, "tmap", "1100", f"필수 파라미터가 없습니다. ({name})")
    return body


def _point(body: JsonObject, end: str) -> Point:
    try:
        return Point(float(cast("str", body[f"{end}X"])), float(cast("str", body[f"{end}Y"])))
    except (KeyError, TypeError, ValueError):
        raise _bad_request(f"{end}X") from None


def _itinerary(way: TransitWay, start: Point, end: Point) -> JsonObject:
    legs = list(_legs(way, start, end))
    walks_m = sum(way.walks_m)
    currency: JsonObject = {"symbol": "￦", "currency": "원", "currencyCode": "KRW"}
    return {
        "fare": {"regular": {"totalFare": way.fare_won, "currency": currency}},
        "totalTime": way.minutes * 60,
        "legs": legs,
        "totalWalkTime": sum(walk_minutes(metres) for metres in way.walks_m) * 60,
        "transferCount": len(way.rides) - 1,
        "totalDistance": walks_m + sum(ride.metres for ride in way.rides),
        "pathType": 3 if len(way.kinds) > 1 else 1 if "subway" in way.kinds else 2,
        "totalWalkDistance": walks_m,
    }


def _legs(way: TransitWay, start: Point, end: Point) -> Iterator[Json]:
    at: Json = _place("출발지", start)
    for metres, ride in zip(way.walks_m, way.rides, strict=False):
        board = _place(ride.first.name, ride.first.point)
        yield _walk(metres, at, board)
        yield _ride(ride)
        at = _place(ride.last.name, ride.last.point)
    yield _walk(way.walks_m[-1], at, _place("도착지", end))


def _walk(metres: int, start: Json, end: Json) -> Json:
    return {
        "mode": "WALK",
        "sectionTime": walk_minutes(metres) * 60,
        "distance": metres,
        "start": start,
        "end": end,
        "steps": [],
    }


def _ride(ride: Ride) -> Json:
    first = ride.first
    mode, route = "SUBWAY", first.line.replace(" ", "")
    if first.kind == "bus":
        mode, route = "BUS", f"{_BUS_KINDS[first.code]}:{first.line}"
    elif first.kind == "train":
        mode = "TRAIN"
    stations: list[Json] = [
        {
            "index": index,
            "stationName": stop.name,
            "lon": str(stop.point.x),
            "lat": str(stop.point.y),
        }
        for index, stop in enumerate(ride.stops)
    ]
    return {
        "mode": mode,
        "routeColor": "009D3E",
        "sectionTime": ride.minutes * 60,
        "route": route,
        "distance": ride.metres,
        "service": 1,
        "start": _place(first.name, first.point),
        "passStopList": {"stationList": stations},
        "end": _place(ride.last.name, ride.last.point),
        "type": first.code,
    }


def _place(name: str, point: Point) -> Json:
    return {"name": name, "lon": point.x, "lat": point.y}


def _features(section: JsonObject, start: Point, end: Point) -> Iterator[Json]:
    yield _feature(
        "Point",
        [start.x, start.y],
        {
            "totalDistance": section["distance"],
            "totalTime": section["duration"],
            "index": 0,
            "pointIndex": 0,
            "name": "",
            "description": "보행자도로 을 따라 이동",
            "pointType": "SP",
            "turnType": 200,
        },
    )
    yield _feature(
        "LineString",
        [[start.x, start.y], [end.x, end.y]],
        {
            "index": 1,
            "lineIndex": 0,
            "distance": section["distance"],
            "time": section["duration"],
            "description": "",
        },
    )
    guides = cast("list[JsonObject]", section["guides"])
    for index, guide in enumerate(guides[1:-1], 2):
        if guide["type"]:
            yield _feature(
                "Point",
                [guide["x"], guide["y"]],
                {
                    "index": index,
                    "name": guide["name"],
                    "description": f"{guide['name']} 에서 {guide['guidance']} 후 이동",
                    "pointType": "GP",
                    "turnType": 12 if guide["type"] == 1 else 13,
                },
            )
    yield _feature(
        "Point",
        [end.x, end.y],
        {
            "index": len(guides),
            "name": "도착지",
            "description": "도착",
            "pointType": "EP",
            "turnType": 201,
        },
    )


def _feature(kind: str, coordinates: Json, properties: JsonObject) -> Json:
    geometry: JsonObject = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
