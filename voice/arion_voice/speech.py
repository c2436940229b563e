"""The speech engines of a process, and how far they are."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from arion_voice.answering import FILLERS, LATER_FILLERS
from arion_voice.conversation import SessionOptions
from arion_voice.engines import Hints, Responder, WarmRecognizer, WarmSynthesizer
from arion_voice.errors import ModelsError, VoiceError
from arion_voice.models.store import ModelStore
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.settings import VoiceSettings
from arion_voice.stt.load import load_recognizer
from arion_voice.transport import Transport
from arion_voice.tts.load import load_synthesizer
from arion_voice.turn_detection import TurnOptions
from arion_voice.turn_model import SmartTurn
from arion_voice.vad import SileroVad
from arion_voice.wake import SpokenWakeWord

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


class Speech:
    """The engines, shared by every session of the process."""

    def __init__(
        self,
        recognizer: WarmRecognizer,
        synthesizer: WarmSynthesizer,
        options: SessionOptions,
        *,
        max_sessions: int = 100,
    ) -> None:
        self.recognizer = recognizer
        self.synthesizer = synthesizer
        self.options = options
        self.max_sessions = max_sessions
        """Connections that are taken at the same time."""
        self.status = SpeechStatus(SpeechState.LOADING)
        self._sessions = Sessions()

    def session(
        self,
        transport: Transport,
        responder: Responder,
        hints: Hints | None = None,
        *,
        owner: str | None = None,
    ) -> VoiceSession:
        """A session over a connection; `run` it.

        Args:
            transport: the connection.
            responder: answers.
            hints: what is likely to be said.
            owner: id of whoever may go on with it after a drop; None: nobody.
        """
        return VoiceSession(
            transport,
            self.recognizer,
            self.synthesizer,
            responder,
            replace(self.options, hints=hints or {}),
            activity=SileroVad(),
            sessions=None if owner is None else self._sessions,
            owner=owner or "",
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
            await self._get_fillers()

    async def _get_fillers(self) -> None:
        """Have what fills silences spoken once, so that it is there at once when it is needed."""
        options = self.options
        if options.filler_s is None:
            return
        fillers = (*FILLERS.items(), *LATER_FILLERS.items())
        for language, filler in fillers:
            with contextlib.suppress(VoiceError):
                speech = self.synthesizer.synthesize(filler, language=language, voice=options.voice)
                async for _ in speech:
                    pass

    async def aclose(self) -> None:
        """End the sessions and the worker processes."""
        await self._sessions.aclose()
        try:
            await self.recognizer.aclose()
        finally:
            await self.synthesizer.aclose()


def load_speech(settings: VoiceSettings) -> Speech:
    """The engines that are set. Nothing is loaded before `warm` or the first use."""
    store = ModelStore(settings)
    return Speech(
        load_recognizer(settings, store),
        load_synthesizer(settings, store, fixed=(*FILLERS.values(), *LATER_FILLERS.values())),
        SessionOptions(
            language=settings.language,
            voice=settings.voice,
            filler_s=settings.filler_s or None,
            turn_model=SmartTurn(store) if settings.turn_model else None,
            wake=SpokenWakeWord(settings.wake_word) if settings.wake_word else None,
            resume_s=settings.resume_s,
            turn=TurnOptions(
                finished_s=settings.silence_s / 2,
                silence_s=settings.silence_s,
                unfinished_s=settings.silence_s * 2,
                max_s=settings.max_utterance_s,
            ),
        ),
        max_sessions=settings.max_sessions,
    )
