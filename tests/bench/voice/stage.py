"""Where scenes are played: a server that runs, with the microphone in a process beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.processes import ROOT, cpu_s
from tests.bench.voice.recordings import Recording
from tests.bench.voice.scenes import Job, Scene, Seen, Take

REPEATS = 2
"""Times that a disturbed scene is played again."""


@dataclass
class Stage:
    """A server and how to speak to it."""

    driver: str
    """A name in `drivers.DRIVERS`."""
    url: str
    pid: int
    """The root of the server's processes."""
    folder: Path
    """Takes the recordings."""
    spent_s: float = 0.0
    """CPU seconds of the server in the last `play`."""
    runs: int = 0
    """Scenes of the last `play`, repeated ones included."""
    disturbed: int = 0
    """Scenes whose microphone was starved every time."""
    kept: list[Take] = field(default_factory=list)
    """Every take that counts."""

    def file(self, recording: Recording, name: str) -> str:
        """Gives the path of a recording that a cue may name."""
        return recording.write(self.folder / f"{name}.wav")

    def play(self, scenes: Sequence[Scene], *, together: bool = False) -> list[Take]:
        """Plays scenes, and again those that were disturbed; gives a take of each, in order.

        What is played together is for counting, not for timing: it may be late.
        """
        before_s = cpu_s(self.pid)
        takes = self._run(scenes, together=together)
        self.runs = len(scenes)
        for _ in range(0 if together else REPEATS):
            disturbed = [name for name, take in takes.items() if take.is_disturbed]
            if disturbed:
                takes |= self._run([takes[name].scene for name in disturbed])
                self.runs += len(disturbed)
        self.spent_s = cpu_s(self.pid) - before_s
        if not together:
            self.disturbed += sum(take.is_disturbed for take in takes.values())
        self.kept += takes.values()
        return list(takes.values())

    def _run(self, scenes: Sequence[Scene], *, together: bool = False) -> dict[str, Take]:
        job = Job(self.driver, self.url, tuple(scenes), together)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.voice.microphone"],
            input=job.as_json(),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=True,
        )
        seen: dict[str, list[Seen]] = {scene.name: [] for scene in scenes}
        for line in done.stdout.splitlines():
            fields = json.loads(line)
            seen[fields.pop("scene")].append(Seen(**fields))
        return {scene.name: Take(scene, tuple(seen[scene.name])) for scene in scenes}
