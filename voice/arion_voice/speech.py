"""The speech engines of a process, and how far they are."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from arion_voice.answering import FILLERS
from arion_voice.conversation import SessionOptions
from arion_voice.engines import Hints, Recognizer, Responder, Synthesizer
from arion_voice.errors import ModelsError, VoiceError
from arion_voice.models.store import ModelStore
from arion_voice.session import VoiceSession
from arion_voice.settings import VoiceSettings
from arion_voice.stt.whisper import WhisperRecognizer
from arion_voice.transport import Transport
from arion_voice.tts.load import load_synthesizer
from arion_voice.turn_detection import TurnOptions
from arion_voice.vad import SileroVad

logger = logging.getLogger(__name__)


class SpeechState(StrEnum):
    """How far the engines are."""

    ABSENT = "absent"
    """The model files are not here."""
    LOADING = "loading"
    """On the way; the first words wait for it."""
    READY = "ready"
    FAILED = "failed"
    """Loading failed. Every use tries again."""


@dataclass(frozen=True)
class SpeechStatus:
    """How far the engines are, and why no further."""

    state: SpeechState
    reason: str = ""


class _Warmable(Protocol):
    async def warm(self) -> None: ...

    async def aclose(self) -> None: ...


class WarmRecognizer(Recognizer, _Warmable, Protocol):
    """A recogniser that can be loaded ahead of its first use, and closed."""


class WarmSynthesizer(Synthesizer, _Warmable, Protocol):
    """A synthesiser that can be loaded ahead of its first use, and closed."""


class Speech:
    """The engines, shared by every session of the process."""

    def __init__(
        self, recognizer: WarmRecognizer, synthesizer: WarmSynthesizer, options: SessionOptions
    ) -> None:
        self.recognizer = recognizer
        self.synthesizer = synthesizer
        self.options = options
        self.status = SpeechStatus(SpeechState.LOADING)

    def session(
        self, transport: Transport, responder: Responder, hints: Hints | None = None
    ) -> VoiceSession:
        """A session over a connection; `run` it. `hints`: what is likely to be said."""
        return VoiceSession(
            transport,
            self.recognizer,
            self.synthesizer,
            responder,
            replace(self.options, hints=hints or {}),
            activity=SileroVad(),
        )

    async def warm(self) -> None:
        """Load the engines. What goes wrong is in `status`, not raised."""
        failures: list[VoiceError] = []
        for engine in (self.recognizer, self.synthesizer):
            try:
                await engine.warm()
            except VoiceError as error:
                logger.warning("speech is not ready: %s", error)
                failures.append(error)
        absent = any(isinstance(failure, ModelsError) for failure in failures)
        self.status = SpeechStatus(
            SpeechState.ABSENT if absent else SpeechState.FAILED if failures else SpeechState.READY,
            "; ".join(failure.message for failure in failures),
        )
        if not failures:
            await self._get_filler()

    async def _get_filler(self) -> None:
        """Have what fills silences spoken once, so that it is there at once when it is needed."""
        options = self.options
        if options.filler_s is None:
            return
        filler = FILLERS[options.language]
        with contextlib.suppress(VoiceError):
            speech = self.synthesizer.synthesize(
                filler, language=options.language, voice=options.voice
            )
            async for _ in speech:
                pass

    async def aclose(self) -> None:
        """End the worker processes."""
        try:
            await self.recognizer.aclose()
        finally:
            await self.synthesizer.aclose()


def load_speech(settings: VoiceSettings) -> Speech:
    """The engines that are set. Nothing is loaded before `warm` or the first use."""
    store = ModelStore(settings)
    return Speech(
        WhisperRecognizer(store, threads=settings.stt_threads, workers=settings.stt_workers),
        load_synthesizer(settings, store),
        SessionOptions(
            language=settings.language,
            voice=settings.voice,
            filler_s=settings.filler_s or None,
            turn=TurnOptions(
                finished_s=settings.silence_s / 2,
                silence_s=settings.silence_s,
                unfinished_s=settings.silence_s * 2,
                max_s=settings.max_utterance_s,
            ),
        ),
    )
