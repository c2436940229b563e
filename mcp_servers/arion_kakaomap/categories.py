"""Kakao's category groups, by the words people have for them.

Source of the codes: developers.kakao.com/docs/en/local/dev-guide, category group code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A kind of place, and the group it is in."""

    code: str
    word: str
    """The Korean word that finds its places by keyword: a group holds hotels and motels."""
    whole: bool = True
    """Whether it is all of its group, so that the group can be searched instead."""


_GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "MT1": {"대형마트": ("hypermarket",), "마트": ("mart", "supermarket", "grocery store")},
    "CS2": {"편의점": ("convenience store",)},
    "PS3": {"어린이집": ("nursery", "daycare"), "유치원": ("kindergarten", "preschool")},
    "SC4": {"학교": ("school",)},
    "AC5": {"학원": ("academy", "cram school")},
    "PK6": {"주차장": ("parking", "parking lot", "car park", "parking garage")},
    "OL7": {"주유소": ("gas station", "petrol station"), "충전소": ("charging station",)},
    "SW8": {"지하철역": ("전철역", "subway station", "metro station")},
    "BK9": {"은행": ("bank",)},
    "CT1": {"문화시설": ("cultural facility",)},
    "AG2": {"부동산": ("중개업소", "공인중개사", "real estate agency", "real estate agent")},
    "PO3": {"공공기관": ("관공서", "public office", "government office")},
    "AT4": {"관광명소": ("관광지", "명소", "tourist attraction", "attraction", "sight")},
    "AD5": {
        "호텔": ("hotel",),
        "모텔": ("motel",),
        "숙박": ("숙소", "accommodation", "place to stay", "places to stay"),
    },
    "FD6": {"음식점": ("식당", "레스토랑", "밥집", "restaurant", "place to eat", "places to eat")},
    "CE7": {
        "카페": ("커피숍", "커피집", "커피", "cafe", "café", "coffee shop", "coffee"),
        "찻집": ("teahouse", "tea house"),
    },
    "HP8": {"병원": ("hospital",), "의원": ("clinic",)},
    "PM9": {"약국": ("pharmacy", "drugstore", "chemist")},
}
"""By code: the words to search for, each with what else it is called."""

_PARTS = frozenset(
    {"마트", "어린이집", "유치원", "주유소", "충전소", "호텔", "모텔", "찻집", "의원"}
)
"""Words for a part of a group; the others are what Kakao calls the whole of it."""

_BY_WORD = {
    name: Category(code, word, whole=word not in _PARTS)
    for code, words in _GROUPS.items()
    for word, others in words.items()
    for name in (word, *others)
}
_BY_CODE = {code.lower(): Category(code, next(iter(words))) for code, words in _GROUPS.items()}

NAMES = ", ".join(f"{category.word} ({category.code})" for category in _BY_CODE.values())
"""Every group, to be shown where a word is none."""


def category_of(words: str) -> Category | None:
    """The category that `words` are: a code, or a Korean or English word, in one or many."""
    name = " ".join(words.lower().split())
    forms = [name, name.removesuffix("s"), name.removesuffix("es")]
    if name.endswith("ies"):
        forms.append(name.removesuffix("ies") + "y")
    known = _BY_CODE | _BY_WORD
    return next((known[form] for form in forms if form in known), None)
