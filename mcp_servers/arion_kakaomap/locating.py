"""Where the places are that people name, and which others they may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arion_kakaomap.api import Around, KakaoMapApi, PlaceSearch
from arion_kakaomap.categories import category_of
from arion_kakaomap.points import Point, read_point
from arion_kakaomap.say import say_personal_place, say_pointed_place, say_unknown_place
from arion_kakaomap.wire import AddressDocument, PlaceDocument
from arion_kit.errors import ToolFailure
from arion_kit.spec import Call
from arion_kit.words import ErrorKind

_CANDIDATES = 10
_MOST_OTHERS = 3
_ELSEWHERE_M = 1_000
"""Places of one name that are nearer than this are entrances of one place."""

_ERRAND_M = 20_000
"""How far from the origin "약국" may be as a destination."""


_PERSONAL = frozenset(
    {
        *("집", "우리집", "회사", "우리회사", "학교", "우리학교"),
        *("여기", "이곳", "거기", "그곳", "저기", "현재위치", "내위치", "지금위치"),
        *("home", "myhome", "work", "office", "myoffice"),
        *("here", "there", "me", "mylocation", "currentlocation"),
    }
)
"""What is somewhere else for everybody, without its spaces; a map would find something for it."""


_POINTING = frozenset(
    {"이", "그", "저", "이주소", "그주소", "이장소", "그장소", "this", "that", "it"}
)
"""Words that point at something that was spoken of."""


@dataclass(frozen=True)
class Located:
    """A place that was named, as found on the map."""

    point: Point
    asked: str | None = None
    """The person's words; None for bare coordinates."""
    name: str | None = None
    address: str | None = None
    place_id: str | None = None
    others: tuple[PlaceDocument, ...] = ()
    """Other places of that name, somewhere else."""

    @property
    def spoken(self) -> str | None:
        """The name as people say it: a station without its line."""
        return spoken_name(self.name) if self.name else None


async def locate(
    call: Call[KakaoMapApi], text: str, parameter: str, around: Point | None = None
) -> Located:
    """Where `text` is: `"x,y"`, a place by keyword, or an address.

    By keyword before by address: people say names more often. A kind of place ("약국") is the
    nearest one to `around`.

    Raises:
        BadInput: It is a point outside of Korea.
        ToolFailure: Of kind `not_found`.
    """
    point = read_point(text, parameter)
    if point:
        return Located(point)
    refuse_personal(call, text)
    places = (await call.api.places(_search(text, around))).documents
    if places:
        return _place(text, places)
    addresses = await call.api.addresses(text)
    if addresses:
        return _address(text, addresses[0])
    raise _unknown(*say_unknown_place(text, call.language))


def refuse_personal(call: Call[KakaoMapApi], text: str) -> None:
    """Refuses words for a place that only the person knows.

    Raises:
        ToolFailure: Of kind `not_found`.
    """
    word = "".join(text.lower().split())
    if word in _POINTING:
        raise _unknown(*say_pointed_place(call.language))
    if word in _PERSONAL:
        raise _unknown(*say_personal_place(text, call.language))


def spoken_name(name: str) -> str:
    """A place as people say it: "강남역 2호선" is "강남역"."""
    station, _, line = name.partition(" ")
    is_line = line.endswith(("선", "철도", "라인", "GTX-A"))
    return station if station.endswith("역") and is_line and " " not in line else name


def _unknown(message: str, next_step: str) -> ToolFailure:
    return ToolFailure(ErrorKind.NOT_FOUND, message, next_step=next_step)


def _search(text: str, around: Point | None) -> PlaceSearch:
    kind = category_of(text)
    if kind and around:
        circle = Around(around, _ERRAND_M)
        return PlaceSearch(kind.word, circle, kind.code, sort="distance", size=1)
    return PlaceSearch(text, size=_CANDIDATES)


def _place(text: str, places: Sequence[PlaceDocument]) -> Located:
    taken = places[0]
    return Located(
        point=Point(taken.x, taken.y),
        asked=text,
        name=taken.place_name,
        address=taken.road_address_name or taken.address_name or None,
        place_id=taken.id or None,
        others=_others(taken, places[1:]),
    )


def _address(text: str, found: AddressDocument) -> Located:
    return Located(
        point=Point(found.x, found.y),
        asked=text,
        name=found.address_name,
        address=found.address_name,
    )


def _others(taken: PlaceDocument, rest: Sequence[PlaceDocument]) -> tuple[PlaceDocument, ...]:
    """Places of the same name far enough from the taken one and from each other."""
    name = spoken_name(taken.place_name)
    kept = [taken]
    for place in rest:
        here = Point(place.x, place.y)
        far = all(here.metres_to(Point(it.x, it.y)) > _ELSEWHERE_M for it in kept)
        if far and spoken_name(place.place_name) == name:
            kept.append(place)
    return tuple(kept[1 : _MOST_OTHERS + 1])
