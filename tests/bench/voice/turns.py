"""Spoken commands: from the true end of the speech to the answer's sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bench.report import Report, median, percentile
from tests.bench.voice.recordings import Recording
from tests.bench.voice.scenes import Cue, Scene
from tests.bench.voice.stage import Stage
from tests.bench.voice.utterances import Outcome

HEARD = ("final", "audio")
"""Whatever the protocol."""
ANSWERED = ("final", "answer", "audio")
"""What fills the silence comes before `answer`."""
LISTENS_S = 3.0
"""So much is heard from the first sound after `answer` on: a filler is over by then."""


def play_commands(
    stage: Stage,
    recordings: Mapping[str, Recording],
    *,
    filler_s: float = 0.0,
    repeats: int = 1,
    until: tuple[str, ...] = ANSWERED,
) -> list[Outcome]:
    """Says each recording on a connection of its own, `repeats` times around, to an answer."""
    sounds = {name: stage.file(recording, name) for name, recording in recordings.items()}
    scenes = [
        Scene(f"{name}.{number}", (Cue(sound),), until, linger_s=LISTENS_S)
        for number in range(repeats)
        for name, sound in sounds.items()
    ]
    takes = stage.play(scenes)
    said = [recordings[take.scene.name.rsplit(".", 1)[0]] for take in takes]
    return [Outcome(take, it, filler_s) for take, it in zip(takes, said, strict=True)]


def first_audio(outcomes: Sequence[Outcome]) -> list[float]:
    """Ms to the first sound of each answer; one that never came counts as long as was waited."""
    limits = (outcome.take.scene.limit_s * 1000 for outcome in outcomes)
    return [
        limit if outcome.first_audio_ms is None else outcome.first_audio_ms
        for outcome, limit in zip(outcomes, limits, strict=True)
    ]


def add_first_audio(report: Report, name: str, outcomes: Sequence[Outcome]) -> None:
    """Adds `NAME_p50_ms`, `_p95_ms` and `_max_ms`; None without turns."""
    values = first_audio(outcomes)
    report.add(f"{name}_p50_ms", median(values), len(values))
    report.add(f"{name}_p95_ms", percentile(values, 95), len(values))
    report.add(f"{name}_max_ms", max(values, default=None), len(values))


def add_steps(report: Report, outcomes: Sequence[Outcome]) -> None:
    """Adds where the time goes, by the server's clock and its own idea of the end of speech."""
    for step in ("endpoint", "stt", "respond", "first_audio"):
        values = [outcome.server_ms[step] for outcome in outcomes if step in outcome.server_ms]
        report.add(f"server_{step}_p50_ms", median(values), len(values))
