"""Kakao's Local API, as far as the tools need it.

Source of paths and parameters: developers.kakao.com/docs/en/local/dev-guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.wire import AddressDocument, AddressPage, PlacePage
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.words import ErrorKind, Language

SERVICE = "KakaoMap"

MOST_RESULTS = 45
"""A search gives no more than this, on however many pages."""

Sort = Literal["accuracy", "distance"]

_ROOT = "/v2/local"


@dataclass(frozen=True)
class Point:
    """A point on the map: longitude and latitude in degrees (WGS 84)."""

    x: float
    y: float


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

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def places(self, search: PlaceSearch) -> PlacePage:
        """One page of places by keyword."""
        around = search.around
        body = await self._upstream.get(
            f"{_ROOT}/search/keyword.json",
            params={
                "query": search.query,
                "category_group_code": search.category_code,
                "x": around.centre.x if around else None,
                "y": around.centre.y if around else None,
                "radius": around.radius_m if around else None,
                "sort": search.sort,
                "page": search.page,
                "size": search.size,
            },
        )
        return self._upstream.parse(PlacePage, body)

    async def addresses(self, address: str) -> tuple[AddressDocument, ...]:
        """Addresses and districts that fit, the likeliest first."""
        body = await self._upstream.get(
            f"{_ROOT}/search/address.json", params={"query": address, "size": 10}
        )
        return self._upstream.parse(AddressPage, body).documents


def upstream_options(settings: KakaoMapSettings) -> UpstreamOptions:
    """How to reach Kakao with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        token=settings.token,
        token_variable="ARION_KAKAOMAP_TOKEN",  # noqa: S106 - the name of a variable
        scheme="KakaoAK",
        translate=translate,
    )


_BY_CODE = {
    -1: ErrorKind.UNAVAILABLE,
    -2: ErrorKind.BAD_INPUT,
    -3: ErrorKind.FORBIDDEN,
    -5: ErrorKind.FORBIDDEN,
    -7: ErrorKind.UNAVAILABLE,
    -10: ErrorKind.RATE_LIMITED,
    -11: ErrorKind.RATE_LIMITED,
    -12: ErrorKind.FORBIDDEN,
    -401: ErrorKind.NOT_SIGNED_IN,
    -603: ErrorKind.TIMEOUT,
    -9798: ErrorKind.UNAVAILABLE,
}
"""Kakao's own codes, most of which come with status 400, a used-up quota too
(developers.kakao.com/docs/en/rest-api/error-code)."""

_BY_STATUS = {
    401: ErrorKind.NOT_SIGNED_IN,
    403: ErrorKind.FORBIDDEN,
    429: ErrorKind.RATE_LIMITED,
}

_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "카카오 REST API 키를 확인해 주세요.",
        "en": "Please check the Kakao REST API key.",
    },
    ErrorKind.FORBIDDEN: {
        "ko": "카카오 개발자 사이트의 내 앱에서 카카오맵 사용 설정을 켜 주세요.",
        "en": "Please turn KakaoMap on for your app on Kakao Developers.",
    },
    ErrorKind.RATE_LIMITED: {
        "ko": "잠시 뒤에 다시 해 주세요. 하루 사용량이 다 찼다면 내일 다시 돼요.",
        "en": "Please try again in a moment, or tomorrow if the day's quota is used up.",
    },
}


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """What Kakao means by an answer; None when it is no error, or when the status says it all.

    Errors are `{"code": -10, "msg": "…"}` or `{"errorType": "…", "message": "…"}`.
    """
    fields = body if isinstance(body, dict) else {}
    code = fields.get("code")
    kind = (_BY_CODE.get(code) if isinstance(code, int) else None) or _BY_STATUS.get(status)
    if kind is None:
        return None
    message = fields.get("msg") or fields.get("message") or f"HTTP {status}."
    return UpstreamFailure(kind, str(message), service=SERVICE, next_steps=_NEXT_STEPS.get(kind))
