"""Speech as a part of the host: loaded in the background, and allowed to be absent."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arion_voice.speech import Speech


_AGAIN_S = 60.0
"""Time after which engines that could not be loaded are tried again, in seconds."""


class SpeechState(StrEnum):
    """How far speech is."""

    ABSENT = "absent"
    """Not installed, or not wanted; typed turns work without."""
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class SpeechPart:
    """The speech engines, as far as there are any. One task runs `keep`."""

    def __init__(self, *, wanted: bool) -> None:
        self.engines: Speech | None = None
        """None while the libraries load, and for good where they are not installed."""
        self.missing: tuple[str, ...] = ()
        """What is not there, as sentences that say what to do."""
        self._wanted = wanted
        self._imported = asyncio.Event()
        self._settled = asyncio.Event()

    @property
    def state(self) -> SpeechState:
        """How far speech is now."""
        if self.engines is not None:
            return SpeechState(self.engines.status.state.value)
        waiting = self._wanted and not self._imported.is_set()
        return SpeechState.LOADING if waiting else SpeechState.ABSENT

    async def imported(self) -> Speech | None:
        """Wait until the libraries are loaded, and return the engines if there are any."""
        if self._wanted:
            await self._imported.wait()
        return self.engines

    async def settled(self) -> None:
        """Wait until speech is ready, or is known not to be coming."""
        if self._wanted:
            await self._settled.wait()

    async def keep(self) -> None:
        """Load the engines and hold them until cancelled."""
        if not self._wanted:
            return
        # The libraries take seconds to import; the event loop goes on meanwhile.
        self.missing, self.engines = await asyncio.to_thread(_load)
        self._imported.set()
        if self.engines is None:
            self._settled.set()
            return
        try:
            await self.engines.warm()
            self._settled.set()
            while self.state is not SpeechState.READY:
                # The network comes back, models are fetched: nobody should have to start anew.
                await asyncio.sleep(_AGAIN_S)
                self.missing = await asyncio.to_thread(_missing)
                await self.engines.warm()
            await asyncio.Event().wait()
        finally:
            await self.engines.aclose()


def _missing() -> tuple[str, ...]:
    from arion_voice.readiness import missing
    from arion_voice.settings import VoiceSettings

    return missing(VoiceSettings())


def _load() -> tuple[tuple[str, ...], Speech | None]:
    from arion_voice.readiness import missing
    from arion_voice.settings import VoiceSettings

    settings = VoiceSettings()
    reasons = missing(settings)
    if not settings.enabled:
        return reasons, None
    try:
        from arion_voice.speech import load_speech
    except ImportError:
        return reasons, None
    return reasons, load_speech(settings)
