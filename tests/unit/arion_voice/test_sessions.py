"""A session goes on when its connection drops."""

from __future__ import annotations

import asyncio
import time

import numpy as np
import pytest
from tests.unit.arion_voice.roaming import (
    HELLO,
    TellingSynthesizer,
    assert_heard_whole,
    roaming,
)

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
from arion_voice.errors import VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Ack,
    Answer,
    AudioPaused,
    AudioResumed,
    AudioStarted,
    Error,
    HeardUpTo,
    Interrupted,
    Listen,
    NothingHeard,
    Ready,
    SpeechEnded,
    SpeechStarted,
    Text,
    TranscriptEvent,
    TurnEnded,
)
from arion_voice.testing import LoopTransport, ToneSynthesizer, silent_frames, speech_frames

THREE = "첫째 문장이에요. 둘째 문장이에요. 셋째 문장이에요."


@pytest.fixture
def call(call):
    call.synthesizer = TellingSynthesizer()
    call.responder.answer = lambda _: [AnswerText(THREE, "ko")]
    return call


def reference(call) -> np.ndarray:
    """The sound of the answer, sentence by sentence."""
    return call.synthesizer.sound(dict.fromkeys(call.synthesizer.spoken))


async def test_an_utterance_spoken_across_a_drop_comes_out_whole(call) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    async with roaming(call, LoopTransport(takes=30)) as client:
        client.say(*speech_frames(1))
        await client.transport.until_closed()
        client.say(*silent_frames(0.7))
        await client.until_turn_ended(1)
    assert [ready.resumed for ready in client.readies] == [False, True]
    assert client.finals() == [(1, "내일 일정 알려줘")]
    assert len(client.of(SpeechStarted)) == 1
    (samples,) = call.recognizer.heard
    assert np.count_nonzero(samples) == 16_000


async def test_a_final_that_a_drop_swallowed_comes_once(call) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    call.recognizer.gate = asyncio.Event()
    asked = asyncio.Event()

    def answer(_):
        asked.set()
        return [AnswerText(THREE, "ko")]

    call.responder.answer = answer
    async with roaming(call) as client:
        client.say(*speech_frames(1), *silent_frames(1.3))
        await client.until(lambda: bool(client.of(SpeechEnded)))
        await client.drop()
        call.recognizer.gate.set()
        await asked.wait()
        await client.until_turn_ended(1)
    assert client.finals() == [(1, "내일 일정 알려줘")]
    assert client.answers() == {1: THREE}
    assert len(call.responder.asked) == 1
    assert_heard_whole(client.sound(1), reference(call))


async def test_an_answer_goes_on_from_the_sentence_that_was_played(call) -> None:
    # Ready, transcript, answer, audio_started, then half a second a sentence.
    async with roaming(call, LoopTransport(sends=4 + 20)) as client:
        client.say(Text(text="이야기", id="message-1"))
        await client.until_turn_ended(1)
    first, second = client.sound(1)
    assert (first.begins_ms, second.begins_ms) == (0, 500)
    assert 500 < first.ends_ms < 1_000
    assert_heard_whole(client.sound(1), reference(call))
    assert client.answers() == {1: THREE}
    assert len(call.responder.asked) == 1


async def test_what_was_in_the_player_and_not_played_is_spoken_again(call) -> None:
    async with roaming(call, LoopTransport(sends=4 + 15)) as client:
        client.unplayed_ms = 300
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
    first, second = client.sound(1)
    assert first.ends_ms < 500
    assert second.begins_ms == 0
    assert_heard_whole(client.sound(1), reference(call))


async def test_an_end_that_nobody_heard_is_spoken_after_the_turn(call) -> None:
    call.clock.running.clear()
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.played) and client.played[0].ends_ms > 300)
        client.transport.is_half_open = True
        call.clock.running.set()
        await client.transport.until_lost(TurnEnded)
        await client.connect()
        await client.until(lambda: len(client.sound(1)) > 1 and client.sound(1)[-1].ends_ms >= 1500)
    assert_heard_whole([it for it in client.sound(1) if len(it.samples)], reference(call))
    assert [event.turn for event in client.of(TurnEnded)] == [1]
    assert len(call.responder.asked) == 1


async def test_an_answer_that_was_heard_to_its_end_is_not_repeated(call) -> None:
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
        await client.drop()
        await client.connect()
        client.say(Text(text="또 하나"))
        await client.until_turn_ended(2)
    assert len(client.sound(1)) == 1
    assert len(client.readies) == 2


