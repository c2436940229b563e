"""Who speaks: what is heard while Arion speaks pauses it, and then cuts it short or does not."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from arion_voice.answering import Answering
from arion_voice.engines import Transcript
from arion_voice.errors import VoiceErrorKind
from arion_voice.hearing import Spoken
from arion_voice.interjections import Interjection, judge
from arion_voice.outbox import Outbox
from arion_voice.protocol import NothingHeard
from arion_voice.timing import Clock, TurnTimer
from arion_voice.wake import ATTENTION_S, QUESTION_S, WakeWord

_ECHO_S = 1.0
"""After its last sound was sent, an answer may be heard for so long."""


@dataclass(frozen=True)
class Said:
    """Words that are to be answered."""

    transcript: Transcript
    timer: TurnTimer


class Floor:
    """Judges what is heard in one session, in order."""

    def __init__(
        self,
        *,
        max_waiting: int,
        outbox: Outbox,
        clock: Clock,
        complain: Callable[[VoiceErrorKind], None],
        answer: Callable[[Said], bool],
        wake: WakeWord | None = None,
    ) -> None:
        """Arion is silent.

        Args:
            max_waiting: utterances that may wait to be judged.
            outbox: told of utterances that held nothing.
            clock: the session's.
            complain: told what went wrong.
            answer: takes words that are to be answered; False: too many wait.
            wake: begins what is meant for Arion; None: everything is.
        """
        self._outbox = outbox
        self._clock = clock
        self._tell = complain
        self._answer = answer
        self._wake = wake
        self._spoken: asyncio.Queue[tuple[Spoken, Answering | None]] = asyncio.Queue(max_waiting)
        self._interrupted: Answering | None = None
        """What the utterance that is going on has paused, or may be an echo of."""
        self._is_nothing = False
        """Whether that utterance was nothing so far: music may go on for long."""
        self._is_answering = False
        self._ended_at = 0.0
        self._answers: deque[Answering] = deque(maxlen=2)
        """The one that is being given or was last, and the one before it."""

    async def run(self) -> None:
        """Judge what is delivered, for as long as the session lasts."""
        while True:
            spoken, over = await self._spoken.get()
            result = await spoken.transcript()
            spoken.timer.mark("stt")
            if isinstance(result, VoiceErrorKind):
                self.complain(result)
                self._let_go_on(over)
            elif self._is_said(result, over) and (meant := self._meant(spoken, result)):
                if self._answer(Said(meant, spoken.timer)):
                    continue
                self.complain(VoiceErrorKind.BUSY)
            self._outbox.put(NothingHeard())

    def complain(self, kind: VoiceErrorKind) -> None:
        """Tell that something went wrong."""
        self._tell(kind)

    @property
    def answering(self) -> Answering | None:
        """The answer that is being given."""
        return self._answers[-1] if self._is_answering else None

    @property
    def last(self) -> Answering | None:
        """The answer that is being given, or was last."""
        return self._answers[-1] if self._answers else None

    @property
    def has_asked(self) -> bool:
        """Whether words may be the answer to a question."""
        is_recent = self._is_answering or self._clock.now() - self._ended_at < QUESTION_S
        return is_recent and self._ends_in_question

    @property
    def silent_s(self) -> float:
        """Time since the last answer was given, in seconds; 0 while one is being given."""
        return 0.0 if self._is_answering else self._clock.now() - self._ended_at

    def begin(self, answering: Answering) -> None:
        """An answer is being given from now on."""
        if answering is not self.last:
            self._answers.append(answering)
        self._is_answering = True

    def end(self) -> None:
        """It is given."""
        self._is_answering = False
        self._ended_at = self._clock.now()

    def played(self, turn: int, seconds: float) -> None:
        """The client tells how much of an answer was played."""
        for answering in self._answers:
            if answering.turn == turn:
                answering.played(seconds)

    def take(self) -> None:
        """Somebody speaks, perhaps while Arion does."""
        answering = self.answering
        if answering is not None and answering.is_sounding:
            self._interrupted = answering
            if not self._is_nothing:
                answering.pause()
        elif self._is_echoing and self._interrupted is None:
            self._interrupted = self._answers[-1]

    @property
    def _is_echoing(self) -> bool:
        """Whether an answer that is given may still be played, or be in the air."""
        recent = self._clock.now() - self._ended_at < _ECHO_S
        return recent and bool(self._answers) and not self._is_answering

    def guess(self, transcript: Transcript) -> None:
        """Take what an utterance is that may not be over."""
        over = self._interrupted
        if over is not None:
            meant = judge(transcript.text, over.said)
            self._is_nothing = meant is Interjection.NOTHING
            self._react(meant, over)

    def deliver(self, spoken: Spoken) -> bool:
        """Take an utterance that is over. False when too many wait."""
        if self._spoken.full():
            return False
        self._spoken.put_nowait((spoken, self._interrupted))
        self._interrupted, self._is_nothing = None, False
        return True

    def give_up(self) -> None:
        """The utterance that was going on is none."""
        self._let_go_on(self._interrupted)
        self._interrupted, self._is_nothing = None, False

    def hush(self) -> None:
        """Arion speaks no more in this turn, even if it has not begun to."""
        if self.answering is not None:
            self.answering.hush()

    def _is_said(self, transcript: Transcript, over: Answering | None) -> bool:
        if over is None:
            return bool(transcript.text)
        meant = judge(transcript.text, over.said)
        self._react(meant, over)
        return meant is Interjection.TALK

    def _meant(self, spoken: Spoken, heard: Transcript) -> Transcript | None:
        """What is meant for Arion of an utterance, or None."""
        if self._wake is None or spoken.by_hand or self._is_talking(spoken.began_at):
            return heard
        rest = self._wake.cut(heard.text)
        if rest is None:
            return None
        # The word alone stays: it is answered too.
        return replace(heard, text=rest) if rest else heard

    def _is_talking(self, at: float) -> bool:
        """Whether a conversation was going on."""
        if self._is_answering or self.last is None:
            return self._is_answering
        return at - self._ended_at < (QUESTION_S if self._ends_in_question else ATTENTION_S)

    @property
    def _ends_in_question(self) -> bool:
        return self.last is not None and self.last.said.rstrip().endswith("?")

    def _react(self, meant: Interjection, over: Answering) -> None:
        if meant is Interjection.NOTHING:
            over.resume()
        elif over is self.answering:
            over.hush()

    def _let_go_on(self, over: Answering | None) -> None:
        if over is not None:
            over.resume()
