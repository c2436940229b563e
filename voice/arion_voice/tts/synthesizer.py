"""The voice of Arion: one sentence in, speech out, from a process of its own."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass

from arion_voice.engines import Language, SpeechChunk, VoiceName
from arion_voice.errors import VoiceError
from arion_voice.models.manifest import KOKORO
from arion_voice.models.store import ModelStore
from arion_voice.spoken_text import speakable
from arion_voice.streams import closing
from arion_voice.tts import worker
from arion_voice.worker import Worker

SAMPLE_RATE = 24_000
"""Of every chunk, in Hz."""

_CACHED_PHRASES = 32
_CACHED_CHARS = 40
"""Longer sentences are hardly said twice. 32 of these take some 8 MB at most."""

_PACE: dict[Language, float] = {"ko": 0.95, "en": 1.0}
"""Kokoro's speed at which a recogniser reads most back."""

logger = logging.getLogger(__name__)

_Phrase = tuple[Language, str]


@dataclass(frozen=True)
class TtsOptions:
    """How speech is made."""

    korean_voice: str
    """A voice of the Kokoro model, or the mean of two: "a+b"."""
    english_voice: str
    speed: float
    """Multiplies the pace of every voice."""
    threads: int
    """Of one synthesis."""
    warm: VoiceName
    """What is loaded ahead of the first use; natural is the fast one and Kokoro."""

    def voice(self, language: Language) -> str:
        """Return the Kokoro voice that speaks `language`."""
        return self.korean_voice if language == "ko" else self.english_voice


class SpeechSynthesizer:
    """Speaks with Kokoro ("natural") or espeak-ng ("fast"), and with the latter when it must."""

    def __init__(self, store: ModelStore, options: TtsOptions, process: Worker) -> None:
        """Load nothing yet.

        Args:
            store: where the Kokoro model is; it may come there later.
            options: voices and pace.
            process: where the engines run; it is closed with this.
        """
        self._store = store
        self._options = options
        self._process = process
        self._phrases: OrderedDict[_Phrase, tuple[SpeechChunk, ...]] = OrderedDict()
        self.fallback_reason = ""
        """Why the fast voice spoke in place of the natural one the last time, if it did."""

    async def synthesize(
        self, text: str, *, language: Language, voice: VoiceName
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of one sentence; nothing if nothing in it can be said.

        Raises:
            SpeechError: no engine can speak; the next call may succeed.
        """
        said = speakable(text, language)
        if not said:
            return
        if voice == "natural":
            try:
                async with closing(self._natural(said, language)) as chunks:
                    async for chunk in chunks:
                        yield chunk
            except VoiceError as error:
                self._note(error.message)
            else:
                self._note("")
                return
        pcm = await self._process.call(worker.speak_fast, said, language, self._options.speed)
        yield SpeechChunk(pcm, SAMPLE_RATE)

    async def _natural(self, said: str, language: Language) -> AsyncIterator[SpeechChunk]:
        phrase = (language, said)
        if phrase in self._phrases:
            self._phrases.move_to_end(phrase)
            for chunk in self._phrases[phrase]:
                yield chunk
            return
        folder = self._store.require(KOKORO)
        options = self._options
        chunks: list[SpeechChunk] = []
        for line in await self._process.call(worker.symbols, said):
            pcm = await self._process.call(
                worker.speak_natural,
                line,
                folder,
                options.threads,
                options.voice(language),
                _PACE[language] * options.speed,
            )
            chunks.append(SpeechChunk(pcm, SAMPLE_RATE))
            yield chunks[-1]
        if len(said) <= _CACHED_CHARS:
            self._phrases[phrase] = tuple(chunks)
            if len(self._phrases) > _CACHED_PHRASES:
                self._phrases.popitem(last=False)

    async def warm(self) -> None:
        """Start the process and load the engines.

        Without a usable Kokoro the fast voice is there alone, and `fallback_reason` says why.

        Raises:
            SpeechError: the fast voice cannot be loaded either.
        """
        await self._process.call(worker.warm_fast)
        if self._options.warm == "fast":
            return
        try:
            await self._process.call(
                worker.warm_natural,
                self._store.require(KOKORO),
                self._options.threads,
                self._options.korean_voice,
            )
        except VoiceError as error:
            self._note(error.message)

    async def aclose(self) -> None:
        """End the process."""
        await self._process.aclose()

    def _note(self, reason: str) -> None:
        if reason and reason != self.fallback_reason:
            logger.warning("the fast voice speaks in place of the natural one: %s", reason)
        self.fallback_reason = reason
