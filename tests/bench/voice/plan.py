"""What `scripts/bench voice` measures, part by part."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
import soxr
from numpy.typing import NDArray

from arion_voice.answering import FILLERS
from arion_voice.engines import Language
from arion_voice.readiness import missing
from arion_voice.settings import VoiceSettings
from tests.bench.processes import ARION, cpu_s, free_port, started
from tests.bench.readback import SENTENCES, add_read_back
from tests.bench.report import Report
from tests.bench.voice import interruptions, people, studio
from tests.bench.voice.chunks import add_first_chunk
from tests.bench.voice.endings import add_endings, hesitant, play_to_text
from tests.bench.voice.interruptions import play_over
from tests.bench.voice.long_speech import add_long_speech, long_utterances
from tests.bench.voice.noise import EACH_S, add_noise, play_noise
from tests.bench.voice.peer import add_peer
from tests.bench.voice.recognition import Clip, add_recognition
from tests.bench.voice.recordings import RATE
from tests.bench.voice.stage import Stage
from tests.bench.voice.turns import add_first_audio, add_steps, play_commands
from tests.bench.voice.utterances import Outcome

REPEATS = 2
IDLE_S = 5.0
"""So long the host is left alone to see what it costs then."""
SOFT = 0.3
"""Loudness of somebody who speaks softly or from afar, as a part of the usual."""
PEER_ANSWER = "네, 오늘 일정은 두 개예요."

Value = TypeVar("Value")


@dataclass
class Run:
    """One bench: where it plays, what it has said, and its report."""

    stage: Stage
    report: Report
    most: int | None = None
    """Sounds of a kind at most; None: all."""
    outcomes: list[Outcome] = field(default_factory=list)
    """Of every utterance that is spoken into silence."""
    filler_s: float = 0.0
    """Length of what may be said before an answer, and is none."""

    def some(self, sounds: Mapping[str, Value]) -> dict[str, Value]:
        """As many as are wanted."""
        return dict(islice(sounds.items(), self.most))


def turns(run: Run) -> None:
    """Commands in a quiet room; then, where they are given, those of people."""
    spoken = studio.record(studio.COMMANDS)
    commands = run.some({f"command-{n}": it for n, it in enumerate(spoken.values())})
    (filler,) = asyncio.run(studio.fast_voice([FILLERS["ko"]], "ko"))
    run.filler_s = filler.size / studio.FAST_RATE
    cold = play_commands(run.stage, {"cold": spoken[studio.COMMANDS[0]]}, filler_s=run.filler_s)
    idle_before_s = cpu_s(run.stage.pid)
    time.sleep(IDLE_S)
    run.report.add("idle_cpu", (cpu_s(run.stage.pid) - idle_before_s) / IDLE_S, 1)
    outcomes = play_commands(run.stage, commands, repeats=REPEATS, filler_s=run.filler_s)
    run.report.add("first_audio_cold_ms", cold[0].first_audio_ms, 1)
    add_first_audio(run.report, "first_audio", outcomes)
    run.report.add("turn_cpu_s", run.stage.spent_s / run.stage.runs, run.stage.runs)
    underruns = sum(outcome.underruns for outcome in outcomes)
    run.report.add("underruns", underruns, len(outcomes))
    add_steps(run.report, outcomes)
    run.outcomes += outcomes
    people_turns(run)


def people_turns(run: Run) -> None:
    """Commands in the voices of people, where a folder is given; reported apart."""
    folder = people.folder()
    recordings = run.some(people.commands(folder)) if folder else {}
    outcomes = play_commands(run.stage, recordings, filler_s=run.filler_s) if recordings else []
    add_first_audio(run.report, "first_audio_people", outcomes)
    cut = [outcome.is_cut for outcome in outcomes]
    run.report.add("early_cut_people", sum(cut) / len(cut) if cut else None, len(cut))


def endings(run: Run) -> None:
    """Utterances with a pause in the middle."""
    spoken = studio.record(tuple(text for pair in studio.HESITATIONS for text in pair))
    run.outcomes += play_to_text(run.stage, run.some(hesitant(spoken)))


def long_speech(run: Run) -> None:
    """Utterances of fifteen seconds."""
    spoken = studio.record(studio.CLAUSES + studio.CONCLUSIONS)
    outcomes = play_to_text(run.stage, run.some(long_utterances(spoken)))
    add_long_speech(run.report, outcomes)
    run.outcomes += outcomes


def barge_in(run: Run) -> None:
    """Commands, nods, noises and "그만" over an answer."""
    words = studio.record(studio.COMMANDS + studio.NODS + studio.STOPS)
    over = run.some(interruptions.barge_ins(words))
    interruptions.add_barge_in(
        run.report, play_over(run.stage, over, until=("interrupted",), limit_s=3.0)
    )
    over = run.some(interruptions.false_interruptions(words))
    interruptions.add_resume(
        run.report, play_over(run.stage, over, until=("audio_resumed",), limit_s=2.0)
    )
    over = run.some(interruptions.stops(words))
    interruptions.add_stops(
        run.report, play_over(run.stage, over, until=("interrupted",), limit_s=2.0)
    )


def noise(run: Run) -> None:
    """Ten minutes of nothing, in one."""
    takes = play_noise(run.stage, EACH_S if run.most is None else 5.0)
    add_noise(run.report, takes, run.stage.spent_s)


def recognition(run: Run) -> None:
    """What is recognised of it in one go, loud and soft, beside stock faster-whisper."""
    korean = run.some(studio.record(studio.COMMANDS + studio.CLAUSES + studio.CONCLUSIONS))
    spoken = [clip(it.samples, "ko", text) for text, it in korean.items()]
    texts = SENTENCES["en"][: run.most]
    for text, samples in zip(texts, asyncio.run(studio.fast_voice(texts, "en")), strict=True):
        spoken.append(clip(soxr.resample(samples, studio.FAST_RATE, RATE), "en", text))
    soft = [Clip((it.pieces[0] * SOFT,), it.language, it.text) for it in spoken]
    folder = people.folder()
    add_recognition(run.report, spoken + soft, people.clips(folder) if folder else [])


def clip(samples: NDArray[np.int16], language: Language, text: str) -> Clip:
    """A recording as the recognisers take it."""
    return Clip((samples.astype(np.float32) / 32_768,), language, text)


def peer(run: Run) -> None:
    """The same commands to pipecat's pipeline."""
    spoken = studio.record(studio.COMMANDS)
    commands = run.some({f"command-{n}": it for n, it in enumerate(spoken.values())})
    (answer,) = asyncio.run(studio.fast_voice([PEER_ANSWER], "ko"))
    add_peer(run.report, run.stage.folder, commands, answer)
    figures = run.report.figures
    ours, theirs = figures.get("first_audio_p50_ms"), figures.get("peer_first_audio_p50_ms")
    ratio = theirs / ours if ours and theirs else None
    run.report.add("first_audio_speedup", ratio, run.report.n["peer_first_audio_p50_ms"])


