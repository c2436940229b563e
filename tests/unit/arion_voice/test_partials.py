from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arion_voice.partials import stable_length
from arion_voice.protocol import TranscriptEvent, TurnEnded
from arion_voice.testing import silent_frames, speech_frames


def test_words_that_two_hypotheses_share_stay() -> None:
    now = "내일 오후 세 시에 회의"
    assert now[: stable_length("내일 오후 세시", now)] == "내일 오후"


def test_nothing_stays_of_a_first_hypothesis() -> None:
    assert stable_length("", "내일 오후") == 0


@given(st.text(), st.text())
def test_what_stays_begins_both(before: str, now: str) -> None:
    kept = " ".join(now.split())[: stable_length(before, now)]
    assert " ".join(before.split()).startswith(kept)


async def test_what_is_being_said_is_shown_before_it_is_over(call, under_way) -> None:
    call.recognizer.partials = ["내일 오후", "내일 오후 세 시에 회의"]
    call.recognizer.script = ["내일 오후 세 시에 회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(6), *silent_frames(0.5))
        await call.transport.until(TurnEnded)
    shown = call.transport.of(TranscriptEvent)
    assert [(it.text, it.final, it.text[: it.stable]) for it in shown] == [
        ("내일 오후", False, ""),
        ("내일 오후 세 시에 회의", False, "내일 오후"),
        ("내일 오후 세 시에 회의 잡아줘", True, ""),
    ]
    assert len(call.responder.asked) == 1


async def test_what_was_recognised_of_an_utterance_that_goes_on_is_shown(call, under_way) -> None:
    call.recognizer.script = ["내일 오후", "내일 오후 세 시에", "내일 오후 세 시에 회의 잡아줘"]
    call.recognizer.runs_on = True
    breath = silent_frames(0.12)
    async with under_way(call):
        call.transport.say(*speech_frames(1.5), *breath, *speech_frames(1), *breath)
        call.transport.say(*speech_frames(1), *silent_frames(0.5))
        await call.transport.until(TurnEnded)
    shown = call.transport.of(TranscriptEvent)
    assert [(it.text, it.final, it.text[: it.stable]) for it in shown] == [
        ("내일 오후", False, ""),
        ("내일 오후 세 시에", False, "내일 오후"),
        ("내일 오후 세 시에 회의 잡아줘", True, ""),
    ]


async def test_what_can_be_given_up_is_not_shown(call, under_way) -> None:
    call.recognizer.script = ["내일 오후", "내일 오후 세 시에 회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(2), *silent_frames(0.12))
        call.transport.say(*speech_frames(1), *silent_frames(0.5))
        await call.transport.until(TurnEnded)
    assert [it.final for it in call.transport.of(TranscriptEvent)] == [True]


async def test_a_short_command_is_recognised_once(call, under_way) -> None:
    call.recognizer.partials = ["내일"]
    call.recognizer.script = ["내일 일정"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    assert [it.final for it in call.transport.of(TranscriptEvent)] == [True]
