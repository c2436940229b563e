from __future__ import annotations

from typing import Any

import pytest

from arion_host.bench.interval import percentile, share, wilson
from arion_host.bench.scoring import score
from arion_host.bench.tally import tally
from arion_host.bench.things import Things

CREATE = {"server": "calendar", "tool": "calendar_create_event", "arguments": {"start": "19:00"}}


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (20, 22, 0.7219, 0.9747),
        (596, 600, 0.983, 0.9974),
    ],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float):
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-4)


def test_without_samples_there_is_no_figure():
    assert (wilson(0, 0), share(0, 0), percentile([], 50)) == (None, None, None)


def test_the_percentile_is_a_value_that_was_measured():
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 95) == 4.0


@pytest.fixture
def figures(play: Any, item: Any, call: Any) -> Any:
    task, ask, none = {"calls": [CREATE]}, {"ask": "start"}, {"refuse": "chat"}
    right, wrong = (call("calendar_create_event", start=it) for it in ("19:00", "20:00"))
    agreed = call("calendar_create_event", start="19:00", unasked=False)
    rows = [
        play(item(task, id="ko-cal-001"), right),
        play(item(task, id="ko-cal-002"), wrong),
        play(item(task, id="ko-cal-003"), agreed, needs_human="할까요?"),
        play(item(task, id="ko-cal-004"), route="none"),
        play(item(ask, id="ko-ask-001"), right),
        play(item(none, id="ko-none-001"), route="none"),
    ]
    return tally([score(it, Things(), frozenset()) for it in rows])["ko"]


def test_coverage_and_selective_accuracy_are_told_together_with_their_counts(figures: Any):
    assert (figures["coverage"]["hits"], figures["coverage"]["n"]) == (3, 4)
    assert (figures["selective"]["hits"], figures["selective"]["n"]) == (2, 3)
    assert (figures["selective_unasked"]["hits"], figures["selective_unasked"]["n"]) == (1, 2)
    assert figures["selective"]["low"] < 2 / 3 < figures["selective"]["high"]


def test_wrong_writes_are_counted_over_all_utterances(figures: Any):
    assert figures["wrong_writes"] == {
        "count": 2,
        "per_thousand": 333.3333,
        "ids": ["ko-cal-002", "ko-ask-001"],
    }


def test_questions_are_counted_for_each_task(figures: Any):
    assert (figures["questions_per_task"], figures["needless_questions"]) == (0.25, 1)


def test_what_should_be_asked_or_left_alone_is_counted_apart(figures: Any):
    assert figures["should_ask"]["became"] == {"written": 1}
    assert figures["should_refuse"]["right"]["value"] == 1.0


def test_every_route_has_its_own_figures(figures: Any):
    assert {name: it["n"] for name, it in figures["routes"].items()} == {
        "template": 4,
        "nearest": 0,
        "model": 0,
        "none": 2,
    }


def test_what_is_said_in_one_go_and_the_rest_are_told_apart(figures: Any):
    assert figures["kinds"]["single"] == {"n": 4, "executed": 3, "right": 2}
    assert figures["subjects"]["ask"] == {"n": 1, "executed": 1, "right": 0}
