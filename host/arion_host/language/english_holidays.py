"""Holidays by their English names, those of Korea among them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

from korean_datetime import lunar_to_solar

from arion_host.language.anchor import Anchor
from arion_host.language.english_names import Days, Resolver, day_in, nearest, nth_weekday, one_day

_SOLAR = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "valentine's day": (2, 14),
    "independence movement day": (3, 1),
    "white day": (3, 14),
    "children's day": (5, 5),
    "parents' day": (5, 8),
    "teachers' day": (5, 15),
    "constitution day": (7, 17),
    "liberation day": (8, 15),
    "national foundation day": (10, 3),
    "hangul day": (10, 9),
    "hangeul day": (10, 9),
    "halloween": (10, 31),
    "pepero day": (11, 11),
}
_LUNAR = {
    "lunar new year's day": (1, 1),
    "lunar new year": (1, 1),
    "korean new year": (1, 1),
    "seollal": (1, 1),
    "daeboreum": (1, 15),
    "buddha's birthday": (4, 8),
    "dano": (5, 5),
    "chuseok": (8, 15),
}
_THANKSGIVING = ("thanksgiving day", "thanksgiving")
_NAMES = "|".join(sorted((*_SOLAR, *_LUNAR, *_THANKSGIVING), key=len, reverse=True))


def _in_year(name: str, year: int) -> date | None:
    if name in _THANKSGIVING:
        return nth_weekday(date(year, 11, 1), 3, 4)
    if name in _SOLAR:
        return day_in(year, *_SOLAR[name])
    try:
        return lunar_to_solar(year, *_LUNAR[name])
    except ValueError:
        return None


def _holiday(match: re.Match[str], anchor: Anchor) -> Days | None:
    of_year = partial(_in_year, match["holiday"])
    which_year = match["of_year"] or match["of"]
    if match["year"] or which_year:
        steps = {"last": -1, "this": 0, "next": 1}.get(which_year or "", 0)
        day = of_year(int(match["year"] or anchor.today.year + steps))
    else:
        day = nearest(of_year, Anchor(anchor.now, anchor.past or match["which"] == "last"))
    if day is None:
        return None
    shift = {"after": 1, "before": -1}.get(match["beside"] or "", 0)
    return one_day(day + timedelta(days=shift))


PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (
        r"(?:(?:the )?day (?P<beside>after|before) )?"
        r"(?:(?P<of_year>last|this|next) year's |(?P<which>last|next|this|this coming) )?"
        rf"(?P<holiday>{_NAMES})"
        r"(?:,?(?: (?:of|in))? (?:(?P<year>20\d\d)|(?P<of>last|this|next) year))?",
        _holiday,
    ),
)
