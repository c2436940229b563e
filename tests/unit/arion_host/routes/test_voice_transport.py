"""What a WebSocket carries, as the session sees it."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from arion_host.voice_channel import WebSocketTransport
from arion_voice.errors import ProtocolError
from arion_voice.frames import AudioCodec, AudioFrame, CodedFrame, decode_frame, encode_frame
from arion_voice.opus import OpusEncoder
from arion_voice.protocol import AudioEnded, AudioStarted, Hello

SECOND = bytes(32_000)


class Socket:
    """Hands over what a test wrote, and keeps what is sent."""

    def __init__(self, *messages: str | bytes) -> None:
        self.messages = list(messages)
        self.sent: list[str | bytes] = []

    async def receive(self) -> dict[str, Any]:
        message = self.messages.pop(0)
        return {
            "type": "websocket.receive",
            "text" if isinstance(message, str) else "bytes": message,
        }

    async def send_text(self, text: str) -> None:
        self.sent.append(text)

    async def send_bytes(self, data: bytes) -> None:
        self.sent.append(data)


class Clock:
    def __init__(self) -> None:
        self.time = 50.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def transport(socket: Socket, clock: Clock | None = None) -> WebSocketTransport:
    return WebSocketTransport(cast("Any", socket), clock)


def hello(*codecs: str) -> str:
    return Hello(protocol="arion.voice.v1", codecs=codecs).model_dump_json()


def opus(payload: bytes) -> bytes:
    return encode_frame(CodedFrame(AudioCodec.OPUS, payload))


async def test_a_damaged_packet_is_an_error_and_the_next_is_sound():
    [packet] = OpusEncoder(24_000).encode(bytes(960))
    line = transport(Socket(hello("pcm16", "opus"), opus(b"\xff\xff\xff"), opus(packet)))
    await line.receive()
    with pytest.raises(ProtocolError) as caught:
        await line.receive()
    assert caught.value.kind == "bad_frame"
    assert isinstance(await line.receive(), AudioFrame)


async def test_the_last_packet_comes_before_the_end_is_told():
    socket = Socket(hello("pcm16", "opus"))
    line = transport(socket)
    await line.receive()
    await line.send_event(AudioStarted(turn=1, sample_rate=24_000))
    await line.send_audio(AudioFrame(bytes(960 + 480), turn=1))
    await line.send_event(AudioEnded(turn=1))
    started, *packets, ended = socket.sent
    assert json.loads(started)["codec"] == "opus"
    assert [decode_frame(cast("bytes", it)).sequence for it in packets] == [0, 1]
    assert json.loads(ended)["type"] == "audio_ended"


async def test_who_floods_is_read_more_slowly():
    clock = Clock()
    second = encode_frame(CodedFrame(AudioCodec.PCM16, SECOND))
    line = transport(Socket(*[second] * 24), clock)
    for _ in range(21):
        await line.receive()
    assert clock.slept == []
    for _ in range(3):
        await line.receive()
    assert clock.slept == [0.25, 0.25, 0.25]


async def test_who_speaks_is_read_at_once():
    clock = Clock()
    second = encode_frame(CodedFrame(AudioCodec.PCM16, SECOND))
    line = transport(Socket(*[second] * 60), clock)
    for _ in range(60):
        await line.receive()
        clock.time += 1
    assert clock.slept == []
