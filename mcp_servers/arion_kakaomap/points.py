"""Points on the map, and the text `"x,y"` for them. Pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from arion_kit.errors import BadInput

_COORDINATES = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*")
_EARTH_M = 6_371_000

IN_KOREA = "longitude 124 to 132, then latitude 33 to 43"


@dataclass(frozen=True)
class Point:
    """A point on the map: longitude and latitude in degrees (WGS 84)."""

    x: float
    y: float

    def metres_to(self, other: Point) -> float:
        """How far it is as the crow flies."""
        lat, other_lat = math.radians(self.y), math.radians(other.y)
        half = (
            math.sin((other_lat - lat) / 2) ** 2
            + math.cos(lat)
            * math.cos(other_lat)
            * math.sin(math.radians(other.x - self.x) / 2) ** 2
        )
        return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))

    def in_korea(self) -> Point:
        """Itself.

        Raises:
            BadInput: It lies elsewhere.
        """
        if not 124 <= self.x <= 132:
            raise BadInput("x", f"is a longitude in Korea, from 124 to 132, not {self.x:g}")
        if not 33 <= self.y <= 43:
            raise BadInput("y", f"is a latitude in Korea, from 33 to 43, not {self.y:g}")
        return self


def read_point(text: str, parameter: str) -> Point | None:
    """The point that `text` is, None where it is no pair of numbers.

    Raises:
        BadInput: It lies outside of Korea; turned around, most likely.
    """
    written = _COORDINATES.fullmatch(text)
    if not written:
        return None
    x, y = float(written[1]), float(written[2])
    if not (124 <= x <= 132 and 33 <= y <= 43):
        raise BadInput(parameter, f'"x,y" is {IN_KOREA}, not {text.strip()}')
    return Point(x, y)
