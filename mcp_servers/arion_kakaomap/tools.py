"""The KakaoMap tools: typed functions, and what is true of each of them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from arion_kakaomap.api import MOST_RESULTS, Around, KakaoMapApi, PlaceSearch, Point, Sort
from arion_kakaomap.categories import NAMES, category_of
from arion_kakaomap.models import AddressList, AddressRow, PlaceList, PlaceRow, PointRow
from arion_kakaomap.say import Asked, say_addresses, say_places, say_unknown_place
from arion_kakaomap.wire import AddressDocument, PlaceDocument, PlacePage
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.spec import Call, reads
from arion_kit.words import ErrorKind

_NEAR_M = 2_000
"""How far "near" is where nobody said."""

_COORDINATES = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")

Longitude = Annotated[float, Field(ge=124, le=132)]
Latitude = Annotated[float, Field(ge=33, le=43)]
_IN_KOREA = "longitude 124 to 132, then latitude 33 to 43"


async def map_search(
    call: Call[KakaoMapApi],
    query: Annotated[
        str,
        Field(min_length=1, max_length=100, description="Name or kind of place: 스타벅스, 카페"),
    ],
    near: Annotated[
        str | None, Field(max_length=100, description='Place name, address, or "x,y"')
    ] = None,
    x: Annotated[Longitude | None, Field(description="Longitude to be near")] = None,
    y: Annotated[Latitude | None, Field(description="Latitude to be near")] = None,
    radius_m: Annotated[
        int | None, Field(ge=1, le=20_000, description="Around near or x, y; 2000 if left out")
    ] = None,
    category: Annotated[
        str | None, Field(description="Only this kind: Korean or English word, or Kakao code")
    ] = None,
    sort: Sort = "accuracy",
    page: Annotated[int, Field(ge=1, le=45)] = 1,
    size: Annotated[int, Field(ge=1, le=15)] = 10,
) -> PlaceList:
    """Find places in Korea, anywhere or near a place or point."""
    code = _category_code(category)
    kind = category_of(query)
    centre = await _centre(call, near, x, y)
    _check_needs_centre(centre, radius_m, sort)
    radius = radius_m or _NEAR_M
    found = await call.api.places(
        PlaceSearch(
            query=kind.word if kind else query,
            around=Around(Point(centre.x, centre.y), radius) if centre else None,
            category_code=code or (kind.code if kind else None),
            sort=sort,
            page=page,
            size=size,
        )
    )
    places = [_place_row(document) for document in found.documents]
    asked = Asked(
        query=kind.word if kind and call.language == "ko" else query,
        near=_spoken_near(centre, near),
        radius_m=radius,
        language=call.language,
    )
    return PlaceList(
        say=say_places(asked, places, found.meta.total_count),
        places=places,
        total=found.meta.total_count,
        near=centre,
        next_page=_next_page(found, page, size),
    )


async def map_geocode(
    call: Call[KakaoMapApi],
    address: Annotated[
        str, Field(min_length=1, max_length=100, description="Korean address, whole or in part")
    ],
) -> AddressList:
    """Find an address's coordinates, road address and postal code."""
    rows = [_address_row(document) for document in await call.api.addresses(address)]
    return AddressList(say=say_addresses(address, rows, call.language), addresses=rows)


TOOLS = (
    reads(map_search, "Search places"),
    reads(map_geocode, "Find an address"),
)


async def _centre(
    call: Call[KakaoMapApi], near: str | None, x: float | None, y: float | None
) -> PointRow | None:
    """The point to be near, if one was given."""
    if (x is None) != (y is None):
        raise BadInput("x" if x is None else "y", "is needed where the other coordinate is given")
    if x is not None and y is not None:
        if near is not None:
            raise BadInput("near", "give either near, or x and y")
        return PointRow(x=x, y=y)
    if near is None:
        return None
    written = _COORDINATES.fullmatch(near)
    if not written:
        return await _looked_up(call, near)
    x, y = float(written[1]), float(written[2])
    if not (124 <= x <= 132 and 33 <= y <= 43):
        raise BadInput("near", f'"x,y" is {_IN_KOREA}, not {near.strip()}')
    return PointRow(x=x, y=y)


async def _looked_up(call: Call[KakaoMapApi], near: str) -> PointRow:
    """Where the place is. By keyword first: people say names more often than addresses."""
    places = (await call.api.places(PlaceSearch(near, size=1))).documents
    if places:
        return PointRow(name=places[0].place_name, x=places[0].x, y=places[0].y)
    addresses = await call.api.addresses(near)
    if addresses:
        return PointRow(name=addresses[0].address_name, x=addresses[0].x, y=addresses[0].y)
    message, next_step = say_unknown_place(near, call.language)
    raise ToolFailure(ErrorKind.NOT_FOUND, message, next_step=next_step)


def _spoken_near(centre: PointRow | None, near: str | None) -> str | None:
    """What to call the point: as the person did, or nothing where it is bare coordinates."""
    return None if centre is None else (near or "") if centre.name else ""


def _category_code(category: str | None) -> str | None:
    if category is None:
        return None
    found = category_of(category)
    if found is None:
        raise BadInput("category", f"may be one of {NAMES}, not {category!r}")
    return found.code


def _check_needs_centre(centre: PointRow | None, radius_m: int | None, sort: Sort) -> None:
    if centre is None and radius_m is not None:
        raise BadInput("radius_m", "needs near, or x and y")
    if centre is None and sort == "distance":
        raise BadInput("sort", "distance needs near, or x and y")


def _next_page(found: PlacePage, page: int, size: int) -> int | None:
    return None if found.meta.is_end or page * size >= MOST_RESULTS else page + 1


def _place_row(place: PlaceDocument) -> PlaceRow:
    return PlaceRow(
        id=place.id,
        name=place.place_name,
        category=place.category_name,
        address=place.road_address_name or place.address_name,
        phone=place.phone or None,
        distance_m=place.distance,
        x=place.x,
        y=place.y,
        url=place.place_url,
    )


def _address_row(document: AddressDocument) -> AddressRow:
    road = document.road_address
    return AddressRow(
        address=document.address_name,
        road_address=(road.address_name or None) if road else None,
        building=(road.building_name or None) if road else None,
        postal_code=(road.zone_no or None) if road else None,
        x=document.x,
        y=document.y,
    )
