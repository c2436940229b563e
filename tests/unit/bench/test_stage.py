from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.bench.voice.scenes import Cue, Scene, Seen, Take
from tests.bench.voice.stage import REPEATS, Stage

SCENES = tuple(Scene(name, (Cue("sound.wav"),), ("final",)) for name in ("first", "second"))


class ScriptedStage(Stage):
    """Its microphones are as late as the script says, scene by scene and run by run."""

    late_ms: dict[str, list[float]]

    def _run(self, scenes: Sequence[Scene], *, together: bool = False) -> dict[str, Take]:
        return {
            scene.name: Take(
                scene, (Seen("closed", 1.0, more={"late_ms": self.late_ms[scene.name].pop(0)}),)
            )
            for scene in scenes
        }


@pytest.fixture
def stage(tmp_path: Path) -> ScriptedStage:
    return ScriptedStage("pcm", "ws://127.0.0.1:1", os.getpid(), tmp_path)


def test_a_disturbed_scene_is_played_again_and_the_others_are_not(stage):
    stage.late_ms = {"first": [80.0, 3.0], "second": [2.0]}
    takes = stage.play(SCENES)
    assert [take.late_ms for take in takes] == [3.0, 2.0]
    assert (stage.runs, stage.disturbed) == (3, 0)


def test_a_scene_that_is_disturbed_every_time_is_kept_and_counted(stage):
    stage.late_ms = {"first": [80.0] * (REPEATS + 1), "second": [2.0]}
    takes = stage.play(SCENES)
    assert [take.scene.name for take in takes] == ["first", "second"]
    assert (stage.runs, stage.disturbed) == (2 + REPEATS, 1)
    assert stage.kept == takes


def test_scenes_that_are_played_together_may_be_late(stage):
    stage.late_ms = {"first": [80.0], "second": [2.0]}
    stage.play(SCENES, together=True)
    assert (stage.runs, stage.disturbed) == (2, 0)
