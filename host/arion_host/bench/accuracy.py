"""The accuracy of understanding: a set of utterances through the real host."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from arion_host.bench.detection import Detection, measure_faults
from arion_host.bench.end_state import EndStates
from arion_host.bench.examples import example_calls, item_calls
from arion_host.bench.faults import RightCall
from arion_host.bench.items import Item
from arion_host.bench.playing import play
from arion_host.bench.scoring import Outcome, facts_of, look_up_tools, score
from arion_host.bench.stage import Stage, open_stage
from arion_host.bench.tally import tally
from arion_host.bench.things import find_things

EXAMPLES_EACH = 2
"""Examples of every intent and language whose calls faults are seeded into."""

Told = Callable[[str], None]
"""Takes a line on how far the work is."""


@dataclass(frozen=True)
class Accuracy:
    """What a set came to."""

    outcomes: tuple[Outcome, ...]
    detection: Detection | None = None
    """What became of seeded faults, where they were asked for."""

    def as_json(self) -> dict[str, JsonValue]:
        """Every figure, and the failures of the tuning part: those of the test part stay unseen."""
        failures: list[JsonValue] = [
            it.as_json() for it in self.outcomes if it.item.part == "tuning" and not it.right
        ]
        return {
            "items": len(self.outcomes),
            **tally(self.outcomes),
            "faults": self.detection.as_json() if self.detection else None,
            "tuning_failures": failures,
        }


async def measure_accuracy(items: Sequence[Item], told: Told, *, faults: bool = False) -> Accuracy:
    """Say every item to the host, each in its own conversation and over fresh accounts.

    With `faults`, faults are seeded into the right calls of the tuning part and of the servers'
    example utterances, and judged.

    Raises:
        PartFailed: the host did not start, or an item names a thing that is not there.
        StorageFailed: a database cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="arion-bench-") as folder:
        told("starting the host and its sandbox")
        async with open_stage(Path(folder)) as stage:
            outcomes = await _play_all(stage, items, told)
            if not faults or not items:
                return Accuracy(outcomes)
            await stage.reset(items[0].now)
            calls = await _right_calls(stage, outcomes, items[0].now)
            return Accuracy(outcomes, await measure_faults(stage.host, calls, Path(folder), told))


async def _play_all(stage: Stage, items: Sequence[Item], told: Told) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    if not items:
        return ()
    await stage.reset(items[0].now)
    things = await find_things(stage.host, items)
    catalogue = await stage.host.connections.catalogue()
    look_ups, ends = look_up_tools(catalogue), EndStates(stage, catalogue)
    for number, item in enumerate(items, 1):
        await stage.reset(item.now)
        for call in item.state:
            await ends.carry_out(item, call, call.arguments)
        before = await (stage.holding() if item.state else ends.first(item.now))
        outcome = score(await play(stage, item), things, look_ups)
        ended = await ends.judge(outcome, before, facts_of(outcome.played, things))
        outcomes.append(replace(outcome, end_state=ended))
        if number % 50 == 0 or number == len(items):
            told(f"{number} of {len(items)} utterances")
    return tuple(outcomes)


async def _right_calls(stage: Stage, outcomes: Sequence[Outcome], now: datetime) -> list[RightCall]:
    calls = [it async for it in example_calls(stage.host, now, EXAMPLES_EACH)]
    for outcome in outcomes:
        # What the person said before would have to be seen by the model as well.
        if outcome.item.part == "tuning" and outcome.right and not outcome.item.history:
            calls += [it async for it in item_calls(stage.host, outcome)]
    return calls
