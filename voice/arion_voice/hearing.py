"""Hearing one person: their utterances are found, and recognised while they may be over."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from arion_voice.endings import Ending, ending_of
from arion_voice.engines import (
    Hints,
    Language,
    Recognizer,
    Samples,
    Stretch,
    Transcript,
    Urgency,
)
from arion_voice.errors import VoiceError, VoiceErrorKind
from arion_voice.listening import Ear, Heard
from arion_voice.outbox import Outbox
from arion_voice.partials import stable_length
from arion_voice.protocol import NothingHeard, SpeechEnded, SpeechStarted, TranscriptEvent
from arion_voice.timing import Clock, TurnTimer
from arion_voice.turn_detection import TurnChange
from arion_voice.turn_model import TurnModel

logger = logging.getLogger(__name__)


Recognition: TypeAlias = "asyncio.Task[Transcript | VoiceErrorKind]"

_KEPT_AFTER_S = 0.3
"""A pause of this length may part two recognitions of one utterance, in seconds."""

_PARTIAL_FROM_S = 2.5
"""Audio from which on it is shown what is being said, in seconds; then whenever it has doubled.
Most commands are shorter: they need their CPU for the microphone and for what is to come."""

_SHOWN_FROM_S = 1.5
"""Shorter audio is no good to go by while it is spoken."""

_KEPT_FROM_S = 2.0
"""Shorter audio is recognised again with what follows: it holds too little to go by."""


_NOTHING_TOLD: tuple[Ending | None, Ending] = (None, Ending.UNSURE)


@dataclass(frozen=True)
class Spoken:
    """An utterance that is over, and is being recognised."""

    recognitions: tuple[Recognition, ...]
    """Of its stretches, in order."""
    timer: TurnTimer
    began_at: float = 0.0
    """When it began, by the session's clock."""
    by_hand: bool = False
    """Whether a button was held."""

    async def transcript(self) -> Transcript | VoiceErrorKind:
        """What was said, once it is known; or why it is not."""
        heard: list[Transcript] = []
        for recognition in self.recognitions:
            result = await recognition
            if isinstance(result, VoiceErrorKind):
                return result
            heard.append(result)
        return _joined(heard)


