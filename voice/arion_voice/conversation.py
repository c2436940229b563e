"""One person's turns, from what the client sends to what it is sent."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace

from arion_voice.answering import Answering, Filler
from arion_voice.engines import (
    SAMPLE_RATE,
    Hints,
    Language,
    Recognizer,
    Responder,
    Synthesizer,
    Utterance,
    VoiceName,
)
from arion_voice.errors import VoiceErrorKind
from arion_voice.floor import Floor, Said
from arion_voice.frames import AudioFrame
from arion_voice.hearing import Hearing
from arion_voice.listening import Ear
from arion_voice.messages import explain
from arion_voice.outbox import Outbox
from arion_voice.protocol import (
    Ack,
    ClientEvent,
    Confirm,
    Error,
    Hello,
    Interrupt,
    Listen,
    Played,
    Text,
    TranscriptEvent,
    TurnEnded,
    Voice,
)
from arion_voice.speaking import Speaker
from arion_voice.timing import Clock, Pacer, TurnTimer
from arion_voice.turn_detection import TurnOptions
from arion_voice.turn_model import TurnModel
from arion_voice.vad import VoiceActivity
from arion_voice.wake import CalledResponder, WakeWord


@dataclass(frozen=True)
class SessionOptions:
    """How a session behaves. Times are in seconds."""

    language: Language = "ko"
    """Language of messages until the client or its speech says otherwise."""
    voice: VoiceName = "natural"
    """Voice of a client that names none."""
    hints: Hints = field(default_factory=dict[Language, str])
    """What is likely to be said."""
    turn: TurnOptions = field(default_factory=TurnOptions)
    wake: WakeWord | None = None
    """Begins what is said to Arion without a button; None: everything is."""
    turn_model: TurnModel | None = None
    """Hears whether utterances are over whose words don't tell."""
    barge_in_s: float = 0.15
    """Speech that cuts Arion short."""
    ahead_s: float = 0.4
    """How far the audio that is sent is ahead of what is played."""
    filler_s: float | None = None
    """Silence before an answer after which Arion says that it takes a moment; None: never."""
    hello_s: float = 10.0
    """Time a client has to say hello."""
    max_waiting: int = 4
    """Utterances that wait while one is answered."""
    max_faults: int = 20
    """Frames outside the protocol after which the connection is closed."""
    resume_s: float = 60.0
    """Time a client has to come back after its connection dropped."""
    starved_s: float = 3.0
    """Time without a frame of the microphone after which an utterance is over."""


@dataclass(frozen=True)
class Engines:
    """Who hears, thinks and speaks in a session."""

    recognizer: Recognizer
    synthesizer: Synthesizer
    responder: Responder
    activity: VoiceActivity
    """Judges the frames of this session's microphone."""
    clock: Clock


@dataclass(frozen=True)
class _Unheard:
    """An answer whose end a connection that dropped has swallowed."""

    answering: Answering
    played_s: float


@dataclass(frozen=True)
class _Typed:
    """An utterance that came as text, or as a tap on a button."""

    message: Text | Confirm
    text: str
    """What it says; a tap on a button says yes or no."""
    timer: TurnTimer


_STRETCH_BYTES = 2 * SAMPLE_RATE // 50
"""20 ms of microphone."""

_LONGEST_RETRY_S = 60.0
"""Nobody is told to wait for longer than this."""

_IDS = 64
"""Messages by whose ids it is known that they came before."""

_SAID_AGAIN_S = 90.0
"""After an answer, the end of it may be said again for so long; then nobody waits for it."""

_REPLIES: dict[Language, tuple[str, str]] = {"ko": ("아니요", "네"), "en": ("No", "Yes")}
"""What a tap on no or yes says."""


