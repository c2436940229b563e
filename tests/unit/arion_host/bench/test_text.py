from __future__ import annotations

from typing import Any

from arion_host.bench.accuracy import Accuracy
from arion_host.bench.scoring import score
from arion_host.bench.things import Things
from arion_host.cli.bench import accuracy_text


def test_people_are_told_every_share_with_its_count_and_interval(play: Any, item: Any):
    outcomes = [score(play(item({"refuse": "chat"}), route="none"), Things(), frozenset())]
    result = {"part": "all", **Accuracy(tuple(outcomes)).as_json()}
    lines = [" ".join(line.split()) for line in accuracy_text(result).splitlines()]
    assert "nothing done where none 1 of 1 = 1.0 (95 %: 0.2065 to 1.0)" in lines
    assert "coverage without a model none" in lines


def test_failures_of_the_test_part_are_never_shown(play: Any, item: Any):
    ask = {"ask": "start"}
    played = [play(item(ask, part=part), route="none") for part in ("tuning", "test")]
    result = Accuracy(tuple(score(it, Things(), frozenset()) for it in played)).as_json()
    assert [it["id"] for it in result["tuning_failures"]] == ["ko-cal-001"]
