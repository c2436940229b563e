"""Writes cut off by `kill -9`: how many happen twice, get lost, or have to be asked about."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from tests.bench.report import Report
from tests.crashes.trials import run_blind_trials, run_trials
from tests.crashes.vendors import running_vendors

TRIALS = 504
BLIND_TRIALS = 60
FAULTS = ("", "slow", "drop", "garbage")
SEED = 20261123


def measure() -> Report:
    """Seven tools against vendors in another process, healthy, slow, and failing after acting."""
    logging.disable(logging.CRITICAL)
    report = Report(
        "recovery", baseline="the same writes without a ledger, repeated after the restart"
    )
    with running_vendors() as url, tempfile.TemporaryDirectory() as folder:
        tally = run_trials(url, Path(folder), TRIALS, FAULTS, SEED)
        blind = run_blind_trials(url, Path(folder), BLIND_TRIALS, SEED)
    n = tally.trials
    report.add("trials", n, n)
    report.add("begun", tally.begun, n)
    report.add("duplicates", tally.duplicates, n)
    report.add("lost", tally.lost, n)
    report.add("asked", tally.asked, n)
    report.add("failed", tally.states["failed"], n)
    report.add("blind_duplicates", blind, BLIND_TRIALS)
    return report
