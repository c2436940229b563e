"""What Kakao Local sends, as far as this server reads it.

Source: developers.kakao.com/docs/en/local/dev-guide. Coordinates and distances come as strings.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


def _number_or_none(value: Any) -> Any:
    return None if value == "" else value


class PlaceDocument(_Wire):
    """A place."""

    id: str
    place_name: str
    category_name: str
    """From the widest to the narrowest: "음식점 > 카페 > 커피전문점"."""
    phone: str
    address_name: str
    """By lot number, the old way."""
    road_address_name: str
    """By road, the way people use; empty in places without one."""
    x: float
    y: float
    place_url: str
    distance: Annotated[int | None, BeforeValidator(_number_or_none)] = None
    """Metres from the point that was sent, as the crow flies."""


class PageMeta(_Wire):
    """How much there is."""

    total_count: int
    is_end: bool


class PlacePage(_Wire):
    """One page of places."""

    meta: PageMeta
    documents: tuple[PlaceDocument, ...]


class RoadAddress(_Wire):
    """An address by road."""

    address_name: str
    building_name: str = ""
    zone_no: str = ""
    """Postal code, five digits."""


class AddressDocument(_Wire):
    """An address, or a whole district."""

    address_name: str
    address_type: str
    """REGION, ROAD, REGION_ADDR or ROAD_ADDR."""
    x: float
    y: float
    road_address: RoadAddress | None


class AddressPage(_Wire):
    """What an address search found."""

    documents: tuple[AddressDocument, ...]
