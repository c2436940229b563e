"""Kakao Local v2: search by keyword, category and address, and what lies at a coordinate.

Parameters and responses: Kakao's Local developer guide. Refusals: replies that people have
published; those marked MEM were not found in any. One thing is stricter than Kakao, which ignores
parameters it does not know: a misspelt one is refused here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Query, Vendor
from arion_sandbox.errors import KakaoError, VendorError
from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.kakao_keys import KEYS, USED_UP_KEY
from arion_sandbox.place_search import FoundAddress, search_addresses, search_places
from arion_sandbox.places import FULL_NAMES, GROUPS, Place, Point, Region, all_places

MOST_RESULTS = 45
"""A search gives no more than this, however many there are."""

ADDRESS_M = 300
"""How far from a known address a coordinate still belongs to it."""

REGION_M = 4_000
"""How far from a known address a coordinate still belongs to its district."""

COORDINATES = (
    Parameter("x", "number", required=True, minimum=-180, maximum=180),
    Parameter("y", "number", required=True, minimum=-90, maximum=90),
    # Kakao knows four more systems; the stand-in cannot convert them.
    Parameter("input_coord", choices=("WGS84",)),
)
PAGE = Parameter("page", "integer", minimum=1, maximum=45)
AROUND = (
    Parameter("x", "number", minimum=-180, maximum=180),
    Parameter("y", "number", minimum=-90, maximum=90),
    Parameter("radius", "integer", minimum=0, maximum=20_000),
    Parameter("rect"),
    PAGE,
    Parameter("size", "integer", minimum=1, maximum=15),
    Parameter("sort", choices=("accuracy", "distance")),
)
CODES = tuple(GROUPS)

KEYWORD = (
    Parameter("query", required=True),
    Parameter("category_group_code", choices=CODES),
    *AROUND,
)
CATEGORY = (Parameter("category_group_code", choices=CODES, required=True), *AROUND)
ADDRESS = (
    Parameter("query", required=True),
    Parameter("analyze_type", choices=("similar", "exact")),
    PAGE,
    Parameter("size", "integer", minimum=1, maximum=30),
)

Item = TypeVar("Item")


def vendor() -> Vendor:
    """Serve the map; it holds no account data."""
    return Vendor(
        root="/v2/local",
        endpoints=(
            Endpoint("GET", "/search/keyword.json", search_keyword, KEYWORD),
            Endpoint("GET", "/search/category.json", search_category, CATEGORY),
            Endpoint("GET", "/search/address.json", search_address, ADDRESS),
            Endpoint("GET", "/geo/coord2address.json", coord2address, COORDINATES),
            Endpoint("GET", "/geo/coord2regioncode.json", coord2regioncode, COORDINATES),
        ),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=lambda: KakaoError(500, "InternalError", "internal server error"),
    )


def authorize(headers: Mapping[str, str]) -> None:
    """Let the known keys in."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme != "KakaoAK" or not key:
        message = "cannot find Authorization : KakaoAK header"
        raise KakaoError(401, "AccessDeniedError", message)
    if key not in KEYS:
        # Kakao sends the key back, so logs of this message must be redacted.
        raise KakaoError(401, "AccessDeniedError", f"wrong appKey({key}) format")
    if key == USED_UP_KEY:
        message = "API limit has been exceeded."
        raise VendorError(400, "-10", message, {"code": -10, "msg": message}, {})


def refuse_query(fault: Fault) -> KakaoError:
    """Refuse a query parameter."""
    name, parameter = fault.name, fault.parameter
    if fault.problem == "missing":
        return KakaoError(400, "MissingParameter", f"{name} parameter required")
    if fault.problem == "maximum" and parameter:
        message = f"query.{name} should be at most {parameter.maximum}"
    elif fault.problem == "minimum" and parameter:
        message = f"query.{name} should be at least {parameter.minimum}"
    elif fault.problem == "choice" and parameter:
        choices = ", ".join(parameter.choices)
        message = f"query.{name} should be one of {choices}"  # MEM
    elif fault.problem == "kind" and parameter:
        message = f"query.{name} should be {parameter.kind}"  # MEM
    else:
        message = f"query.{name} is not expected"
    return KakaoError(400, "ValidationError", message)


def refuse_body(fault: BodyFault) -> KakaoError:
    """Refuse a body; no method here takes one."""
    return KakaoError(400, "ValidationError", f"body.{fault.path} is not expected")


def search_keyword(call: Call) -> JsonObject:
    """search/keyword."""
    query = call.query
    text, code = query.text("query") or "", query.text("category_group_code")
    found = search_places(text)
    places = [place for place in found.places if code is None or place.group == code]
    selected = found.regions[0] if found.regions else ""
    result = _places_page(_arranged(places, query), query)
    meta = result["meta"]
    if isinstance(meta, dict):
        meta["same_name"] = {
            "region": list[Json](found.regions),
            "keyword": found.keyword,
            "selected_region": selected,
        }
    return result


def search_category(call: Call) -> JsonObject:
    """search/category: needs a circle or a rectangle."""
    query = call.query
    if not query.text("rect") and not (_centre(query) and query.text("radius")):
        message = "x,y,radius or rect parameter required"
        raise KakaoError(400, "MissingParameter", message)
    code = query.text("category_group_code")
    places = [place for place in all_places() if place.group == code]
    return _places_page(_arranged(places, query), query)


def search_address(call: Call) -> JsonObject:
    """search/address."""
    query = call.query
    found = search_addresses(query.text("query") or "")
    if query.text("analyze_type") == "exact":
        found = [item for item in found if item.kind != "REGION"]
    page, meta = _page(found, query, default_size=10)
    return {"meta": meta, "documents": [_address_document(item) for item in page]}


