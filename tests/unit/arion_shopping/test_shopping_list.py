"""The shopping list against a model of it: whatever is done, every change can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_shopping import database
from arion_shopping.shopping_list import (
    Change,
    Item,
    Several,
    add_things,
    all_items,
    change_id,
    matching,
    put_back,
    remove_all,
    remove_items,
)
from arion_shopping.things import Thing

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TEXTS = ("우유", "딸기 우유", "계란", "빵")

things = st.lists(
    st.builds(Thing, st.sampled_from(TEXTS), st.integers(1, 5)), min_size=1, max_size=3
)
Step = Callable[[sqlite3.Connection], Change | Several | None]


def added(wanted: Sequence[Thing]) -> Step:
    return lambda it: add_things(it, change_id(None, ""), wanted, (None, None), NOW)


def removed(words: str, quantity: int | None) -> Step:
    return lambda it: remove_items(it, change_id(None, ""), words, quantity, NOW)


steps = st.one_of(
    st.builds(added, things),
    st.builds(removed, st.sampled_from(TEXTS), st.none() | st.integers(1, 4)),
    st.just(lambda it: remove_all(it, change_id(None, ""), NOW)),
)


@pytest.fixture(scope="module")
def schema() -> str:
    return database._SCHEMA  # pyright: ignore[reportPrivateUsage]


def opened(schema: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    return connection


def contents(connection: sqlite3.Connection) -> list[Item]:
    return all_items(connection)


def taken_back(connection: sqlite3.Connection, change: Change, *, removal: bool) -> None:
    if removal:
        put_back(connection, change_id(None, ""), change.id, NOW)
    else:
        remove_items(connection, change_id(None, ""), change.id, None, NOW)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=8))
def test_all_changes_taken_back_in_turn_leave_an_empty_list(schema: str, plan: list[Step]) -> None:
    connection = opened(schema)
    history: list[tuple[list[Item], Change, bool]] = []
    for step in plan:
        before = contents(connection)
        change = step(connection)
        kind = connection.execute(
            "SELECT kind FROM changes WHERE id = ?", (getattr(change, "id", ""),)
        ).fetchone()
        history += [(before, change, kind == ("remove",))] if isinstance(change, Change) else []
    for before, change, removal in reversed(history):
        taken_back(connection, change, removal=removal)
        assert contents(connection) == before
    connection.close()
    assert not history or history[0][0] == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), things), max_size=8))
def test_the_same_id_adds_once(schema: str, calls: list[tuple[str, list[Thing]]]) -> None:
    connection = opened(schema)
    first: dict[str, list[Thing]] = {}
    for change, wanted in calls:
        add_things(connection, change, wanted, (None, None), NOW)
        first.setdefault(change, wanted)
    expected = sum(thing.quantity for wanted in first.values() for thing in wanted)
    assert sum(item.quantity for item in contents(connection)) == expected
    connection.close()


def item(text: str, note: str | None = None) -> Item:
    return Item(text, text, 1, note, None, "2026")


def test_words_mean_what_is_called_so_or_else_what_contains_them() -> None:
    rows = [item("우유"), item("딸기 우유"), item("서울 우유 큰 것"), item("빵", "통밀")]
    assert matching(rows, " 우 유 ") == [rows[0]]
    assert matching(rows, "우유 서울") == [rows[2]]
    assert matching(rows, "딸기우유") == [rows[1]]
    assert matching(rows, "통밀 빵") == [rows[3]]
    assert matching(rows, "!?") == []


def test_a_key_names_one_change_of_one_tool(tmp_path: Path) -> None:
    assert change_id("k", "list_add") == change_id("k", "list_add")
    assert change_id("k", "list_add") != change_id("k", "list_remove")
    assert change_id(None, "list_add") != change_id(None, "list_add")
