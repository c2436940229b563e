from __future__ import annotations

import asyncio

import pytest

from arion_voice.engines import AnswerText
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Answer,
    AudioEnded,
    AudioPaused,
    AudioResumed,
    AudioStarted,
    Interrupt,
    Interrupted,
    Listen,
    NothingHeard,
    SpeechStarted,
    Text,
    TurnEnded,
)
from arion_voice.testing import silent_frames, speech_frames


async def test_speech_pauses_the_answer_and_its_words_cut_it_short(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.script = ["아니 날씨 알려줘"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.3))
        assert (await call.transport.until(AudioPaused)).turn == 1
        assert call.transport.of(Interrupted) == []
        call.transport.say(*silent_frames(0.4))
        interrupted = await call.transport.until(Interrupted)
        call.clock.running.set()
        await call.transport.until(TurnEnded, 2)
    assert [one.text for one in call.responder.asked] == ["옛날 이야기", "아니 날씨 알려줘"]
    paused = call.transport.sent.index(call.transport.of(AudioPaused)[0])
    late = [item for item in call.transport.sent[paused:] if isinstance(item, AudioFrame)]
    assert {frame.turn for frame in late} == {2}
    assert call.transport.sent.index(interrupted) > paused
    assert [event.turn for event in call.transport.of(AudioEnded)] == [2]


@pytest.mark.parametrize("heard", ["", "응", "네 네", "이야기, 알겠어요"])
async def test_what_does_not_interrupt_lets_the_answer_go_on(heard, call, under_way) -> None:
    call.synthesizer.seconds = 5
    call.recognizer.script = [heard]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        before = len(call.transport.of(AudioFrame))
        call.transport.say(*speech_frames(0.3), *silent_frames(0.3))
        assert (await call.transport.until(AudioResumed)).turn == 1
        call.clock.running.set()
        call.transport.say(*silent_frames(1))
        await call.transport.until(NothingHeard)
        await call.transport.until(AudioEnded)
    assert len(call.responder.asked) == 1
    assert call.transport.of(Interrupted) == []
    frames = call.transport.of(AudioFrame)
    assert len(frames) > before
    assert sum(len(frame.pcm) for frame in frames) == 2 * 5 * 48_000


async def test_the_end_of_an_answer_that_the_microphone_hears_is_no_turn(call, under_way) -> None:
    call.recognizer.script = ["이야기 알겠어요"]
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(TurnEnded)
        call.transport.say(*speech_frames(0.5), *silent_frames(0.7))
        await call.transport.until(NothingHeard)
    assert len(call.responder.asked) == 1


async def test_the_same_words_later_are_a_turn(call, under_way) -> None:
    call.recognizer.script = ["이야기 알겠어요"]
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(TurnEnded)
        await call.clock.sleep(2)
        call.transport.say(*speech_frames(0.5), *silent_frames(0.7))
        await call.transport.until(TurnEnded, 2)
    assert len(call.responder.asked) == 2


async def test_music_that_goes_on_pauses_the_answer_only_until_it_is_known_to_be_none(
    call, under_way
) -> None:
    call.synthesizer.seconds = 5
    call.recognizer.partials = [""]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(3))
        await call.transport.until(AudioResumed)
        call.transport.say(*speech_frames(10))
        call.clock.running.set()
        await call.transport.until(AudioEnded)
    assert len(call.transport.of(AudioPaused)) == 1


async def test_long_words_cut_the_answer_before_they_end(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.partials = ["아니 그게 아니라 내일"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(3))
        await call.transport.until(Interrupted)
    assert call.recognizer.heard == []


async def test_stop_makes_arion_silent_and_is_no_turn(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.script = ["그만"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.3), *silent_frames(0.7))
        await call.transport.until(Interrupted)
        await call.transport.until(NothingHeard)
        await call.transport.until(TurnEnded)
    assert len(call.responder.asked) == 1


async def test_a_yes_before_the_question_is_over_answers_it(call, under_way) -> None:
    call.responder.answer = lambda _: [AnswerText("메일을 보낼까요?", "ko")]
    call.synthesizer.seconds = 5
    call.recognizer.script = ["네"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="메일 보내줘"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.3), *silent_frames(0.7))
        await call.transport.until(Interrupted)
        call.clock.running.set()
        await call.transport.until(TurnEnded, 2)
    assert [one.text for one in call.responder.asked] == ["메일 보내줘", "네"]


async def test_a_recogniser_that_fails_lets_the_answer_go_on(call, under_way) -> None:
    call.synthesizer.seconds = 5
    call.recognizer.script = [SpeechError(VoiceErrorKind.ENGINE_FAILED, "?")]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        call.transport.say(*speech_frames(0.3), *silent_frames(0.7))
        await call.transport.until(AudioResumed)
        call.clock.running.set()
        await call.transport.until(AudioEnded)
    assert call.transport.of(Interrupted) == []


async def test_an_interruption_that_comes_in_one_frame_is_one(call, under_way) -> None:
    call.synthesizer.seconds = 30
    call.recognizer.script = ["아니 날씨 알려줘"]
    call.clock.running.clear()
    async with under_way(call):
        call.transport.say(Text(text="옛날 이야기"))
        await call.transport.until(AudioFrame, 8)
        at_once = [*speech_frames(0.3), *silent_frames(1.3)]
        call.transport.say(AudioFrame(b"".join(frame.pcm for frame in at_once)))
        await call.transport.until(Interrupted)
        call.clock.running.set()
        await call.transport.until(TurnEnded, 2)
    assert len(call.transport.of(AudioPaused)) == 1
    assert [one.turn for one in call.transport.of(Interrupted)] == [1]


async def test_what_was_heard_of_a_cut_answer_is_told(call, under_way) -> None:
    numbers = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
    call.responder.answer = lambda _: [AnswerText(" ".join(numbers), "ko")]
    call.synthesizer.seconds = 10
    call.recognizer.script = ["그만"]
    async with under_way(call):
        call.transport.say(Text(text="세어 봐"))
        await call.transport.until(AudioFrame, 100)
        call.clock.running.clear()
        call.transport.say(*speech_frames(0.3), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    ((utterance, heard),) = call.responder.cut
    assert utterance.text == "세어 봐"
    words = heard.split()
    assert words == numbers[: len(words)]
    sent_s = len(call.transport.of(AudioFrame)) * 0.04
    assert sent_s - 2 < len(words) <= sent_s


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
        call.transport.say(Listen(on=True))
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
    assert [utterance.turn for utterance, _ in call.responder.cut] == [1]
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
