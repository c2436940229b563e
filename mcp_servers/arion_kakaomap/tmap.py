"""TMAP's API: ways to go by public transport and on foot.

Sources: transit.tmapmobility.com/docs/routes and skopenapi.readme.io (보행자 경로안내).
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kakaomap.journeys import By, Journey, Journeys, Leg, NoTransit, Ride, Walk
from arion_kakaomap.lines import bus_name, line_name, station_name
from arion_kakaomap.points import Point
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.steps import MOST_STEPS
from arion_kakaomap.wire_transit import TmapItinerary, TmapLeg, TmapTransitAnswer, TmapWalk
from arion_kit.credentials import HeaderKey
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.words import ErrorKind, Language

SERVICE = "TMAP"
KEY_VARIABLE = "ARION_KAKAOMAP_TMAP_KEY"

_BY: Mapping[str, By] = {
    "WALK": "walk",
    "TRANSFER": "walk",
    "SUBWAY": "subway",
    "BUS": "bus",
    "TRAIN": "train",
    "EXPRESSBUS": "express_bus",
    "AIRPLANE": "plane",
    "FERRY": "ferry",
}
_WHY_NONE: Mapping[int, NoTransit] = {11: "near", 12: "no_stop", 13: "no_stop", 14: "none"}

_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "TMAP 앱 키와, 그 앱에 이 상품이 추가돼 있는지 확인해 주세요.",
        "en": "Please check the TMAP app key, and that its app has this product.",
    },
    ErrorKind.RATE_LIMITED: {
        "ko": "하루 사용량이 다 찼다면 내일 다시 돼요.",
        "en": "If the day's quota is used up, it works again tomorrow.",
    },
}


class Tmap:
    """Typed calls; failures leave as the kit's errors."""

    service = SERVICE

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def journeys(self, origin: Point, destination: Point, ride: Ride) -> Journeys:
        """Ways to go by public transport, in TMAP's order; it cannot be asked for one means."""
        body = await self._upstream.send(
            "POST",
            "/transit/routes",
            json={
                "startX": str(origin.x),
                "startY": str(origin.y),
                "endX": str(destination.x),
                "endY": str(destination.y),
                "count": 10,
                "lang": 0,
                "format": "json",
            },
            retry=True,
        )
        answer = self._upstream.parse(TmapTransitAnswer, body)
        if answer.metaData is None:
            status = answer.result.status if answer.result else 0
            return Journeys((), "tmap", _WHY_NONE.get(status, "none"))
        found = tuple(map(_journey, answer.metaData.plan.itineraries))
        wanted = tuple(it for it in found if ride == "any" or _only(it, ride))
        return Journeys(wanted, "tmap", None if wanted else "none")

    async def walk(self, origin: Point, destination: Point) -> Walk | None:
        """The way to go on foot; None where there is none."""
        body = await self._upstream.send(
            "POST",
            "/tmap/routes/pedestrian",
            params={"version": 1},
            json={
                "startX": origin.x,
                "startY": origin.y,
                "endX": destination.x,
                "endY": destination.y,
                "startName": "출발지",
                "endName": "도착지",
                "reqCoordType": "WGS84GEO",
                "resCoordType": "WGS84GEO",
                "searchOption": "0",
            },
            retry=True,
        )
        features = self._upstream.parse(TmapWalk, body).features
        whole = next((it.properties for it in features if it.properties.totalTime), None)
        if whole is None:
            return None
        told = [
            it.properties.description
            for it in features
            if it.geometry.type == "Point" and it.properties.description
        ]
        return Walk(
            metres=round(whole.totalDistance or 0),
            seconds=whole.totalTime or 0,
            steps=tuple(told[:MOST_STEPS]),
            source="tmap",
        )


def tmap_options(settings: KakaoMapSettings) -> UpstreamOptions:
    """How to reach TMAP with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.tmap_url(),
        credentials=HeaderKey("appKey", settings.tmap_key, KEY_VARIABLE),
        translate=translate,
    )


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """What TMAP means by an answer; None when it is no failure, or when the status says it.

    Errors are `{"error": {"id": "403", "category": "gw", "code": "INVALID_API_KEY", "message"}}`;
    the gateway says 403 for a wrong key and for a product that the app does not have.
    """
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return None
    code = str(error.get("code", ""))
    kind = None
    if code == "QUOTA_EXCEEDED":
        kind = ErrorKind.RATE_LIMITED
    elif "API_KEY" in code or status in (401, 403):
        kind = ErrorKind.NOT_SIGNED_IN
    if kind is None:
        return None
    message = str(error.get("message") or code)
    return UpstreamFailure(kind, message, service=SERVICE, next_steps=_NEXT_STEPS[kind])


def _only(journey: Journey, ride: Ride) -> bool:
    return bool(journey.rides) and all(leg.by == ride for leg in journey.rides)


def _journey(itinerary: TmapItinerary) -> Journey:
    legs = tuple(_leg(leg) for leg in itinerary.legs if leg.mode in _BY)
    return Journey(
        minutes=max(1, round(itinerary.totalTime / 60)),
        metres=round(itinerary.totalDistance),
        walk_metres=round(itinerary.totalWalkDistance),
        transfers=itinerary.transferCount,
        fare_won=itinerary.fare.regular.totalFare,
        legs=tuple(leg for leg in legs if leg.by != "walk" or leg.metres > 0),
    )


def _leg(leg: TmapLeg) -> Leg:
    by = _BY[leg.mode]
    line = bus_name(leg.route) if by in ("bus", "express_bus") else line_name(leg.route)
    return Leg(
        by=by,
        minutes=max(1, round(leg.sectionTime / 60)),
        metres=round(leg.distance),
        line=line,
        start=station_name(leg.start.name, by),
        end=station_name(leg.end.name, by),
        stops=max(0, len(leg.passStopList.stationList) - 1),
    )
