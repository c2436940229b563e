from __future__ import annotations

import asyncio

import numpy as np
import pytest

from arion_voice.answering import FILLERS, LATER_FILLERS
from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerDetail, AnswerText
from arion_voice.errors import ProtocolError, SpeechError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Answer,
    AudioEnded,
    AudioStarted,
    Confirm,
    Error,
    Hello,
    Interrupt,
    Interrupted,
    Listen,
    NothingHeard,
    Ready,
    SpeechEnded,
    SpeechStarted,
    Text,
    TranscriptEvent,
    TurnEnded,
    Voice,
)
from arion_voice.testing import silent_frames, speech_frames

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",))


async def test_a_spoken_command_is_heard_answered_and_spoken(call, under_way) -> None:
    call.recognizer.script = ["내일 일정 알려줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    kinds = [type(item).__name__ for item in call.transport.sent]
    assert list(dict.fromkeys(kinds)) == [
        "Ready",
        "SpeechStarted",
        "SpeechEnded",
        "TranscriptEvent",
        "Answer",
        "AudioStarted",
        "AudioFrame",
        "AudioEnded",
        "TurnEnded",
    ]
    transcript = call.transport.of(TranscriptEvent)[0]
    assert (transcript.text, transcript.final, transcript.turn) == ("내일 일정 알려줘", True, 1)
    assert call.responder.asked[0].spoken
    assert call.responder.asked[0].session == call.transport.of(Ready)[0].session


async def test_audio_is_numbered_whole_and_at_the_announced_rate(call, under_way) -> None:
    call.synthesizer.seconds = 0.25
    async with under_way(call):
        call.transport.say(Text(text="안녕"))
        await call.transport.until(TurnEnded)
    frames = call.transport.of(AudioFrame)
    assert call.transport.of(AudioStarted)[0].sample_rate == 24_000
    assert [frame.sequence for frame in frames] == list(range(7))
    assert {frame.turn for frame in frames} == {1}
    assert sum(len(frame.pcm) for frame in frames) == 2 * 6000


async def test_the_text_is_ready_when_the_endpoint_is_certain(call, under_way) -> None:
    call.recognizer.script = ["이번 주 일정 알려줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.3))
        await call.transport.until(SpeechStarted)
        await call.recognizer.called.wait()
        assert call.transport.of(SpeechEnded) == []
        call.transport.say(*silent_frames(0.3))
        await call.transport.until(TurnEnded)
    assert len(call.recognizer.heard) == 1


async def test_a_pause_within_a_sentence_does_not_cut_it(call, under_way) -> None:
    call.recognizer.script = ["내일", "내일 오후 세 시에 회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(0.5), *silent_frames(0.3))
        await call.recognizer.called.wait()
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["내일 오후 세 시에 회의 잡아줘"]
    assert len(call.transport.of(SpeechStarted)) == 1


async def test_a_sentence_that_goes_on_is_waited_for(call, under_way) -> None:
    call.recognizer.script = ["메일 확인하고", "메일 확인하고 회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(1), *speech_frames(1))
        call.transport.say(*silent_frames(0.4))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["메일 확인하고 회의 잡아줘"]


async def test_a_sentence_that_is_complete_is_answered_sooner(call, under_way) -> None:
    call.recognizer.script = ["회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.4))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["회의 잡아줘"]


async def test_words_before_a_long_pause_are_recognised_once(call, under_way) -> None:
    call.recognizer.script = ["내일 오후 세 시에 그러니까", "회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(3), *silent_frames(0.6))
        call.transport.say(*speech_frames(1), *silent_frames(0.4))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["내일 오후 세 시에 그러니까 회의 잡아줘"]
    spoken_s = [np.count_nonzero(samples) / 16_000 for samples in call.recognizer.heard]
    assert spoken_s == pytest.approx([3, 1], abs=0.01)


async def test_an_utterance_of_which_a_part_is_lost_is_not_answered_in_part(
    call, under_way
) -> None:
    failure = SpeechError(VoiceErrorKind.ENGINE_FAILED, "?")
    call.recognizer.script = [failure, "회의 잡아줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(3), *silent_frames(0.5))
        call.transport.say(*speech_frames(1), *silent_frames(0.4))
        assert (await call.transport.until(Error)).kind is VoiceErrorKind.ENGINE_FAILED
        await call.transport.until(NothingHeard)
    assert call.responder.asked == []


async def test_timings_count_from_the_end_of_the_speech(call, under_way) -> None:
    call.recognizer.script = ["응"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        ended = await call.transport.until(TurnEnded)
    assert set(ended.timings_ms) == {"endpoint", "stt", "respond", "first_audio", "total"}
    assert ended.timings_ms["endpoint"] == pytest.approx(300, abs=33)


async def test_silence_makes_no_turn(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(*silent_frames(20), Text(text="끝"))
        await call.transport.until(TurnEnded)
    assert call.recognizer.heard == []
    assert call.transport.of(SpeechStarted) == []


async def test_noise_without_words_makes_no_turn(call, under_way) -> None:
    call.recognizer.script = [""]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(NothingHeard)
    assert call.transport.of(TranscriptEvent) == []
    assert call.responder.asked == []


async def test_an_endless_utterance_is_refused_and_the_next_one_heard(call, under_way) -> None:
    call.recognizer.script = ["안녕"]
    async with under_way(call):
        call.transport.say(*speech_frames(61))
        error = await call.transport.until(Error)
        assert (error.kind, error.fatal) == (VoiceErrorKind.TOO_LARGE, False)
        await call.transport.until(NothingHeard)
        call.transport.say(*silent_frames(0.7), *speech_frames(1), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    assert len(call.transport.of(TranscriptEvent)) == 1


async def test_parts_are_shown_as_they_come_and_spoken_by_the_phrase_then_by_the_sentence(
    call, under_way
) -> None:
    call.responder.answer = lambda _: [
        AnswerText("내일은 오후 3시에 ", "ko"),
        AnswerText("치과 예약이 있어요. 그리고 회의가 있어요.", "ko"),
        AnswerDetail({"calls": []}),
    ]
    async with under_way(call):
        call.transport.say(Text(text="내일 일정"))
        await call.transport.until(TurnEnded)
    answers = call.transport.of(Answer)
    assert "".join(answer.text for answer in answers) == (
        "내일은 오후 3시에 치과 예약이 있어요. 그리고 회의가 있어요."
    )
    assert answers[-1].detail == {"calls": []}
    assert [text for text, *_ in call.synthesizer.spoken] == [
        "내일은 오후 3시에",
        "치과 예약이 있어요.",
        "그리고 회의가 있어요.",
    ]


async def test_typed_text_is_a_turn_in_its_own_language(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(Text(text="What is on today?"), Text(text="오늘 뭐 있어?"))
        await call.transport.until(TurnEnded, 2)
    assert [(one.text, one.language, one.spoken) for one in call.responder.asked] == [
        ("What is on today?", "en", False),
        ("오늘 뭐 있어?", "ko", False),
    ]
    assert [event.turn for event in call.transport.of(TranscriptEvent)] == [1, 2]


async def test_a_tap_on_yes_is_a_confirmation(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(Confirm(answer=True), Confirm(answer=False))
        await call.transport.until(TurnEnded, 2)
    assert [(one.text, one.confirmation) for one in call.responder.asked] == [
        ("네", True),
        ("아니요", False),
    ]


async def test_what_the_client_said_at_hello_reaches_the_answer(call, under_way) -> None:
    call.hello = HELLO.model_copy(
        update={"session": "kitchen", "timezone": "Asia/Seoul", "voice": "fast"}
    )
    async with under_way(call):
        call.transport.say(Text(text="안녕"), Voice(voice="natural"), Text(text="또 안녕"))
        await call.transport.until(TurnEnded, 2)
    assert call.transport.of(Ready)[0].session == "kitchen"
    assert {one.timezone for one in call.responder.asked} == {"Asia/Seoul"}
    assert call.synthesizer.spoken[-1][2] == "natural"


async def test_the_pace_is_that_of_hello_until_another_is_set(call, under_way) -> None:
    call.hello = HELLO.model_copy(update={"voice": "fast", "speed": 2.0})
    call.responder.answer = lambda _: [AnswerText("알겠어요.", "ko")]
    async with under_way(call):
        call.transport.say(Text(text="안녕"))
        await call.transport.until(TurnEnded)
        call.transport.say(Voice(speed=0.5), Text(text="또 안녕"))
        await call.transport.until(TurnEnded, 2)
    sent = {
        turn: sum(len(it.pcm) for it in call.transport.of(AudioFrame) if it.turn == turn)
        for turn in (1, 2)
    }
    assert sent[2] == 4 * sent[1] > 0
    assert call.synthesizer.spoken == [("알겠어요.", "ko", "fast")] * 2


async def test_a_held_button_takes_pauses_and_its_release_ends_the_utterance(
    call, under_way
) -> None:
    call.recognizer.script = ["길게 말하기"]
    async with under_way(call):
        call.transport.say(Listen(on=True), *speech_frames(0.5), *silent_frames(2))
        await call.transport.until(SpeechStarted)
        await call.recognizer.called.wait()
        assert call.transport.of(SpeechEnded) == []
        call.transport.say(Listen(on=False))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["길게 말하기"]
    assert len(call.recognizer.heard) == 1


async def test_a_held_button_without_a_word_makes_no_turn(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(Listen(on=True), *silent_frames(1), Listen(on=False))
        await call.transport.until(NothingHeard)
    assert call.recognizer.heard == []


async def test_a_release_without_an_utterance_does_nothing(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(Listen(on=False), Text(text="안녕"))
        await call.transport.until(TurnEnded)
    assert call.transport.of(SpeechEnded) == []


async def test_a_bad_frame_is_complained_of_and_skipped(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(ProtocolError(VoiceErrorKind.BAD_FRAME, "?"), Text(text="안녕"))
        await call.transport.until(TurnEnded)
    (error,) = call.transport.of(Error)
    assert (error.kind, error.fatal) == (VoiceErrorKind.BAD_FRAME, False)
    assert error.next_step


async def test_endless_bad_frames_end_the_connection(call) -> None:
    call.transport.say(HELLO, *[ProtocolError(VoiceErrorKind.BAD_FRAME, "?")] * 30)
    await call.session().run()
    assert call.transport.closed
    assert call.transport.of(Error)[-1].fatal


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (Text(text="안녕"), VoiceErrorKind.BAD_STATE),
        (AudioFrame(b""), VoiceErrorKind.BAD_STATE),
        (ProtocolError(VoiceErrorKind.BAD_FRAME, "?"), VoiceErrorKind.BAD_FRAME),
        (Hello(protocol="arion.voice.v9", codecs=("pcm16",)), VoiceErrorKind.UNSUPPORTED),
        (Hello(protocol="arion.voice.v1", codecs=("opus",)), VoiceErrorKind.UNSUPPORTED),
    ],
)
async def test_a_wrong_greeting_ends_the_connection_with_a_reason(call, first, kind) -> None:
    call.transport.say(first)
    await call.session().run()
    (error,) = call.transport.of(Error)
    assert (error.kind, error.fatal) == (kind, True)
    assert call.transport.closed


async def test_a_second_hello_is_refused_and_the_session_goes_on(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(HELLO, Text(text="안녕"))
        await call.transport.until(TurnEnded)
    assert call.transport.of(Error)[0].kind is VoiceErrorKind.BAD_STATE


async def test_a_recogniser_that_died_is_told_and_the_next_words_are_heard(call, under_way) -> None:
    call.recognizer.script = [SpeechError(VoiceErrorKind.ENGINE_FAILED, "died"), "다시"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(NothingHeard)
        call.transport.say(*speech_frames(1), *silent_frames(0.7))
        await call.transport.until(TurnEnded)
    assert [error.kind for error in call.transport.of(Error)] == [VoiceErrorKind.ENGINE_FAILED]
    assert call.responder.asked[0].text == "다시"


async def test_an_answer_that_cannot_be_spoken_is_still_shown(call, under_way) -> None:
    call.synthesizer.failure = SpeechError(VoiceErrorKind.NO_MODELS, "no voice")
    async with under_way(call):
        call.transport.say(Text(text="안녕"))
        await call.transport.until(TurnEnded)
    assert call.transport.of(Answer)[0].text == "안녕, 알겠어요."
    assert call.transport.of(AudioStarted) == []
    assert [error.kind for error in call.transport.of(Error)] == [VoiceErrorKind.NO_MODELS]


async def test_a_responder_that_breaks_ends_its_turn_and_no_more(call, under_way) -> None:
    def answer(utterance):
        if utterance.text == "깨져라":
            raise RuntimeError
        return [AnswerText("좋아요.", "ko")]

    call.responder.answer = answer
    async with under_way(call):
        call.transport.say(Text(text="깨져라"), Text(text="안녕"))
        await call.transport.until(TurnEnded, 2)
    assert [error.kind for error in call.transport.of(Error)] == [VoiceErrorKind.RESPONDER_FAILED]
    assert call.transport.of(Answer)[-1].turn == 2


async def test_errors_are_in_the_language_that_is_spoken(call, under_way) -> None:
    call.hello = HELLO.model_copy(update={"language": "en"})
    async with under_way(call):
        call.transport.say(ProtocolError(VoiceErrorKind.BAD_FRAME, "?"))
        error = await call.transport.until(Error)
    assert error.message == "I skipped data I couldn't read."
    assert error.retry_after_s is None


async def test_more_utterances_than_can_wait_are_refused(call, under_way) -> None:
    call.responder.gate = asyncio.Event()
    async with under_way(call):
        call.transport.say(*[Text(text=f"말 {number}") for number in range(7)])
        error = await call.transport.until(Error)
        assert error.kind is VoiceErrorKind.BUSY
        # Four wait, for turns that are thought to take 3 s each.
        assert error.retry_after_s == 12
        call.responder.gate.set()
        await call.transport.until(TurnEnded, 4)


async def test_interrupt_ends_the_turn_at_once(call, under_way) -> None:
    call.responder.gate = asyncio.Event()
    async with under_way(call):
        call.transport.say(Text(text="긴 이야기"))
        await call.transport.until(Answer)
        call.transport.say(Interrupt())
        await call.transport.until(TurnEnded)
    assert (call.responder.cancelled, call.responder.finished) == (1, 0)


async def test_interrupt_between_turns_does_nothing(call, under_way) -> None:
    async with under_way(call):
        call.transport.say(Interrupt(), Text(text="안녕"))
        await call.transport.until(TurnEnded)
    assert call.transport.of(Interrupted) == []


async def test_a_client_that_goes_ends_the_answer(call, under_way) -> None:
    call.responder.gate = asyncio.Event()
    async with under_way(call):
        call.transport.say(Text(text="긴 이야기"))
        await call.transport.until(Answer)
    assert call.responder.cancelled == 1
    assert call.transport.of(AudioEnded) == []


async def test_an_answer_that_takes_long_is_announced_and_the_filler_is_no_part_of_it(
    call, under_way
) -> None:
    call.options = SessionOptions(filler_s=0.7)

    async def slowly(_):
        await call.transport.until(AudioFrame)
        yield AnswerText("내일은 비가 와요.", "ko")

    call.responder.respond = slowly
    async with under_way(call):
        call.transport.say(Text(text="내일 날씨"))
        await call.transport.until(TurnEnded)
    said = [text for text, _, _ in call.synthesizer.spoken]
    assert said == [FILLERS["ko"], LATER_FILLERS["ko"], "내일은 비가 와요."]
    assert "".join(it.text for it in call.transport.of(Answer)) == "내일은 비가 와요."
    assert len(call.transport.of(AudioStarted)) == 1


async def test_an_answer_that_is_there_is_not_announced(call, under_way) -> None:
    call.options = SessionOptions(filler_s=0.7)
    async with under_way(call):
        call.transport.say(Text(text="안녕"))
        await call.transport.until(TurnEnded)
    assert [text for text, _, _ in call.synthesizer.spoken] == ["안녕, 알겠어요."]
