from __future__ import annotations

import json

from tests.bench.voice.drivers import ArionDriver, PcmDriver
from tests.bench.voice.scenes import Cue, Job, Scene


def test_a_job_is_read_as_it_was_written():
    cues = (Cue(text="내일 일정"), Cue(sound="a.wav", after_audio_s=1.0))
    scene = Scene("one", cues, ("audio_paused", "interrupted"), since="onset", limit_s=3.0)
    job = Job("arion", "ws://127.0.0.1:1/v1/voice", (scene,), together=True)
    assert Job.from_json(job.as_json()) == job


def test_a_microphone_later_than_forty_milliseconds_was_disturbed(take):
    assert not take(late_ms=40.0).is_disturbed
    assert take(late_ms=40.1).is_disturbed


def test_arions_sound_has_the_rate_that_was_announced():
    driver = ArionDriver()
    driver.read(json.dumps({"type": "audio_started", "turn": 3, "sample_rate": 22_050}))
    seen = driver.read(bytes((1, 1, 0, 3, 0, 0, 0, 0)) + b"\x01\x00\x02\x00")
    assert (seen.kind, seen.turn, seen.rate) == ("audio", 3, 22_050)
    assert seen.samples.tolist() == [1, 2]


def test_arions_final_transcript_opens_a_turn_and_a_partial_one_does_not():
    event = {"type": "transcript", "turn": 1, "text": "내일", "final": True, "language": "ko"}
    assert ArionDriver().read(json.dumps(event)).kind == "final"
    assert ArionDriver().read(json.dumps({**event, "final": False})).kind == "partial"


def test_a_bare_peers_sound_belongs_to_the_text_before_it():
    driver = PcmDriver()
    driver.read(json.dumps({"heard": "내일"}))
    final = driver.read(json.dumps({"heard": "일정 알려줘"}))
    assert (final.kind, final.turn, final.text) == ("final", 2, "일정 알려줘")
    assert driver.read(b"\x01\x00").turn == 2
