from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from arion_sandbox.store import SeedRow, Store

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "deep" / "data.sqlite3")
    yield opened
    opened.close()


def test_a_document_comes_back_as_it_was_put(store: Store):
    store.put("notes", "b", {"text": "안녕", "n": 1.5, "none": None})
    store.put("notes", "a", {"list": [True, {}]})
    store.put("notes", "a", {"list": []})
    assert store.get("notes", "b") == {"text": "안녕", "n": 1.5, "none": None}
    assert store.all("notes") == [{"list": []}, {"text": "안녕", "n": 1.5, "none": None}]
    assert store.get("notes", "c") is None
    assert store.all("others") == []


def test_data_survives_a_restart(tmp_path: Path):
    first = Store(tmp_path / "data.sqlite3")
    first.seed(MONDAY, [SeedRow("notes", "a", {"n": 1})])
    first.close()
    second = Store(tmp_path / "data.sqlite3")
    assert second.seeded_day() == MONDAY
    assert second.get("notes", "a") == {"n": 1}
    second.close()


def test_a_new_seeding_replaces_seeded_rows_and_leaves_the_users(store: Store):
    store.seed(MONDAY, [SeedRow("notes", "old", {"n": 1}), SeedRow("notes", "kept", {"n": 1})])
    store.put("notes", "mine", {"n": 2})
    store.put("notes", "kept", {"n": 3})
    store.seed(TUESDAY, [SeedRow("notes", "kept", {"n": 4})])
    assert store.all("notes") == [{"n": 4}, {"n": 2}]
    assert store.seeded_day() == TUESDAY


def test_a_seeding_that_fails_changes_nothing(store: Store):
    store.seed(MONDAY, [SeedRow("notes", "a", {"n": 1})])

    def rows() -> Iterator[SeedRow]:
        yield SeedRow("notes", "b", {})
        raise sqlite3.OperationalError("disk full")

    with pytest.raises(sqlite3.OperationalError):
        store.seed(TUESDAY, rows())
    assert store.all("notes") == [{"n": 1}]
    assert store.seeded_day() == MONDAY


def test_clearing_takes_the_users_rows_too(store: Store):
    store.put("notes", "mine", {})
    store.clear()
    assert store.all("notes") == []
