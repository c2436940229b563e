"""What ODsay and TMAP send for public transport and walking, as far as this server reads it.

Sources: transit.tmapmobility.com/docs/routes and skopenapi.readme.io (TMAP); for ODsay and for
TMAP's refusals, answers that others who call them have published.
"""

from __future__ import annotations

from typing import Any, cast

from pydantic import Field, field_validator

from arion_kakaomap.wire import Whole, Wire


class OdsayInfo(Wire):
    """A path as a whole."""

    totalTime: Whole
    """Minutes."""
    totalWalk: float = 0
    """Metres."""
    payment: Whole = 0
    """Won, inside a city."""
    totalPayment: Whole = 0
    """Won, between cities."""
    totalDistance: float = 0


class OdsayLane(Wire):
    """A line that serves a leg."""

    name: str = ""
    """Of a subway line: "수도권 2호선"."""
    busNo: str = ""


class OdsayLeg(Wire):
    """A leg of a path."""

    trafficType: Whole
    """1 subway, 2 bus, 3 on foot, 4 train, 5 express bus, 6 intercity bus, 7 aeroplane, 8 ship."""
    sectionTime: Whole = 0
    """Minutes."""
    distance: float = 0
    stationCount: Whole = 0
    lane: tuple[OdsayLane, ...] = ()
    startName: str = ""
    endName: str = ""


class OdsayPath(Wire):
    """One way to go."""

    info: OdsayInfo
    subPath: tuple[OdsayLeg, ...] = ()


class OdsayResult(Wire):
    """What was found."""

    path: tuple[OdsayPath, ...] = ()


class OdsayError(Wire):
    """Why nothing was found; `msg` of a missing route and `message` of other errors."""

    code: str = ""
    message: str = ""
    msg: str = ""


class OdsayAnswer(Wire):
    """Either of the two. Errors come with status 200, as an object or as a list of one."""

    result: OdsayResult | None = None
    error: OdsayError | None = None

    @field_validator("error", mode="before")
    @classmethod
    def _first(cls, value: Any) -> Any:
        errors = cast("list[Any]", value) if isinstance(value, list) else [value]
        return errors[0] if errors else None


class TmapStop(Wire):
    """An end of a leg."""

    name: str = ""


class TmapStops(Wire):
    """The stops on the way, both ends included."""

    stationList: tuple[Any, ...] = ()


class TmapLeg(Wire):
    """A leg of an itinerary."""

    mode: str
    """WALK, BUS, SUBWAY, EXPRESSBUS, TRAIN, AIRPLANE, FERRY."""
    sectionTime: Whole = 0
    """Seconds."""
    distance: float = 0
    route: str = ""
    """As in "수도권2호선" or "간선:402"."""
    start: TmapStop = TmapStop()
    end: TmapStop = TmapStop()
    passStopList: TmapStops = TmapStops()


class TmapRegularFare(Wire):
    """Won."""

    totalFare: Whole = 0


class TmapFare(Wire):
    """What an itinerary costs."""

    regular: TmapRegularFare = TmapRegularFare()


class TmapItinerary(Wire):
    """One way to go."""

    totalTime: Whole
    """Seconds."""
    totalDistance: float = 0
    totalWalkDistance: float = 0
    transferCount: Whole = 0
    fare: TmapFare = TmapFare()
    legs: tuple[TmapLeg, ...] = ()


class TmapPlan(Wire):
    """The itineraries."""

    itineraries: tuple[TmapItinerary, ...] = ()


class TmapMetaData(Wire):
    """What was found."""

    plan: TmapPlan = TmapPlan()


class TmapResult(Wire):
    """Why nothing was found."""

    status: Whole = 0
    message: str = ""


class TmapTransitAnswer(Wire):
    """Either of the two, with status 200."""

    metaData: TmapMetaData | None = None
    result: TmapResult | None = None


class TmapFeatureProperties(Wire):
    """Of the whole walk (on the first feature), or of a point of it."""

    totalDistance: float | None = None
    totalTime: Whole | None = None
    """Seconds."""
    description: str = ""
    turnType: Whole = 0


class TmapGeometry(Wire):
    """Only its type: the course itself is not read."""

    type: str = ""


class TmapFeature(Wire):
    """A point of the walk, or a line between two."""

    geometry: TmapGeometry = TmapGeometry()
    properties: TmapFeatureProperties = Field(default_factory=TmapFeatureProperties)


class TmapWalk(Wire):
    """A walk as GeoJSON."""

    features: tuple[TmapFeature, ...] = ()
