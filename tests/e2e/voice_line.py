"""The voice channel over the host's own web server, with engines that are scripted."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from arion_host.app import Server
from arion_host.voice_channel import TextWire, WebSocketTransport
from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerPart, AnswerText, Recognizer, Synthesizer, Utterance
from arion_voice.realtime.transport import RealtimeTransport
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.testing import (
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    ToneSynthesizer,
)

HELLO = {"type": "hello", "protocol": "arion.voice.v1", "codecs": ["pcm16"]}
SPEECH = b"\x00\x40" * 320
"""A microphone frame of 20 ms that `LoudActivity` takes for speech."""
SILENCE = bytes(640)


def echoed(utterance: Utterance) -> Iterable[AnswerPart]:
    return [AnswerText(f"{utterance.text}, 알겠어요.", "ko")]


@dataclass
class Line:
    """What hears and answers, and who is connected."""

    recognizer: Recognizer = field(default_factory=ScriptedRecognizer)
    synthesizer: Synthesizer = field(default_factory=ToneSynthesizer)
    answer: Callable[[Utterance], Iterable[AnswerPart]] = echoed
    options: SessionOptions = field(default_factory=SessionOptions)
    ping_s: float | None = None
    """Time between two pings, where the host's own is too long."""
    sessions: Sessions = field(default_factory=Sessions)
    ended: asyncio.Queue[None] = field(default_factory=asyncio.Queue[None])
    """An item for every connection that has ended."""
    port: int = 0

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    async def voice(self, websocket: WebSocket) -> None:
        await websocket.accept("arion.voice.v1")
        await self._run(WebSocketTransport(websocket), self.sessions)

    async def realtime(self, websocket: WebSocket) -> None:
        await websocket.accept()
        await self._run(RealtimeTransport(TextWire(websocket)), None)

    async def _run(self, transport: Any, sessions: Sessions | None) -> None:
        try:
            await VoiceSession(
                transport, self.recognizer, self.synthesizer, ScriptedResponder(self.answer),
                self.options, activity=LoudActivity(), sessions=sessions, owner="me",
            ).run()  # fmt: skip
        finally:
            self.ended.put_nowait(None)


@asynccontextmanager
async def serving(line: Line) -> AsyncGenerator[Line]:
    """Serves until the end of the block; then nothing may be left of it."""
    app = Starlette(
        routes=[
            WebSocketRoute("/v1/voice", line.voice),
            WebSocketRoute("/v1/realtime", line.realtime),
        ]
    )
    before = asyncio.all_tasks()
    with socket.create_server(("127.0.0.1", 0)) as bound:
        # Accepted connections inherit it: a client that does not read is felt at once.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        line.port = bound.getsockname()[1]
        server = Server(app, bound)
        if line.ping_s is not None:
            server.config.ws_ping_interval = server.config.ws_ping_timeout = line.ping_s
        # No task group: a fixture ends in another task than it began in.
        running = asyncio.create_task(server.serve([bound]))
        await server.listening.wait()
        try:
            yield line
        finally:
            server.should_exit = True
            await running
            await line.sessions.aclose()
    assert asyncio.all_tasks() - before - {asyncio.current_task()} == set()


class Client:
    """A client of `/v1/voice`, written without Arion's code for it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.events: list[dict[str, Any]] = []
        """Everything that came, but sound."""
        self._sequence = 0

    async def say(self, *events: dict[str, Any] | str | bytes) -> None:
        for event in events:
            is_raw = isinstance(event, str | bytes)
            await self.connection.send(event if is_raw else json.dumps(event))

    async def speak(self, *frames: bytes) -> None:
        for frame in frames:
            await self.connection.send(struct.pack(">BBHI", 1, 1, 0, self._sequence) + frame)
            self._sequence += 1

    async def utter(self) -> None:
        """Half a second of speech, and the silence after it."""
        await self.speak(*[SPEECH] * 25, *[SILENCE] * 75)

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next event of a kind (with these fields)."""
        async with asyncio.timeout(15):
            while True:
                message = await self.connection.recv()
                if isinstance(message, bytes):
                    continue
                event = json.loads(message)
                self.events.append(event)
                if event["type"] == kind and fields.items() <= event.items():
                    return event

    async def type(self, text: str, **fields: Any) -> str:
        """Types something; gives the whole answer."""
        await self.say({"type": "text", "text": text, **fields})
        turn = (await self.until("transcript", final=True, text=text))["turn"]
        before = len(self.events)
        await self.until("turn_ended", turn=turn)
        return "".join(it.get("text", "") for it in self.events[before:] if it["type"] == "answer")


@asynccontextmanager
async def calling(line: Line, **hello: Any) -> AsyncGenerator[Client]:
    """A client that has been greeted."""
    async with dialling(line) as client:
        await client.say({**HELLO, **hello})
        await client.until("ready")
        yield client


@asynccontextmanager
async def dialling(line: Line, path: str = "/v1/voice") -> AsyncGenerator[Client]:
    """A client that has not said hello."""
    protocols = [Subprotocol("arion.voice.v1")] if path == "/v1/voice" else None
    async with connect(
        line.url + path, subprotocols=protocols, proxy=None, ping_interval=None, max_size=None
    ) as connection:
        yield Client(connection)


async def call_without_reading(
    line: Line, *messages: bytes | dict[str, Any], path: str = "/v1/voice"
) -> socket.socket:
    """A peer that connects, says something, and never reads again.

    Its window is small, so that the server notices soon.
    """
    loop = asyncio.get_running_loop()
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    await loop.sock_connect(peer, ("127.0.0.1", line.port))
    await loop.sock_sendall(
        peer,
        f"GET {path} HTTP/1.1\r\n".encode() + b"Host: 127.0.0.1\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"Sec-WebSocket-Protocol: arion.voice.v1\r\n\r\n",
    )
    async with asyncio.timeout(10):
        while b"\r\n\r\n" not in await loop.sock_recv(peer, 4096):
            pass
    for message in messages:
        await loop.sock_sendall(peer, frame(message))
    return peer


def frame(message: bytes | dict[str, Any], *, opcode: int | None = None) -> bytes:
    """A WebSocket frame, masked with zeros."""
    is_binary = isinstance(message, bytes)
    payload = message if is_binary else json.dumps(message).encode()
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b""
    size = size or bytes([0x80 | 126]) + len(payload).to_bytes(2, "big")
    first = 0x80 | (opcode if opcode is not None else 2 if is_binary else 1)
    return bytes([first]) + size + bytes(4) + payload
