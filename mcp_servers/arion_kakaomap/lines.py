"""What people call lines and stops. Pure."""

from __future__ import annotations

import re

from arion_kakaomap.journeys import By

_BUS = re.compile(r"[^:]*:\s*")
"""TMAP puts the kind of bus before its number: "간선:402"."""


def line_name(name: str) -> str:
    """A line as people say it: "수도권 2호선" is "2호선"."""
    return name.removeprefix("수도권").strip()


def bus_name(number: str) -> str:
    """A bus as people say it: "간선:402" is "402번"."""
    number = _BUS.sub("", number).strip()
    return f"{number}번" if number[-1:].isascii() and number[-1:].isalnum() else number


def station_name(name: str, by: By) -> str:
    """A stop as people say it: the subway's "강남" is "강남역"."""
    return f"{name}역" if by == "subway" and name and not name.endswith("역") else name
