"""The KakaoMap tools for places and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from arion_kakaomap.api import MOST_RESULTS, Around, KakaoMapApi, PlaceSearch, Sort
from arion_kakaomap.categories import NAMES, Category, category_of
from arion_kakaomap.links import place_links
from arion_kakaomap.locating import Located, locate, refuse_personal
from arion_kakaomap.models import (
    AddressAt,
    AddressList,
    AddressRow,
    PlaceList,
    PlaceRow,
    PointRow,
)
from arion_kakaomap.parameters import Words, positive, reachable, within
from arion_kakaomap.points import Point
from arion_kakaomap.say import Asked, ask_where, say_address_at, say_addresses, say_places
from arion_kakaomap.wire import AddressDocument, PlaceDocument, PlacePage
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call
from arion_kit.words import ErrorKind

_NEAR_M = 2_000
"""How far "near" is where nobody said."""

_PAGE = 10

_FRAME_CHARS = 600
"""What a result holds besides its rows."""

_ROW_CHARS = 400
"""What a long row takes."""

Near = Annotated[Words, Field(description='Place, address, or "x,y"')]
Radius = Annotated[int, AfterValidator(positive), AfterValidator(within)]
Page = Annotated[int, AfterValidator(positive), AfterValidator(reachable)]
Size = Annotated[int, AfterValidator(positive), Field(le=15)]


async def map_search(
    call: Call[KakaoMapApi],
    query: Words,
    near: Near | None = None,
    radius_m: Radius | None = None,
    category: str | None = None,
    sort: Sort = "accuracy",
    page: Page = 1,
    size: Size = _PAGE,
) -> PlaceList:
    """Find places in Korea by name or kind."""
    code = _category(category).code if category is not None else None
    kind = category_of(query)
    if kind is None:
        refuse_personal(call, query)
    if near is None:
        _check_needs_centre(radius_m, sort)
    centre = await locate(call, near, "near") if near is not None else None
    radius = radius_m or _NEAR_M
    search = PlaceSearch(
        query=kind.word if kind else query,
        around=Around(centre.point, radius) if centre else None,
        category_code=code or (kind.code if kind else None),
        sort=sort,
        page=page,
        size=_fitting_size(size, call.max_chars),
    )
    found = await call.api.places(search)
    if not found.documents and near is None and code is None and _may_be_address(query):
        addresses = await call.api.addresses(query)
        if addresses:
            return _address_list(call, query, addresses)
    asked = Asked(
        query=kind.word if kind and call.language == "ko" else query,
        near=_spoken_near(centre),
        radius_m=radius,
        language=call.language,
    )
    return _place_list(call, asked, found, search, centre)


async def map_category(
    call: Call[KakaoMapApi],
    category: Annotated[str, Field(description="카페, 주유소, 약국, …")],
    near: Words | None = None,
    radius_m: Radius = _NEAR_M,
    page: Page = 1,
) -> PlaceList:
    """Find all places of a kind around a place."""
    kind = _category(category)
    if near is None:
        message, next_step = ask_where(kind.word, call.language)
        raise ToolFailure(ErrorKind.BAD_INPUT, message, next_step=next_step)
    centre = await locate(call, near, "near")
    search = PlaceSearch(
        query=kind.word,
        around=Around(centre.point, radius_m),
        category_code=kind.code,
        sort="distance",
        page=page,
        size=_fitting_size(_PAGE, call.max_chars),
    )
    found = await (call.api.places_of_group if kind.whole else call.api.places)(search)
    asked = Asked(
        query=kind.word if call.language == "ko" else category,
        near=_spoken_near(centre),
        radius_m=radius_m,
        language=call.language,
    )
    return _place_list(call, asked, found, search, centre)


async def map_geocode(call: Call[KakaoMapApi], address: Words) -> AddressList:
    """Find a Korean address's coordinates, road address and postal code."""
    rows = [_address_row(document) for document in await call.api.addresses(address)]
    fitting = rows[: _rows_that_fit(rows, call.max_chars)]
    return AddressList(say=say_addresses(address, rows, call.language), addresses=fitting)


async def map_reverse_geocode(
    call: Call[KakaoMapApi],
    x: float,
    y: float,
) -> AddressAt:
    """Find the address and district of a point (longitude, latitude)."""
    point = Point(x, y).in_korea()
    document = await call.api.address_at(point)
    regions = await call.api.regions_at(point)
    road = document.road_address if document else None
    lot = document.address if document else None
    # The district by administration is the one that people name.
    district = min(regions, key=lambda region: region.region_type != "H", default=None)
    found = AddressAt(
        say="",
        address=(lot.address_name or None) if lot else None,
        road_address=(road.address_name or None) if road else None,
        building=(road.building_name or None) if road else None,
        postal_code=(road.zone_no or None) if road else None,
        district=district.address_name if district else None,
        url=place_links(Located(point)).web,
    )
    return found.model_copy(update={"say": say_address_at(found, call.language)})


def _place_list(
    call: Call[KakaoMapApi],
    asked: Asked,
    found: PlacePage,
    search: PlaceSearch,
    centre: Located | None,
) -> PlaceList:
    rows = [_place_row(document) for document in found.documents]
    fitting = rows[: _rows_that_fit(rows, call.max_chars)]
    near = PointRow(name=centre.name, x=centre.point.x, y=centre.point.y) if centre else None
    return PlaceList(
        say=say_places(asked, rows, found.meta.total_count),
        places=fitting,
        total=found.meta.total_count,
        near=near,
        next_page=_next_page(found, search),
    )


def _address_list(
    call: Call[KakaoMapApi], query: str, found: Sequence[AddressDocument]
) -> PlaceList:
    """Addresses for a query that is one: people ask where they are as they ask for places."""
    rows = [_address_row(document) for document in found]
    places = [
        PlaceRow(
            id="",
            name=row.building or row.address,
            category="주소",
            address=row.road_address or row.address,
            x=row.x,
            y=row.y,
            url=place_links(Located(Point(row.x, row.y), name=row.address)).web,
        )
        for row in rows
    ]
    fitting = places[: _rows_that_fit(places, call.max_chars)]
    said = say_addresses(query, rows, call.language)
    return PlaceList(say=said, places=fitting, total=len(places))


def _may_be_address(query: str) -> bool:
    """Whether it ends in a house number, as Korean addresses do."""
    return query.strip()[-1:].isdecimal() and " " in query.strip()


def _spoken_near(centre: Located | None) -> str | None:
    """What to call the point: as the person did, or nothing where it is bare coordinates."""
    return None if centre is None else centre.asked or ""


def _category(words: str) -> Category:
    found = category_of(words)
    if found is None:
        raise BadInput("category", f"may be one of {NAMES}, not {words[:40]!r}")
    return found


def _check_needs_centre(radius_m: int | None, sort: Sort) -> None:
    if radius_m is not None:
        raise BadInput("radius_m", "needs near")
    if sort == "distance":
        raise BadInput("sort", "distance needs near")


def _fitting_size(size: int, max_chars: int) -> int:
    """How many to ask for, so that a page fits whole and the next follows on it."""
    return max(1, min(size, (max_chars - _FRAME_CHARS) // _ROW_CHARS))


def _rows_that_fit(rows: list[PlaceRow] | list[AddressRow], max_chars: int) -> int:
    given: list[BaseModel] = list(rows)
    return rows_that_fit(given, max_chars - _FRAME_CHARS)


def _next_page(found: PlacePage, search: PlaceSearch) -> int | None:
    last = found.meta.is_end or search.page * search.size >= MOST_RESULTS
    return None if last else search.page + 1


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
