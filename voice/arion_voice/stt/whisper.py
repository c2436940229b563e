"""The Whisper recogniser: a model in a process of its own."""

from __future__ import annotations

import os

from arion_voice.engines import Hints, Language, Samples, Transcript
from arion_voice.models.manifest import WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.stt import decode
from arion_voice.worker import Worker

_MOST_THREADS = 8
"""More do not make so small a model any faster."""


class WhisperRecognizer:
    """Hears Korean and English."""

    def __init__(self, store: ModelStore, *, threads: int = 0) -> None:
        """Nothing is loaded yet.

        Args:
            store: where the model is; it may come there later.
            threads: of the recognition; 0 takes all cores. The process steps back behind
                the one that listens to the microphone.
        """
        self._store = store
        self._threads = threads or min(_MOST_THREADS, os.cpu_count() or 1)
        self._worker = Worker("speech recognition")

    async def transcribe(
        self, samples: Samples, *, language: Language | None, hints: Hints
    ) -> Transcript:
        """What was said; the text is empty where no words were.

        Args:
            samples: mono, 16 kHz, of any length.
            language: None finds it out.
            hints: sentences to expect.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `engine_failed`; the next call may succeed.
        """
        return await self._worker.call(
            decode.transcribe,
            self._store.require(WHISPER),
            self._threads,
            samples,
            language,
            dict(hints),
        )

    async def warm(self) -> None:
        """Start the process and load the model.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `engine_failed`.
        """
        await self._worker.call(decode.warm, self._store.require(WHISPER), self._threads)

    async def aclose(self) -> None:
        """End the process."""
        await self._worker.aclose()
