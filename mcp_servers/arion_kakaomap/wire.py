"""What Kakao Local sends, as far as this server reads it.

Source: developers.kakao.com/docs/en/local/dev-guide. Coordinates and distances come as strings.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator


class Wire(BaseModel):
    """Something a vendor sent: unknown fields are passed over, and null is as good as absent."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        fields = cast("dict[str, Any]", value)
        return {name: it for name, it in fields.items() if it is not None}


def _number_or_none(value: Any) -> Any:
    return None if value == "" else value


def _rounded(value: Any) -> Any:
    return round(value) if isinstance(value, float) and math.isfinite(value) else value


Whole = Annotated[int, BeforeValidator(_rounded)]
"""Metres, seconds, won: whole as documented, and rounded where they are not."""


class PlaceDocument(Wire):
    """A place."""

    id: str = ""
    place_name: str
    category_name: str = ""
    """From the widest to the narrowest: "음식점 > 카페 > 커피전문점"."""
    category_group_code: str = ""
    phone: str = ""
    address_name: str = ""
    """By lot number, the old way."""
    road_address_name: str = ""
    """By road, the way people use; empty in places without one."""
    x: float
    y: float
    place_url: str = ""
    distance: Annotated[int | None, BeforeValidator(_number_or_none)] = None
    """Metres from the point that was sent, as the crow flies."""


class PageMeta(Wire):
    """How much there is."""

    total_count: int
    is_end: bool


class PlacePage(Wire):
    """One page of places."""

    meta: PageMeta
    documents: tuple[PlaceDocument, ...]


class LotAddress(Wire):
    """An address by lot number."""

    address_name: str = ""


class RoadAddress(Wire):
    """An address by road."""

    address_name: str = ""
    building_name: str = ""
    zone_no: str = ""
    """Postal code, five digits."""


class AddressDocument(Wire):
    """An address, or a whole district."""

    address_name: str
    address_type: str = ""
    """REGION, ROAD, REGION_ADDR or ROAD_ADDR."""
    x: float
    y: float
    road_address: RoadAddress | None = None


class AddressPage(Wire):
    """What an address search found."""

    documents: tuple[AddressDocument, ...]


class PointDocument(Wire):
    """The addresses of a point."""

    address: LotAddress | None = None
    road_address: RoadAddress | None = None


class PointPage(Wire):
    """What lies at a point: one document, or none."""

    documents: tuple[PointDocument, ...]


class RegionDocument(Wire):
    """A district that a point lies in."""

    region_type: str = ""
    """H: by administration, as people say it; B: by law."""
    address_name: str


class RegionPage(Wire):
    """The districts that a point lies in."""

    documents: tuple[RegionDocument, ...]
