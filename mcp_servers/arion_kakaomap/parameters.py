"""What parameters may be, checked without taking space in the listing. Pure."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator

from arion_kakaomap.api import MOST_RESULTS

MOST_RADIUS_M = 20_000
_LONGEST = 100


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    if len(text) > _LONGEST:
        raise ValueError(f"may have at most {_LONGEST} characters, not {len(text)}")
    return text


Words = Annotated[str, AfterValidator(_words)]
"""A name, an address or `"x,y"`: what Kakao takes as a query."""


def positive(number: int) -> int:
    """The number, from 1 on."""
    if number < 1:
        raise ValueError(f"must be at least 1, not {number}")
    return number


def reachable(page: int) -> int:
    """The page, if there can be one of that number."""
    if page > MOST_RESULTS:
        raise ValueError(f"may be at most {MOST_RESULTS}, not {page}")
    return page


def within(radius_m: int) -> int:
    """The radius, if Kakao searches that far."""
    if radius_m > MOST_RADIUS_M:
        raise ValueError(f"may be at most {MOST_RADIUS_M}, not {radius_m}")
    return radius_m


def upper(value: Any) -> Any:
    """Text in capitals, as Kakao writes its options."""
    return value.upper() if isinstance(value, str) else value
