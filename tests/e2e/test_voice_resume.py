"""A voice session goes on when its TCP connection is cut, over real sockets."""

from __future__ import annotations

import wave
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from tests.sandbox import serving
from tests.unit.arion_voice.roaming import (
    HELLO,
    Played,
    TellingSynthesizer,
    assert_heard_whole,
)
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from arion_host.cli.talk import TalkOptions, talk
from arion_host.voice_channel import WebSocketTransport
from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerDetail, AnswerText
from arion_voice.frames import AudioFrame, decode_audio, encode_audio
from arion_voice.protocol import (
    SUBPROTOCOL,
    AudioStarted,
    Ready,
    ServerEvent,
    Text,
    TranscriptEvent,
    TurnEnded,
    decode_server_event,
    encode_event,
)
from arion_voice.resuming import Resuming
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.testing import LoudActivity, ScriptedRecognizer, ScriptedResponder

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(60)]

ANSWER = "첫째 문장이에요. 둘째 문장이에요. 셋째 문장이에요."


@dataclass
class Host:
    """A host that hears, answers and speaks what the test wrote."""

    recognizer: ScriptedRecognizer = field(
        default_factory=lambda: ScriptedRecognizer(["내일 일정 알려줘"])
    )
    responder: ScriptedResponder = field(
        default_factory=lambda: ScriptedResponder(
            lambda _: [AnswerText(ANSWER, "ko"), AnswerDetail({"answer": ANSWER})]
        )
    )
    synthesizer: TellingSynthesizer = field(default_factory=lambda: TellingSynthesizer(0.8))
    sessions: Sessions = field(default_factory=Sessions)
    greeted: int = 0
    url: str = ""
    cut: Callable[[], None] | None = None
    """Cuts the network, once half of an answer was sent."""
    frames: int = 0

    async def talk(self, websocket: WebSocket) -> None:
        self.greeted += 1
        await websocket.accept(SUBPROTOCOL)
        await VoiceSession(
            CutTransport(websocket, self), self.recognizer, self.synthesizer, self.responder,
            SessionOptions(), activity=LoudActivity(), sessions=self.sessions, owner="local",
        ).run()  # fmt: skip


class CutTransport(WebSocketTransport):
    def __init__(self, websocket: WebSocket, host: Host) -> None:
        super().__init__(websocket)
        self._host = host

    async def send_audio(self, frame: AudioFrame) -> None:
        await super().send_audio(frame)
        self._host.frames += 1
        if self._host.frames == 30 and self._host.cut is not None:
            self._host.cut()


@pytest.fixture
async def host() -> AsyncGenerator[Host]:
    host = Host()
    app = Starlette(routes=[WebSocketRoute("/v1/voice", host.talk)])
    async with serving(app, websockets=True) as url:
        host.url = url
        yield host
        await host.sessions.aclose()


class Client:
    """Plays what comes, and connects again where the connection is cut."""

    def __init__(self) -> None:
        self.state = Resuming()
        self.events: list[ServerEvent] = []
        self.played: list[Played] = []
        self.readies: list[Ready] = []

    async def connect(self, url: str) -> ClientConnection:
        address = f"{url.replace('http', 'ws')}/v1/voice"
        socket = await connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], proxy=None)
        await socket.send(encode_event(self.state.hello(HELLO)))
        ready = decode_server_event(await socket.recv(decode=True))
        assert isinstance(ready, Ready)
        self.readies.append(ready)
        for message in self.state.go_on(ready):
            data = (
                encode_audio(message) if isinstance(message, AudioFrame) else encode_event(message)
            )
            await socket.send(data)
        return socket

    async def listen_until(
        self, socket: ClientConnection, done: Callable[[ServerEvent | AudioFrame], bool]
    ) -> None:
        async for data in socket:
            item = decode_audio(data) if isinstance(data, bytes) else decode_server_event(data)
            assert self.state.take(item)
            if isinstance(item, AudioFrame):
                last = self.played[-1]
                last.samples = np.concatenate([last.samples, np.frombuffer(item.pcm, "<i2")])
            else:
                self.events.append(item)
            if isinstance(item, AudioStarted):
                self.played.append(Played(item.turn, item.from_ms, np.zeros(0, "<i2")))
            if done(item):
                return

    def finals(self) -> list[str]:
        return [it.text for it in self.events if isinstance(it, TranscriptEvent) and it.final]


async def test_an_answer_that_is_cut_off_goes_on_over_a_new_connection(host: Host) -> None:
    client = Client()
    socket = await client.connect(host.url)
    await socket.send(encode_event(Text(text="이야기", id="message-1")))
    await client.listen_until(
        socket, lambda _: bool(client.played) and client.played[0].ends_ms > 1_000
    )
    socket.transport.abort()
    socket = await client.connect(host.url)
    await client.listen_until(socket, lambda item: isinstance(item, TurnEnded))
    await socket.close()
    first, second = client.played
    assert 800 < first.ends_ms < 1_600
    assert second.begins_ms == 800
    assert_heard_whole(
        client.played, host.synthesizer.sound(dict.fromkeys(host.synthesizer.spoken))
    )
    assert [ready.resumed for ready in client.readies] == [False, True]
    assert client.finals() == ["이야기"]
    assert len(host.responder.asked) == 1


async def test_who_closes_for_good_ends_the_session(host: Host) -> None:
    client = Client()
    socket = await client.connect(host.url)
    await socket.close()
    socket = await client.connect(host.url)
    await socket.close()
    assert [ready.resumed for ready in client.readies] == [False, False]


async def test_arion_talk_goes_on_after_a_cut(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arion_host.cli.talk.find_running", lambda _: SimpleNamespace(url=host.url))
    recording, out = tmp_path / "in.wav", tmp_path / "out.wav"
    with wave.open(str(recording), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.full(16_000, 9_000, "<i2").tobytes())

    class CutOnce(connect):
        async def __aenter__(self) -> ClientConnection:
            socket = await super().__aenter__()
            if host.greeted == 1:
                host.cut = socket.transport.abort
            return socket

    monkeypatch.setattr("arion_host.cli.talk.connect", CutOnce)
    options = TalkOptions(language="ko", voice=None, session="kitchen")
    settings: Any = None
    result = await talk(settings, recording, out, options)
    assert result["transcript"] == "내일 일정 알려줘"
    assert result["answer"] == ANSWER
    assert host.greeted == 2
    assert len(host.responder.asked) == 1
    with wave.open(str(out)) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert np.array_equal(heard, host.synthesizer.sound(dict.fromkeys(host.synthesizer.spoken)))
