"""Finding places by words, as a map does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from arion_sandbox.places import (
    FULL_NAMES,
    Place,
    Point,
    all_places,
    all_regions,
    other_names,
)

NEARBY_M = 1_200
"""How far from "강남역" a place is still one of "강남역 카페"."""

NOISE = frozenset({"근처", "주변", "인근", "가까운", "근방"})
LONG_NAMES = {full: name for name, full in FULL_NAMES.items()} | {
    "서울시": "서울",
    "부산시": "부산",
}
SYNONYMS = {"맛집": "음식점", "커피": "카페", "커피숍": "카페", "밥집": "한식", "마트": "대형마트"}


@dataclass(frozen=True)
class Found:
    """What a keyword led to."""

    places: tuple[Place, ...]
    regions: tuple[str, ...]
    """Districts that a word of the keyword names."""
    keyword: str
    """The keyword without those words."""


def search_places(query: str) -> Found:
    """Find the places that fit every word, the closest names first."""
    query = _renamed(query)
    words = [word for word in query.split() if word not in NOISE]
    regions = tuple(name for word in words for name in _regions_named(word))
    rest = [word for word in words if not _regions_named(word)]
    scored = [(_score(place, query), place) for place in all_places() if _fits(place, words)]
    if not scored and len(words) == 1 and (split := _split_at_landmark(words[0])):
        return search_places(split)
    scored.sort(key=lambda pair: -pair[0])
    keyword = " ".join(rest) if regions else query
    return Found(tuple(place for _, place in scored), regions, keyword)


def _renamed(query: str) -> str:
    """Put the map's names for others, English ones too. Which of them Kakao knows is MEM."""
    names = sorted(other_names(), key=len, reverse=True)
    pattern = rf"(?i)(?<![a-z])(?:{'|'.join(map(re.escape, names))})(?![a-z])"
    return re.sub(pattern, lambda found: other_names()[found[0].lower()], query)


def _fits(place: Place, words: list[str]) -> bool:
    near = [_landmarks()[word] for word in words if word in _landmarks() and len(words) > 1]
    return bool(words) and all(
        _mentions(place, word)
        or (word in _landmarks() and any(place.point.metres_to(p) <= NEARBY_M for p in near))
        for word in words
    )


def _mentions(place: Place, word: str) -> bool:
    haystack = f"{place.name} {place.category} {place.address} {place.road_address}"
    squeezed = haystack.replace(" ", "").lower()
    return any(form.lower() in squeezed for form in (word, SYNONYMS.get(word, word)))


def _score(place: Place, query: str) -> int:
    name, asked = place.name.replace(" ", "").lower(), query.replace(" ", "").lower()
    return (name == asked) + name.startswith(asked) + (asked in name)


@cache
def _landmarks() -> dict[str, Point]:
    """Names that people look for other things around: stations, sights, public buildings."""
    found: dict[str, Point] = {}
    for place in all_places():
        if place.group in ("SW8", "AT4", "CT1", "PO3", ""):
            name = re.sub(r" ?\(.*\)| \d호선| 신분당선", "", place.name)
            found.setdefault(name, place.point)
            if place.group == "SW8":
                found.setdefault(name.removesuffix("역"), place.point)
    return found


def _regions_named(word: str) -> list[str]:
    """Name the areas a word stands for: "역삼동", "강남" and "강남구", "부산"."""
    found: list[str] = []
    for name in all_regions():
        parts = name.split()
        for depth, part in enumerate(parts):
            area = " ".join(parts[: depth + 1])
            if part in (word, f"{word}구", f"{word}동") and area not in found:
                found.append(area)
    return found


def _split_at_landmark(word: str) -> str | None:
    for name in sorted(_landmarks(), key=len, reverse=True):
        if word.startswith(name) and word != name:
            return f"{name} {word.removeprefix(name)}"
    return None


@dataclass(frozen=True)
class FoundAddress:
    """An address, with the place it was read from; or a whole district, with a place in it."""

    kind: Literal["REGION", "REGION_ADDR", "ROAD_ADDR"]
    place: Place


def search_addresses(query: str) -> list[FoundAddress]:
    """Find the addresses, or the districts, that hold the words in this order."""
    words = [LONG_NAMES.get(word, word) for word in query.split()]
    found: dict[str, FoundAddress] = {}
    for place in all_places():
        if words and not re.search(r"\d", words[-1]):
            if _ends_with(place.region.name, words):
                found.setdefault(place.region.name, FoundAddress("REGION", place))
        elif words and _ends_with(place.address, words):
            found.setdefault(place.address, FoundAddress("REGION_ADDR", place))
        elif words and _ends_with(place.road_address, words):
            found.setdefault(place.road_address, FoundAddress("ROAD_ADDR", place))
    return list(found.values())


def _ends_with(address: str, words: list[str]) -> bool:
    """Tell whether the words are parts of an address in the same order, the last one last."""
    parts = address.split()
    if parts[-1] != words[-1]:
        return False
    rest = iter(parts)
    # Each search goes on where the one before it stopped.
    return all(any(word == part for part in rest) for word in words)
