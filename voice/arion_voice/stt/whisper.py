"""The Whisper recogniser: a model in processes of its own."""

from __future__ import annotations

import asyncio
import os

from arion_voice.engines import Stretch, Transcript
from arion_voice.models.manifest import WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.stt import decode
from arion_voice.stt.queue import RecognitionQueue
from arion_voice.worker import Worker

_MOST_THREADS = 8
"""More do not make so small a model any faster."""


_MOST_WAITING = 8
"""Stretches that wait for a worker: about four seconds of waiting."""


class WhisperRecognizer:
    """Hears Korean and English."""

    def __init__(self, store: ModelStore, *, threads: int = 0, workers: int = 1) -> None:
        """Nothing is loaded yet.

        Args:
            store: where the model is; it may come there later.
            threads: of one recognition; 0 shares all cores between the workers. The processes
                step back behind the one that listens to the microphones.
            workers: recognitions at a time.
        """
        self._store = store
        cores = max(1, (os.cpu_count() or 1) // workers)
        self._threads = threads or min(_MOST_THREADS, cores)
        self._workers = [Worker("speech recognition") for _ in range(workers)]
        self._queue = RecognitionQueue(self._workers, max_waiting=_MOST_WAITING * workers)

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """What was said; the text is empty where no words were.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `busy`, or `engine_failed`; the next call may succeed.
        """
        return await self._queue.call(
            stretch,
            decode.transcribe,
            self._store.require(WHISPER),
            self._threads,
            stretch.samples,
            stretch.language,
            dict(stretch.hints),
        )

    async def warm(self) -> None:
        """Start the processes and load the model.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `engine_failed`.
        """
        folder = self._store.require(WHISPER)
        await asyncio.gather(*(it.call(decode.warm, folder, self._threads) for it in self._workers))

    async def aclose(self) -> None:
        """End the processes."""
        await self._queue.aclose()
