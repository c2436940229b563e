"""Ten minutes without a word: silence, noises and music, over ten connections at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.bench.report import Report
from tests.bench.voice.noises import LASTING, rendered
from tests.bench.voice.recordings import RATE, Recording
from tests.bench.voice.scenes import Cue, Scene, Take
from tests.bench.voice.stage import Stage

EACH_S = 60.0


def play_noise(stage: Stage, seconds: float = EACH_S) -> list[Take]:
    """Plays every lasting sound on a connection of its own, all at once."""
    scenes: list[Scene] = []
    for name in LASTING:
        samples = rendered(name, seconds)
        sound = stage.file(Recording("", samples, 0.0, samples.size / RATE), name)
        scenes.append(Scene(name, (Cue(sound),), (), limit_s=2.0))
    return stage.play(scenes, together=True)


def add_noise(report: Report, takes: Sequence[Take], spent_s: float) -> None:
    """Adds the turns that were opened, and what hearing nothing costs a connection."""
    seconds = sum(take.of("closed")[0].at - take.began() for take in takes)
    turns = sum(len(take.of("final")) for take in takes)
    report.add("noise_turns", turns, len(takes))
    report.add("noise_cpu_s_per_min", spent_s / seconds * 60, len(takes))
    for take in takes:
        if take.of("speech_started"):
            texts = [seen.text for seen in take.of("final")]
            print(f"{take.scene.name} was taken for speech; turns: {texts}", file=sys.stderr)
