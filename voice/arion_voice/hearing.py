"""Hearing one person: their utterances are found, and recognised while they may be over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from arion_voice.engines import Hints, Language, Recognizer, Samples, Transcript
from arion_voice.errors import VoiceError, VoiceErrorKind
from arion_voice.listening import Ear, Heard
from arion_voice.outbox import Outbox
from arion_voice.protocol import NothingHeard, SpeechEnded, SpeechStarted
from arion_voice.timing import Clock, TurnTimer
from arion_voice.turn_detection import TurnChange

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spoken:
    """An utterance that is over, and is being recognised."""

    recognition: asyncio.Task[Transcript | VoiceErrorKind]
    timer: TurnTimer


class Hearing:
    """The ear and the recogniser of one session. Nothing in it waits."""

    def __init__(
        self,
        ear: Ear,
        recognizer: Recognizer,
        *,
        language: Language | None,
        hints: Hints,
        tasks: asyncio.TaskGroup,
        outbox: Outbox,
        clock: Clock,
        complain: Callable[[VoiceErrorKind], None],
        deliver: Callable[[Spoken], bool],
    ) -> None:
        """Hear nothing yet.

        Args:
            ear: finds the utterances.
            recognizer: finds the words in them.
            language: what is spoken, where that is known.
            hints: what is likely to be said.
            tasks: where recognitions run.
            outbox: told when speech begins and ends.
            clock: the session's.
            complain: told what went wrong.
            deliver: takes an utterance, or says that it can't.
        """
        self._ear = ear
        self._recognizer = recognizer
        self._language: Language | None = language
        self._hints = hints
        self._tasks = tasks
        self._outbox = outbox
        self._clock = clock
        self._complain = complain
        self._deliver = deliver
        self._recognition: asyncio.Task[Transcript | VoiceErrorKind] | None = None

    @property
    def speech_s(self) -> float:
        """Speech in the utterance that is going on, in seconds; 0 when none is."""
        return self._ear.speech_s

    def hear(self, pcm: bytes) -> None:
        """Take a stretch of PCM16, 16 kHz mono."""
        for heard in self._ear.hear(pcm):
            self._react(heard)

    def hold(self) -> None:
        """Begin an utterance that ends with `release`."""
        self._forget()
        if not self._ear.is_open:
            self._outbox.put(SpeechStarted())
        self._ear.hold()

    def release(self) -> None:
        """End the utterance now, if there is one."""
        was_open = self._ear.is_open
        heard = self._ear.release()
        if heard is not None:
            self._end(heard)
        elif was_open:
            self._give_up()

    def _react(self, heard: Heard) -> None:
        match heard.change:
            case TurnChange.STARTED:
                self._outbox.put(SpeechStarted())
            case TurnChange.PAUSED:
                # If the utterance is over, its text is there as soon as that is certain.
                self._recognition = self._recognize(heard.samples)
            case TurnChange.RESUMED:
                self._forget()
            case TurnChange.ENDED:
                self._end(heard)
            case TurnChange.TOO_LONG:
                self._forget()
                self._complain(VoiceErrorKind.TOO_LARGE)
                self._give_up()

    def _end(self, heard: Heard) -> None:
        timer = TurnTimer(self._clock, speech_ended=self._clock.now() - heard.silence_s)
        timer.mark("endpoint")
        recognition = self._recognition or self._recognize(heard.samples)
        if self._deliver(Spoken(recognition, timer)):
            self._recognition = None
            self._outbox.put(SpeechEnded())
        else:
            recognition.cancel()
            self._complain(VoiceErrorKind.BUSY)
            self._give_up()

    def _give_up(self) -> None:
        self._forget()
        self._outbox.put(SpeechEnded())
        self._outbox.put(NothingHeard())

    def _forget(self) -> None:
        if self._recognition is not None:
            self._recognition.cancel()
            self._recognition = None

    def _recognize(self, samples: Samples) -> asyncio.Task[Transcript | VoiceErrorKind]:
        return self._tasks.create_task(self._transcribe(samples))

    async def _transcribe(self, samples: Samples) -> Transcript | VoiceErrorKind:
        try:
            return await self._recognizer.transcribe(
                samples, language=self._language, hints=self._hints
            )
        except VoiceError as error:
            logger.warning("an utterance is not recognised: %s", error)
            return error.kind
        except Exception:
            # An engine is foreign code; whatever breaks in it, typing still works.
            logger.exception("an utterance is not recognised")
            return VoiceErrorKind.ENGINE_FAILED
