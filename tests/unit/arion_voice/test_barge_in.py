from __future__ import annotations

import asyncio

from arion_voice.engines import AnswerText
from arion_voice.protocol import (
    Answer,
    AudioEnded,
    AudioFrame,
    AudioStarted,
    Interrupt,
    Interrupted,
    Listen,
    SpeechStarted,
    Text,
    TurnEnded,
)
from arion_voice.testing import silent_frames, speech_frames


async def test_speech_cuts_the_answer_short_and_is_answered_itself(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.script = ["그만"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.3))
        interrupted = await call.transport.until(Interrupted)
        assert interrupted.turn == 1
        await call.transport.until(TurnEnded)
        call.transport.say(*silent_frames(0.7))
        call.clock.running.set()
        await call.transport.until(TurnEnded, 2)
    assert [one.text for one in call.responder.asked] == ["옛날 이야기", "그만"]
    cut = call.transport.sent.index(interrupted)
    late = [item for item in call.transport.sent[cut:] if isinstance(item, AudioFrame)]
    assert {frame.turn for frame in late} == {2}
    assert [event.turn for event in call.transport.of(AudioEnded)] == [2]


async def test_a_cough_does_not_cut_the_answer_short(call, under_way) -> None:
    call.synthesizer.seconds = 2
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.15), *silent_frames(0.2))
        await call.transport.until(SpeechStarted)
        call.clock.running.set()
        await call.transport.until(AudioEnded)
    assert call.transport.of(Interrupted) == []


async def test_the_answer_is_written_to_its_end_when_only_its_voice_is_cut(call, under_way) -> None:
    call.responder.answer = lambda _: [
        AnswerText("첫 번째 문장이에요. ", "ko"),
        AnswerText("두 번째 문장이에요.", "ko"),
    ]
    call.responder.gate = asyncio.Event()
    call.synthesizer.seconds = 30
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="이야기"))
        await call.transport.until(AudioFrame)
        call.transport.say(*speech_frames(0.3))
        await call.transport.until(Interrupted)
        call.responder.gate.set()
        await call.transport.until(TurnEnded)
    assert call.responder.finished == 1
    assert len(call.transport.of(Answer)) == 2
    assert len(call.synthesizer.spoken) == 1


async def test_speech_while_arion_still_thinks_waits_for_its_turn(call, under_way) -> None:
    call.recognizer.script = ["그리고 하나 더"]
    call.responder.gate = asyncio.Event()
    async with under_way(call):
        call.transport.say(Text(text="첫 번째"))
        await call.transport.until(Answer)
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.recognizer.called.wait()
        call.responder.gate.set()
        await call.transport.until(TurnEnded, 2)
    assert [one.text for one in call.responder.asked] == ["첫 번째", "그리고 하나 더"]
    assert call.responder.finished == 2


async def test_typing_cuts_the_answer_short(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="이야기"))
        await call.transport.until(AudioStarted)
        call.transport.say(Text(text="다른 이야기"))
        await call.transport.until(AudioStarted, 2)
    assert [event.turn for event in call.transport.of(Interrupted)] == [1]


async def test_typing_does_not_wait_for_speech_that_is_still_being_made(call, under_way) -> None:
    call.synthesizer.gate = asyncio.Event()
    async with under_way(call):
        call.transport.say(Text(text="긴 이야기"))
        await call.transport.until(Answer)
        call.transport.say(Text(text="다른 이야기"))
        assert (await call.transport.until(TurnEnded)).turn == 1
        call.synthesizer.gate.set()
        await call.transport.until(TurnEnded, 2)
    assert {event.turn for event in call.transport.of(AudioStarted)} == {2}


async def test_pressing_the_button_cuts_the_answer_short(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="이야기"))
        await call.transport.until(AudioStarted)
        call.transport.say(Listen(on=True))
        await call.transport.until(Interrupted)
        await call.transport.until(SpeechStarted)


async def test_interrupt_silences_the_answer_once(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="이야기"))
        await call.transport.until(AudioStarted)
        call.transport.say(Interrupt(), Interrupt())
        await call.transport.until(TurnEnded)
    assert len(call.transport.of(Interrupted)) == 1
    assert call.transport.sent[-2:] == [Interrupted(turn=1), call.transport.of(TurnEnded)[0]]


async def test_a_client_that_does_not_read_is_still_heard(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.script = ["들려?"]
    async with under_way(call):
        call.transport.say(Text(text="이야기"))
        await call.transport.until(AudioStarted)
        call.transport.reading.clear()
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.recognizer.called.wait()
        call.transport.reading.set()
        await call.transport.until(TurnEnded, 2)
    assert call.responder.asked[-1].text == "들려?"


async def test_a_client_that_never_reads_again_is_let_go(call) -> None:
    call.responder.answer = lambda _: [AnswerText("음 ", "ko")] * 1000
    call.transport.say(call.hello, Text(text="이야기"))
    call.transport.reading.clear()
    async with asyncio.timeout(5):
        await call.session().run()
    assert call.transport.closed
