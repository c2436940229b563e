from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerPart, AnswerText, Utterance
from arion_voice.protocol import Hello, Ready
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.testing import (
    LoopTransport,
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    SteppedClock,
    ToneSynthesizer,
)

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",))


def echo(utterance: Utterance) -> Iterable[AnswerPart]:
    return [AnswerText(f"{utterance.text}, 알겠어요.", utterance.language)]


@dataclass
class Call:
    """A session that is under way, and everyone in it."""

    transport: LoopTransport = field(default_factory=LoopTransport)
    recognizer: ScriptedRecognizer = field(default_factory=ScriptedRecognizer)
    synthesizer: ToneSynthesizer = field(default_factory=ToneSynthesizer)
    responder: ScriptedResponder = field(default_factory=lambda: ScriptedResponder(echo))
    options: SessionOptions = field(default_factory=SessionOptions)
    clock: SteppedClock = field(default_factory=SteppedClock)
    hello: Hello | None = HELLO
    sessions: Sessions | None = None
    owner: str = ""

    def session(self, transport: LoopTransport | None = None) -> VoiceSession:
        return VoiceSession(
            transport or self.transport,
            self.recognizer,
            self.synthesizer,
            self.responder,
            self.options,
            activity=LoudActivity(),
            clock=self.clock,
            sessions=self.sessions,
            owner=self.owner,
        )


@asynccontextmanager
async def _under_way(call: Call) -> AsyncIterator[Call]:
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(call.session().run())
        if call.hello is not None:
            call.transport.say(call.hello)
            await call.transport.until(Ready)
        yield call
        call.transport.hang_up()
    assert call.transport.closed


@pytest.fixture
def under_way() -> Callable[[Call], AbstractAsyncContextManager[Call]]:
    return _under_way


@pytest.fixture
def call() -> Call:
    return Call()
