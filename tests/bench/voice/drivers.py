"""How a server is spoken to: one class a protocol, and nothing measured in it."""

from __future__ import annotations

import base64
import json
import time
from typing import Any, Protocol

from tests.bench.voice.scenes import Seen


class Driver(Protocol):
    """One connection's protocol. `read` is called as soon as a message has come."""

    subprotocols: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    """Sent first of all."""
    greets: bool = False
    """Whether the server says `ready` before it listens."""
    farewell: str | None = None
    """Ends the turn that goes on, where there is one; `turn_ended` follows."""

    def sound(self, pcm: bytes, sequence: int) -> bytes:
        """The message of a microphone frame: PCM16, 16 kHz."""
        ...

    def text(self, text: str) -> str:
        """The message of something typed."""
        ...

    def read(self, message: str | bytes) -> Seen:
        """What the server tells."""
        ...


class ArionDriver(Driver):
    """`/v1/voice`, see docs/protocol.md. Written without Arion's own code for it."""

    subprotocols = ("arion.voice.v1",)
    opening = (
        json.dumps(
            {
                "type": "hello",
                "protocol": "arion.voice.v1",
                "codecs": ["pcm16"],
                "language": "ko",
                "timezone": "Asia/Seoul",
            }
        ),
    )
    greets = True
    farewell = json.dumps({"type": "interrupt"})

    def __init__(self) -> None:
        self._rate = 0

    def sound(self, pcm: bytes, sequence: int) -> bytes:
        return bytes((1, 1, 0, 0)) + sequence.to_bytes(4, "big") + pcm

    def text(self, text: str) -> str:
        return json.dumps({"type": "text", "text": text})

    def read(self, message: str | bytes) -> Seen:
        now = time.monotonic()
        if isinstance(message, bytes):
            turn = int.from_bytes(message[2:4], "big")
            return _audio(now, turn, self._rate, message[8:])
        event: dict[str, Any] = json.loads(message)
        kind, turn = event.pop("type"), event.pop("turn", None)
        text = event.pop("text", "")
        if kind == "audio_started":
            self._rate = event["sample_rate"]
        if kind == "transcript":
            kind = "final" if event["final"] else "partial"
        return Seen(kind, now, turn=turn, text=text, more=event)


class PcmDriver(Driver):
    """Bare PCM16 in both directions, and `{"heard": TEXT}` for what is answered."""

    RATE = 24_000

    def __init__(self) -> None:
        self._turn = 0

    def sound(self, pcm: bytes, sequence: int) -> bytes:
        return pcm

    def text(self, text: str) -> str:
        raise NotImplementedError("nothing can be typed here")

    def read(self, message: str | bytes) -> Seen:
        now = time.monotonic()
        if isinstance(message, bytes):
            return _audio(now, self._turn, self.RATE, message)
        self._turn += 1
        return Seen("final", now, turn=self._turn, text=json.loads(message)["heard"])


def _audio(now: float, turn: int, rate: int, pcm: bytes) -> Seen:
    return Seen("audio", now, turn=turn, rate=rate, pcm=base64.b64encode(pcm).decode())


DRIVERS: dict[str, type[Driver]] = {"arion": ArionDriver, "pcm": PcmDriver}
