"""The places and addresses that the map knows, and how far apart things are.

Stations, halls, parks and sights are real; shops, surgeries and restaurants are invented.
Coordinates are WGS 84, longitude first.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

GROUPS = {
    "MT1": "대형마트",
    "CS2": "편의점",
    "PS3": "어린이집,유치원",
    "SC4": "학교",
    "AC5": "학원",
    "PK6": "주차장",
    "OL7": "주유소,충전소",
    "SW8": "지하철역",
    "BK9": "은행",
    "CT1": "문화시설",
    "AG2": "중개업소",
    "PO3": "공공기관",
    "AT4": "관광명소",
    "AD5": "숙박",
    "FD6": "음식점",
    "CE7": "카페",
    "HP8": "병원",
    "PM9": "약국",
}
"""Kakao's category groups."""

FULL_NAMES = {
    "서울": "서울특별시",
    "경기": "경기도",
    "부산": "부산광역시",
    "인천": "인천광역시",
    "대전": "대전광역시",
    "제주특별자치도": "제주특별자치도",
}
EARTH_M = 6_371_000


@dataclass(frozen=True)
class Point:
    """Longitude and latitude, in degrees."""

    x: float
    y: float

    def metres_to(self, other: Point) -> int:
        """Measure along the earth's surface."""
        lat, other_lat = math.radians(self.y), math.radians(other.y)
        half = (
            math.sin((other_lat - lat) / 2) ** 2
            + math.cos(lat)
            * math.cos(other_lat)
            * math.sin(math.radians(other.x - self.x) / 2) ** 2
        )
        return round(2 * EARTH_M * math.asin(math.sqrt(half)))


@dataclass(frozen=True)
class Region:
    """A legal district (법정동) and the administrative one (행정동) around its middle."""

    name: str
    """"서울 강남구 역삼동"."""
    b_code: str
    h_name: str
    h_code: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Province, city or county (both, where there are two), district."""
        first, *middle, last = self.name.split()
        return first, " ".join(middle), last


@dataclass(frozen=True)
class Place:
    """One place with its two addresses."""

    place_id: str
    name: str
    category: str
    group: str
    phone: str
    address: str
    """By lot: "서울 강남구 역삼동 858"."""
    road_address: str
    building: str
    zone: str
    """Post code."""
    x: str
    y: str
    region: Region

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(float(self.x), float(self.y))

    @property
    def lot(self) -> tuple[str, str, str]:
        """Mountain ("Y" or "N"), main and sub number of the lot."""
        rest = self.address.removeprefix(self.region.name).split()
        main, _, sub = rest[-1].partition("-")
        return ("Y" if rest[0] == "산" else "N"), main, sub

    @property
    def road(self) -> tuple[str, str, str, str]:
        """Road, underground ("Y" or "N"), main and sub number of the building."""
        matched = re.search(r"(\S+) (지하 )?(\d+)(?:-(\d+))?$", self.road_address)
        if matched is None:
            raise ValueError(f"not a road address: {self.road_address}")
        return matched[1], "Y" if matched[2] else "N", matched[3], matched[4] or ""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("arion_sandbox") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def other_names() -> dict[str, str]:
    """Read what else famous places are called, lower case, with the names they have here."""
    return {row["said"].lower(): row["name"] for row in _rows("other_names.csv")}


@cache
def all_regions() -> dict[str, Region]:
    """Read the districts, by name."""
    rows = _rows("regions.csv")
    regions = [Region(row["region"], row["b_code"], row["h_name"], row["h_code"]) for row in rows]
    return {region.name: region for region in regions}


@cache
def all_places() -> tuple[Place, ...]:
    """Read the places."""
    regions = all_regions()
    return tuple(
        Place(
            place_id=row["id"],
            name=row["name"],
            category=row["category"],
            group=row["group"],
            phone=row["phone"],
            address=row["address"],
            road_address=row["road_address"],
            building=row["building"],
            zone=row["zone"],
            x=row["x"],
            y=row["y"],
            region=next(r for name, r in regions.items() if row["address"].startswith(f"{name} ")),
        )
        for row in _rows("places.csv")
    )
