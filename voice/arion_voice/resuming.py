"""What a client keeps so that its session goes on over another connection.

The other side of `sessions`. The recipe is in docs/protocol.md, "When the connection drops".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from arion_voice.engines import SAMPLE_RATE
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    AudioStarted,
    Confirm,
    HeardUpTo,
    Hello,
    Listen,
    Ready,
    ServerEvent,
    Text,
    TranscriptEvent,
)

_KEPT_BYTES = 10 * 2 * SAMPLE_RATE
"""Audio that is kept: ten seconds."""


class Resuming:
    """One client's half of a session."""

    def __init__(self) -> None:
        self.seen = 0
        """Number of the last event."""
        self._token: str | None = None
        self._sequence = 0
        self._spoken: deque[AudioFrame | Listen] = deque()
        """Frames, and what was done to the button among them, that may not have arrived."""
        self._kept_bytes = 0
        self._typed: dict[str, Text | Confirm] = {}
        """Messages that have opened no turn yet, by their ids."""
        self._turn = 0
        self._played_ms = 0.0
        self._rate = 1

    def hello(self, hello: Hello) -> Hello:
        """The greeting of the next connection, from what the client says of itself."""
        return hello.model_copy(
            update={
                "token": self._token,
                "seen": self.seen,
                "turn": self._turn,
                "played_ms": max(0, round(self._played_ms)),
            }
        )

    def forget_played(self, ms: float) -> None:
        """So much of the audio that came last is not played after all."""
        self._played_ms -= ms

    def speak(self, pcm: bytes) -> AudioFrame:
        """The next frame of the microphone; it is kept until it has been heard."""
        frame = AudioFrame(pcm, sequence=self._sequence)
        self._sequence += 1
        self._spoken.append(frame)
        self._kept_bytes += len(pcm)
        while self._kept_bytes > _KEPT_BYTES:
            self._forget_first()
        return frame

    def keep(self, message: Listen | Text | Confirm) -> None:
        """Keep what is being sent, until it is known to have arrived."""
        if isinstance(message, Listen):
            self._spoken.append(message)
        elif message.id is not None:
            self._typed[message.id] = message

    def take(self, item: ServerEvent | AudioFrame) -> bool:
        """Note what came. False: it came before."""
        if isinstance(item, AudioFrame):
            if item.turn == self._turn & 0xFFFF:
                self._played_ms += len(item.pcm) / 2 / self._rate * 1000
            return True
        if 0 < item.seq <= self.seen:
            return False
        self.seen = max(self.seen, item.seq)
        match item:
            case HeardUpTo(sequence=sequence):
                self._forget_up_to(sequence)
            case AudioStarted(turn=turn, sample_rate=rate, from_ms=from_ms):
                self._turn, self._played_ms, self._rate = turn, from_ms, rate
            case TranscriptEvent(id=str() as message):
                self._typed.pop(message, None)
            case _:
                pass
        return True

    def go_on(self, ready: Ready) -> Sequence[AudioFrame | Listen | Text | Confirm]:
        """Take the answer to `hello`, and return what has to be sent again, in order."""
        self._token = ready.token
        if ready.resumed:
            if ready.heard is not None:
                self._forget_up_to(ready.heard)
        else:
            self.seen = self._turn = self._sequence = self._kept_bytes = 0
            self._played_ms = 0.0
            self._spoken.clear()
        return [*self._spoken, *self._typed.values()]

    def _forget_up_to(self, sequence: int) -> None:
        frames = [it.sequence for it in self._spoken if isinstance(it, AudioFrame)]
        for _ in range(sum(number <= sequence for number in frames)):
            self._forget_first()

    def _forget_first(self) -> None:
        """Forget the first frame, and the button before it."""
        while isinstance(message := self._spoken.popleft(), Listen):
            pass
        self._kept_bytes -= len(message.pcm)
