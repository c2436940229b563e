"""A write that is cut off by `kill -9` happens once, or is asked about."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[2]
TRIALS = """
import json, logging, sys, tempfile
from pathlib import Path
from tests.crashes.trials import run_trials
from tests.crashes.vendors import running_vendors
logging.disable(logging.CRITICAL)
with running_vendors() as url, tempfile.TemporaryDirectory() as folder:
    tally = run_trials(url, Path(folder), 28, ("", "drop"), 5)
print(json.dumps([tally.trials, tally.begun, tally.duplicates, tally.wrong]))
"""


def test_no_write_happens_twice_or_is_lost():
    # In a process of its own: the trials fork, and this one may have threads.
    done = subprocess.run(
        [sys.executable, "-c", TRIALS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    trials, begun, duplicates, wrong = json.loads(done.stdout)
    assert (trials, duplicates, wrong) == (28, 0, [])
    assert begun > 5
