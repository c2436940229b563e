from __future__ import annotations

import pytest
from tests.bench.voice.scenes import Seen
from tests.bench.voice.utterances import Outcome
from tests.unit.bench.conftest import final, sound

LOUD, QUIET = 5_000, 20


def test_times_count_from_the_labelled_end_of_the_speech(take, recording):
    seen = [Seen("speech_ended", 103.4), final(103.5), sound(103.8, LOUD)]
    outcome = Outcome(take(*seen), recording)
    assert not outcome.is_cut
    assert outcome.end_delay_ms == pytest.approx(400)
    assert outcome.final_ms == pytest.approx(500)
    assert outcome.first_audio_ms == pytest.approx(800)


def test_silence_before_an_answers_sound_counts_as_waiting(take, recording):
    seen = [final(103.5), sound(103.8, QUIET, QUIET), sound(103.81, QUIET, LOUD)]
    assert Outcome(take(*seen), recording).first_audio_ms == pytest.approx(830)


def test_an_answer_without_sound_has_no_first_audio(take, recording):
    assert Outcome(take(final(103.5), sound(103.8, QUIET)), recording).first_audio_ms is None


def test_a_turn_that_opens_before_the_end_cuts_the_utterance(take, recording):
    seen = [Seen("speech_ended", 101.9), final(103.1), sound(103.2, LOUD)]
    outcome = Outcome(take(*seen), recording)
    assert outcome.is_cut
    assert outcome.end_delay_ms is None
    assert outcome.final_ms is None


def test_two_turns_of_one_utterance_are_a_cut_where_only_texts_are_told(take, recording):
    assert Outcome(take(final(103.2), final(104.0, turn=2)), recording).is_cut


def test_a_hesitation_in_which_nothing_was_heard_cuts_nothing(take, recording):
    seen = [
        Seen("speech_ended", 101.0),
        Seen("nothing_heard", 101.1),
        Seen("speech_ended", 103.4),
        final(103.5),
    ]
    outcome = Outcome(take(*seen), recording)
    assert not outcome.is_cut
    assert outcome.end_delay_ms == pytest.approx(400)


def test_the_answer_to_a_part_is_not_the_answer(take, recording):
    seen = [
        final(102.0),
        sound(102.3, LOUD),
        final(103.5, turn=2),
        sound(103.6, LOUD),
        sound(104.0, LOUD, turn=2),
    ]
    assert Outcome(take(*seen), recording).first_audio_ms == pytest.approx(1000)


def test_what_fills_the_silence_is_not_the_answer(take, recording):
    seen = [
        final(103.1),
        sound(103.2, LOUD, LOUD, LOUD),
        Seen("answer", 103.21, turn=1, text="내일은"),
        sound(103.22, LOUD, QUIET, LOUD),
    ]
    outcome = Outcome(take(*seen), recording, filler_s=0.04)
    assert outcome.first_audio_ms == pytest.approx(200 + 50)


def test_sound_that_follows_the_answers_text_is_the_answer(take, recording):
    seen = [final(103.1), Seen("answer", 103.19, turn=1, text="내일은"), sound(103.2, LOUD)]
    outcome = Outcome(take(*seen), recording, filler_s=0.04)
    assert outcome.first_audio_ms == pytest.approx(200)


def test_gaps_in_an_answer_are_counted(take, recording):
    seen = [final(103.1), sound(103.2, LOUD), sound(103.9, LOUD), sound(104.5, LOUD)]
    assert Outcome(take(*seen), recording).underruns == 2
