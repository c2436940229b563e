from __future__ import annotations

import pytest
from tests.bench.voice.interruptions import Interruption
from tests.bench.voice.scenes import Seen
from tests.unit.bench.conftest import final, sound

LOUD = 5_000


def test_an_answer_is_silent_once_it_stands_still(take, recording):
    seen = [sound(100.6, LOUD), Seen("audio_paused", 100.7), Seen("interrupted", 102.0)]
    interruption = Interruption(take(*seen), recording)
    assert interruption.silent_ms == pytest.approx(200)
    assert interruption.last_frame_ms == pytest.approx(100)
    assert interruption.is_cut


def test_sound_that_comes_after_the_pause_counts_as_not_silent(take, recording):
    seen = [Seen("audio_paused", 100.7), sound(100.9, LOUD), Seen("interrupted", 102.0)]
    assert Interruption(take(*seen), recording).silent_ms == pytest.approx(400)


def test_an_answer_that_goes_on_is_resumed_from_the_end_of_the_noise(take, recording):
    seen = [Seen("audio_paused", 100.7), Seen("audio_resumed", 103.4), sound(103.5, LOUD)]
    interruption = Interruption(take(*seen), recording)
    assert interruption.resume_ms == pytest.approx(400)
    assert interruption.silent_ms == pytest.approx(200)
    assert not interruption.is_cut


def test_an_answer_that_goes_on_within_the_noise_waits_for_nothing(take, recording):
    seen = [Seen("audio_paused", 100.7), Seen("audio_resumed", 101.2)]
    assert Interruption(take(*seen), recording).resume_ms == 0.0


def test_an_answer_that_never_stood_still_has_nothing_to_resume(take, recording):
    interruption = Interruption(take(sound(101.0, LOUD)), recording)
    assert interruption.resume_ms is None
    assert interruption.silent_ms is None


def test_what_came_before_the_noise_does_not_count(take, recording):
    seen = [final(100.1), Seen("audio_paused", 100.2), Seen("audio_resumed", 100.3)]
    interruption = Interruption(take(*seen), recording)
    assert interruption.resume_ms is None
    assert not interruption.opens_turn


def test_what_is_broken_off_at_the_end_of_a_scene_was_not_interrupted(take, recording):
    seen = [Seen("audio_paused", 100.7), Seen("audio_resumed", 103.4), Seen("interrupted", 195)]
    assert not Interruption(take(*seen), recording).is_cut
