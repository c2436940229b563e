from __future__ import annotations

from typing import Any, cast

from arion_auth import LOCAL, Principal
from arion_host.exchange import TurnRequest, TurnResult
from arion_host.turns.engine import TurnEngine
from arion_host.voice_channel import TurnResponder
from arion_voice.engines import Utterance


class Listening:
    """An engine that keeps what it is asked."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []

    async def run(self, principal: Principal, request: TurnRequest) -> TurnResult:
        self.requests.append(request.model_dump(exclude_defaults=True))
        return TurnResult(
            turn_id="t",
            text=request.text,
            language="ko",
            answer="네.",
            route="none",
            calls=[],
            validation=[],
            needs_human=None,
            cost_usd=0,
            timings_ms={},
        )


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


async def test_a_spoken_yes_is_words_like_any_other():
    assert await asked_with(spoken=True) == {"text": "Yes", "session": "s", "spoken": True}
