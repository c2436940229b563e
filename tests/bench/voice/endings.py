"""When an utterance is taken to be over: neither in a pause of it, nor long after its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bench.report import Report, median, percentile
from tests.bench.voice.recordings import Recording, joined
from tests.bench.voice.scenes import Cue, Scene
from tests.bench.voice.stage import Stage
from tests.bench.voice.studio import HESITATIONS
from tests.bench.voice.utterances import Outcome

PAUSES_S = (0.4, 0.55, 0.75, 0.9)
"""After a connective, a particle or "음", in seconds. Each utterance is said with two of them."""


def hesitant(spoken: Mapping[str, Recording]) -> dict[str, Recording]:
    """Utterances with a pause in the middle, by name."""
    found: dict[str, Recording] = {}
    for number, (before, after) in enumerate(HESITATIONS):
        for pause_s in PAUSES_S[number % 2 :: 2]:
            pair = (spoken[before], spoken[after])
            found[f"hesitant-{number}-{pause_s}"] = joined(pair, [pause_s])
    return found


def play_to_text(stage: Stage, recordings: Mapping[str, Recording]) -> list[Outcome]:
    """Says each recording once, and waits for its text."""
    scenes = [
        Scene(name, (Cue(stage.file(recording, name)),), ("final",), linger_s=0.8)
        for name, recording in recordings.items()
    ]
    takes = stage.play(scenes)
    return [Outcome(take, recordings[take.scene.name]) for take in takes]


def add_endings(report: Report, outcomes: Sequence[Outcome]) -> None:
    """Adds the share that was cut, and the delays of the others; None without utterances."""
    cut = [outcome.is_cut for outcome in outcomes]
    report.add("early_cut", sum(cut) / len(cut) if cut else None, len(cut))
    delays = [ms for outcome in outcomes if (ms := outcome.end_delay_ms) is not None]
    report.add("end_delay_p50_ms", median(delays), len(delays))
    report.add("end_delay_p95_ms", percentile(delays, 95), len(delays))
