"""Wherever a connection drops, the conversation comes to the same end."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.arion_voice.conftest import Call
from tests.unit.arion_voice.roaming import (
    Client,
    TellingSynthesizer,
    assert_heard_whole,
    roaming,
)

from arion_voice.engines import AnswerDetail, AnswerPart, AnswerText, Utterance
from arion_voice.protocol import AudioEnded, Listen, Text
from arion_voice.testing import (
    LoopTransport,
    ScriptedRecognizer,
    ScriptedResponder,
    silent_frames,
    speech_frames,
)

pytestmark = pytest.mark.thorough

drops = st.lists(
    st.one_of(
        st.fixed_dictionaries({"sends": st.integers(0, 60)}),
        st.fixed_dictionaries({"takes": st.integers(1, 120)}),
        st.fixed_dictionaries({"carries": st.integers(0, 60)}),
    ),
    max_size=4,
)
"""Connections that drop after so much was sent or came, or are half open then."""

ANSWER_MS = 1_500


def answer(utterance: Utterance) -> list[AnswerPart]:
    return [
        AnswerText(f"{utterance.turn}번 첫째 문장이에요. ", "ko"),
        AnswerText(f"{utterance.turn}번 둘째 문장이에요. ", "ko"),
        AnswerText(f"{utterance.turn}번 셋째 문장이에요.", "ko"),
        AnswerDetail({"turn": utterance.turn}),
    ]


async def talk(
    *connections: LoopTransport, unplayed_ms: int = 0, patience: int = 0
) -> tuple[Client, Call]:
    """Three turns: spoken, typed, and spoken with a held button."""
    call: Any = Call(
        recognizer=ScriptedRecognizer(["내일 일정 알려줘", "길게 말했어요"]),
        responder=ScriptedResponder(answer),
    )
    call.synthesizer = TellingSynthesizer()
    async with roaming(call, *connections) as client:
        client.unplayed_ms, client.patience = unplayed_ms, patience
        client.say(*speech_frames(1), *silent_frames(0.5))
        await client.until_turn_ended(1)
        await client.until_heard(1, ANSWER_MS)
        client.say(Text(text="글로 물어볼게", id="message-1"))
        await client.until_turn_ended(2)
        await client.until_heard(2, ANSWER_MS)
        client.say(Listen(on=True), *speech_frames(0.5), Listen(on=False))
        await client.until_turn_ended(3)
        await client.until_heard(3, ANSWER_MS)
    return client, call


def outcome(client: Client, call: Call) -> dict[str, Any]:
    return {
        "finals": client.finals(),
        "answers": client.answers(),
        "asked": [(one.text, one.turn, one.spoken, one.id) for one in call.responder.asked],
        "heard": [np.count_nonzero(samples) for samples in call.recognizer.heard],
        "events": [
            type(event).__name__
            for event in client.events
            if not type(event).__name__.startswith("Audio")
        ],
    }


@cache
def undropped() -> tuple[Client, Call]:
    return asyncio.run(talk())


@given(
    drops=drops,
    unplayed_ms=st.sampled_from([0, 40, 300]),
    patience=st.sampled_from([0, 10, 1000]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_drop_anywhere_loses_no_word_and_repeats_at_most_a_sentence(
    drops, unplayed_ms, patience
) -> None:
    whole, without = undropped()

    async def run() -> None:
        connections = [LoopTransport(**drop) for drop in drops]
        client, call = await talk(*connections, unplayed_ms=unplayed_ms, patience=patience)
        assert outcome(client, call) == outcome(whole, without)
        assert [event.seq for event in client.events] == list(range(1, len(client.events) + 1))
        assert {event.turn for event in client.of(AudioEnded)} == {1, 2, 3}
        for turn in (1, 2, 3):
            (reference,) = whole.sound(turn)
            heard = [it for it in client.sound(turn) if len(it.samples)]
            assert_heard_whole(heard, reference.samples)

    asyncio.run(run())