class Conversation:
    """Everything after the greeting. Turns are taken one at a time, in order."""

    def __init__(
        self,
        hello: Hello,
        session: str,
        engines: Engines,
        options: SessionOptions,
        *,
        outbox: Outbox,
        tasks: asyncio.TaskGroup,
    ) -> None:
        if options.wake is not None:
            engines = replace(engines, responder=CalledResponder(options.wake, engines.responder))
        self._engines = engines
        self._options = options
        self._outbox = outbox
        self._tasks = tasks
        self._session = session
        self._timezone = hello.timezone
        self._language: Language = hello.language or options.language
        self._voice: VoiceName = hello.voice or options.voice
        self._speed = hello.speed or 1.0
        self._turn = 0
        self._turn_s = 3.0
        """How long a turn takes, in seconds: the mean of the last few."""
        self._is_parked = False
        self._typed: deque[str] = deque(maxlen=_IDS)
        """Ids of what was typed, and is being answered or was."""
        self._waiting: asyncio.Queue[Said | _Typed | _Unheard] = asyncio.Queue(options.max_waiting)
        self._answer_task: asyncio.Task[None] | None = None
        after_s = options.filler_s
        self._filler = None if after_s is None else Filler(engines.clock, after_s)
        self._floor = Floor(
            max_waiting=options.max_waiting,
            outbox=outbox,
            clock=engines.clock,
            complain=self.complain,
            answer=self._wait,
            wake=options.wake,
        )
        self._ear = Ear(engines.activity, options.turn)
        self._hearing = Hearing(
            self._ear,
            engines.recognizer,
            language=hello.language,
            hints=options.hints,
            tasks=tasks,
            outbox=outbox,
            clock=engines.clock,
            listener=self._floor,
            turn_model=options.turn_model,
        )

    def handle(self, message: ClientEvent | AudioFrame) -> None:
        """Take what the client sent. Never waits, so that the microphone is heard in time."""
        match message:
            case AudioFrame(pcm=pcm):
                self._hear(pcm)
            case Listen(on=True):
                self._floor.hush()
                self._hearing.hold()
            case Listen():
                self._hearing.release()
            case Ack(seq=seq):
                self._outbox.acknowledge(seq)
            case _:
                self._handle_words(message)

    def complain(self, kind: VoiceErrorKind) -> None:
        """Tell the client that something failed."""
        message = explain(kind, self._language)
        self._outbox.put(
            Error(
                kind=kind,
                message=message.text,
                next_step=message.next_step,
                retry_after_s=self._retry_after_s if kind is VoiceErrorKind.BUSY else None,
            )
        )

    @property
    def _retry_after_s(self) -> float:
        """When there is room again: what waits, at the speed of the last turns."""
        return round(min(_LONGEST_RETRY_S, max(1, self._waiting.qsize()) * self._turn_s), 1)

    async def judge(self) -> None:
        """Tell what is said from what is not, for as long as the session lasts."""
        await self._floor.run()

    async def take_turns(self) -> None:
        """Answer what was said, for as long as the session lasts."""
        while True:
            waiting = await self._waiting.get()
            if isinstance(waiting, _Unheard):
                await self._say_again(waiting)
            else:
                await self._take_turn(waiting)

    @property
    def is_hearing(self) -> bool:
        """Whether an utterance is going on."""
        return self._ear.is_open

    def stop_hearing(self) -> None:
        """Nothing comes from the microphone any more: the utterance that is going on is over."""
        self._hearing.release()

    def park(self) -> None:
        """Nobody listens: speaking waits for `go_on`. Everything else goes on."""
        self._is_parked = True
        if self._floor.answering is not None:
            self._floor.answering.park()

    def go_on(self, hello: Hello) -> None:
        """Somebody listens again. What they have not heard of the last answer is spoken."""
        self._is_parked = False
        self._voice = hello.voice or self._voice
        self._speed = hello.speed or self._speed
        last = self._floor.last
        if last is None:
            return
        played_s: float | None = None
        if hello.turn is not None:
            played_s = hello.played_ms / 1000 if hello.turn >= last.turn else 0.0
        if last is self._floor.answering and not last.is_spoken:
            last.go_on(played_s)
            return
        is_recent = self._floor.silent_s < _SAID_AGAIN_S
        if is_recent and played_s is not None and last.has_unheard(played_s):
            self._wait(_Unheard(last, played_s))

    def _hear(self, pcm: bytes) -> None:
        # A long stretch may hold a whole utterance, with its interruption at the beginning.
        for start in range(0, len(pcm), _STRETCH_BYTES):
            self._hearing.hear(pcm[start : start + _STRETCH_BYTES])
            if self._hearing.speech_s >= self._options.barge_in_s:
                self._floor.take()

    def _handle_words(self, message: Hello | Text | Confirm | Interrupt | Played | Voice) -> None:
        match message:
            case Text(text=text):
                self._type(message, text)
            case Confirm(answer=answer):
                self._type(message, _REPLIES[self._language][answer])
            case Interrupt():
                self._floor.hush()
                if self._answer_task is not None:
                    self._answer_task.cancel()
            case Played(turn=turn, ms=ms):
                self._floor.played(turn, ms / 1000)
            case Voice(voice=voice, speed=speed):
                self._voice = voice or self._voice
                self._speed = speed or self._speed
            case Hello():
                self.complain(VoiceErrorKind.BAD_STATE)

    def _type(self, message: Text | Confirm, text: str) -> None:
        if message.id in self._typed:
            return
        self._floor.hush()
        timer = TurnTimer(self._engines.clock, speech_ended=self._engines.clock.now())
        if not self._wait(_Typed(message, text, timer)):
            self.complain(VoiceErrorKind.BUSY)
        elif message.id is not None:
            self._typed.append(message.id)

    def _wait(self, utterance: Said | _Typed | _Unheard) -> bool:
        if self._waiting.full():
            return False
        self._waiting.put_nowait(utterance)
        return True

    def _open(self, waiting: Said | _Typed) -> Utterance:
        if isinstance(waiting, Said):
            heard = waiting.transcript
            return self._open_turn(heard.text, heard.language, spoken=True)
        language = _written_language(waiting.text, self._language)
        utterance = self._open_turn(waiting.text, language, id=waiting.message.id)
        tapped = waiting.message if isinstance(waiting.message, Confirm) else None
        return replace(
            utterance,
            confirmation=tapped.answer if tapped else None,
            question=tapped.question if tapped else None,
        )

    def _open_turn(
        self, text: str, language: Language, *, spoken: bool = False, id: str | None = None
    ) -> Utterance:
        self._turn += 1
        self._language = language
        self._outbox.put(
            TranscriptEvent(turn=self._turn, text=text, final=True, language=language, id=id)
        )
        return Utterance(
            text=text,
            language=language,
            turn=self._turn,
            session=self._session,
            spoken=spoken,
            id=id,
            timezone=self._timezone,
        )

    async def _say_again(self, unheard: _Unheard) -> None:
        if self._floor.last is unheard.answering:
            await self._answer(unheard.answering, unheard.answering.say_again(unheard.played_s))

    async def _answer(self, answering: Answering, job: Coroutine[None, None, None]) -> None:
        self._floor.begin(answering)
        self._answer_task = self._tasks.create_task(job)
        await asyncio.wait([self._answer_task])
        self._floor.end()
        self._answer_task = None

    async def _take_turn(self, waiting: Said | _Typed) -> None:
        utterance, timer = self._open(waiting), waiting.timer
        began = self._engines.clock.now()
        speaker = Speaker(
            utterance.turn,
            self._engines.synthesizer,
            self._voice,
            outbox=self._outbox,
            timer=timer,
            pacer=Pacer(self._engines.clock, ahead_s=self._options.ahead_s),
            complain=self.complain,
            speed=self._speed,
        )
        if self._is_parked:
            speaker.park()
        answering = Answering(
            utterance,
            self._engines.responder,
            speaker,
            outbox=self._outbox,
            timer=timer,
            complain=self.complain,
            filler=self._filler,
        )
        await self._answer(answering, answering.run())
        if answering.has_failed and utterance.id in self._typed:
            # What went wrong may go well when it is sent again.
            self._typed.remove(utterance.id)
        self._turn_s += (max(1.0, self._engines.clock.now() - began) - self._turn_s) / 4
        timer.mark("total")
        self._outbox.put(TurnEnded(turn=utterance.turn, timings_ms=timer.milliseconds()))


def _written_language(text: str, fallback: Language) -> Language:
    if re.search(r"[가-힣ㄱ-ㅣ]", text):
        return "ko"
    return "en" if re.search(r"[A-Za-z]", text) else fallback
