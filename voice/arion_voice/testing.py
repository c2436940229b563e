"""Stand-ins for everything around a voice session, so that tests need no model and no waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from arion_voice.engines import (
    SAMPLE_RATE,
    AnswerPart,
    Language,
    Samples,
    SpeechChunk,
    Stretch,
    Transcript,
    Urgency,
    Utterance,
    VoiceName,
)
from arion_voice.errors import SpeechError, VoiceError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import ClientEvent, ServerEvent
from arion_voice.transport import Disconnected

EventT = TypeVar("EventT")

_FRAME_BYTES = 640
"""20 ms of microphone."""


def speech_frames(seconds: float) -> list[AudioFrame]:
    """Microphone frames that `LoudActivity` takes for speech."""
    return _frames(b"\x00\x40", seconds)


def silent_frames(seconds: float) -> list[AudioFrame]:
    """Microphone frames of silence."""
    return _frames(b"\x00\x00", seconds)


def _frames(sample: bytes, seconds: float) -> list[AudioFrame]:
    pcm = sample * round(seconds * SAMPLE_RATE)
    return [
        AudioFrame(pcm[start : start + _FRAME_BYTES]) for start in range(0, len(pcm), _FRAME_BYTES)
    ]


class LoudActivity:
    """Takes every frame with sound in it for speech."""

    def probability(self, frame: Samples) -> float:
        """1 or 0."""
        return float(np.abs(frame).max() > 0)


class SteppedClock:
    """Stands still but for what is slept."""

    def __init__(self) -> None:
        self._now = 0.0
        self.running = asyncio.Event()
        """Cleared: whoever sleeps, sleeps on."""
        self.running.set()

    def now(self) -> float:
        """Seconds since the beginning."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        await self.running.wait()
        self._now += seconds


class LoopTransport:
    """A connection whose far end is the test."""

    def __init__(
        self, *, sends: int | None = None, takes: int | None = None, carries: int | None = None
    ) -> None:
        """A connection that holds, or drops.

        Args:
            sends: it drops once so much was sent to the client.
            takes: it drops once so much came from the client.
            carries: it is half open once so much was sent to the client.
        """
        self._sends = sends
        self._takes = takes
        self._carries = carries
        self.is_half_open = False
        """True: what either side sends does not arrive, and nobody notices."""
        self.lost: list[ServerEvent | AudioFrame] = []
        """What did not arrive."""
        self.sent: list[ServerEvent | AudioFrame] = []
        """Everything that was sent, in order."""
        self.closed = False
        self.reading = asyncio.Event()
        """Cleared: the client does not read, and sending waits."""
        self.reading.set()
        self._incoming: asyncio.Queue[ClientEvent | AudioFrame | Exception] = asyncio.Queue()
        self._changed = asyncio.Condition()

    def say(self, *messages: ClientEvent | AudioFrame | Exception) -> None:
        """Send from the client; an exception is what reading raises."""
        for message in () if self.is_half_open else messages:
            self._incoming.put_nowait(message)

    def hang_up(self, *, on_purpose: bool = False) -> None:
        """Disconnect."""
        self._incoming.put_nowait(Disconnected(on_purpose=on_purpose))

    async def until_closed(self) -> None:
        """Wait until the session lets the connection go."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: self.closed)

    async def until(self, kind: type[EventT], count: int = 1) -> EventT:
        """Wait for the `count`-th event of a kind (or `AudioFrame`) and return it."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[count - 1]

    async def until_lost(self, kind: type[EventT]) -> None:
        """Wait for an event that does not arrive."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: any(isinstance(it, kind) for it in self.lost))

    async def more_than(self, count: int) -> None:
        """Wait until more items than so many were sent, or no more will arrive."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(
                lambda: self.closed or bool(self.lost) or len(self.sent) > count
            )

    def of(self, kind: type[EventT]) -> list[EventT]:
        """Everything of one kind that was sent."""
        return [item for item in self.sent if isinstance(item, kind)]

    async def receive(self) -> ClientEvent | AudioFrame:
        """What the test said."""
        if self._takes is not None:
            self._takes -= 1
            if self._takes < 0:
                raise Disconnected
        message = await self._incoming.get()
        if isinstance(message, Exception):
            raise message
        return message

    async def send_event(self, event: ServerEvent) -> None:
        """Keep it for the test."""
        await self._send(event)

    async def send_audio(self, frame: AudioFrame) -> None:
        """Keep it for the test."""
        await self._send(frame)

    async def close(self) -> None:
        """Note it."""
        self.closed = True
        async with self._changed:
            self._changed.notify_all()

    async def _send(self, item: ServerEvent | AudioFrame) -> None:
        await self.reading.wait()
        if self._sends is not None and len(self.sent) >= self._sends:
            raise Disconnected
        if self._carries is not None and len(self.sent) >= self._carries:
            self.is_half_open = True
        (self.lost if self.is_half_open else self.sent).append(item)
        async with self._changed:
            self._changed.notify_all()


