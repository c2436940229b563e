"""pipecat-ai beside Arion: its local pipeline in an environment of its own, heard by the same
microphone.

The environment (0.7 GB) is made in `.tools/peer` with the first run; ARION_BENCH_PEER=0 leaves
the peer out. Where it cannot be made the figures are null.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from numpy.typing import NDArray

from arion_voice.models.manifest import WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from tests.bench.processes import ROOT, free_port
from tests.bench.report import Report
from tests.bench.voice.recordings import Recording
from tests.bench.voice.stage import Stage
from tests.bench.voice.turns import HEARD, add_first_audio, play_commands

PACKAGE = "pipecat-ai[silero,whisper,websocket]==1.14.0"
HOME = ROOT / ".tools" / "peer"
BOT = Path(__file__).with_name("peer_bot.py")
STRATEGIES = {"tuned": "peer", "default": "peer_default"}
"""How its turns end, and what the figures are called."""
STARTS_WITHIN_S = 120.0


def add_peer(
    report: Report, folder: Path, recordings: Mapping[str, Recording], answer: NDArray
) -> None:
    """Adds time to first audio and CPU time of a turn, for each strategy.

    Args:
        report: takes the figures.
        folder: takes files.
        recordings: what is said.
        answer: samples of its answer's speech at 24 kHz.
    """
    python = _environment()
    speech = folder / "answer.pcm"
    speech.write_bytes(answer.astype("<i2").tobytes())
    for strategy, name in STRATEGIES.items():
        if python is None:
            outcomes, cpu_s = [], None
        else:
            with _bot(python, speech, strategy, folder) as stage:
                play_commands(stage, dict(list(recordings.items())[:1]), until=HEARD)
                outcomes = play_commands(stage, recordings, until=HEARD)
                cpu_s = stage.spent_s / stage.runs
        add_first_audio(report, f"{name}_first_audio", outcomes)
        report.add(f"{name}_turn_cpu_s", cpu_s, len(outcomes))
        cut = [outcome.is_cut for outcome in outcomes]
        report.add(f"{name}_early_cut", sum(cut) / len(cut) if cut else None, len(cut))


def _environment() -> Path | None:
    """Python with the peer in it; None where that can't be."""
    python = HOME / "bin" / "python"
    if os.environ.get("ARION_BENCH_PEER") == "0":
        return None
    made = HOME / "made-with"
    if made.exists() and made.read_text() == PACKAGE:
        return python
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        return None
    print(f"Installing {PACKAGE} for comparison …", file=sys.stderr, flush=True)
    commands: tuple[Sequence[str | Path], ...] = (
        (uv, "venv", "--quiet", "--clear", "--python", sys.executable, HOME),
        (uv, "pip", "install", "--quiet", "--python", python, PACKAGE),
    )
    for command in commands:
        if subprocess.run([str(part) for part in command], check=False).returncode:
            return None
    made.write_text(PACKAGE)
    return python


@contextmanager
def _bot(python: Path, speech: Path, strategy: str, folder: Path) -> Iterator[Stage]:
    port = free_port()
    model = ModelStore(VoiceSettings()).require(WHISPER)
    command = (python, BOT, "--model", model, "--answer", speech, "--port", port)
    with (folder / f"peer-{strategy}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in (*command, "--strategy", strategy)], stdout=log, stderr=log
        )
    try:
        _wait_for(port, process)
        yield Stage("pcm", f"ws://127.0.0.1:{port}", process.pid, folder)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < STARTS_WITHIN_S and process.poll() is None:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise RuntimeError("the peer did not start; its log says why")
