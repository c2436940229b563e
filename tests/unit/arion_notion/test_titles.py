"""Titles that are known for a while."""

from __future__ import annotations

from typing import Any

from arion_kit.clock import Clock
from arion_notion.titles import FRESH_S, Titles
from arion_notion.wire import Item


def page(page_id: str, title: str) -> Item:
    texts: Any = {"이름": {"type": "title", "title": [{"plain_text": title}]}}
    return Item(object="page", id=page_id, properties=texts)


def test_a_title_is_known_until_it_is_old():
    now = [0.0]
    titles = Titles(Clock(monotonic=lambda: now[0]))
    titles.remember([page("a", "우유"), page("b", "")])
    assert titles.known(["a", "b", "c"]) == {"a": "우유"}
    now[0] = FRESH_S
    assert titles.known(["a"]) == {}


def test_a_renamed_page_has_its_new_title():
    titles = Titles()
    titles.remember([page("a", "우유")])
    titles.remember([page("a", "두유")])
    assert titles.known(["a"]) == {"a": "두유"}


def test_the_oldest_are_forgotten_when_there_are_many():
    titles = Titles()
    titles.remember(page(str(number), "x") for number in range(2_001))
    assert titles.known(["0", "1", "2000"]) == {"1": "x", "2000": "x"}
