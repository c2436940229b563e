"""Many microphones at a time: what is lost, how late a frame is judged, and what it costs.

Every connection is an open microphone that sends all the time; ten of them hear somebody speak.
The lag of the detector is taken at the client: from the moment a frame is sent to its
acknowledgement, which the server gives after the detector has seen it. It holds the way back, too,
so the true one is shorter. Where `late_max_ms` is over 40 the machine starved the microphones
themselves, and the figures say nothing about the server. `start_lag_p99_ms` is the same for
`speech_started`, counted from the frame at which the same detector finds the speech offline.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.bench.processes import ARION, ROOT, cpu_s, free_port, rss_mb, started
from tests.bench.report import Report, percentile

if TYPE_CHECKING:
    from tests.bench.sockets.microphones import Job, Outcome
    from tests.bench.sockets.speech import Said

OPEN = 100
TALKING = 10
SECONDS = 60
QUIET_SECONDS = 20
"""Of the runs in which nobody speaks."""
REPEATS = 2
"""Times that a run is repeated whose microphones were late; the calmest counts."""


@contextmanager
def host(command: Sequence[object]) -> Iterator[tuple[str, int]]:
    """Runs a host of its own; gives the address of its voice channel and its process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        env = {"ARION_PORT": str(port), "ARION_DATA_DIR": data}
        with started([str(part) for part in command], url, env) as (pid, _):
            yield f"ws://127.0.0.1:{port}/v1/voice", pid


@contextmanager
def bare() -> Iterator[tuple[str, int]]:
    """Runs the bare server beside which the transport is measured."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.sockets.echo", str(port)]
    with started(command, f"http://127.0.0.1:{port}", {}) as (pid, _):
        yield f"ws://127.0.0.1:{port}/", pid


def drive(job: Job, pid: int, said: Sequence[Said] = ()) -> tuple[Outcome, float, float]:
    """Runs the microphones; gives what came of it, the peak RSS of the tree in MB, and the CPU s
    of the process that holds the connections."""
    from tests.bench.sockets.microphones import Outcome

    before_s, peak_mb = cpu_s(pid, tree=False), rss_mb(pid)
    lines = [json.dumps(asdict(job)), *(one.as_json() for one in said)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sockets.microphones"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.close()
        while process.poll() is None:
            peak_mb = max(peak_mb, rss_mb(pid))
            time.sleep(0.5)
        outcome = Outcome(**json.loads(process.stdout.read()))
    return outcome, peak_mb, cpu_s(pid, tree=False) - before_s


def frame_us(command: Sequence[object] | None) -> tuple[float, int]:
    """CPU microseconds of a frame while nobody speaks, and frames; None: of the bare server."""
    from tests.bench.sockets.microphones import Job

    with bare() if command is None else host(command) as (url, pid):
        quiet = Job(url, OPEN, QUIET_SECONDS, echo=command is None)
        outcome, _, spent_s = drive(quiet, pid)
    return spent_s / outcome.sent * 1e6, outcome.sent


def measure() -> Report:
    """A whole host with all microphones; then what a frame costs in it, without VAD, and bare."""
    from tests.bench.sockets.microphones import Job
    from tests.bench.sockets.speech import said
    from tests.bench.voice.scenes import DISTURBED_MS
    from tests.bench.voice.studio import COMMANDS, record

    report = Report("sockets", baseline="a bare WebSocket server that sends frames back")
    spoken = [said(recording) for recording in record(COMMANDS).values()]
    with host([ARION, "up"]) as (url, pid):
        job = Job(url, OPEN, SECONDS, talking=TALKING, extra=1)
        takes = [drive(job, pid, spoken)]
        while takes[-1][0].late_ms > DISTURBED_MS and len(takes) <= REPEATS:
            takes.append(drive(job, pid, spoken))
    outcome, peak_mb, _ = min(takes, key=lambda take: take[0].late_ms)
    report.add("open", outcome.open, OPEN)
    report.add("talking", TALKING, TALKING)
    report.add("turns", outcome.turns, outcome.turns)
    report.add("busy", outcome.errors.get("busy", 0), outcome.turns)
    report.add("refused", outcome.refused, OPEN + 1)
    report.add("dropped", outcome.sent - outcome.heard, outcome.sent)
    report.add("vad_lag_p99_ms", percentile(outcome.lag_ms, 99), len(outcome.lag_ms))
    report.add("start_lag_p99_ms", percentile(outcome.start_lag_ms, 99), len(outcome.start_lag_ms))
    report.add("late_max_ms", outcome.late_ms, outcome.sent)
    report.add("rss_mb", peak_mb, 1)
    report.add("frame_vad_us", *frame_us([ARION, "up"]))
    report.add("frame_us", *frame_us([sys.executable, "-m", "tests.bench.sockets.deaf"]))
    report.add("frame_us_echo", *frame_us(None))
    return report
