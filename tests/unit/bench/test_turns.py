from __future__ import annotations

import pytest
from tests.bench.report import Report
from tests.bench.voice.endings import add_endings
from tests.bench.voice.scenes import Seen
from tests.bench.voice.turns import add_first_audio, first_audio
from tests.bench.voice.utterances import Outcome
from tests.unit.bench.conftest import final, sound


@pytest.fixture
def outcomes(take, recording):
    """Answered after 700 ms, after 900 ms, never; the last one was cut as well."""
    answered = [
        take(Seen("speech_ended", 103.3), final(103.4), sound(103.7, 5_000)),
        take(Seen("speech_ended", 103.5), final(103.6), sound(103.9, 5_000)),
        take(Seen("speech_ended", 101.3), final(101.4)),
    ]
    return [Outcome(it, recording) for it in answered]


def test_an_answer_that_never_came_counts_as_long_as_was_waited(outcomes):
    limit_ms = outcomes[2].take.scene.limit_s * 1000
    assert first_audio(outcomes) == pytest.approx([700, 900, limit_ms])


def test_figures_of_first_audio_have_their_number_of_turns(outcomes):
    report = Report("voice", baseline="none")
    add_first_audio(report, "first_audio", outcomes)
    assert report.figures == {
        "first_audio_p50_ms": 900,
        "first_audio_p95_ms": 8000,
        "first_audio_max_ms": 8000,
    }
    assert set(report.n.values()) == {3}


def test_without_turns_the_figures_are_null():
    report = Report("voice", baseline="none")
    add_first_audio(report, "first_audio", [])
    add_endings(report, [])
    assert set(report.figures.values()) == {None}


def test_cut_utterances_have_a_share_and_no_delay(outcomes):
    report = Report("voice", baseline="none")
    add_endings(report, outcomes)
    assert report.figures["early_cut"] == pytest.approx(1 / 3, abs=0.001)
    assert report.figures["end_delay_p50_ms"] == 400
    assert report.n["end_delay_p50_ms"] == 2
