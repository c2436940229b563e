"""Links that open KakaoMap: in a browser, and in the app by its own scheme. Pure.

Source: apis.map.kakao.com/web/guide (지도 URL) and /ios/guide, /android/guide (URL scheme).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from arion_kakaomap.locating import Located

Means = Literal["car", "transit", "walk", "bicycle"]

_WEB = "https://map.kakao.com/link"
_BY_WEB: dict[Means, str] = {
    "car": "car",
    "transit": "traffic",
    "walk": "walk",
    "bicycle": "bicycle",
}
_BY_APP: dict[Means, str] = {
    "car": "CAR",
    "transit": "PUBLICTRANSIT",
    "walk": "FOOT",
    "bicycle": "BICYCLE",
}


@dataclass(frozen=True)
class Links:
    """The same place or route, in two ways."""

    web: str
    app: str


def place_links(place: Located) -> Links:
    """Opens a place, by its id where it has one."""
    if place.place_id:
        return Links(f"{_WEB}/map/{place.place_id}", f"kakaomap://place?id={place.place_id}")
    return Links(f"{_WEB}/map/{_stop(place)}", f"kakaomap://look?p={_latlng(place)}")


def route_links(
    origin: Located | None, destination: Located, by: Means, via: Sequence[Located] = ()
) -> Links:
    """Opens the way to a place; from where the person is, if no origin is given."""
    to = f"&ep={_latlng(destination)}&by={_BY_APP[by]}"
    if origin is None:
        return Links(f"{_WEB}/to/{_stop(destination)}", f"kakaomap://route?{to[1:]}")
    stops = "/".join(map(_stop, (origin, *via, destination)))
    through = "".join(
        f"&vp{number if number > 1 else ''}={_latlng(stop)}" for number, stop in enumerate(via, 1)
    )
    return Links(
        f"{_WEB}/by/{_BY_WEB[by]}/{stops}",
        f"kakaomap://route?sp={_latlng(origin)}{through}{to}",
    )


def _latlng(place: Located) -> str:
    return f"{place.point.y},{place.point.x}"


def _stop(place: Located) -> str:
    """A place as "name,lat,lng"; a comma or a slash in the name would end it."""
    name = (place.spoken or "위치").replace(",", " ").replace("/", " ")
    return f"{quote(name, safe='')},{_latlng(place)}"
