"""Outcomes added up: every share with its n and its interval, never a bare percentage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import JsonValue

from arion_host.bench.interval import percentile, share, wilson
from arion_host.bench.items import Item
from arion_host.bench.scoring import Outcome

WITHOUT_MODEL = ("template", "nearest")
ROUTES = (*WITHOUT_MODEL, "model", "none")


def tally(outcomes: Sequence[Outcome]) -> dict[str, JsonValue]:
    """One object a language: all of its items, then those of each route."""
    return {
        language: _of_language([it for it in outcomes if it.item.language == language])
        for language in ("ko", "en")
    }


def _of_language(outcomes: Sequence[Outcome]) -> dict[str, JsonValue]:
    return {
        **_group(outcomes),
        "routes": {
            route: _group([it for it in outcomes if it.played.route == route]) for route in ROUTES
        },
        "kinds": _by(outcomes, lambda item: item.kind),
        "subjects": _by(outcomes, lambda item: item.subject),
    }


def _group(outcomes: Sequence[Outcome]) -> dict[str, JsonValue]:
    tasks = [it for it in outcomes if it.item.gold.wanted == "calls"]
    executed = [it for it in tasks if it.executed]
    covered = [it for it in executed if it.played.route in WITHOUT_MODEL]
    right = sum(it.right for it in tasks)
    wrong = [it for it in outcomes if it.wrong_writes]
    writes = sum(len(it.wrong_writes) for it in outcomes)
    asked = sum(it.played.questions for it in tasks)
    needless = sum(it.played.questions for it in tasks if not it.item.gold.confirm)
    took = [it.played.took_ms for it in outcomes]
    return {
        "n": len(outcomes),
        "tasks": len(tasks),
        "call_accuracy": _share(right, len(tasks)),
        "end_state_accuracy": _share(sum(it.end_state for it in outcomes), len(outcomes)),
        "coverage": _share(len(covered), len(tasks)),
        "selective": _share(sum(it.right for it in executed), len(executed)),
        "selective_unasked": _share(
            sum(it.right for it in executed if it.unasked), sum(it.unasked for it in executed)
        ),
        "right_but_empty": sum(it.right and it.is_empty for it in executed),
        "wrong_writes": {
            "count": writes,
            "per_thousand": _rounded(share(writes * 1000, len(outcomes))),
            "ids": [it.item.id for it in wrong],
        },
        "questions_per_task": _rounded(share(asked, len(tasks))),
        "needless_questions": needless,
        "not_executed": dict(Counter(it.became for it in tasks if not it.executed)),
        "should_ask": _should(outcomes, "ask"),
        "should_refuse": _should(outcomes, "refuse"),
        "p50_ms": _rounded(percentile(took, 50)),
        "p95_ms": _rounded(percentile(took, 95)),
        "cost_usd": _cost(outcomes),
    }


def _should(outcomes: Sequence[Outcome], wanted: str) -> dict[str, JsonValue]:
    these = [it for it in outcomes if it.item.gold.wanted == wanted]
    return {
        "right": _share(sum(it.right for it in these), len(these)),
        "became": dict(Counter(it.became for it in these)),
    }


def _by(outcomes: Sequence[Outcome], name: Callable[[Item], str]) -> dict[str, JsonValue]:
    """Items, those that came to a call, and those that were right, by what sort they are of."""
    sorts: dict[str, list[Outcome]] = {}
    for it in sorted(outcomes, key=lambda it: name(it.item)):
        sorts.setdefault(name(it.item), []).append(it)
    return {
        sort: {
            "n": len(these),
            "executed": sum(it.executed for it in these),
            "right": sum(it.right for it in these),
        }
        for sort, these in sorts.items()
    }


def _share(hits: int, n: int) -> dict[str, JsonValue]:
    low, high = wilson(hits, n) or (None, None)
    return {
        "value": _rounded(share(hits, n)),
        "hits": hits,
        "n": n,
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _cost(outcomes: Sequence[Outcome]) -> float | None:
    costs = [it.played.cost_usd for it in outcomes]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
