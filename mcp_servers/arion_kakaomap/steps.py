"""What to do on the way, in few words. Pure.

A route has dozens of guides; the ones that are followed only for moments are left out, and their
way is added to the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from arion_kakaomap.amounts import spoken_distance
from arion_kakaomap.wire_navi import Guide
from arion_kit.words import Language

MOST_STEPS = 10

_START = 100
_STRAIGHT = frozenset({0, 82, 83})
_ALWAYS = {101: "도착", 1000: "경유지 도착"}
"""Destination and waypoints; their guides say only what they are."""

_ENGLISH: Mapping[str, tuple[int, ...]] = {
    "turn left": (1, 26),
    "turn right": (2, 20),
    "make a U-turn": (3, 23, 35, 75),
    "keep left": (5, 24, 25, 27, 28, 48),
    "keep right": (6, 18, 19, 21, 22, 49),
    "leave the motorway": (7, 8, 9),
    "enter the motorway": (10, 11, 12),
    "take the overpass": (14,),
    "take the underpass": (15,),
    "go beside the overpass": (16,),
    "go beside the underpass": (17,),
    "leave the expressway": (42, 43, 44),
    "enter the expressway": (45, 46, 47),
    "board the ferry": (61,),
    "leave the ferry": (62,),
    "pass the toll gate": (84, 85, 300),
    "pass the service area": (301,),
    "arrive": (101,),
    "reach the waypoint": (1000,),
}
_BY_TYPE = {kind: text for text, kinds in _ENGLISH.items() for kind in kinds}


def drive_steps(guides: Iterable[Guide], language: Language) -> list[str]:
    """The way by car in at most `MOST_STEPS` steps."""
    return [_told(guide, language) for guide in merged(list(guides))]


def walk_steps(guides: Iterable[Guide]) -> tuple[str, ...]:
    """The way on foot in at most `MOST_STEPS` steps, in the vendor's Korean."""
    return tuple(_told(guide, "ko") for guide in merged(list(guides)))


def merged(guides: Sequence[Guide], most: int = MOST_STEPS) -> list[Guide]:
    """The guides that matter, with the distances of the others added to the next one kept."""
    kept: list[Guide] = []
    passed = 0
    important = _important(guides, most)
    for index, guide in enumerate(guides):
        passed += guide.distance
        if index in important:
            kept.append(guide.model_copy(update={"distance": passed}))
            passed = 0
    return kept


def _important(guides: Sequence[Guide], most: int) -> set[int]:
    """The places of the guides to keep: those followed for the longest way."""
    able = [
        index
        for index, guide in enumerate(guides)
        if guide.type != _START and guide.type not in _STRAIGHT
    ]

    def weight(index: int) -> tuple[bool, int]:
        follows = guides[index + 1].distance if index + 1 < len(guides) else 0
        return guides[index].type in _ALWAYS, follows

    return set(sorted(able, key=weight, reverse=True)[:most])


def _told(guide: Guide, language: Language) -> str:
    after = spoken_distance(guide.distance, language) if guide.distance else ""
    stop = guide.type in _ALWAYS
    if language == "ko":
        what = _ALWAYS.get(guide.type) or guide.guidance or "이동"
        where = f"{guide.name}에서 " if guide.name and not stop else ""
        return f"{after} 가서 {where}{what}" if after else f"{where}{what}"
    what = _BY_TYPE.get(guide.type) or _roundabout(guide.type) or guide.guidance or "go on"
    where = f" at {guide.name}" if guide.name and not stop else ""
    return f"after {after} {what}{where}" if after else f"{what}{where}"


def _roundabout(kind: int) -> str | None:
    for first in (30, 70):
        if first <= kind <= first + 11:
            hour = (kind - first + 1) % 12 or 12
            return f"take the exit at {hour} o'clock on the roundabout"
    return None
