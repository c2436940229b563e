"""The voices of this machine, in processes of their own: espeak-ng at once, Kokoro better."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from arion_voice.engines import Language, SpeechChunk
from arion_voice.models.manifest import KOKORO
from arion_voice.models.store import ModelStore
from arion_voice.tts import worker
from arion_voice.worker import Worker

SAMPLE_RATE = 24_000
"""Of every chunk, in Hz."""

_PACE: dict[Language, float] = {"ko": 0.9, "en": 1.0}
"""Kokoro's speed at which a recogniser reads most back."""

_SENTENCE = re.compile(r"(?:[.!?。！？…]|[요다까죠])[\s\"'”’)\]]*$")
"""The end of a sentence, as against that of a phrase."""


@dataclass(frozen=True)
class NaturalOptions:
    """How Kokoro speaks."""

    korean_voice: str
    """A voice of the model, or the mean of two: "a+b"."""
    english_voice: str
    threads: int
    """Of one synthesis."""


class FastVoice:
    """espeak-ng: speech in milliseconds. It needs no model."""

    def __init__(self, process: Worker) -> None:
        """Load nothing yet."""
        self._process = process

    async def speak(
        self, text: str, *, language: Language, speed: float
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of a sentence whose words are spelled out.

        Raises:
            SpeechError: espeak-ng failed or its process died.
        """
        yield SpeechChunk(
            await self._process.call(worker.speak_fast, text, language, speed), SAMPLE_RATE
        )

    async def warm(self) -> None:
        """Start the process and load the dictionaries.

        Raises:
            SpeechError: it cannot be loaded.
        """
        await self._process.call(worker.warm_fast)

    async def aclose(self) -> None:
        """End the process."""
        await self._process.aclose()


class NaturalVoice:
    """Kokoro, line by line."""

    def __init__(self, store: ModelStore, process: Worker, options: NaturalOptions) -> None:
        """Load nothing yet.

        Args:
            store: where the model is; it may come there later.
            process: where it runs; espeak-ng tells it there how English words sound.
            options: its voices.
        """
        self._store = store
        self._process = process
        self._options = options

    async def speak(
        self, text: str, *, language: Language, speed: float
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of a sentence whose words are spelled out, a line at a time.

        Raises:
            ModelsError: `no_models`.
            SpeechError: Kokoro failed or its process died.
        """
        folder = self._store.require(KOKORO)
        options = self._options
        voice = options.korean_voice if language == "ko" else options.english_voice
        lines = await self._process.call(worker.symbols, text, language)
        if lines and not _SENTENCE.search(text):
            # The answer goes on: the voice must not fall here.
            lines[-1] = lines[-1].rstrip(".,") + ","
        for line in lines:
            pcm = await self._process.call(
                worker.speak_natural,
                line,
                folder,
                options.threads,
                voice,
                _PACE[language] * speed,
            )
            yield SpeechChunk(pcm, SAMPLE_RATE)

    async def warm(self) -> None:
        """Load the model.

        Raises:
            ModelsError: `no_models`.
            SpeechError: it cannot be loaded.
        """
        await self._process.call(
            worker.warm_natural,
            self._store.require(KOKORO),
            self._options.threads,
            self._options.korean_voice,
        )

    async def aclose(self) -> None:
        """End the process."""
        await self._process.aclose()
