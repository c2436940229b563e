"""ODsay's API: ways to go by public transport.

Paths and parameters: lab.odsay.com/guide. Its refusals come with status 200; their shapes are
from answers that others have published.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kakaomap.journeys import By, Journey, Journeys, Leg, NoTransit, Ride
from arion_kakaomap.lines import bus_name, line_name, station_name
from arion_kakaomap.points import Point
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.wire_transit import OdsayAnswer, OdsayLeg, OdsayPath
from arion_kit.credentials import QueryKey
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind, Language

SERVICE = "ODsay"
KEY_VARIABLE = "ARION_KAKAOMAP_ODSAY_KEY"

_DAY = Quota(units_per_s=1_000 / 86_400, burst=1_000)
"""What a free key may ask for."""

_BY: Mapping[int, By] = {
    1: "subway",
    2: "bus",
    3: "walk",
    4: "train",
    5: "express_bus",
    6: "express_bus",
    7: "plane",
    8: "ferry",
}
_RIDES: Mapping[Ride, int] = {"any": 0, "subway": 1, "bus": 2}
_WHY_NONE: Mapping[str, NoTransit] = {
    "-98": "near",
    "-99": "none",
    "3": "no_stop",
    "4": "no_stop",
    "5": "no_stop",
    "6": "not_served",
}
"""Codes that are an answer: ends within 700 m, no result, no stop at an end, not served."""

_BAD_INPUT = frozenset({"-8", "-9"})

_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "ODsay 키와, 키에 등록한 서버 주소를 확인해 주세요.",
        "en": "Please check the ODsay key and the server address registered for it.",
    },
}


class Odsay:
    """Typed calls; failures leave as the kit's errors."""

    service = SERVICE

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def journeys(self, origin: Point, destination: Point, ride: Ride) -> Journeys:
        """Ways to go by public transport, in ODsay's order."""
        body = await self._upstream.get(
            "/v1/api/searchPubTransPathT",
            params={
                "SX": origin.x,
                "SY": origin.y,
                "EX": destination.x,
                "EY": destination.y,
                "OPT": 0,
                "SearchPathType": _RIDES[ride],
            },
        )
        answer = self._upstream.parse(OdsayAnswer, body)
        if answer.error:
            return Journeys((), "odsay", _WHY_NONE.get(answer.error.code, "none"))
        paths = answer.result.path if answer.result else ()
        return Journeys(tuple(map(_journey, paths)), "odsay", None if paths else "none")


def odsay_options(settings: KakaoMapSettings) -> UpstreamOptions:
    """How to reach ODsay with these settings."""
    base_url = settings.odsay_url()
    return UpstreamOptions(
        service=SERVICE,
        base_url=base_url,
        credentials=QueryKey("apiKey", settings.odsay_key, KEY_VARIABLE),
        translate=translate,
        quota=_DAY if base_url == "https://api.odsay.com" else None,
    )


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """What ODsay means by an answer; None when it is no failure, or when the status says it.

    Errors are `{"error": {"code", "msg"}}` or `{"error": [{"code", "message"}]}`.
    """
    told = body.get("error") if isinstance(body, dict) else None
    error = told[0] if isinstance(told, list) and told else told
    if not isinstance(error, dict):
        return None
    code = str(error.get("code", ""))
    if code in _WHY_NONE:
        return None
    message = str(error.get("message") or error.get("msg") or f"Code {code}.")
    kind = _kind(status, code, message)
    return UpstreamFailure(kind, message, service=SERVICE, next_steps=_NEXT_STEPS.get(kind))


def _kind(status: int, code: str, message: str) -> ErrorKind:
    if "auth" in message.lower() or status in (401, 403):
        return ErrorKind.NOT_SIGNED_IN
    # How a used-up quota is worded is a guess: nobody has published it.
    if status == 429 or "limit" in message.lower() or "초과" in message:
        return ErrorKind.RATE_LIMITED
    return ErrorKind.BAD_INPUT if code in _BAD_INPUT else ErrorKind.UNAVAILABLE


def _journey(path: OdsayPath) -> Journey:
    legs = tuple(_leg(leg) for leg in path.subPath if leg.trafficType in _BY)
    rides = [leg for leg in legs if leg.by != "walk"]
    return Journey(
        minutes=path.info.totalTime,
        metres=round(path.info.totalDistance),
        walk_metres=round(path.info.totalWalk),
        transfers=max(0, len(rides) - 1),
        fare_won=path.info.payment or path.info.totalPayment,
        legs=tuple(leg for leg in legs if leg.by != "walk" or leg.metres > 0),
    )


def _leg(leg: OdsayLeg) -> Leg:
    by = _BY[leg.trafficType]
    lane = leg.lane[0] if leg.lane else None
    line = ""
    if lane:
        line = bus_name(lane.busNo) if lane.busNo else line_name(lane.name)
    return Leg(
        by=by,
        minutes=leg.sectionTime,
        metres=round(leg.distance),
        line=line,
        start=station_name(leg.startName, by),
        end=station_name(leg.endName, by),
        stops=leg.stationCount,
    )
