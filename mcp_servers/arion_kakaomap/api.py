"""Kakao's Local API, as far as the tools need it, and beside it whoever finds ways to go.

Source of paths and parameters: developers.kakao.com/docs/en/local/dev-guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from arion_kakaomap.navi import Navi
from arion_kakaomap.points import Point
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.transit import Transit
from arion_kakaomap.walking import Walking
from arion_kakaomap.wire import (
    AddressDocument,
    AddressPage,
    PlacePage,
    PointDocument,
    PointPage,
    RegionDocument,
    RegionPage,
)
from arion_kit.credentials import Bearer
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.kakao import KakaoNextSteps, kakao_translator
from arion_kit.words import ErrorKind

SERVICE = "KakaoMap"

MOST_RESULTS = 45
"""A search gives no more than this, on however many pages."""

Sort = Literal["accuracy", "distance"]

_ROOT = "/v2/local"

_NEXT_STEPS: KakaoNextSteps = {
    ErrorKind.FORBIDDEN: {
        "ko": "카카오 개발자 사이트의 내 앱에서 카카오맵 사용 설정을 켜 주세요.",
        "en": "Please turn KakaoMap on for your app on Kakao Developers.",
    },
}


@dataclass(frozen=True)
class Around:
    """A circle to search in."""

    centre: Point
    radius_m: int


@dataclass(frozen=True)
class PlaceSearch:
    """What to look for."""

    query: str
    around: Around | None = None
    category_code: str | None = None
    sort: Sort = "accuracy"
    page: int = 1
    size: int = 10


class KakaoMapApi:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, local: Upstream, navi: Navi, transit: Transit, walking: Walking) -> None:
        self._local = local
        self.navi = navi
        self.transit = transit
        self.walking = walking

    async def places(self, search: PlaceSearch) -> PlacePage:
        """One page of places by keyword."""
        body = await self._local.get(
            f"{_ROOT}/search/keyword.json",
            params={"query": search.query, **_place_params(search)},
        )
        return self._local.parse(PlacePage, body)

    async def places_of_group(self, search: PlaceSearch) -> PlacePage:
        """One page of the places of a whole category group; needs a circle and a code."""
        body = await self._local.get(f"{_ROOT}/search/category.json", params=_place_params(search))
        return self._local.parse(PlacePage, body)

    async def addresses(self, address: str) -> tuple[AddressDocument, ...]:
        """Addresses and districts that fit, the likeliest first."""
        body = await self._local.get(
            f"{_ROOT}/search/address.json", params={"query": address, "size": 10}
        )
        return self._local.parse(AddressPage, body).documents

    async def address_at(self, point: Point) -> PointDocument | None:
        """The address that a point has, None where it has none."""
        body = await self._local.get(
            f"{_ROOT}/geo/coord2address.json", params={"x": point.x, "y": point.y}
        )
        return next(iter(self._local.parse(PointPage, body).documents), None)

    async def regions_at(self, point: Point) -> tuple[RegionDocument, ...]:
        """The districts that a point lies in."""
        body = await self._local.get(
            f"{_ROOT}/geo/coord2regioncode.json", params={"x": point.x, "y": point.y}
        )
        return self._local.parse(RegionPage, body).documents


def local_options(settings: KakaoMapSettings) -> UpstreamOptions:
    """How to reach Kakao Local with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        credentials=Bearer(settings.token, "ARION_KAKAOMAP_TOKEN", "KakaoAK"),
        translate=kakao_translator(SERVICE, _NEXT_STEPS),
    )


def _place_params(search: PlaceSearch) -> dict[str, str | int | float | None]:
    around = search.around
    return {
        "category_group_code": search.category_code,
        "x": around.centre.x if around else None,
        "y": around.centre.y if around else None,
        "radius": around.radius_m if around else None,
        "sort": search.sort,
        "page": search.page,
        "size": search.size,
    }
