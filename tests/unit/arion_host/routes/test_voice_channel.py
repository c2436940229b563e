from __future__ import annotations

import asyncio
from typing import Any, cast

from arion_auth import LOCAL, Principal
from arion_host.exchange import TurnRequest, TurnResult
from arion_host.turns.engine import Speak, TurnEngine
from arion_host.voice_channel import TurnResponder
from arion_voice.engines import AnswerDetail, AnswerText, Utterance


class Listening:
    """An engine that keeps what it is asked."""

    def __init__(self, *pieces: str) -> None:
        self.requests: list[dict[str, Any]] = []
        self.heard: list[tuple[str, str]] = []
        self.pieces = pieces

    async def run(
        self, principal: Principal, request: TurnRequest, *, speak: Speak | None = None
    ) -> TurnResult:
        self.requests.append(request.model_dump(exclude_defaults=True))
        for piece in self.pieces if speak else ():
            speak(piece, "ko")
        return TurnResult(
            turn_id=f"t{len(self.requests)}",
            text=request.text,
            language="ko",
            answer="".join(self.pieces) + "네.",
            route="none",
            calls=[],
            validation=[],
            needs_human=None,
            cost_usd=0,
            timings_ms={},
        )

    async def note_heard(self, principal: Principal, turn: str, heard: str) -> None:
        assert principal is LOCAL
        self.heard.append((turn, heard))


async def asked_with(**said: Any) -> dict[str, Any]:
    engine = Listening()
    utterance = Utterance(text="Yes", language="en", turn=1, session="s", **said)
    async for _ in TurnResponder(cast("TurnEngine", engine), LOCAL).respond(utterance):
        pass
    [request] = engine.requests
    return request


async def test_a_tap_answers_the_question_on_its_card_and_no_other():
    request = await asked_with(spoken=False, confirmation=True, question="q1", id="message-1")
    assert request == {
        "session": "s", "language": "en", "confirm": True, "question": "q1", "id": "message-1"
    }  # fmt: skip


async def test_an_answer_is_passed_on_while_it_is_written_and_never_twice():
    engine = Listening("메모가 ", "하나 있어요. ")
    utterance = Utterance(text="메모", language="ko", turn=1, session="s", spoken=True)
    responder = TurnResponder(cast("TurnEngine", engine), LOCAL)
    *parts, detail = [part async for part in responder.respond(utterance)]
    assert parts == [
        AnswerText("메모가 ", "ko"), AnswerText("하나 있어요. ", "ko"), AnswerText("네.", "ko")
    ]  # fmt: skip
    assert isinstance(detail, AnswerDetail)
    assert detail.detail["answer"] == "메모가 하나 있어요. 네."


async def test_what_was_heard_of_a_cut_answer_is_noted_before_the_next_turn():
    engine = Listening("메모가 하나 있어요.")
    responder = TurnResponder(cast("TurnEngine", engine), LOCAL)
    for turn, cut in ((1, "메모가"), (2, None), (3, None)):
        utterance = Utterance(text="메모", language="ko", turn=turn, session="s", spoken=True)
        assert [part async for part in responder.respond(utterance)]
        if cut is not None:
            responder.heard(utterance, cut)
            assert engine.heard == []
    assert engine.heard == [("t1", "메모가")]


async def test_hanging_up_abandons_the_turn():
    begun, ended = asyncio.Event(), asyncio.Event()

    class Slow(Listening):
        async def run(self, *_: Any, speak: Speak | None = None) -> TurnResult:
            assert speak is not None
            speak("메모가 ", "ko")
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            raise AssertionError("it never ends")

    utterance = Utterance(text="메모", language="ko", turn=1, session="s", spoken=True)
    parts = TurnResponder(cast("TurnEngine", Slow()), LOCAL).respond(utterance)
    assert await anext(parts) == AnswerText("메모가 ", "ko")
    await parts.aclose()
    assert begun.is_set()
    assert ended.is_set()


async def test_a_spoken_yes_is_words_like_any_other():
    assert await asked_with(spoken=True) == {"text": "Yes", "session": "s", "spoken": True}