async def test_nothing_is_spoken_while_nobody_listens(call) -> None:
    gate, answered = asyncio.Event(), asyncio.Event()

    async def respond(_):
        await gate.wait()
        yield AnswerText(THREE, "ko")
        answered.set()

    call.responder.respond = respond
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.of(TranscriptEvent)))
        await client.drop()
        gate.set()
        await answered.wait()
        assert call.synthesizer.spoken == []
        await client.until_turn_ended(1)
    assert_heard_whole(client.sound(1), reference(call))


async def test_a_message_sent_again_is_answered_once(call) -> None:
    async with roaming(call, LoopTransport(sends=1)) as client:
        client.say(Text(text="이야기", id="message-1"))
        await client.until_turn_ended(1)
        client.transport.say(Text(text="이야기", id="message-1"), Text(text="또", id="message-2"))
        await client.until_turn_ended(2)
    assert [one.text for one in call.responder.asked] == ["이야기", "또"]
    assert [event.id for event in client.of(TranscriptEvent)] == ["message-1", "message-2"]


async def test_a_message_whose_answer_failed_may_be_sent_again(call) -> None:
    answers = [[], [AnswerText("됐어요.", "ko")]]

    def answer(_):
        if not (parts := answers.pop(0)):
            raise RuntimeError
        return parts

    call.responder.answer = answer
    async with roaming(call) as client:
        client.say(Text(text="이야기", id="message-1"))
        await client.until_turn_ended(1)
        client.say(Text(text="이야기", id="message-1"))
        await client.until_turn_ended(2)
    assert client.answers() == {2: "됐어요."}


@pytest.mark.parametrize("change", [{"token": "wrong"}, {"token": None}, {"seen": 999}])
async def test_without_its_token_a_session_is_a_fresh_one_of_the_same_name(call, change) -> None:
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
        await client.drop()
        await client.connect(**change)
    assert [ready.resumed for ready in client.readies] == [False, False]
    assert [ready.session for ready in client.readies] == ["kitchen", "kitchen"]
    assert client.readies[0].token != client.readies[1].token


async def test_a_token_opens_nothing_for_anybody_else(call) -> None:
    async with roaming(call) as client:
        await client.drop()
        call.owner = "somebody else"
        await client.connect()
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_who_takes_leave_comes_back_to_a_fresh_session(call) -> None:
    async with roaming(call) as client:
        client.transport.hang_up(on_purpose=True)
        await client.transport.until_closed()
        await client.connect()
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_a_session_waits_only_so_long(call) -> None:
    call.options = SessionOptions(resume_s=0.01)
    ended = asyncio.Event()

    async def respond(_):
        try:
            yield AnswerText(THREE, "ko")
            await asyncio.Event().wait()
        finally:
            ended.set()

    call.responder.respond = respond
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.of(Answer)))
        await client.drop()
        await ended.wait()
        await client.connect()
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_without_time_to_come_back_there_is_no_token(call) -> None:
    call.options = SessionOptions(resume_s=0)
    async with roaming(call) as client:
        await client.drop()
        await client.connect()
    assert [(ready.token, ready.resumed) for ready in client.readies] == [(None, False)] * 2


async def test_of_too_many_that_wait_the_oldest_ends(call, monkeypatch) -> None:
    monkeypatch.setattr("arion_voice.sessions._MOST_PARKED", 2)
    async with roaming(call) as first:
        await first.drop()
        second, third = LoopTransport(), LoopTransport()
        async with asyncio.TaskGroup() as tasks:
            for transport in (second, third):
                tasks.create_task(call.session(transport).run())
                transport.say(HELLO)
                await transport.until(Ready)
                transport.hang_up()
        await first.connect()
    assert [ready.resumed for ready in first.readies] == [False, False]


async def test_a_new_connection_takes_a_session_from_one_that_hangs(call) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    async with roaming(call) as client:
        client.say(*speech_frames(0.5))
        await client.until(lambda: bool(client.of(SpeechStarted)))
        hanging = client.transport
        await client.connect()
        await hanging.until_closed()
        client.say(*speech_frames(0.5), *silent_frames(0.7))
        await client.until_turn_ended(1)
    (error,) = hanging.of(Error)
    assert (error.kind, error.fatal, error.seq) == (VoiceErrorKind.TAKEN_OVER, True, 0)
    assert client.finals() == [(1, "내일 일정 알려줘")]
    assert np.count_nonzero(call.recognizer.heard[0]) == 16_000


