"""Why there is no way to go, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from arion_kakaomap.journeys import NoTransit
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language

_Told = tuple[ErrorKind, Mapping[Language, tuple[str, str]]]
"""The kind, and by language what happened and what to do next."""

_OTHER_PLACE: Mapping[Language, str] = {
    "ko": "근처의 다른 곳이나 큰길 쪽 주소로 다시 말씀해 주세요.",
    "en": "Please try a place nearby, or an address on a larger road.",
}


def _off_road(korean: str, english: str) -> _Told:
    return ErrorKind.NOT_FOUND, {
        "ko": (f"{korean} 근처에 차가 다니는 길이 없어요.", _OTHER_PLACE["ko"]),
        "en": (f"There is no road for cars near the {english}.", _OTHER_PLACE["en"]),
    }


def _closed(korean: str, english: str) -> _Told:
    return ErrorKind.UNAVAILABLE, {
        "ko": (
            f"{korean} 근처 길이 지금 통제되고 있어요.",
            "조금 뒤에 다시 하거나 가까운 다른 곳으로 해 보세요.",
        ),
        "en": (
            f"The roads near the {english} are closed right now.",
            "Please try again later, or another place nearby.",
        ),
    }


_NO_ROUTE: _Told = (
    ErrorKind.NOT_FOUND,
    {
        "ko": (
            "차로 가는 길을 찾지 못했어요.",
            "피할 길을 줄이거나 다른 장소로 다시 말씀해 주세요.",
        ),
        "en": (
            "I couldn't find a way to get there by car.",
            "Please avoid fewer roads, or try another place.",
        ),
    },
)
_SAME_PLACE: _Told = (
    ErrorKind.BAD_INPUT,
    {
        "ko": (
            "출발지와 도착지가 같은 곳이에요.",
            "출발지나 도착지를 바꿔서 다시 말씀해 주세요.",
        ),
        "en": (
            "The origin and the destination are the same place.",
            "Please change one of them.",
        ),
    },
)

_BY_RESULT_CODE: Mapping[int, _Told] = {
    1: _NO_ROUTE,
    101: _off_road("경유지", "waypoint"),
    102: _off_road("출발지", "origin"),
    103: _off_road("도착지", "destination"),
    104: _SAME_PLACE,
    105: _closed("출발지", "origin"),
    106: _closed("도착지", "destination"),
    107: _closed("경유지", "waypoint"),
}
"""Kakao Mobility's `result_code` of a route (developers.kakaomobility.com); those from 201 on
are of calls that this server does not make."""

_BY_REASON: Mapping[NoTransit, _Told] = {
    "near": (
        ErrorKind.NOT_FOUND,
        {
            "ko": (
                "가까운 거리라서 대중교통으로 가는 길이 따로 없어요.",
                "걸어서 얼마나 걸리는지 물어봐 주세요.",
            ),
            "en": (
                "It's so close that there is no way by public transport.",
                "Ask how long it takes on foot.",
            ),
        },
    ),
    "no_stop": (
        ErrorKind.NOT_FOUND,
        {
            "ko": (
                "출발지나 도착지 근처에 역이나 정류장이 없어요.",
                "가까운 역 이름으로 다시 말씀해 주세요.",
            ),
            "en": (
                "There is no station or stop near the origin or the destination.",
                "Please try the name of a station nearby.",
            ),
        },
    ),
    "not_served": (
        ErrorKind.NOT_FOUND,
        {
            "ko": ("대중교통 길찾기가 안 되는 지역이에요.", "차로 가는 길을 물어봐 주세요."),
            "en": (
                "Public transport isn't covered in this area.",
                "Ask for the way by car instead.",
            ),
        },
    ),
    "none": (
        ErrorKind.NOT_FOUND,
        {
            "ko": ("대중교통으로 가는 길을 찾지 못했어요.", "차로 가는 길을 물어봐 주세요."),
            "en": (
                "I couldn't find a way by public transport.",
                "Ask for the way by car instead.",
            ),
        },
    ),
}

_NO_KEY: Mapping[Language, tuple[str, str]] = {
    "ko": (
        "대중교통 길찾기 키가 아직 설정되어 있지 않아요.",
        "ODsay 키나 TMAP 키를 설정해 주세요. 그동안은 카카오맵 링크로 볼 수 있어요.",
    ),
    "en": (
        "No key for public transport is set up yet.",
        "Please set an ODsay key or a TMAP key. Until then the KakaoMap link shows the way.",
    ),
}


def no_route(result_code: int, language: Language) -> ToolFailure:
    """Why Kakao found no way by car."""
    return _failure(_BY_RESULT_CODE.get(result_code, _NO_ROUTE), language)


def no_transit(reason: NoTransit, language: Language) -> ToolFailure:
    """Why there is no way by public transport."""
    return _failure(_BY_REASON[reason], language)


def same_place(language: Language) -> ToolFailure:
    """That there is nowhere to go."""
    return _failure(_SAME_PLACE, language)


class NoTransitKey(ToolFailure):
    """That nobody can be asked for public transport.

    The settings and the link are for the eyes: they are the error's own text, which stands beside
    the spoken message in the result.
    """

    def __init__(self, variables: tuple[str, ...], link: str, language: Language) -> None:
        message, next_step = _NO_KEY[language]
        super().__init__(ErrorKind.NOT_SIGNED_IN, message, next_step=next_step)
        self.args = (f"Set {' or '.join(variables)}. {link}",)


def _failure(told: _Told, language: Language) -> ToolFailure:
    kind, words = told
    message, next_step = words[language]
    return ToolFailure(kind, message, next_step=next_step)
