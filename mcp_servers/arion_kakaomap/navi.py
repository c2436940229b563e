"""Kakao Mobility's API: ways to go by car, and on foot for who is allowed to ask.

Sources: developers.kakaomobility.com/docs/navi-api (car) and /affiliate-en/walking (on foot).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from arion_kakaomap.journeys import Walk
from arion_kakaomap.points import Point
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.steps import walk_steps
from arion_kakaomap.wire_navi import Route, Routes
from arion_kit.credentials import Bearer
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.kakao import KakaoNextSteps, kakao_translator
from arion_kit.messages import Content
from arion_kit.words import ErrorKind

SERVICE = "Kakao Mobility"

Priority = Literal["RECOMMEND", "TIME", "DISTANCE"]
Avoid = Literal["toll", "motorway", "ferries", "schoolzone", "uturn"]

_SEOUL = ZoneInfo("Asia/Seoul")
_NOT_OURS = frozenset({ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND})
"""What an app is told that may not ask for ways on foot."""

_NEXT_STEPS: KakaoNextSteps = {
    ErrorKind.FORBIDDEN: {
        "ko": "카카오 개발자 사이트의 내 앱에서 카카오모빌리티 사용 설정을 확인해 주세요.",
        "en": "Please check on Kakao Developers that your app may use Kakao Mobility.",
    },
}


@dataclass(frozen=True)
class Drive:
    """A drive to be planned."""

    origin: Point
    destination: Point
    waypoints: tuple[Point, ...] = ()
    priority: Priority = "RECOMMEND"
    avoid: tuple[Avoid, ...] = ()
    departure: datetime | None = None
    """None for now."""


class Navi:
    """Typed calls; failures leave as the kit's errors, and a missing way as a `result_code`."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._may_walk = True

    async def drive(self, drive: Drive) -> Route | None:
        """The way to go by car, or why there is none; None where nothing was answered."""
        path = "/v1/future/directions" if drive.departure else "/v1/directions"
        body = await self._upstream.get(
            path,
            params={
                "origin": _written(drive.origin),
                "destination": _written(drive.destination),
                "waypoints": "|".join(map(_written, drive.waypoints)) or None,
                "priority": drive.priority,
                "avoid": "|".join(drive.avoid) or None,
                "departure_time": drive.departure and _korean_time(drive.departure),
            },
        )
        return next(iter(self._upstream.parse(Routes, body).routes), None)

    async def walk(self, origin: Point, destination: Point) -> Walk | None:
        """The way to go on foot; None where there is none or our app may not ask.

        The API is for partners. An app that is none is told so once, and not asked for again.
        """
        if not self._may_walk:
            return None
        try:
            answer = await self._upstream.fetch(
                "GET",
                "/affiliate/walking/v1/directions",
                Content(
                    params={
                        "origin": _written(origin),
                        "destination": _written(destination),
                        "priority": "DISTANCE",
                        "summary": "false",
                    },
                    headers={"service": "arion"},
                ),
                retry=True,
                json_only=True,
            )
        except UpstreamFailure as failure:
            self._may_walk = failure.kind not in _NOT_OURS
            raise
        route = next(iter(self._upstream.parse(Routes, answer.json).routes), None)
        if route is None or route.result_code != 0 or route.summary is None:
            return None
        steps = walk_steps(guide for section in route.sections for guide in section.guides)
        return Walk(route.summary.distance, route.summary.duration, steps, "kakao")


def navi_options(settings: KakaoMapSettings) -> UpstreamOptions:
    """How to reach Kakao Mobility with these settings; the key is that of Kakao Local."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.navi_url(),
        credentials=Bearer(settings.token, "ARION_KAKAOMAP_TOKEN", "KakaoAK"),
        translate=kakao_translator(SERVICE, _NEXT_STEPS),
    )


def _written(point: Point) -> str:
    return f"{point.x},{point.y}"


def _korean_time(moment: datetime) -> str:
    return moment.astimezone(_SEOUL).strftime("%Y%m%d%H%M")