@dataclass
class ScriptedRecognizer:
    """Hears what it was told to hear, one text (or failure) a call; then nothing."""

    script: Sequence[str | VoiceError] = ()
    language: Language = "ko"
    partials: Sequence[str] = ()
    """What is heard while somebody still speaks; then it is busy."""
    gate: asyncio.Event | None = None
    """Where given, every call waits for it."""
    runs_on: bool = False
    """Whether a call can't be given up."""
    heard: list[Samples] = field(default_factory=list["Samples"])
    """The audio of every call."""
    called: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by every call."""

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """The next text."""
        if stretch.urgency is Urgency.PARTIAL:
            return self._partial(stretch)
        stretch.has_begun = self.runs_on
        self.heard.append(stretch.samples)
        self.called.set()
        turn = len(self.heard) - 1
        if self.gate is not None:
            await self.gate.wait()
        said = self.script[turn] if turn < len(self.script) else ""
        if isinstance(said, VoiceError):
            raise said
        return self._transcript(said, stretch)

    def _partial(self, stretch: Stretch) -> Transcript:
        if not self.partials:
            raise SpeechError(VoiceErrorKind.BUSY, "nothing more is scripted")
        said, *self.partials = self.partials
        return self._transcript(said, stretch)

    def _transcript(self, said: str, stretch: Stretch) -> Transcript:
        seconds = len(stretch.samples) / SAMPLE_RATE
        return Transcript(said, stretch.language or self.language, 0.0, -0.1, seconds, 0.0)


@dataclass
class ToneSynthesizer:
    """Speaks every text as a tone of one length."""

    seconds: float = 0.2
    sample_rate: int = 24_000
    failure: Exception | None = None
    gate: asyncio.Event | None = None
    """Where given, every call waits for it."""
    spoken: list[tuple[str, Language, VoiceName]] = field(
        default_factory=list["tuple[str, Language, VoiceName]"]
    )
    """What was to be spoken."""

    async def synthesize(
        self,
        text: str,
        *,
        language: Language,
        voice: VoiceName,
        speed: float = 1.0,
        answer: object | None = None,
    ) -> AsyncIterator[SpeechChunk]:
        """One chunk; a faster one is shorter."""
        self.spoken.append((text, language, voice))
        if self.gate is not None:
            await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        samples = round(self.seconds / speed * self.sample_rate)
        yield SpeechChunk(b"\x00\x10" * samples, self.sample_rate)


@dataclass
class ScriptedResponder:
    """Answers every utterance with what a function makes of it."""

    answer: Callable[[Utterance], Iterable[AnswerPart]]
    gate: asyncio.Event | None = None
    """Where given, every answer waits for it after its first part."""
    asked: list[Utterance] = field(default_factory=list[Utterance])
    finished: int = 0
    """Answers that were given to their end."""
    cancelled: int = 0
    """Answers that were cut off."""
    cut: list[tuple[Utterance, str]] = field(default_factory=list["tuple[Utterance, str]"])
    """Utterances whose answers were not heard to their end, and what was heard of them."""

    async def respond(self, utterance: Utterance) -> AsyncIterator[AnswerPart]:
        """The answer, part by part."""
        self.asked.append(utterance)
        try:
            for part in self.answer(utterance):
                yield part
                if self.gate is not None:
                    await self.gate.wait()
            self.finished += 1
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise

    def heard(self, utterance: Utterance, text: str) -> None:
        """Note it."""
        self.cut.append((utterance, text))
