"""The voice of Arion: one sentence in, speech out, by the best engine that can be had now.

`choice` says which are tried. When an engine fails in the middle of a sentence, the next one says
the words that can't have been heard yet, reckoned from the length of the sound that was sent: a
word may be lost there, none is said twice.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from weakref import WeakKeyDictionary

from arion_voice.engines import Language, SpeechChunk, VoiceName, Warmable
from arion_voice.errors import SpeechError, VoiceError, VoiceErrorKind
from arion_voice.health import EngineHealth
from arion_voice.spoken_text import speakable
from arion_voice.streams import closing
from arion_voice.timing import Clock
from arion_voice.tts.budget import CloudBudget
from arion_voice.tts.choice import EngineName, Sentence, Standing, choose
from arion_voice.tts.pace import Pace
from arion_voice.tts.phrases import Phrase, Phrases

logger = logging.getLogger(__name__)

_CHARACTER_S: dict[Language, float] = {"ko": 0.13, "en": 0.065}
"""How long a character is heard at the usual pace, in seconds."""
_WORD = re.compile(r"\S+")


class SpeechEngine(Warmable, Protocol):
    """One voice."""

    def speak(self, text: str, *, language: Language, speed: float) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of a sentence whose words are spelled out.

        Raises:
            VoiceError: it cannot, or not to the end.
        """
        ...


@dataclass(frozen=True)
class Patience:
    """How long an engine may take; a slower one counts as failing. Times are in seconds."""

    first_s: float
    """For the first sound of an answer."""
    next_s: float
    """For each one after it: that is heard meanwhile, and another voice is no joy either."""


_PATIENCE = {EngineName.CLOUD: Patience(2.0, 3.0), EngineName.NATURAL: Patience(4.0, 8.0)}
"""espeak-ng takes milliseconds."""
_COLD_S = 1.0
"""Longest wait in an answer for an engine that was not loaded ahead, in seconds."""


@dataclass(frozen=True)
class TtsOptions:
    """How speech is made."""

    voice: VoiceName = "natural"
    """What is got ready ahead of the first use."""
    speed: float = 1.0
    """Multiplies the pace of every voice."""
    patience: Mapping[EngineName, Patience] = field(default_factory=lambda: _PATIENCE)
    """With those that speak in an answer. A sentence that stands alone may take any time here."""