async def test_a_connection_that_hangs_and_does_not_read_is_taken_over_too(
    call, monkeypatch
) -> None:
    monkeypatch.setattr("arion_voice.session._FAREWELL_S", 0.01)
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.of(AudioStarted)))
        client.transport.reading.clear()
        await client.connect()
        await client.until_turn_ended(1)
    assert_heard_whole([it for it in client.sound(1) if len(it.samples)], reference(call))


async def test_a_barge_in_over_the_resumed_answer_cuts_it(call) -> None:
    call.recognizer.script = ["그만"]
    async with roaming(call, LoopTransport(sends=4 + 20)) as client:
        client.say(Text(text="이야기"))
        await client.transport.until_closed()
        call.clock.running.clear()
        await client.connect()
        client.say(*speech_frames(0.5), *silent_frames(0.7))
        await client.until(lambda: bool(client.of(Interrupted)))
        call.clock.running.set()
        await client.until_turn_ended(1)
    ((utterance, heard),) = call.responder.cut
    assert utterance.turn == 1
    assert THREE.startswith(heard)
    assert heard.startswith("첫째 문장이에요.")


async def test_frames_that_come_twice_or_late_are_heard_once(call) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    frames = [
        AudioFrame(frame.pcm, sequence=number)
        for number, frame in enumerate([*speech_frames(1), *silent_frames(0.7)])
    ]
    async with roaming(call) as client:
        for number, frame in enumerate(frames):
            client.transport.say(frame, frames[number // 2])
        await client.until_turn_ended(1)
    assert np.count_nonzero(call.recognizer.heard[0]) == 16_000


async def test_missing_frames_neither_end_nor_fill_an_utterance(call) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    frames = [
        AudioFrame(frame.pcm, sequence=number)
        for number, frame in enumerate([*speech_frames(2), *silent_frames(0.7)])
    ]
    async with roaming(call) as client:
        client.transport.say(*frames[:40], *frames[60:])
        await client.until_turn_ended(1)
    assert np.count_nonzero(call.recognizer.heard[0]) == 80 * 320


async def test_the_client_is_told_each_second_how_far_it_was_heard(call) -> None:
    async with roaming(call) as client:
        client.say(*silent_frames(3.5))
        await client.transport.until(HeardUpTo, 3)
        assert [it.sequence for it in client.transport.of(HeardUpTo)] == [49, 99, 149]
        assert {it.seq for it in client.transport.of(HeardUpTo)} == {0}


async def test_a_microphone_that_falls_silent_amid_an_utterance_ends_it(call) -> None:
    call.options = SessionOptions(starved_s=0.02)
    call.recognizer.script = ["내일 일정 알려줘", "다음"]
    async with roaming(call) as client:
        client.say(*speech_frames(1))
        await client.until_turn_ended(1)
        client.say(*speech_frames(1), *silent_frames(0.7))
        await client.until_turn_ended(2)
    assert client.finals() == [(1, "내일 일정 알려줘"), (2, "다음")]


async def test_a_held_button_whose_phone_fell_asleep_is_let_go(call) -> None:
    call.options = SessionOptions(starved_s=0.02)
    async with roaming(call) as client:
        client.say(Listen(on=True))
        await client.until(lambda: bool(client.of(NothingHeard)))
    assert call.recognizer.heard == []


async def test_events_that_were_acknowledged_are_not_kept(call) -> None:
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
        client.say(Ack(seq=client.state.seen))
        client.say(Text(text="또"))
        await client.until_turn_ended(2)
        await client.drop()
        await client.connect(seen=1)
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_a_client_that_does_not_read_is_parked_and_misses_nothing(call) -> None:
    call.responder.answer = lambda _: [AnswerText("음 ", "ko")] * 1000
    async with roaming(call) as client:
        client.transport.reading.clear()
        client.say(Text(text="이야기"))
        await client.transport.until_closed()
        await client.until_turn_ended(1)
    assert [ready.resumed for ready in client.readies] == [False, True]
    assert client.answers() == {1: "음 " * 1000}


async def test_an_answer_that_is_there_all_at_once_is_no_sign_of_a_slow_reader(call) -> None:
    call.responder.answer = lambda _: [AnswerText("음 ", "ko")] * 1000
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
    assert len(client.readies) == 1


async def test_a_client_that_leaves_too_much_unread_finds_a_fresh_session(call) -> None:
    call.responder.answer = lambda _: [AnswerText("음 ", "ko")] * 5000
    async with roaming(call) as client:
        client.transport.reading.clear()
        client.say(Text(text="이야기"))
        await client.transport.until_closed()
        await client.connect()
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_an_end_that_nobody_has_waited_for_is_not_spoken(call) -> None:
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
        await client.drop()
        await call.clock.sleep(100)
        await client.connect(turn=0, played_ms=0)
        client.say(Text(text="또"))
        await client.until_turn_ended(2)
    assert [it.turn for it in client.played] == [1, 2]


async def test_the_voice_chosen_meanwhile_speaks_the_next_answer(call) -> None:
    call.synthesizer = ToneSynthesizer()
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until_turn_ended(1)
        await client.drop()
        await client.connect(voice="fast")
        client.say(Text(text="또"))
        await client.until_turn_ended(2)
    voices = [voice for _, _, voice in call.synthesizer.spoken]
    assert voices == ["natural"] * (len(voices) // 2) + ["fast"] * (len(voices) // 2)


async def test_what_fills_a_silence_is_not_said_again(call) -> None:
    call.options = SessionOptions(filler_s=0.7)
    gate = asyncio.Event()

    async def respond(_):
        await gate.wait()
        yield AnswerText(THREE, "ko")

    call.responder.respond = respond
    async with roaming(call, LoopTransport(sends=3 + 5)) as client:
        client.say(Text(text="이야기"))
        await client.transport.until_closed()
        await client.connect()
        gate.set()
        await client.until_turn_ended(1)
    sentences = [text for text in call.synthesizer.spoken if text in THREE]
    fillers = [text for text in call.synthesizer.spoken if text not in THREE]
    assert len(fillers) == len(set(fillers)) > 0
    assert np.array_equal(client.sound(1)[-1].samples, call.synthesizer.sound(sentences))


async def test_a_machine_that_slept_amid_an_utterance_hears_the_rest_of_it(call) -> None:
    call.options = SessionOptions(starved_s=0.2)
    call.recognizer.script = ["내일 일정 알려줘"]
    async with roaming(call) as client:
        client.say(*speech_frames(1))
        await client.transport.until(HeardUpTo)
        for woken in (False, True):
            for _ in range(10):
                await asyncio.sleep(0)
            if not woken:
                time.sleep(0.15)  # noqa: ASYNC251 - nothing runs while a machine sleeps
        client.say(*speech_frames(0.5), *silent_frames(0.7))
        await client.until_turn_ended(1)
    assert [np.count_nonzero(samples) for samples in call.recognizer.heard] == [24_000]


async def test_an_answer_paused_before_a_drop_goes_on_after_it_where_nothing_was_said(call) -> None:
    call.recognizer.script = ["응"]
    call.clock.running.clear()
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.played) and client.played[0].ends_ms > 300)
        client.say(*speech_frames(0.3))
        await client.until(lambda: bool(client.of(AudioPaused)))
        await client.drop()
        await client.connect()
        client.say(*silent_frames(0.7))
        await client.until(lambda: bool(client.of(AudioResumed)))
        call.clock.running.set()
        await client.until_heard(1, 1_500)
    assert_heard_whole(client.sound(1), reference(call))
    _, started_again = client.of(AudioStarted)
    assert client.of(AudioResumed)[0].seq < started_again.seq
    assert client.finals() == [(1, "이야기")]


async def test_words_spoken_across_a_drop_over_an_answer_cut_it_and_are_answered(call) -> None:
    call.recognizer.script = ["아니 날씨 알려줘"]
    call.clock.running.clear()
    async with roaming(call) as client:
        client.say(Text(text="이야기"))
        await client.until(lambda: bool(client.played) and client.played[0].ends_ms > 300)
        client.say(*speech_frames(0.5))
        await client.until(lambda: bool(client.of(AudioPaused)))
        await client.drop()
        await client.connect()
        client.say(*speech_frames(0.5), *silent_frames(0.7))
        await client.until(lambda: bool(client.of(Interrupted)))
        call.clock.running.set()
        await client.until_turn_ended(2)
    assert [text for _, text in client.finals()] == ["이야기", "아니 날씨 알려줘"]
    assert [utterance.turn for utterance, _ in call.responder.cut] == [1]
