"""What became of accounts, told from what they hold before and after."""

from __future__ import annotations

from arion_host.bench.end_state import change

BEFORE = {"events": {"a": "dentist", "b": "hike"}, "list": {"1": "milk"}}


def test_what_was_made_is_the_same_under_whatever_key() -> None:
    one = change(BEFORE, {**BEFORE, "list": {"1": "milk", "2": "eggs"}})
    other = change(BEFORE, {**BEFORE, "list": {"1": "milk", "9": "eggs"}})
    assert one == other != {}


def test_nothing_changed_is_no_change() -> None:
    assert not change(BEFORE, dict(BEFORE))


def test_what_is_gone_and_what_is_different_are_told_apart() -> None:
    gone = change(BEFORE, {**BEFORE, "events": {"a": "dentist"}})
    moved = change(BEFORE, {**BEFORE, "events": {"a": "dentist", "b": "hike at nine"}})
    assert gone == {("-events", "hike"): 1}
    assert moved == {("-events", "hike"): 1, ("+events", "hike at nine"): 1}
