"""What a voice session needs from the outside, and the values that pass between them.

A recogniser turns samples into text, a synthesizer text into samples, a responder an utterance
into an answer. The session knows only these shapes, so any engine can take any place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from pydantic import JsonValue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Samples: TypeAlias = "NDArray[np.float32]"
"""Mono audio at 16 kHz, one float in -1..1 a sample."""

SAMPLE_RATE = 16_000
"""Sample rate of everything that is heard, in Hz."""

Language = Literal["ko", "en"]
"""The languages that are heard and spoken, as BCP 47 primary tags."""

VoiceName = Literal["best", "natural", "fast"]
"""`best` is the voice in the cloud where one is set up, else the natural one; `natural` is the best
voice of this machine, `fast` the one that starts soonest."""


Hints = Mapping[Language, str]
"""Sentences of the kind that is to be expected, by language; may be empty. Recognisers lean
towards their words."""


class Urgency(IntEnum):
    """What a recognition is for; the lower comes first."""

    FINAL = 0
    """Somebody waits for the answer."""
    PARTIAL = 1
    """To be shown while it is spoken. Given up where anybody else waits."""
    SPECULATIVE = 2
    """For the case that the utterance is over."""


@dataclass
class Stretch:
    """Speech that is to be recognised."""

    samples: Samples
    language: Language | None
    """None: it is found out."""
    hints: Hints
    urgency: Urgency = Urgency.FINAL
    """May be raised while the stretch waits: `promote`."""
    has_begun: bool = False
    """Set by a recogniser that can't be stopped any more."""
    is_dropped: bool = False
    """Whether nobody waits for its words any more."""
    _promoted: asyncio.Event = field(
        default_factory=asyncio.Event, init=False, repr=False, compare=False
    )

    @property
    def audio_s(self) -> float:
        """Its length, in seconds."""
        return len(self.samples) / SAMPLE_RATE

    def promote(self) -> None:
        """Make it final: its utterance is over, or goes on behind it."""
        self.urgency = Urgency.FINAL
        self._promoted.set()

    async def promoted(self) -> None:
        """Wait until it is final."""
        if self.urgency is not Urgency.FINAL:
            await self._promoted.wait()


@dataclass(frozen=True)
class Transcript:
    """What was heard in one stretch of audio. `text` is empty when it was no speech."""

    text: str
    language: Language
    no_speech: float
    """How sure the model is that nobody spoke, 0..1."""
    avg_logprob: float
    """Mean log probability of the text's tokens; below about -1 it is a guess."""
    audio_s: float
    """Length of the audio, in seconds."""
    decode_s: float
    """Time the recognition took, in seconds."""


@dataclass(frozen=True)
class SpeechChunk:
    """A stretch of synthetic speech."""

    pcm: bytes
    """Little-endian signed 16-bit samples, mono."""
    sample_rate: int
    """In Hz."""


@dataclass(frozen=True)
class Utterance:
    """One thing a person said or typed, or their answer to a question."""

    text: str
    language: Language
    turn: int
    """Number of the turn in its session, from 1."""
    session: str
    spoken: bool
    """False when it was typed or tapped."""
    confirmation: bool | None = None
    """The answer to the question that is open, when it was given with a button."""
    question: str | None = None
    """Id of the question that `confirmation` answers; None: whichever is open."""
    id: str | None = None
    """Chosen by the client: what is sent again under the same id is the same utterance."""
    timezone: str | None = None
    """IANA name of the person's time zone, where the client told it."""


@dataclass(frozen=True)
class AnswerText:
    """A piece of the answer that is to be spoken and shown."""

    text: str
    language: Language


@dataclass(frozen=True)
class AnswerDetail:
    """What was done, for showing beside the answer; never spoken."""

    detail: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])


AnswerPart = AnswerText | AnswerDetail


class Recognizer(Protocol):
    """Hears text in audio."""

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """Return what was said.

        Raises:
            VoiceError: `busy`; or the engine is absent, failed or died. The next call may succeed.
        """
        ...


class Synthesizer(Protocol):
    """Speaks text."""

    def synthesize(
        self,
        text: str,
        *,
        language: Language,
        voice: VoiceName,
        speed: float = 1.0,
        answer: object | None = None,
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of one sentence, in order. Closing the iterator abandons the rest.

        Args:
            text: the sentence, or a phrase of it.
            language: of the text.
            voice: how good and how soon.
            speed: pace, times the usual, 0.5 to 2.
            answer: whatever stands for the answer that the sentence is part of: its sentences
                keep to one voice. None: it stands alone.

        Raises:
            VoiceError: the engine is absent, failed or died; the next call may succeed.
        """
        ...


class Responder(Protocol):
    """Answers an utterance."""

    def respond(self, utterance: Utterance) -> AsyncIterator[AnswerPart]:
        """Yield the answer as it comes to be. Closing the iterator abandons the rest."""
        ...

    def heard(self, utterance: Utterance, text: str) -> None:
        """Take note that the answer to an utterance was cut short: only `text` was heard of it."""
        ...


class Warmable(Protocol):
    """Something that can be loaded ahead of its first use, and closed."""

    async def warm(self) -> None:
        """Load what is needed, or see whether it can be reached.

        Raises:
            VoiceError: it cannot be used.
        """
        ...

    async def aclose(self) -> None:
        """End what was started."""
        ...


class WarmRecognizer(Recognizer, Warmable, Protocol):
    """A recogniser that can be loaded ahead of its first use, and closed."""


class WarmSynthesizer(Synthesizer, Warmable, Protocol):
    """A synthesiser that can be loaded ahead of its first use, and closed."""
