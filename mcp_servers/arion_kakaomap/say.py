"""What the tools say, in Korean and English. Pure.

Names are foreign text: they are made speakable. Kakao knows Korean names and addresses only, so
that these stay Korean in an English sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arion_kakaomap.amounts import spoken_distance
from arion_kakaomap.models import AddressAt, AddressRow, PlaceRow
from arion_kit.speech import counted, josa, number_word, speakable
from arion_kit.words import Language

_WALKABLE_M = 1_000
_LONGEST_NAME = 30
_LONGEST_ADDRESS = 60


@dataclass(frozen=True)
class Asked:
    """What was looked for, in the person's words."""

    query: str
    near: str | None
    """The place to be near, "" for a bare point; None when it was everywhere."""
    radius_m: int
    language: Language

    @property
    def ko(self) -> bool:
        """Whether to speak Korean."""
        return self.language == "ko"


def say_places(asked: Asked, places: Sequence[PlaceRow], total: int) -> str:
    """How many there are, and which is the nearest or the first."""
    if not places:
        return _none_ko(asked) if asked.ko else _none_en(asked)
    if asked.near is None and (total == 1 or _names(asked.query, places[0])):
        return _where_ko(places[0], total) if asked.ko else _where_en(places[0], total)
    return _list_ko(asked, places, total) if asked.ko else _list_en(asked, places, total)


def say_addresses(address: str, rows: Sequence[AddressRow], language: Language) -> str:
    """The road address and postal code of the likeliest."""
    spoken = speakable(address, _LONGEST_ADDRESS)
    ko = language == "ko"
    if not rows:
        return (
            f"'{spoken}' 주소를 찾지 못했어요."
            if ko
            else f"I couldn't find the address '{spoken}'."
        )
    first = rows[0]
    if not first.road_address:
        return (
            f"{josa(first.address, '을를')} 지도에서 찾았어요."
            if ko
            else f"I found {first.address} on the map."
        )
    code = first.postal_code
    if ko:
        postal = f", 우편번호는 {josa(code, '이에요예요')}" if code else "예요"
        return f"도로명 주소는 {first.road_address}{postal}."
    return f"The road address is {first.road_address}{f', postal code {code}' if code else ''}."


def say_address_at(found: AddressAt, language: Language) -> str:
    """The road address of a point, else what else is known of where it is."""
    ko = language == "ko"
    address = speakable(found.road_address or found.address or "", _LONGEST_ADDRESS)
    if address:
        within = f" {speakable(found.building, _LONGEST_NAME)}" if found.building else ""
        told = f"{address}{within}"
        return f"그곳은 {josa(told, '이에요예요')}." if ko else f"That is {told}."
    if found.district:
        return (
            f"그곳은 {josa(found.district, '이에요예요')}. 정확한 주소는 없는 곳이에요."
            if ko
            else f"That is in {found.district}; it has no address of its own."
        )
    return "그곳의 주소를 찾지 못했어요." if ko else "I couldn't find an address there."


def ask_where(kind: str, language: Language) -> tuple[str, str]:
    """Around which place to look, and how to say it."""
    if language == "ko":
        return (
            f"어디 근처에서 {josa(kind, '을를')} 찾을까요?",
            f"'강남역 근처 {kind}'처럼 장소를 함께 말씀해 주세요.",
        )
    return (
        "Near which place should I look?",
        "Please name a place too, as in 'pharmacies near Gangnam Station'.",
    )


def speakable_name(name: str | None, language: Language) -> str:
    """A place's name as it can be said; something else for a bare point."""
    return speakable(name or "", _LONGEST_NAME) or ("그 위치" if language == "ko" else "that point")


def say_unknown_place(name: str, language: Language) -> tuple[str, str]:
    """That a place to be near is not on the map, and what to do next."""
    spoken = speakable(name, _LONGEST_NAME)
    if language == "ko":
        return (
            f"'{spoken}' 위치를 찾지 못했어요.",
            "다른 이름이나 주소로 다시 말씀해 주세요.",
        )
    return f"I couldn't find '{spoken}' on the map.", "Please try another name or an address."


def say_personal_place(name: str, language: Language) -> tuple[str, str]:
    """That only the person knows where this is, and what to do next."""
    spoken = speakable(name, _LONGEST_NAME)
    if language == "ko":
        return (
            f"{josa(spoken, '이가')} 어디인지는 제가 몰라요.",
            "주소나 장소 이름으로 말씀해 주세요.",
        )
    return f"I don't know where '{spoken}' is.", "Please name an address or a place."


