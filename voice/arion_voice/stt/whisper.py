"""The Whisper recogniser: a model in processes of its own."""

from __future__ import annotations

import asyncio
import os

from arion_voice.engines import Stretch, Transcript
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.models.store import ModelStore
from arion_voice.stt import decode
from arion_voice.stt.engine import Device
from arion_voice.stt.queue import RecognitionQueue
from arion_voice.worker import Worker

_MOST_THREADS = 8
"""More make no model any faster."""

_SMALL_BYTES = 200_000_000
"""A model of this size takes half as much CPU again with two threads, and no less time."""


_MOST_WAITING = 8
"""Stretches that wait for a worker: about four seconds of waiting."""


class WhisperRecognizer:
    """Hears Korean and English."""

    def __init__(
        self, store: ModelStore, *, threads: int = 0, workers: int = 1, device: Device = "cpu"
    ) -> None:
        """Nothing is loaded yet.

        Args:
            store: where the model is; it may come there later.
            threads: of one recognition; 0 is one for a small model, and shares all cores between
                the workers for others. The processes step back behind the one that listens to the
                microphones.
            workers: recognitions at a time.
            device: what computes.
        """
        self._device: Device = device
        self._store = store
        is_small = store.whisper.size <= _SMALL_BYTES
        cores = 1 if is_small else max(1, (os.cpu_count() or 1) // workers)
        self._threads = threads or min(_MOST_THREADS, cores)
        self._workers = [Worker("speech recognition") for _ in range(workers)]
        self._queue = RecognitionQueue(self._workers, max_waiting=_MOST_WAITING * workers)

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """What was said; the text is empty where no words were.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `busy`, or `engine_failed`; the next call may succeed.
        """
        folder = self._store.require(self._store.whisper)

        async def recognize(worker: Worker, limit_s: float) -> Transcript:
            await worker.call_within(
                limit_s, decode.encode, folder, self._threads, stretch.samples, self._device
            )
            if stretch.is_dropped:
                # Speech went on after a short pause: two thirds of the work are spared.
                raise SpeechError(VoiceErrorKind.BUSY, "nobody waits for these words")
            stretch.has_begun = True
            return await worker.call_within(
                limit_s, decode.decode, stretch.language, dict(stretch.hints)
            )

        return await self._queue.work(stretch, recognize)

    async def warm(self) -> None:
        """Start the processes and load the model.

        Raises:
            ModelsError: `no_models`.
            SpeechError: `engine_failed`.
        """
        folder = self._store.require(self._store.whisper)
        await asyncio.gather(
            *(it.call(decode.warm, folder, self._threads, self._device) for it in self._workers)
        )

    async def aclose(self) -> None:
        """End the processes."""
        await self._queue.aclose()