class SpeechSynthesizer:
    """Speaks with what can be had: the cloud, Kokoro, espeak-ng."""

    def __init__(
        self,
        engines: Mapping[EngineName, SpeechEngine],
        options: TtsOptions,
        *,
        clock: Clock,
        budget: CloudBudget,
        phrases: Phrases | None = None,
    ) -> None:
        """Load nothing yet.

        Args:
            engines: those that are set up; they are closed with this.
            options: how to speak.
            clock: times the engines and their rests.
            budget: of the cloud.
            phrases: what was spoken before.
        """
        self._engines = engines
        self._options = options
        self._clock = clock
        self._budget = budget
        self._phrases = phrases or Phrases()
        self._health = {name: EngineHealth(f"the {name} voice", clock) for name in engines}
        self._pace = Pace(clock)
        """Of the natural voice."""
        self._loaded: set[EngineName] = set()
        """Those that have worked."""
        self._spoke: WeakKeyDictionary[object, EngineName] = WeakKeyDictionary()
        """Who speaks an answer."""

    @property
    def fallback_reason(self) -> str:
        """What is wrong with the voices; empty where nothing is."""
        return "; ".join(health.problem for health in self._health.values() if health.problem)

    async def synthesize(
        self,
        text: str,
        *,
        language: Language,
        voice: VoiceName,
        speed: float = 1.0,
        answer: object | None = None,
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of one sentence; nothing if nothing in it can be said.

        Raises:
            VoiceError: no engine can speak; the next call may succeed.
        """
        rest = speakable(text, language)
        if not rest:
            return
        failure: VoiceError = SpeechError(VoiceErrorKind.ENGINE_FAILED, "no voice is set up")
        for name in self._order(voice, len(rest), answer):
            sent_s = 0.0
            try:
                phrase = Phrase(name, language, speed, rest)
                patience = self._patience(name, answer)
                async with closing(self._speak(phrase, patience)) as chunks:
                    async for chunk in chunks:
                        if answer is not None:
                            self._spoke[answer] = name
                        sent_s += _length_s(chunk)
                        yield chunk
            except VoiceError as error:
                self._health[name].failed(error)
                failure = error
                rest = _unheard(rest, sent_s * speed * self._options.speed, language)
                if not rest:
                    return
            else:
                return
        raise failure

    async def warm(self) -> None:
        """Load the best of the engines that works, and the fast one.

        Raises:
            VoiceError: none of them can be used.
        """
        order = self._order(self._options.voice, 1, None)
        fast = await self._warm(EngineName.FAST) if EngineName.FAST in order else None
        failures: list[VoiceError] = []
        for name in order:
            failure = fast if name is EngineName.FAST else await self._warm(name)
            if failure is None:
                return
            failures.append(failure)
        if failures:
            raise failures[0]

    async def aclose(self) -> None:
        """Close the engines."""
        for engine in self._engines.values():
            await engine.aclose()

    async def _warm(self, name: EngineName) -> VoiceError | None:
        """Load an engine, and return why it can't be, if so."""
        try:
            await self._engines[name].warm()
        except VoiceError as error:
            self._health[name].failed(error)
            return error
        self._loaded.add(name)
        return None

    def _order(
        self, voice: VoiceName, characters: int, answer: object | None
    ) -> tuple[EngineName, ...]:
        spoke = self._spoke.get(answer) if answer is not None else None
        return choose(
            Sentence(voice, characters, spoke),
            Standing(
                present=frozenset(self._engines),
                resting=frozenset(name for name, it in self._health.items() if it.is_resting),
                budget=self._budget.left if EngineName.CLOUD in self._engines else 0,
                budget_a_day=self._budget.per_day,
                real_time_factor=self._pace.real_time_factor if answer is not None else None,
            ),
        )

    def _patience(self, name: EngineName, answer: object | None) -> Patience | None:
        """How long an engine may take now; None: as long as it likes."""
        patience = self._options.patience.get(name)
        if patience is None or (answer is None and name is not EngineName.CLOUD):
            return None
        if name is EngineName.NATURAL and name not in self._loaded:
            # It goes on loading, for the next answer.
            return replace(patience, first_s=_COLD_S)
        begins = answer is None or answer not in self._spoke
        return patience if begins else replace(patience, first_s=patience.next_s)

    async def _speak(self, phrase: Phrase, patience: Patience | None) -> AsyncIterator[SpeechChunk]:
        """Yield what was kept of a phrase, or what its engine makes of it."""
        name = phrase.engine
        kept = self._phrases.find(phrase)
        if kept is not None:
            for chunk in kept:
                yield chunk
            return
        chunks: list[SpeechChunk] = []
        stream = self._engines[name].speak(
            phrase.text, language=phrase.language, speed=phrase.speed * self._options.speed
        )
        async with closing(stream):
            while (chunk := await self._next(name, stream, patience, not chunks)) is not None:
                if not chunks and name is EngineName.CLOUD:
                    self._budget.spend(len(phrase.text))
                chunks.append(chunk)
                yield chunk
        self._health[name].succeeded()
        self._loaded.add(name)
        self._phrases.keep(phrase, tuple(chunks))

    async def _next(
        self,
        name: EngineName,
        stream: AsyncIterator[SpeechChunk],
        patience: Patience | None,
        is_first: bool,
    ) -> SpeechChunk | None:
        longest_s = None
        if patience is not None:
            longest_s = patience.first_s if is_first else patience.next_s
        began = self._clock.now()
        try:
            async with asyncio.timeout(longest_s):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise SpeechError(VoiceErrorKind.ENGINE_FAILED, "no sound came in time") from error
        except VoiceError:
            raise
        except Exception as error:
            # An engine is foreign code; whatever breaks in it, another one may work.
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED, f"{type(error).__name__}: {error}"
            ) from error
        if chunk is not None and name is EngineName.NATURAL:
            self._pace.note(self._clock.now() - began, _length_s(chunk))
        return chunk


def _length_s(chunk: SpeechChunk) -> float:
    return len(chunk.pcm) / 2 / chunk.sample_rate


def _unheard(text: str, heard_s: float, language: Language) -> str:
    """The words that begin after what was heard, if it was spoken at the usual pace."""
    heard = heard_s / _CHARACTER_S[language]
    return next(
        (text[word.start() :] for word in _WORD.finditer(text) if word.start() >= heard - 0.5), ""
    )
