from __future__ import annotations

import pytest

from arion_host.cli.hearing import Hearing
from arion_voice.errors import VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Answer,
    AudioStarted,
    Error,
    NothingHeard,
    Ready,
    ServerEvent,
    SpeechEnded,
    SpeechStarted,
    TranscriptEvent,
    TurnEnded,
)


def spoken(turn: int, text: str) -> list[ServerEvent]:
    final = TranscriptEvent(turn=turn, text=text, final=True, language="ko")
    return [SpeechStarted(), SpeechEnded(), final]


def heard(*events: ServerEvent) -> Hearing:
    hearing = Hearing()
    for moment, event in enumerate(events):
        hearing.take_event(event, float(moment))
    return hearing


def test_a_turn_is_told_with_its_result_and_the_moments_since_the_end_of_speech():
    hearing = heard(*spoken(1, "내일 일정 알려줘"), AudioStarted(turn=1, sample_rate=24_000))
    hearing.take_audio(AudioFrame(b"\1\0", turn=1), 3.5)
    hearing.take_audio(AudioFrame(b"\2\0", turn=1), 3.6)
    detail = {"answer": "없어요.", "timings_ms": {"route": 1.0}}
    hearing.take_event(Answer(turn=1, text="", language="ko", detail=detail), 3.7)
    hearing.take_event(TurnEnded(turn=1, timings_ms={}), 4.0)
    turn = hearing.last_turn
    assert turn is not None
    assert (bytes(turn.pcm), turn.sample_rate) == (b"\1\0\2\0", 24_000)
    assert hearing.result(turn, 0.5) == {
        "answer": "없어요.",
        "transcript": "내일 일정 알려줘",
        "timings_ms": {
            "route": 1.0,
            "endpoint": 500.0,
            "stt_final": 1500.0,
            "first_audio": 3000.0,
            "answer_done": 3500.0,
        },
    }


def test_a_turn_without_sound_has_no_moment_of_first_audio():
    hearing = heard(*spoken(1, "안녕"), TurnEnded(turn=1, timings_ms={}))
    turn = hearing.last_turn
    assert turn is not None
    assert hearing.result(turn, 0)["timings_ms"]["first_audio"] is None


def test_of_several_turns_the_last_is_told_with_all_that_was_said():
    hearing = heard(*spoken(1, "음"), *spoken(2, "내일 일정"))
    turn = hearing.last_turn
    assert turn is not None
    assert hearing.result(turn, 0)["transcript"] == "음 내일 일정"


def test_sound_of_an_unknown_turn_is_left_out():
    hearing = heard(Ready(session="s"))
    hearing.take_audio(AudioFrame(b"\1\0", turn=7), 0.0)
    assert hearing.last_turn is None


@pytest.mark.parametrize(
    ("events", "silent_s", "over"),
    [
        ([], 3.9, False),
        ([], 4.1, True),
        ([SpeechStarted()], 60, False),
        ([SpeechStarted(), SpeechEnded()], 60, False),
        ([SpeechStarted(), SpeechEnded(), NothingHeard()], 4.1, True),
        (spoken(1, "a"), 60, False),
        ([*spoken(1, "a"), TurnEnded(turn=1, timings_ms={})], 0.9, False),
        ([*spoken(1, "a"), TurnEnded(turn=1, timings_ms={})], 1.1, True),
        ([*spoken(1, "a"), SpeechStarted(), TurnEnded(turn=1, timings_ms={})], 60, False),
    ],
)
def test_a_conversation_is_over_when_nothing_is_to_be_expected(
    events: list[ServerEvent], silent_s: float, over: bool
):
    assert heard(*events).is_over(silent_s) is over


def test_an_error_of_the_host_is_kept_with_what_to_do():
    error = Error(
        kind=VoiceErrorKind.NO_MODELS, message="음성 모델이 없어요.", next_step="받아 주세요."
    )
    problem = heard(error).problem
    assert problem is not None
    assert "음성 모델이 없어요." in problem.message
    assert problem.next_step == "받아 주세요."


def test_a_sentence_that_is_said_again_after_a_drop_is_kept_once():
    hearing = heard(*spoken(1, "내일 일정"), AudioStarted(turn=1, sample_rate=1_000))
    hearing.take_audio(AudioFrame(b"\1\0" * 1_500, turn=1), 3.0)
    hearing.take_event(AudioStarted(turn=1, sample_rate=1_000, from_ms=1_000), 4.0)
    hearing.take_audio(AudioFrame(b"\2\0" * 1_000, turn=1), 4.1)
    turn = hearing.last_turn
    assert turn is not None
    assert bytes(turn.pcm) == b"\1\0" * 1_000 + b"\2\0" * 1_000
