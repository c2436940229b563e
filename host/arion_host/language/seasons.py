"""Seasons of a year."""

from __future__ import annotations

from datetime import date

from arion_host.language.anchor import Anchor

_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season_in(season: str, year: int) -> tuple[date, date]:
    """First day and exclusive end of the season that begins in a year."""
    month = _FIRST_MONTHS[season]
    if season == "winter":
        return date(year, month, 1), date(year + 1, 3, 1)
    return date(year, month, 1), date(year, month + 3, 1)


def season_near(season: str, anchor: Anchor, *, whole: bool = False) -> tuple[date, date]:
    """The season that is or comes next, or the latest that has begun; `whole`: not today's."""
    today = anchor.today
    found = [season_in(season, year) for year in range(today.year - 2, today.year + 3)]
    if anchor.past:
        return max(span for span in found if span[1 if whole else 0] <= today)
    return min(span for span in found if span[0 if whole else 1] > today)
