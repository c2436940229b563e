"""What the tools return."""

from __future__ import annotations

from pydantic import BaseModel, Field

from arion_kakaomap.journeys import By
from arion_kit.spec import Said


class PointRow(BaseModel):
    """A point on the map, named where it was looked up by name."""

    name: str | None = None
    x: float
    y: float


class OtherPlace(BaseModel):
    """Another place of the name that was said."""

    name: str
    address: str
    x: float
    y: float


class StopRow(PointRow):
    """An end of a route, or a stop on the way: the place that was taken for what was said."""

    address: str | None = None
    others: list[OtherPlace] | None = None


class PlaceRow(BaseModel):
    """A place."""

    id: str
    name: str
    category: str
    address: str
    phone: str | None = None
    distance_m: int | None = Field(default=None, description="As the crow flies")
    x: float = Field(description="Longitude")
    y: float = Field(description="Latitude")
    url: str


class PlaceList(Said):
    """One page of places."""

    places: list[PlaceRow]
    total: int
    """All that fit; 45 of them can be had."""
    near: PointRow | None = None
    next_page: int | None = None


class AddressRow(BaseModel):
    """An address, or a whole district."""

    address: str
    road_address: str | None = None
    building: str | None = None
    postal_code: str | None = None
    x: float = Field(description="Longitude")
    y: float = Field(description="Latitude")


class AddressList(Said):
    """What an address search found, the likeliest first."""

    addresses: list[AddressRow]


class AddressAt(Said):
    """Where a point is."""

    address: str | None = None
    road_address: str | None = None
    building: str | None = None
    postal_code: str | None = None
    district: str | None = None
    url: str


class CarRoute(Said):
    """A way to go by car."""

    origin: StopRow
    destination: StopRow
    waypoints: list[StopRow] | None = None
    distance_km: float
    duration_min: int
    toll_won: int
    taxi_won: int
    arrival: str
    steps: list[str]
    url: str


class LegRow(BaseModel):
    """A part of a journey by one means."""

    by: By
    line: str | None = None
    start: str | None = None
    end: str | None = None
    stops: int | None = None
    minutes: int
    walk_m: int | None = None


class JourneyRow(BaseModel):
    """A way to go by public transport."""

    duration_min: int
    arrival: str
    transfers: int
    walk_m: int
    fare_won: int
    legs: list[LegRow]


class TransitRoutes(Said):
    """Ways to go by public transport, the best first."""

    origin: StopRow
    destination: StopRow
    routes: list[JourneyRow]
    source: str
    url: str


class WalkRoute(Said):
    """A way to go on foot."""

    origin: StopRow
    destination: StopRow
    distance_m: int
    duration_min: int
    arrival: str
    estimated: bool
    """From the straight line, not from a map."""
    steps: list[str]
    source: str
    url: str


class MapLink(Said):
    """Links that open KakaoMap."""

    url: str
    app_url: str
