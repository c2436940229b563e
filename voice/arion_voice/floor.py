"""Who speaks: what is heard while Arion speaks pauses it, and then cuts it short or does not."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from arion_voice.answering import Answering
from arion_voice.engines import Transcript
from arion_voice.errors import VoiceErrorKind
from arion_voice.hearing import Spoken
from arion_voice.interjections import Interjection, judge
from arion_voice.outbox import Outbox
from arion_voice.protocol import NothingHeard
from arion_voice.timing import Clock, TurnTimer

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
    ) -> None:
        """Arion is silent.

        Args:
            max_waiting: utterances that may wait to be judged.
            outbox: told of utterances that held nothing.
            clock: the session's.
            complain: told what went wrong.
            answer: takes words that are to be answered; False: too many wait.
        """
        self._outbox = outbox
        self._clock = clock
        self._tell = complain
        self._answer = answer
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
            elif self._is_said(result, over):
                if self._answer(Said(result, spoken.timer)):
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

    def begin(self, answering: Answering) -> None:
        """An answer is being given from now on."""
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

    def _react(self, meant: Interjection, over: Answering) -> None:
        if meant is Interjection.NOTHING:
            over.resume()
        elif over is self.answering:
            over.hush()

    def _let_go_on(self, over: Answering | None) -> None:
        if over is not None:
            over.resume()