class Listener(Protocol):
    """Who is told what is heard."""

    @property
    def has_asked(self) -> bool:
        """Whether words may be the answer to a question."""
        ...

    def complain(self, kind: VoiceErrorKind) -> None:
        """Something went wrong."""
        ...

    def guess(self, transcript: Transcript) -> None:
        """An utterance that may be over seems to say this."""
        ...

    def deliver(self, spoken: Spoken) -> bool:
        """An utterance is over. False: it can't be taken."""
        ...

    def give_up(self) -> None:
        """An utterance was none."""
        ...


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
        listener: Listener,
        turn_model: TurnModel | None = None,
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
            listener: told of the utterances.
            turn_model: hears whether they are over where their words don't tell.
        """
        self._ear = ear
        self._recognizer = recognizer
        self._language: Language | None = language
        self._hints = hints
        self._tasks = tasks
        self._outbox = outbox
        self._clock = clock
        self._listener = listener
        self._turn_model = turn_model
        self._melody: asyncio.Task[None] | None = None
        self._endings = _NOTHING_TOLD
        """What the words before the pause that is going on tell, and their melody."""
        self._began_at = 0.0
        self._by_hand = False
        self._kept: list[Recognition] = []
        """Of the stretches of the utterance that are behind."""
        self._recognition: Recognition | None = None
        """Of the stretch that may be the last."""
        self._stretch: Stretch | None = None
        """What is recognised in it."""
        self._partial: asyncio.Task[object] | None = None
        """Of what is shown next of the utterance."""
        self._next_partial_s = _PARTIAL_FROM_S
        self._shown = ""
        """What was last shown of the utterance."""

    @property
    def speech_s(self) -> float:
        """Speech in the utterance that is going on, in seconds; 0 when nobody speaks now."""
        return self._ear.speech_s if self._ear.is_speaking else 0.0

    def hear(self, pcm: bytes) -> None:
        """Take a stretch of PCM16, 16 kHz mono."""
        for heard in self._ear.hear(pcm):
            self._react(heard)
        if self._ear.is_speaking and self._ear.length_s >= self._next_partial_s:
            self._next_partial_s = 2 * self._ear.length_s
            stretch = self._of(self._ear.samples(), Urgency.PARTIAL)
            self._partial = self._tasks.create_task(self._guess(stretch))

    def hold(self) -> None:
        """Begin an utterance that ends with `release`."""
        self._forget()
        if not self._ear.is_open:
            self._outbox.put(SpeechStarted())
        self._begin(by_hand=True)
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
                self._begin()
                self._outbox.put(SpeechStarted())
            case TurnChange.PAUSED:
                self._endings = _NOTHING_TOLD
                if self._turn_model is not None:
                    listening = self._listen(self._turn_model, heard.samples)
                    self._melody = self._tasks.create_task(listening)
                # If the utterance is over, its text is there as soon as that is certain.
                self._recognition = self._recognize(heard.samples)
            case TurnChange.RESUMED:
                self._melody = None
                self._resume(heard.silence_s)
            case TurnChange.ENDED:
                self._end(heard)
            case TurnChange.TOO_LONG:
                self._forget()
                self._listener.complain(VoiceErrorKind.TOO_LARGE)
                self._give_up()

    def _begin(self, *, by_hand: bool = False) -> None:
        self._began_at, self._by_hand = self._clock.now(), by_hand

    def _resume(self, paused_s: float) -> None:
        recognition, self._recognition = self._recognition, None
        if recognition is None:
            return
        if paused_s >= _KEPT_AFTER_S and self._ear.paused_at_s >= _KEPT_FROM_S:
            self._kept.append(recognition)
            if self._stretch is not None:
                self._stretch.promote()
            self._ear.keep()
            self._next_partial_s = _PARTIAL_FROM_S
        elif self._runs_on and self._ear.paused_at_s >= _SHOWN_FROM_S:
            # It runs to its end in any case: so it tells what is being said.
            self._next_partial_s = max(self._next_partial_s, 2 * self._ear.paused_at_s)
            self._partial = recognition
            if recognition.done():
                self._show(recognition.result())
        else:
            recognition.cancel()

    @property
    def _runs_on(self) -> bool:
        return self._stretch is not None and self._stretch.has_begun

    def _end(self, heard: Heard) -> None:
        timer = TurnTimer(self._clock, speech_ended=self._clock.now() - heard.silence_s)
        timer.mark("endpoint")
        last = self._last(heard.samples)
        if self._stretch is not None:
            self._stretch.promote()
        recognitions = (*self._kept, last)
        if self._listener.deliver(Spoken(recognitions, timer, self._began_at, self._by_hand)):
            self._kept, self._recognition = [], None
            self._forget()
            self._outbox.put(SpeechEnded())
        else:
            self._recognition = last
            self._listener.complain(VoiceErrorKind.BUSY)
            self._give_up()

    def _last(self, samples: Samples) -> Recognition:
        guess = self._recognition
        if guess is None or (guess.done() and guess.result() is VoiceErrorKind.BUSY):
            # There may be room for it where there was none for a guess.
            return self._recognize(samples)
        return guess

    def _give_up(self) -> None:
        self._forget()
        self._listener.give_up()
        self._outbox.put(SpeechEnded())
        self._outbox.put(NothingHeard())

    def _forget(self) -> None:
        for recognition in (*self._kept, self._recognition, self._partial):
            if recognition is not None:
                recognition.cancel()
        self._kept, self._recognition, self._stretch, self._partial = [], None, None, None
        self._melody = None
        self._next_partial_s, self._shown = _PARTIAL_FROM_S, ""

    def _recognize(self, samples: Samples) -> Recognition:
        self._stretch = self._of(samples, Urgency.SPECULATIVE)
        return self._tasks.create_task(self._guess(self._stretch))

    def _of(self, samples: Samples, urgency: Urgency) -> Stretch:
        return Stretch(samples, self._language, self._hints, urgency)

    def _show(self, result: Transcript | VoiceErrorKind) -> None:
        """Show what is being said."""
        if not isinstance(result, Transcript):
            return
        self._listener.guess(result)
        known = [it.result() for it in self._kept if it.done()]
        before = [it.text for it in known if isinstance(it, Transcript)]
        text = " ".join((*before, result.text)).strip()
        if text:
            stable = stable_length(self._shown, text)
            self._shown = text
            self._outbox.put(
                TranscriptEvent(
                    turn=0, text=text, final=False, language=result.language, stable=stable
                )
            )

    async def _guess(self, stretch: Stretch) -> Transcript | VoiceErrorKind:
        result = await self._transcribe(stretch)
        if asyncio.current_task() is self._recognition:
            self._expect(result)
        elif asyncio.current_task() is self._partial:
            self._show(result)
        return result

    def _expect(self, result: Transcript | VoiceErrorKind) -> None:
        """The words before a pause tell how long it has to be to end the utterance."""
        if isinstance(result, VoiceErrorKind):
            self._weigh(Ending.UNSURE, self._endings[1])
        else:
            answers = self._listener.has_asked
            words = ending_of(result.text, result.language, answers=answers)
            self._weigh(words, self._endings[1])
            self._listener.guess(result)

    async def _listen(self, turn_model: TurnModel, samples: Samples) -> None:
        ending = await turn_model.ending(samples)
        if asyncio.current_task() is self._melody:
            self._weigh(self._endings[0], ending)

    def _weigh(self, words: Ending | None, melody: Ending) -> None:
        """Their melody counts where the words don't tell."""
        self._endings = words, melody
        if words is not None:
            self._ear.expect(melody if words is Ending.UNSURE else words)

    async def _transcribe(self, stretch: Stretch) -> Transcript | VoiceErrorKind:
        try:
            return await self._recognizer.transcribe(stretch)
        except VoiceError as error:
            if stretch.urgency is not Urgency.PARTIAL:
                logger.warning("an utterance is not recognised: %s", error)
            return error.kind
        except Exception:
            # An engine is foreign code; whatever breaks in it, typing still works.
            logger.exception("an utterance is not recognised")
            return VoiceErrorKind.ENGINE_FAILED


def _joined(heard: list[Transcript]) -> Transcript:
    """The transcripts of stretches that follow each other, as one."""
    spoken = [it for it in heard if it.text] or heard[-1:]
    return Transcript(
        text=" ".join(it.text for it in spoken),
        language=spoken[0].language,
        no_speech=min(it.no_speech for it in spoken),
        avg_logprob=min(it.avg_logprob for it in spoken),
        audio_s=sum(it.audio_s for it in heard),
        decode_s=sum(it.decode_s for it in heard),
    )
