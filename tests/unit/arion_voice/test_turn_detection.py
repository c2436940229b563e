from __future__ import annotations

import pytest

from arion_voice.endings import Ending
from arion_voice.turn_detection import TurnChange, TurnDetector, TurnOptions, TurnState

FRAME_S = 0.032
OPTIONS = TurnOptions(
    start_s=0.1, pause_s=0.2, finished_s=0.3, silence_s=0.5, unfinished_s=1.0, max_s=3.0
)


def feed(detector: TurnDetector, probability: float, seconds: float) -> list[TurnChange]:
    changes = (detector.feed(probability, FRAME_S) for _ in range(max(1, round(seconds / FRAME_S))))
    return [change for change in changes if change is not None]


@pytest.fixture
def detector() -> TurnDetector:
    return TurnDetector(OPTIONS)


def test_silence_starts_nothing(detector: TurnDetector) -> None:
    assert feed(detector, 0.1, 10) == []
    assert detector.state is TurnState.QUIET


def test_a_click_starts_nothing(detector: TurnDetector) -> None:
    assert feed(detector, 0.9, 0.064) == []
    assert feed(detector, 0.1, 1) == []
    assert feed(detector, 0.9, 0.064) == []
    assert detector.state is TurnState.STARTING


def test_speech_starts_an_utterance_and_silence_ends_it(detector: TurnDetector) -> None:
    assert feed(detector, 0.9, 1) == [TurnChange.STARTED]
    assert feed(detector, 0.1, 1.1) == [TurnChange.PAUSED, TurnChange.ENDED]
    assert detector.state is TurnState.QUIET


@pytest.mark.parametrize(
    ("ending", "silence_s"),
    [(Ending.FINISHED, 0.32), (Ending.UNSURE, 0.512), (Ending.UNFINISHED, 1.024)],
)
def test_the_words_tell_how_much_silence_ends_the_utterance(
    ending: Ending, silence_s: float, detector: TurnDetector
) -> None:
    feed(detector, 0.9, 1)
    feed(detector, 0.1, 0.224)
    detector.expect(ending)
    assert TurnChange.ENDED not in feed(detector, 0.1, silence_s - 0.224 - FRAME_S)
    assert feed(detector, 0.1, FRAME_S) == [TurnChange.ENDED]
    assert detector.silence_s == pytest.approx(silence_s)


def test_words_that_come_late_end_the_utterance_at_once(detector: TurnDetector) -> None:
    feed(detector, 0.9, 1)
    assert feed(detector, 0.1, 0.8) == [TurnChange.PAUSED]
    detector.expect(Ending.FINISHED)
    assert feed(detector, 0.1, FRAME_S) == [TurnChange.ENDED]


def test_what_was_expected_of_one_pause_does_not_count_for_the_next(
    detector: TurnDetector,
) -> None:
    feed(detector, 0.9, 0.5)
    feed(detector, 0.1, 0.224)
    detector.expect(Ending.FINISHED)
    assert feed(detector, 0.9, 0.2) == [TurnChange.RESUMED]
    assert feed(detector, 0.1, 0.8) == [TurnChange.PAUSED]


def test_a_resumed_utterance_tells_how_long_it_paused(detector: TurnDetector) -> None:
    feed(detector, 0.9, 0.5)
    feed(detector, 0.1, 0.8)
    feed(detector, 0.9, FRAME_S)
    assert detector.resumed_after_s == pytest.approx(0.8)
    feed(detector, 0.9, FRAME_S)
    assert detector.resumed_after_s == 0


def test_a_short_pause_is_resumed_and_does_not_end_the_utterance(detector: TurnDetector) -> None:
    feed(detector, 0.9, 0.5)
    assert feed(detector, 0.1, 0.3) == [TurnChange.PAUSED]
    assert feed(detector, 0.9, 0.2) == [TurnChange.RESUMED]
    assert detector.state is TurnState.SPEAKING
    assert detector.speech_s == pytest.approx(0.7, abs=FRAME_S)


def test_doubtful_frames_go_on_with_speech_but_do_not_begin_it(detector: TurnDetector) -> None:
    assert feed(detector, 0.4, 1) == []
    feed(detector, 0.9, 0.2)
    assert feed(detector, 0.4, 1) == []
    assert detector.state is TurnState.SPEAKING


def test_the_next_utterance_counts_its_own_speech(detector: TurnDetector) -> None:
    feed(detector, 0.9, 1)
    feed(detector, 0.1, 1.1)
    feed(detector, 0.9, 0.2)
    assert detector.speech_s == pytest.approx(0.2, abs=FRAME_S)


def test_speech_right_after_the_end_needs_its_full_length_again(detector: TurnDetector) -> None:
    feed(detector, 0.9, 1)
    feed(detector, 0.1, 1.024)
    assert detector.state is TurnState.QUIET
    assert feed(detector, 0.9, FRAME_S) == []
    assert detector.state is TurnState.STARTING


def test_endless_speech_is_cut_off_once_and_ignored_until_silence(detector: TurnDetector) -> None:
    changes = feed(detector, 0.9, 600)
    assert changes == [TurnChange.STARTED, TurnChange.TOO_LONG]
    assert detector.state is TurnState.EXHAUSTED
    assert feed(detector, 0.1, 0.6) == []
    assert feed(detector, 0.9, 0.2) == [TurnChange.STARTED]


def test_a_held_utterance_survives_silence(detector: TurnDetector) -> None:
    detector.hold()
    assert feed(detector, 0.1, 1) == []
    assert feed(detector, 0.9, 0.2) == []
    assert feed(detector, 0.1, 1.5) == [TurnChange.PAUSED]
    assert feed(detector, 0.9, 1.1) == [TurnChange.RESUMED, TurnChange.TOO_LONG]


def test_reset_forgets_the_utterance(detector: TurnDetector) -> None:
    feed(detector, 0.9, 1)
    detector.reset()
    assert (detector.state, detector.speech_s, detector.silence_s) == (TurnState.QUIET, 0, 0)