PARTS: dict[str, Callable[[Run], None]] = {
    "turns": turns,
    "endings": endings,
    "long": long_speech,
    "barge_in": barge_in,
    "noise": noise,
}
"""In the order in which they are played."""
ALONE: dict[str, Callable[[Run], None]] = {"recognition": recognition, "peer": peer}
"""Played when the host is gone."""
FIGURES = (
    "first_audio_p50_ms",
    "first_audio_p95_ms",
    "first_audio_max_ms",
    "turn_cpu_s",
    "early_cut",
    "end_delay_p50_ms",
    "final_15s_p95_ms",
    "barge_in_p95_ms",
    "resume_p95_ms",
    "noise_turns",
    "stt_cpu_ratio",
    "cer",
    "cer_stock",
    "peer_first_audio_p50_ms",
    "peer_turn_cpu_s",
)
"""Null where there are no speech models."""


def measure() -> Report:
    """Everything."""
    report, _ = play()
    asyncio.run(add_read_back(report))
    return report


def play(parts: Collection[str] = (), most: int | None = None) -> tuple[Report, Stage]:
    """Plays some parts or all, with at most so many sounds of a kind.

    Gives the figures and everything that the stage saw.
    """
    report = Report("voice", baseline="pipecat-ai 1.14.0, stock faster-whisper, openai-agents")
    add_first_chunk(report)
    wanted = parts or (*PARTS, *ALONE)
    with tempfile.TemporaryDirectory() as folder:
        if missing(VoiceSettings()):
            for name in FIGURES:
                report.add(name, None, 0)
            return report, Stage("arion", "", 0, Path(folder))
        with host(Path(folder)) as stage:
            run = Run(stage, report, most)
            take_parts(PARTS, wanted, run)
            add_endings(report, run.outcomes)
            report.add("disturbed", stage.disturbed, len(stage.kept))
        take_parts(ALONE, wanted, run)
    return report, stage


def take_parts(
    parts: Mapping[str, Callable[[Run], None]], wanted: Collection[str], run: Run
) -> None:
    """Takes the parts that are wanted, in their order, and tells how long each took."""
    for name, take in parts.items():
        if name in wanted:
            began = time.monotonic()
            take(run)
            took_s = time.monotonic() - began
            print(f"voice: {name} took {took_s:.0f} s", file=sys.stderr, flush=True)


@contextmanager
def host(folder: Path) -> Iterator[Stage]:
    """A host with accounts of the sandbox and the fast voice, ready to be spoken to."""
    port = free_port()
    env = {
        "ARION_PORT": str(port),
        "ARION_DATA_DIR": str(folder),
        "ARION_VOICE_VOICE": "fast",
    }
    with started([ARION, "up"], f"http://127.0.0.1:{port}", env) as (pid, _):
        yield Stage("arion", f"ws://127.0.0.1:{port}/v1/voice", pid, folder)