def say_pointed_place(language: Language) -> tuple[str, str]:
    """That it is not known which place is pointed at, and what to do next."""
    if language == "ko":
        return "어느 곳을 말씀하시는지 모르겠어요.", "주소나 장소 이름으로 말씀해 주세요."
    return "I don't know which place you mean.", "Please name an address or a place."


def _names(query: str, place: PlaceRow) -> bool:
    """Whether the query is the name of this very place."""
    asked, name = ("".join(text.lower().split()) for text in (query, place.name))
    return name.startswith(asked)


def _where_ko(place: PlaceRow, total: int) -> str:
    name = speakable(place.name, _LONGEST_NAME)
    told = f"{josa(name, '은는')} {speakable(place.address, _LONGEST_ADDRESS)}에 있어요."
    if place.phone:
        told += f" 전화번호는 {josa(place.phone, '이에요예요')}."
    return f"{told} 비슷한 곳이 {counted(total - 1, '곳')} 더 있어요." if total > 1 else told


def _where_en(place: PlaceRow, total: int) -> str:
    name = speakable(place.name, _LONGEST_NAME)
    told = f"{name} is at {speakable(place.address, _LONGEST_ADDRESS)}."
    if place.phone:
        told += f" The phone number is {place.phone}."
    if total > 1:
        told += f" There {'is' if total == 2 else 'are'} {number_word(total - 1)} more like it."
    return told


def _list_ko(asked: Asked, places: Sequence[PlaceRow], total: int) -> str:
    query = speakable(asked.query, _LONGEST_NAME)
    if total > len(places):
        told = f"{_around_ko(asked, '에 ')}{josa(query, '이가')} {total}곳 있어요."
    else:
        told = f"{_around_ko(asked, ' ')}{josa(query, '을를')} {counted(total, '곳')} 찾았어요."
    nearest = _nearest(places)
    if nearest is None or nearest.distance_m is None:
        first = speakable(places[0].name, _LONGEST_NAME)
        address = speakable(places[0].address, _LONGEST_ADDRESS)
        return f"{told} 첫 번째는 {first}, {address}에 있어요."
    name = speakable(nearest.name, _LONGEST_NAME)
    walk = "걸어서 갈 수 있는 " if nearest.distance_m <= _WALKABLE_M else ""
    lead = "가장 가까운 곳은 " if len(places) > 1 else ""
    return f"{told} {lead}{name}, {walk}{spoken_distance(nearest.distance_m, 'ko')} 거리예요."


def _list_en(asked: Asked, places: Sequence[PlaceRow], total: int) -> str:
    query = speakable(asked.query, _LONGEST_NAME)
    count = str(total) if total > 10 else number_word(total)
    told = f"I found {count} result{'' if total == 1 else 's'} for {query}{_around_en(asked)}."
    nearest = _nearest(places)
    if nearest is None or nearest.distance_m is None:
        first = speakable(places[0].name, _LONGEST_NAME)
        return f"{told} The first is {first}, at {speakable(places[0].address, _LONGEST_ADDRESS)}."
    name = speakable(nearest.name, _LONGEST_NAME)
    walk = ", within walking distance" if nearest.distance_m <= _WALKABLE_M else ""
    lead = "The nearest is" if len(places) > 1 else "It is"
    return f"{told} {lead} {name}, {spoken_distance(nearest.distance_m, 'en')} away{walk}."


def _none_ko(asked: Asked) -> str:
    query = speakable(asked.query, _LONGEST_NAME)
    if asked.near is None:
        return f"{josa(query, '을를')} 찾지 못했어요."
    place = speakable(asked.near, _LONGEST_NAME) or "그곳"
    within = spoken_distance(asked.radius_m, "ko")
    return f"{place}에서 {within} 안에는 {josa(query, '이가')} 없어요."


def _none_en(asked: Asked) -> str:
    query = speakable(asked.query, _LONGEST_NAME)
    if asked.near is None:
        return f"I couldn't find {query}."
    place = speakable(asked.near, _LONGEST_NAME) or "there"
    return f"I found no {query} within {spoken_distance(asked.radius_m, 'en')} of {place}."


def _around_ko(asked: Asked, joint: str) -> str:
    if asked.near is None:
        return ""
    return f"{speakable(asked.near, _LONGEST_NAME) or '그'} 근처{joint}"


def _around_en(asked: Asked) -> str:
    if asked.near is None:
        return ""
    return f" near {speakable(asked.near, _LONGEST_NAME) or 'there'}"


def _nearest(places: Sequence[PlaceRow]) -> PlaceRow | None:
    measured = [place for place in places if place.distance_m is not None]
    return min(measured, key=lambda place: place.distance_m or 0, default=None)
