"""What the tools return."""

from __future__ import annotations

from pydantic import BaseModel, Field

from arion_kit.spec import Said


class PointRow(BaseModel):
    """A point on the map, named where it was looked up by name."""

    name: str | None = None
    x: float
    y: float


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
    total: int = Field(description="All that fit; 45 of them can be had")
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
