"""A client that does what docs/protocol.md says when its connection drops."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from arion_voice.engines import SpeechChunk
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Ack,
    Answer,
    AudioStarted,
    Hello,
    Ready,
    ServerEvent,
    TranscriptEvent,
    TurnEnded,
)
from arion_voice.resuming import Resuming
from arion_voice.sessions import Sessions
from arion_voice.testing import LoopTransport

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",), session="kitchen")
RATE = 8_000


@dataclass
class TellingSynthesizer:
    """Speaks every sentence in samples that tell which it is, in stretches of 0.1 s."""

    seconds: float = 0.5
    spoken: list[str] = field(default_factory=list)

    async def synthesize(self, text: str, **_: Any) -> AsyncIterator[SpeechChunk]:
        self.spoken.append(text)
        sound = self.sound([text]).tobytes()
        for start in range(0, len(sound), RATE // 5):
            yield SpeechChunk(sound[start : start + RATE // 5], RATE)

    def sound(self, texts: Iterable[str]) -> np.ndarray:
        """The samples of some sentences."""
        length = round(self.seconds * RATE)
        return np.concatenate(
            [np.full(length, zlib.crc32(text.encode()) % 32_000 + 1, "<i2") for text in texts]
        )


@dataclass
class Played:
    """A stretch of a turn's sound that was played in one go."""

    turn: int
    begins_ms: int
    samples: np.ndarray

    @property
    def ends_ms(self) -> float:
        return self.begins_ms + len(self.samples) / RATE * 1000


class Client:
    """Talks over one connection after the other, and plays what comes at once."""

    def __init__(
        self, call: Any, tasks: asyncio.TaskGroup, connections: Sequence[LoopTransport]
    ) -> None:
        self.call = call
        self.events: list[ServerEvent] = []
        self.readies: list[Ready] = []
        self.played: list[Played] = []
        self.unplayed_ms = 0
        """Audio that a drop keeps from being played."""
        self.patience = 0
        """Rounds of the event loop until it notices that nothing arrives any more."""
        self.state = Resuming()
        self.transport = LoopTransport()
        self.transports: list[LoopTransport] = []
        self._tasks = tasks
        self._connections = list(connections)
        self._taken = 0
        self._buffered = 0
        """Samples that are perhaps not played yet."""

    async def connect(self, **changes: object) -> None:
        """Connect until there is a session."""
        self.take()
        while True:
            self._lose_sound()
            self._taken = 0
            transport = self._connections.pop(0) if self._connections else LoopTransport()
            self.transport = transport
            self.transports.append(transport)
            self._tasks.create_task(self.call.session(transport).run())
            hello = self.state.hello(HELLO).model_copy(update=changes)
            transport.say(hello)
            await transport.more_than(0)
            if isinstance(ready := next(iter(transport.sent), None), Ready):
                self.readies.append(ready)
                transport.say(*self.state.go_on(ready))
                return

    def say(self, *messages: Any) -> None:
        for message in messages:
            if isinstance(message, AudioFrame):
                self.transport.say(self.state.speak(message.pcm))
            else:
                if not isinstance(message, Ack):
                    self.state.keep(message)
                self.transport.say(message)

    def take(self) -> None:
        """Take what has come."""
        for item in self.transport.sent[self._taken :]:
            self._taken += 1
            assert self.state.take(item), f"{item} came twice"
            if isinstance(item, AudioFrame):
                last = self.played[-1]
                assert item.turn == last.turn
                samples = np.frombuffer(item.pcm, "<i2")
                self._buffered += len(samples)
                last.samples = np.concatenate([last.samples, samples])
            elif item.seq:
                self.events.append(item)
            if isinstance(item, AudioStarted):
                self.played.append(Played(item.turn, item.from_ms, np.zeros(0, "<i2")))

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for it, over as many connections as it takes."""
        while True:
            self.take()
            if done():
                return
            if self.transport.closed or self.transport.lost:
                for _ in range(self.patience):
                    await asyncio.sleep(0)
                await self.connect()
            else:
                await self.transport.more_than(self._taken)

    async def until_turn_ended(self, turn: int) -> None:
        await self.until(lambda: any(event.turn == turn for event in self.of(TurnEnded)))

    async def until_heard(self, turn: int, end_ms: float) -> None:
        """Wait until a turn's sound is played up to there."""
        await self.until(lambda: any(it.ends_ms > end_ms - 5 for it in self.sound(turn)))
        self._buffered = 0

    async def drop(self) -> None:
        """The connection drops, and both ends notice."""
        self.transport.hang_up()
        await self.transport.until_closed()
        self.take()

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def finals(self) -> list[tuple[int, str]]:
        return [(it.turn, it.text) for it in self.of(TranscriptEvent) if it.final]

    def answers(self) -> dict[int, str]:
        told: dict[int, str] = {}
        for answer in self.of(Answer):
            told[answer.turn] = told.get(answer.turn, "") + answer.text
        return told

    def sound(self, turn: int) -> list[Played]:
        return [it for it in self.played if it.turn == turn]

    def _lose_sound(self) -> None:
        """What is in the player's buffer when the connection drops is not played."""
        if not self.played or not self.unplayed_ms:
            return
        last = self.played[-1]
        frames = min(self._buffered, self.unplayed_ms * RATE // 1000)
        self._buffered = 0
        if frames:
            last.samples = last.samples[:-frames]
            self.state.forget_played(frames / RATE * 1000)


@asynccontextmanager
async def roaming(call: Any, *connections: LoopTransport) -> AsyncIterator[Client]:
    """A client that has connected, over the first of the connections that carries it so far."""
    call.sessions = Sessions()
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        client = Client(call, tasks, connections)
        await client.connect()
        try:
            yield client
        finally:
            for transport in client.transports:
                transport.hang_up(on_purpose=True)
            await call.sessions.aclose()


def assert_heard_whole(played: list[Played], reference: np.ndarray) -> None:
    """Nothing was skipped, and no drop repeated more than the sentence it fell into."""
    edges_ms = [0.0, *((np.flatnonzero(np.diff(reference)) + 1) / RATE * 1000)]
    assert played[0].begins_ms == 0
    for before, after in pairwise(played):
        assert after.begins_ms <= before.ends_ms + 1
        started = max(edge for edge in edges_ms if edge < max(1, before.ends_ms - 1))
        assert after.begins_ms >= started - 1
    for stretch in played:
        first = stretch.begins_ms * RATE // 1000
        expected = reference[first : first + len(stretch.samples)]
        assert np.array_equal(stretch.samples, expected)
    assert max(it.ends_ms for it in played) > len(reference) / RATE * 1000 - 5
