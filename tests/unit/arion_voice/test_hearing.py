"""How long a pause has to be, in a session."""

from __future__ import annotations

import pytest

from arion_voice.engines import AnswerText
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.protocol import TurnEnded
from arion_voice.testing import silent_frames, speech_frames


async def silence_that_ended(call, words: str, turn: int) -> float:
    """Of an utterance, in ms."""
    call.recognizer.script = [*call.recognizer.script, words]
    call.transport.say(*speech_frames(1), *silent_frames(1.3))
    ended = await call.transport.until(TurnEnded, turn)
    return ended.timings_ms["endpoint"]


@pytest.mark.parametrize(
    ("words", "silence_ms"),
    [("내일 일정 알려줘", 320), ("내일 세 시", 608), ("내일 세 시에", 1216), ("일정을", 1216)],
)
async def test_words_tell_how_much_silence_ends_an_utterance(
    call, under_way, words: str, silence_ms: int
) -> None:
    async with under_way(call):
        assert await silence_that_ended(call, words, 1) == pytest.approx(silence_ms, abs=1)


@pytest.mark.parametrize(("answer", "silence_ms"), [("몇 시로 할까요?", 608), ("좋아요.", 1216)])
async def test_a_part_of_a_sentence_is_enough_after_a_question(
    call, under_way, answer: str, silence_ms: int
) -> None:
    call.responder.answer = lambda _: [AnswerText(answer, "ko")]
    async with under_way(call):
        await silence_that_ended(call, "회의 잡아줘", 1)
        await call.clock.sleep(5)
        assert await silence_that_ended(call, "세 시에", 2) == pytest.approx(silence_ms, abs=1)


async def test_where_there_was_no_room_for_a_guess_the_utterance_is_recognised_at_its_end(
    call, under_way
) -> None:
    busy = SpeechError(VoiceErrorKind.BUSY, "too many wait")
    call.recognizer.script = [busy, "내일 일정 알려줘"]
    async with under_way(call):
        call.transport.say(*speech_frames(1), *silent_frames(1.3))
        await call.transport.until(TurnEnded)
    assert [one.text for one in call.responder.asked] == ["내일 일정 알려줘"]