def coord2address(call: Call) -> JsonObject:
    """geo/coord2address: the nearest address, nothing where none is near."""
    place = _nearest(call.query, ADDRESS_M)
    documents: list[Json] = []
    if place:
        road, address = _road_address(place), _lot_address(place)
        documents.append({"road_address": road, "address": address})
    return {"meta": {"total_count": len(documents)}, "documents": documents}


def coord2regioncode(call: Call) -> JsonObject:
    """geo/coord2regioncode: the administrative (H) and the legal (B) district."""
    place = _nearest(call.query, REGION_M)
    documents: list[Json] = []
    if place:
        region, point = place.region, place.point
        names = {"B": (region.b_code, region.parts[2]), "H": (region.h_code, region.h_name)}
        documents += [_region_document(region, kind, names[kind], point) for kind in ("B", "H")]
    return {"meta": {"total_count": len(documents)}, "documents": documents}


def _arranged(places: list[Place], query: Query) -> list[Place]:
    """Keep the places inside the circle or the rectangle, in the order asked for."""
    centre, radius, rect = _centre(query), query.text("radius"), query.text("rect")
    if query.text("sort") == "distance" and centre is None:
        message = "x,y parameter required"  # MEM
        raise KakaoError(400, "MissingParameter", message)
    if rect:
        west, south, east, north = _corners(rect)
        places = [p for p in places if west <= p.point.x <= east and south <= p.point.y <= north]
    if centre and radius:
        places = [p for p in places if p.point.metres_to(centre) <= int(radius)]
    if centre and query.text("sort") == "distance":
        places = sorted(places, key=lambda place: place.point.metres_to(centre))
    return places


def _corners(rect: str) -> tuple[float, float, float, float]:
    try:
        x1, y1, x2, y2 = (float(number) for number in rect.split(","))
    except ValueError:
        message = "query.rect should be x1,y1,x2,y2"  # MEM
        raise KakaoError(400, "ValidationError", message) from None
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _centre(query: Query) -> Point | None:
    x, y = query.text("x"), query.text("y")
    return Point(float(x), float(y)) if x and y else None


def _places_page(places: list[Place], query: Query) -> JsonObject:
    page, meta = _page(places, query, default_size=15)
    centre = _centre(query)
    return {"meta": meta, "documents": [_place_document(place, centre) for place in page]}


def _page(
    items: list[Item], query: Query, *, default_size: int
) -> tuple[list[Item], dict[str, Json]]:
    reachable = items[:MOST_RESULTS]
    size = query.number("size", default_size)
    # A page past the last gives the last once more; it is not refused.
    last = max(1, -(-len(reachable) // size))
    number = min(query.number("page", 1), last)
    meta: JsonObject = {
        "total_count": len(items),
        "pageable_count": len(reachable),
        "is_end": number == last,
    }
    return reachable[(number - 1) * size : number * size], meta


def _nearest(query: Query, within_m: int) -> Place | None:
    here = Point(float(query.text("x") or 0), float(query.text("y") or 0))
    place = min(all_places(), key=lambda place: place.point.metres_to(here))
    return place if place.point.metres_to(here) <= within_m else None


def _place_document(place: Place, centre: Point | None) -> JsonObject:
    return {
        "id": place.place_id,
        "place_name": place.name,
        "category_name": place.category,
        "category_group_code": place.group,
        "category_group_name": GROUPS.get(place.group, ""),
        "phone": place.phone,
        "address_name": place.address,
        "road_address_name": place.road_address,
        "x": place.x,
        "y": place.y,
        "place_url": f"http://place.map.kakao.com/{place.place_id}",
        "distance": str(place.point.metres_to(centre)) if centre else "",
    }


def _address_document(found: FoundAddress) -> JsonObject:
    place = found.place
    region = place.region
    name = {
        "REGION": region.name,
        "REGION_ADDR": place.address,
        "ROAD_ADDR": place.road_address,
    }[found.kind]
    address = _lot_address(place) | {
        "region_3depth_h_name": region.h_name,
        "h_code": region.h_code,
        "b_code": region.b_code,
        "x": place.x,
        "y": place.y,
    }
    road: Json = _road_address(place) | {"x": place.x, "y": place.y}
    if found.kind == "REGION":
        whole = {"address_name": region.name, "main_address_no": "", "sub_address_no": ""}
        address, road = address | whole, None
    return {
        "address_name": name,
        "address_type": found.kind,
        "x": place.x,
        "y": place.y,
        "address": address,
        "road_address": road,
    }


def _lot_address(place: Place) -> JsonObject:
    mountain, main, sub = place.lot
    return {
        "address_name": place.address,
        **_depths(place.region.parts),
        "mountain_yn": mountain,
        "main_address_no": main,
        "sub_address_no": sub,
    }


def _road_address(place: Place) -> JsonObject:
    road, underground, main, sub = place.road
    return {
        "address_name": place.road_address,
        **_depths(place.region.parts),
        "road_name": road,
        "underground_yn": underground,
        "main_building_no": main,
        "sub_building_no": sub,
        "building_name": place.building,
        "zone_no": place.zone,
    }


def _region_document(region: Region, kind: str, named: tuple[str, str], point: Point) -> Json:
    code, district = named
    province, city, _ = region.parts
    parts = (FULL_NAMES[province], city, district)
    return {
        "region_type": kind,
        "code": code,
        "address_name": " ".join(parts),
        **_depths(parts),
        "region_4depth_name": "",
        "x": point.x,
        "y": point.y,
    }


def _depths(parts: Iterable[str]) -> dict[str, Json]:
    return {f"region_{depth}depth_name": part for depth, part in enumerate(parts, 1)}
