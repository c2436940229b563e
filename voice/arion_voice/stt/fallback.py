"""Two recognisers as one: the chosen one, and this machine's where that fails."""

from __future__ import annotations

import logging

from arion_voice.engines import Recognizer, Stretch, Transcript, Urgency, WarmRecognizer
from arion_voice.errors import SpeechError, VoiceError, VoiceErrorKind
from arion_voice.health import EngineHealth
from arion_voice.timing import Clock

logger = logging.getLogger(__name__)


class FallbackRecognizer:
    """Hears with the cloud, and here as long as the cloud fails."""

    def __init__(self, chosen: WarmRecognizer, local: WarmRecognizer, *, clock: Clock) -> None:
        """Load nothing yet. Both are closed with this; each keeps to its own limits.

        Args:
            chosen: asked first.
            local: asked where that fails. It loads its model then and no sooner.
            clock: tells when the chosen one may be asked again.
        """
        self._chosen = chosen
        self._local = local
        self._health = EngineHealth("the recogniser in the cloud", clock)

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """What was said; the text is empty where no words were.

        Raises:
            VoiceError: both failed, and why the chosen one did; or `busy`, for what is only to be
                shown.
        """
        order = (self._chosen, self._local)
        failures: list[VoiceError] = []
        for recognizer in reversed(order) if self._health.is_resting else order:
            is_chosen = recognizer is self._chosen
            try:
                transcript = await _transcript(recognizer, stretch)
            except VoiceError as error:
                if stretch.urgency is Urgency.PARTIAL or error.kind is VoiceErrorKind.TOO_LARGE:
                    raise
                if is_chosen:
                    self._health.failed(error)
                    failures.insert(0, error)
                else:
                    failures.append(error)
            else:
                if is_chosen:
                    self._health.succeeded()
                return transcript
        logger.warning("no recogniser here either: %s", failures[-1])
        raise failures[0] from failures[-1]

    async def warm(self) -> None:
        """Get the chosen one ready; the local one where that fails.

        Raises:
            VoiceError: neither can be used, and why the chosen one can't.
        """
        try:
            await self._chosen.warm()
        except VoiceError as error:
            self._health.failed(error)
            failure = error
        else:
            return
        try:
            await self._local.warm()
        except VoiceError as error:
            raise failure from error

    async def aclose(self) -> None:
        """Close both."""
        try:
            await self._chosen.aclose()
        finally:
            await self._local.aclose()


async def _transcript(recognizer: Recognizer, stretch: Stretch) -> Transcript:
    try:
        return await recognizer.transcribe(stretch)
    except VoiceError:
        raise
    except Exception as error:
        # An engine is foreign code; whatever breaks in it, the other one may work.
        raise SpeechError(
            VoiceErrorKind.ENGINE_FAILED, f"{type(error).__name__}: {error}"
        ) from error
