"""Results of one or more engines as one list: the right ones, once each, in order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from arion_kit.engines.query import Freshness, Query, Row
from arion_kit.engines.urls import canonical, host_of, is_of, without_ads

_AGES: dict[Freshness, timedelta] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_SITE_NAME = re.compile(r"\s+[-–—|:·]\s+[^-–—|]{1,25}$")
"""What sites put behind a title: " - 연합뉴스", " | BBC News"."""

_LETTERS = re.compile(r"[\W_]+")
_ALIKE = 0.85
_LONG_ENOUGH = 10
"""Shorter titles are alike by chance."""


def wanted(rows: Iterable[Row], query: Query, now: datetime) -> list[Row]:
    """The rows of the sites and of the age asked for; a row without a date may be of any age."""
    oldest = now - _AGES[query.freshness] if query.freshness else None
    return [
        row
        for row in rows
        if row.title
        and (not query.sites or is_of(row.url, query.sites))
        and (oldest is None or row.date is None or row.date >= _start(row.date, oldest))
    ]


def merged(rows: Sequence[Row], query: Query) -> list[Row]:
    """The rows without repetitions, in the order asked for.

    Two rows are the same when their addresses show the same page or their titles are nearly the
    same. Shops give the same name to the same thing, so that where only some sites are searched,
    titles are compared within a site only.
    """
    kept: list[Row] = []
    addresses: set[str] = set()
    titles: list[tuple[str, frozenset[str]]] = []
    for row in rows:
        address = canonical(row.url) if row.url else f"{row.title} {row.address}"
        title = _title(row.title)
        place = host_of(row.url) if query.sites or query.kind == "local" else ""
        pairs = frozenset(title[i : i + 2] for i in range(len(title) - 1))
        known = query.kind != "image" and any(
            place == other_place and _alike(pairs, other) for other_place, other in titles
        )
        if address in addresses or known or (row.image_url and row.image_url in addresses):
            continue
        addresses |= {address, row.image_url or address}
        if len(title) >= _LONG_ENOUGH:
            titles.append((place, pairs))
        kept.append(replace(row, url=without_ads(row.url)))
    return _in_order(kept, query)


def _start(date: datetime, oldest: datetime) -> datetime:
    """The oldest moment that counts; of a page with a date only, its whole day counts."""
    midnight = (date.hour, date.minute, date.second) == (0, 0, 0)
    return oldest - timedelta(days=1) if midnight else oldest


def _in_order(rows: list[Row], query: Query) -> list[Row]:
    if query.sort == "date":
        dated = [(row.date, row) for row in rows if row.date]
        newest = sorted(dated, key=lambda it: it[0], reverse=True)
        return [row for _, row in newest] + [row for row in rows if not row.date]
    if query.freshness:
        # A page that tells its age comes before one that does not.
        return sorted(rows, key=lambda row: row.date is None)
    return rows


def _title(title: str) -> str:
    return _LETTERS.sub("", _SITE_NAME.sub("", title).casefold())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one) < _LONG_ENOUGH - 1:
        return False
    return len(one & other) >= _ALIKE * len(one | other)
