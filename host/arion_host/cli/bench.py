"""`arion bench`: figures of this Arion, taken on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from pydantic import JsonValue

from arion_host.cli.output import note

Row = Mapping[str, JsonValue]


async def accuracy(
    file: Path | None, part: Literal["tuning", "test", "all"], *, faults: bool
) -> dict[str, JsonValue]:
    """Say a set of utterances to a host of its own, over sandbox accounts, and add up.

    Raises:
        RequestRefused: the set cannot be read, or holds nothing of that part.
        PartFailed: the host did not start, or an item names a thing that is not there.
        StorageFailed: the host's database cannot be opened.
    """
    from arion_host.bench.accuracy import measure_accuracy
    from arion_host.bench.items import chosen_items

    items = chosen_items(file, part)
    result = await measure_accuracy(items, note, faults=faults)
    return {"set": str(file) if file else "own", "part": part, **result.as_json()}


def accuracy_text(result: Row) -> str:
    """Return the main figures as a few lines a language."""
    lines = [f"{result['items']} utterances ({result['part']})"]
    for language in ("ko", "en"):
        figures = cast("Row", result[language])
        wrong = cast("Row", figures["wrong_writes"])
        asked, refused = (
            cast("Row", cast("Row", figures[it])["right"]) for it in ("should_ask", "should_refuse")
        )
        lines += [
            f"{language}: {figures['n']} utterances, {figures['tasks']} of them tasks",
            f"  coverage without a model  {_share(cast('Row', figures['coverage']))}",
            f"  right where executed      {_share(cast('Row', figures['selective']))}",
            f"  wrong writes              {wrong['count']} ({wrong['per_thousand']} per thousand)",
            f"  questions per task        {figures['questions_per_task']}",
            f"  asked for what is missing {_share(asked)}",
            f"  nothing done where none   {_share(refused)}",
            f"  time                      p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms",
        ]
    faults = result.get("faults")
    if isinstance(faults, dict):
        lines += [
            f"seeded faults: {faults['faults']}, caught {faults['faults_caught']}"
            f" (rejected {faults['faults_rejected']}, asked about {faults['faults_asked']})",
            f"  of those that code can see: {faults['visible_rejected']} of {faults['visible']}"
            " rejected",
            f"  right calls rejected: {faults['right_rejected']} of {faults['right']}",
            f"  stage 1: p50 {faults['stage1_p50_ms']} ms",
            *_stages(cast("Row", faults["stages"])),
        ]
    return "\n".join(lines)


def _stages(stages: Row) -> list[str]:
    """What came of faulty writes after every stage; the readers are scripts, not models."""
    knowing, blind = (cast("Row", stages[it]) for it in ("readers_knowing", "readers_blind"))
    return [
        f"  faulty writes made unasked, readers that know (wiring only): {knowing['made']}",
        f"  faulty writes made unasked, blind readers: {blind['made']},"
        f" {blind['made_grave']} of them grave",
    ]


def _share(figure: Row) -> str:
    if figure["value"] is None:
        return "none"
    return (
        f"{figure['hits']} of {figure['n']} = {figure['value']}"
        f" (95 %: {figure['low']} to {figure['high']})"
    )
