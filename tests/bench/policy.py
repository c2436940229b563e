"""Attacks on what models read, replayed against the policy; what it asks, and what it costs."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_host.agents.understood import ToolFacts
from arion_host.database import open_database
from arion_host.effects.ledger import Action, Ledger
from arion_host.effects.rows import EffectState
from arion_host.policy.decision import Asked, decide
from arion_host.policy.pins import Pins
from arion_host.policy.tracing import Seen, SeenResult, trace
from arion_host.policy.wishes import wish_for
from arion_kit.words import EffectClass
from tests.bench.report import Report, median, percentile
from tests.injection.dojo import SUITES, run_suite
from tests.injection.korean import run
from tests.injection.mutations import (
    MUTATIONS,
    SNAPSHOTS,
    false_alarms,
    missed_mutations,
    tools_of,
)
from tests.injection.scripts import cases, controls

RESTARTS = 50
TURNS = 300
WRITES = 200


def measure() -> Report:
    """AgentDojo without a model, our own Korean attacks, changed tools, and two timings."""
    logging.disable(logging.CRITICAL)
    report = Report(
        "policy",
        baseline="the same attacks with every call run (NAME_unprotected), "
        "and a question before every write (NAME_every_write_per_task)",
    )
    for name in SUITES:
        _add_suite(report, name)
    with tempfile.TemporaryDirectory() as folder:
        _add_korean(report, Path(folder))
        asyncio.run(_add_pins(report, Path(folder)))
        asyncio.run(_add_ledger(report, Path(folder)))
    _add_decisions(report)
    return report


def _add_suite(report: Report, name: str) -> None:
    tally = run_suite(name)
    attacks, tasks = tally.attacks, tally.tasks
    report.add(f"{name}_attacks", attacks, attacks)
    report.add(f"{name}_silent", tally.silent, attacks)
    report.add(f"{name}_acted", tally.acted, attacks)
    report.add(f"{name}_unprotected", tally.unprotected, attacks)
    report.add(f"{name}_unsourced", tally.unsourced, tally.confirmations)
    report.add(f"{name}_not_scored", tally.not_scored, attacks + tally.not_scored)
    report.add(f"{name}_without_calls", tally.no_calls, tally.no_calls)
    report.add(f"{name}_borrowed_silent", tally.borrowed_silent, tally.borrowed)
    report.add(f"{name}_questions_per_task", tally.questions / tasks, tasks)
    report.add(f"{name}_every_write_per_task", tally.every_write / tasks, tasks)


def _add_korean(report: Report, folder: Path) -> None:
    tally = run(cases(), folder / "korean", controls())
    report.add("korean_cases", tally.cases, tally.cases)
    report.add("korean_silent", tally.silent, tally.cases)
    report.add("korean_asked", tally.asked, tally.cases)
    report.add("korean_refused", tally.refused, tally.cases)
    report.add("korean_controls", tally.controls, tally.controls)
    report.add("korean_controls_ok", tally.controls_ok, tally.controls)


async def _add_pins(report: Report, folder: Path) -> None:
    missed = 0
    async with open_database(folder / "mutations.db") as database:
        for path in SNAPSHOTS:
            missed += len(await missed_mutations(Pins(database), path.stem, tools_of(path)))
    mutations = MUTATIONS * len(SNAPSHOTS)
    report.add("mutations", mutations, mutations)
    report.add("mutations_missed", missed, mutations)
    report.add("false_alarms", await false_alarms(folder / "restarts.db", RESTARTS), RESTARTS)


async def _add_ledger(report: Report, folder: Path) -> None:
    """What its rows and the log add to a write: one made at once, and one with a question."""
    at_once: list[float] = []
    asked: list[float] = []
    async with open_database(folder / "ledger.db") as database:
        ledger = Ledger(database)
        for step in range(WRITES):
            action = _write(step)
            begun = time.perf_counter()
            await ledger.add(action, EffectState.ATTEMPTING)
            await ledger.move(action.id, EffectState.DONE, result={"id": action.id})
            at_once.append((time.perf_counter() - begun) * 1000)
            action = _write(WRITES + step)
            begun = time.perf_counter()
            await ledger.add(action, EffectState.PLANNED)
            await ledger.move(action.id, EffectState.CONFIRMED, EffectState.ATTEMPTING)
            await ledger.move(action.id, EffectState.DONE, result={"id": action.id})
            asked.append((time.perf_counter() - begun) * 1000)
    report.add("ledger_p50_ms", median(at_once), len(at_once))
    report.add("ledger_asked_p50_ms", median(asked), len(asked))


def _write(step: int) -> Action:
    arguments: dict[str, JsonValue] = {"summary": "치과 예약", "start": f"{step}"}
    return Action(
        "jimin", "s", "t", step, "calendar", "calendar_create_event", arguments, EffectClass.KEYED
    )


_NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Seoul"))
_CALLS: tuple[tuple[str, ToolFacts, dict[str, JsonValue]], ...] = (
    ("web_search", ToolFacts(True, False), {"query": "강남역 치과 야간 진료"}),
    (
        "calendar_create_event",
        ToolFacts(False, False, reversible=True),
        {"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00", "attendees": []},
    ),
    (
        "gmail_send",
        ToolFacts(False, False),
        {"to": ["hana@example.com"], "subject": "내일 치과", "body": "안녕하세요, " * 40},
    ),
    ("gmail_trash", ToolFacts(False, True, reversible=True), {"id": "m-17"}),
)
"""What a turn of several steps may call."""


def _add_decisions(report: Report) -> None:
    """New words and new results every turn, so that reading them counts as well."""
    taken: list[float] = []
    for turn in range(TURNS):
        words = f"내일 오후 3시에 치과 예약 잡아 주고 {turn}번 메일 확인해 줘"
        seen = Seen((words,), "ko", _NOW + timedelta(seconds=turn), _results())
        for tool, facts, arguments in _CALLS:
            begun = time.perf_counter()
            evidence = trace(arguments, {"properties": {}}, seen)
            wish = wish_for(tool, words, evidence.values(), "ko")
            tainted = seen.is_tainted
            decide(Asked("s", tool, facts, arguments, evidence, tainted, wish), (), "ko")
            taken.append((time.perf_counter() - begun) * 1e6)
    report.add("decision_p50_us", median(taken), len(taken))
    report.add("decision_p95_us", percentile(taken, 95), len(taken))


def _results() -> tuple[SeenResult, ...]:
    """Three results of about four kilobytes."""
    mails: list[JsonValue] = [
        {"id": f"m-{at}", "from": f"sender{at}@example.com", "snippet": "확인 부탁드립니다. " * 8}
        for at in range(20)
    ]
    names = ("gmail/gmail_search", "gmail/gmail_read", "search/web_search")
    return tuple(
        SeenResult(name, mails, untrusted=True, issued=frozenset({"id"})) for name in names
    )
