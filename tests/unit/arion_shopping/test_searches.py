"""The limit of searches and the memory of prices, as they are on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_kit.errors import ToolFailure
from arion_shopping.database import Database
from arion_shopping.offers import Offer
from arion_shopping.prices import note_prices, read_history
from arion_shopping.searches import note_block, wait_for_search

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(tmp_path / "deep" / "shopping.sqlite3")
    yield opened
    opened.close()


@settings(deadline=None)
@given(st.lists(st.integers(0, 1_800), max_size=40))
def test_no_hour_ever_has_more_searches_than_allowed(gaps: list[int]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE searches (scope TEXT, at REAL)")
    connection.execute("CREATE TABLE blocks (scope TEXT, until REAL, length_s REAL)")
    at, made = NOW, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        wait = wait_for_search(connection, "coupang", 3, at)
        made += [at] if wait is None else []
        assert wait is None or timedelta(0) < wait <= timedelta(hours=1)
    connection.close()
    assert all(
        later - earlier >= timedelta(hours=1)
        for earlier, later in zip(made, made[3:], strict=False)
    )


async def test_scopes_do_not_share_their_searches(database: Database) -> None:
    def both(connection: sqlite3.Connection) -> list[timedelta | None]:
        return [wait_for_search(connection, scope, 1, NOW) for scope in ("a", "b", "a")]

    assert await database.run(both, "ko") == [None, None, timedelta(hours=1)]


async def test_a_clock_that_was_set_back_locks_nobody_out(database: Database) -> None:
    def late(connection: sqlite3.Connection) -> timedelta | None:
        wait_for_search(connection, "a", 1, NOW + timedelta(days=365))
        return wait_for_search(connection, "a", 1, NOW)

    assert await database.run(late, "ko") is None


async def test_blocks_grow_to_a_day_and_are_forgotten_after_one(database: Database) -> None:
    def lengths(connection: sqlite3.Connection) -> list[float]:
        at, found = NOW, []
        for _ in range(7):
            length = note_block(connection, "a", at)
            found.append(length / timedelta(hours=1))
            at += length
        at += timedelta(days=2)
        return [*found, note_block(connection, "a", at) / timedelta(hours=1)]

    assert await database.run(lengths, "ko") == [1, 2, 4, 8, 16, 24, 24, 1]


def cup(price: int) -> Offer:
    return Offer(provider="p", product_id="1", name="컵", price_krw=price, url="https://x")


async def test_a_price_is_noted_when_it_changes_and_once_a_day(database: Database) -> None:
    def noted(connection: sqlite3.Connection) -> int:
        for hours, price in ((0, 100), (1, 100), (2, 90), (3, 90), (30, 90)):
            note_prices(connection, "p", [cup(price)], "컵", NOW + timedelta(hours=hours))
        history = read_history(connection, "p", "1", NOW + timedelta(hours=30))
        assert history is not None
        assert (history.lowest_krw, history.highest_krw, history.median_krw) == (90, 100, 90)
        assert history.lowest_at == NOW + timedelta(hours=30)
        return history.times

    assert await database.run(noted, "ko") == 3


async def test_unverified_prices_are_not_remembered(database: Database) -> None:
    offers = [
        cup(100).model_copy(update={"verified": False}),
        cup(1).model_copy(update={"price_krw": None}),
    ]
    await database.run(lambda it: note_prices(it, "p", offers, "컵", NOW), "ko")
    assert await database.run(lambda it: read_history(it, "p", "1", NOW), "ko") is None


async def test_work_that_fails_leaves_nothing_behind(database: Database) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        wait_for_search(connection, "a", 1, NOW)
        connection.execute("SELECT * FROM nowhere")

    with pytest.raises(ToolFailure):
        await database.run(broken, "en")
    assert await database.run(lambda it: wait_for_search(it, "a", 1, NOW), "en") is None


async def test_two_processes_may_have_the_file_open(database: Database, tmp_path: Path) -> None:
    other = Database(tmp_path / "deep" / "shopping.sqlite3")
    assert await database.run(lambda it: wait_for_search(it, "a", 1, NOW), "ko") is None
    assert await other.run(lambda it: wait_for_search(it, "a", 1, NOW), "ko") is not None
    other.close()


async def test_the_file_is_written_through_to_the_disk(database: Database) -> None:
    def pragmas(connection: sqlite3.Connection) -> tuple[str, int]:
        [journal] = connection.execute("PRAGMA journal_mode").fetchone()
        [synchronous] = connection.execute("PRAGMA synchronous").fetchone()
        return journal, synchronous

    assert await database.run(pragmas, "ko") == ("wal", 2)


async def test_nobody_else_may_read_the_file(database: Database, tmp_path: Path) -> None:
    await database.run(lambda it: note_block(it, "a", NOW), "ko")
    assert (tmp_path / "deep" / "shopping.sqlite3").stat().st_mode & 0o077 == 0
