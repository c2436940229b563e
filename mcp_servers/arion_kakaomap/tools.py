"""The KakaoMap tools, and what is true of each of them."""

from __future__ import annotations

from arion_kakaomap.tools_places import map_category, map_geocode, map_reverse_geocode, map_search
from arion_kakaomap.tools_routes import (
    map_directions_car,
    map_directions_transit,
    map_directions_walk,
    map_link,
)
from arion_kit.spec import reads

TOOLS = (
    reads(map_search, "Search places", untrusted=True, brief=True),
    reads(map_category, "Places of a kind", untrusted=True, brief=True),
    reads(map_geocode, "Find an address", brief=True),
    reads(map_reverse_geocode, "Address of a point", brief=True),
    reads(map_directions_car, "Way by car", untrusted=True, brief=True),
    reads(map_directions_transit, "Way by transit", untrusted=True, brief=True),
    reads(map_directions_walk, "Way on foot", untrusted=True, brief=True),
    reads(map_link, "Link to KakaoMap", brief=True),
)
