"""One turn's answer: shown as it comes to be, and spoken."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from arion_voice.engines import AnswerPart, AnswerText, Language, Responder, Utterance
from arion_voice.errors import VoiceError, VoiceErrorKind
from arion_voice.outbox import Outbox, SlowReaderError
from arion_voice.protocol import Answer
from arion_voice.sentences import SentenceSplitter
from arion_voice.speaking import Speaker
from arion_voice.streams import closing
from arion_voice.timing import Clock, TurnTimer

logger = logging.getLogger(__name__)


FILLERS: dict[Language, str] = {
    "ko": "잠시만요.",
    "en": "One moment.",
}
"""What is said while the answer takes long."""

LATER_FILLERS: dict[Language, str] = {
    "ko": "아직 확인하고 있어요. 조금만 더 기다려 주세요.",
    "en": "I'm still on it. Just a little longer.",
}
"""What is said, once, while it takes longer still."""

_LATER_S = 8.0
"""Silence after the first of them before the second, in seconds."""


@dataclass(frozen=True)
class Filler:
    """When silence is filled."""

    clock: Clock
    after_s: float
    """Silence before it, in seconds."""


class Answering:
    """Answers one utterance."""

    def __init__(
        self,
        utterance: Utterance,
        responder: Responder,
        speaker: Speaker,
        *,
        outbox: Outbox,
        timer: TurnTimer,
        complain: Callable[[VoiceErrorKind], None],
        filler: Filler | None = None,
    ) -> None:
        """Answer nothing yet.

        Args:
            utterance: what is answered.
            responder: answers it.
            speaker: speaks the answer.
            outbox: where its text goes.
            timer: told of the first piece.
            complain: told what went wrong.
            filler: what fills the silence before it, if anything.
        """
        self._filler = filler
        self._utterance = utterance
        self._responder = responder
        self._speaker = speaker
        self._outbox = outbox
        self._timer = timer
        self._complain = complain
        self._splitter = SentenceSplitter()
        self._language: Language = utterance.language
        self._speaking: asyncio.Task[None] | None = None
        self.said = ""
        """The answer so far."""
        self.was_cut = False
        """Whether it fell silent before its end."""
        self.has_failed = False
        """Whether there is no answer, or no more than a part of one."""
        self._is_hushed = False

    @property
    def turn(self) -> int:
        """Number of the turn."""
        return self._utterance.turn

    @property
    def is_sounding(self) -> bool:
        """Whether audio is being sent, or paused."""
        return self._speaker.is_sounding

    @property
    def is_spoken(self) -> bool:
        """Whether all of its audio was sent."""
        return self._speaker.is_spoken

    def pause(self) -> None:
        """Stop speaking where it is, to go on with `resume`."""
        self._speaker.pause()

    def resume(self) -> None:
        """Go on speaking."""
        self._speaker.resume()

    def park(self) -> None:
        """Nobody listens: stop speaking until `go_on`."""
        self._speaker.park()

    def go_on(self, played_s: float | None) -> None:
        """Somebody listens again, who has heard so much of the audio (None: as can be reckoned)."""
        self._speaker.go_on(played_s)

    def has_unheard(self, played_s: float) -> bool:
        """Whether something is left to be said where so much was played."""
        return not self._is_hushed and self._speaker.has_unheard(played_s)

    async def say_again(self, played_s: float) -> None:
        """Speak what was sent and not heard, after the end of the turn."""
        self._speaker.go_on(played_s)
        async with asyncio.TaskGroup() as tasks:
            self._speaking = tasks.create_task(self._speaker.run())

    async def run(self) -> None:
        """Answer, and return when everything is sent. What fails is complained of."""
        async with asyncio.TaskGroup() as tasks:
            self._speaking = tasks.create_task(self._speaker.run())
            filling = tasks.create_task(self._fill())
            await self._respond()
            filling.cancel()
            for sentence in self._splitter.flush():
                self._speaker.say(sentence, self._language)
            self._speaker.finish()

    def hush(self) -> None:
        """Fall silent. The rest of the answer still arrives as text."""
        self._is_hushed = True
        if self.is_sounding:
            self._speaker.cut()
            self.was_cut = True
            self._responder.heard(self._utterance, self._speaker.heard())
        if self._speaking is not None:
            self._speaking.cancel()

    def played(self, seconds: float) -> None:
        """Take the client's word for how much was played of an answer that was cut."""
        if self.was_cut:
            self._responder.heard(self._utterance, self._speaker.heard(seconds))

    async def _fill(self) -> None:
        """Say that it takes a moment, where it does."""
        if self._filler is None:
            return
        for after_s, words in (
            (self._filler.after_s, FILLERS),
            (_LATER_S, LATER_FILLERS),
        ):
            await self._filler.clock.sleep(after_s)
            if not self.said:
                self._speaker.murmur(words[self._language], self._language)

    async def _respond(self) -> None:
        try:
            async with closing(self._responder.respond(self._utterance)) as parts:
                async for part in parts:
                    self._timer.mark("respond")
                    self._take(part)
        except SlowReaderError:
            raise
        except VoiceError as error:
            logger.warning("turn %d is not answered: %s", self._utterance.turn, error)
            self.has_failed = True
            self._complain(error.kind)
        except Exception:
            # The responder is the host's: whatever breaks in it, the next turn can go well.
            logger.exception("turn %d is not answered", self._utterance.turn)
            self.has_failed = True
            self._complain(VoiceErrorKind.RESPONDER_FAILED)

    def _take(self, part: AnswerPart) -> None:
        if not isinstance(part, AnswerText):
            self._show("", part.detail)
            return
        self._language = part.language
        self.said += part.text
        self._show(part.text, None)
        for sentence in self._splitter.feed(part.text):
            self._speaker.say(sentence, part.language)

    def _show(self, text: str, detail: dict[str, JsonValue] | None) -> None:
        self._outbox.put(
            Answer(turn=self._utterance.turn, text=text, language=self._language, detail=detail)
        )
