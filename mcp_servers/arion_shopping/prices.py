"""Prices that were seen: kept whenever they change, and summed up over a month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from arion_shopping.offers import Offer

WINDOW = timedelta(days=30)
_AGAIN = timedelta(hours=20)
"""The same price is noted again after this long."""
_KEPT = timedelta(days=400)


@dataclass(frozen=True)
class History:
    """What a product cost in the last thirty days, as far as it was looked at."""

    lowest_krw: int
    lowest_at: datetime
    highest_krw: int
    highest_at: datetime
    median_krw: int
    since: datetime
    """When it was first looked at in that time."""
    times: int
    """How often a price was noted."""

    def is_low(self, price_krw: int) -> bool:
        """Whether the price is the lowest, and was not always the same."""
        return price_krw <= self.lowest_krw < self.highest_krw


def note_prices(
    connection: sqlite3.Connection, scope: str, offers: Iterable[Offer], query: str, now: datetime
) -> None:
    """Writes down the offers, and what they cost where a shop itself says so."""
    at = now.timestamp()
    for offer in offers:
        connection.execute(
            "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)",
            (scope, offer.product_id, offer.model_dump_json(), query, at),
        )
        if offer.price_krw is None or not offer.verified:
            continue
        last = connection.execute(
            "SELECT at, price_krw FROM prices WHERE scope = ? AND product_id = ?"
            " ORDER BY at DESC LIMIT 1",
            (scope, offer.product_id),
        ).fetchone()
        if last is None or last[1] != offer.price_krw or at - last[0] >= _AGAIN.total_seconds():
            connection.execute(
                "INSERT INTO prices VALUES (?, ?, ?, ?)",
                (scope, offer.product_id, at, offer.price_krw),
            )
    connection.execute("DELETE FROM prices WHERE at < ?", (at - _KEPT.total_seconds(),))
    connection.execute("DELETE FROM seen WHERE at < ?", (at - _KEPT.total_seconds(),))


def read_history(
    connection: sqlite3.Connection, scope: str, product_id: str, now: datetime
) -> History | None:
    """What it cost in the last thirty days; None where nobody looked."""
    rows: list[tuple[float, int]] = connection.execute(
        "SELECT at, price_krw FROM prices WHERE scope = ? AND product_id = ? AND at >= ?"
        " ORDER BY at",
        (scope, product_id, (now - WINDOW).timestamp()),
    ).fetchall()
    if not rows:
        return None
    # Of equal prices, the latest day.
    lowest = min(rows, key=lambda row: (row[1], -row[0]))
    highest = max(rows, key=lambda row: (row[1], row[0]))
    return History(
        lowest_krw=lowest[1],
        lowest_at=_moment(lowest[0]),
        highest_krw=highest[1],
        highest_at=_moment(highest[0]),
        median_krw=_median([price for _, price in rows]),
        since=_moment(rows[0][0]),
        times=len(rows),
    )


def _median(prices: list[int]) -> int:
    ordered = sorted(prices)
    middle = len(ordered) // 2
    # Of an even number, the mean of the two in the middle.
    return round((ordered[middle] + ordered[-middle - 1]) / 2)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
