"""How well people are understood without a model, and what code makes of a model's mistakes."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Mapping
from typing import Any, get_args

from arion_host.bench.accuracy import measure_accuracy
from arion_host.bench.items import chosen_items
from arion_kit.words import Language
from tests.bench.report import Report
from tests.gold.times import cases, is_right


def measure() -> Report:
    """The test part through the real host, the time expressions, and the seeded faults."""
    logging.disable(logging.WARNING)
    report = Report("accuracy", baseline="none: what is right was written down by hand")
    result = asyncio.run(measure_accuracy(chosen_items(None, "test"), _told, faults=True)).as_json()
    for language in get_args(Language):
        _add_language(report, language, result[language])
    _add_times(report)
    _add_faults(report, result["faults"])
    return report


def _told(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _add_language(report: Report, language: Language, figures: Any) -> None:
    n, tasks, selective = figures["n"], figures["tasks"], figures["selective"]
    asked, refused = (figures[it]["right"] for it in ("should_ask", "should_refuse"))
    rows: Mapping[str, tuple[float | None, int]] = {
        "n": (n, n),
        "coverage": (figures["coverage"]["value"], tasks),
        "selective": (selective["value"], selective["n"]),
        "selective_low": (selective["low"], selective["n"]),
        "call_accuracy": (figures["call_accuracy"]["value"], tasks),
        "wrong_writes": (figures["wrong_writes"]["per_thousand"], n),
        "questions_per_task": (figures["questions_per_task"], tasks),
        "asked_right": (asked["value"], asked["n"]),
        "refused_right": (refused["value"], refused["n"]),
        "p50_ms": (figures["p50_ms"], n),
        "p95_ms": (figures["p95_ms"], n),
    }
    for name, (value, count) in rows.items():
        report.add(f"{language}.{name}", value, count)


def _add_times(report: Report) -> None:
    judged = [is_right(case, it) for it in get_args(Language) for case in cases(it)]
    report.add("time_expressions", len(judged), len(judged))
    report.add("time_right", sum(judged), len(judged))


def _add_faults(report: Report, figures: Any) -> None:
    n = figures["faults"]
    for name in (
        "faults",
        "faults_caught",
        "faults_rejected",
        "faults_asked",
        "wrong_writes_made",
    ):
        report.add(name, figures[name], n)
    report.add("right_rejected", figures["right_rejected"], figures["right"])
