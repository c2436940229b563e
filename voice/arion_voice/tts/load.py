"""The synthesizer that the settings ask for."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Collection

from arion_voice.cloud import cloud_synthesizer
from arion_voice.engines import Language, SpeechChunk, WarmSynthesizer
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.timing import Clock, MonotonicClock
from arion_voice.tts.budget import CloudBudget
from arion_voice.tts.choice import EngineName
from arion_voice.tts.local import FastVoice, NaturalOptions, NaturalVoice
from arion_voice.tts.phrases import Phrases
from arion_voice.tts.synthesizer import SpeechEngine, SpeechSynthesizer, TtsOptions
from arion_voice.worker import Worker

_MOST_THREADS = 4
"""More do not make so small a model any faster."""


class CloudVoice:
    """A voice of somebody else's machines, as one of the engines."""

    def __init__(self, synthesizer: WarmSynthesizer) -> None:
        """Connect to nothing yet."""
        self._synthesizer = synthesizer
        self.warm = synthesizer.warm
        self.aclose = synthesizer.aclose

    def speak(self, text: str, *, language: Language, speed: float) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of a sentence as it arrives.

        Raises:
            SpeechError: it doesn't come, or not to its end.
        """
        return self._synthesizer.synthesize(text, language=language, voice="best", speed=speed)


def load_synthesizer(
    settings: VoiceSettings,
    store: ModelStore,
    *,
    fixed: Collection[str] = (),
    clock: Clock | None = None,
) -> SpeechSynthesizer:
    """Return the synthesizer. Nothing is loaded before `warm` or the first use.

    Args:
        settings: which voices.
        store: where the Kokoro model is; it may come there later.
        fixed: texts whose speech is kept for good.
        clock: else the machine's.
    """
    engines: dict[EngineName, SpeechEngine] = {
        # A process of its own, so that it needn't wait for what the other one is at.
        EngineName.FAST: FastVoice(Worker("fast voice")),
        EngineName.NATURAL: NaturalVoice(
            store,
            Worker("natural voice"),
            NaturalOptions(
                settings.korean_voice,
                settings.english_voice,
                settings.tts_threads or min(_MOST_THREADS, os.cpu_count() or 1),
            ),
        ),
    }
    cloud = cloud_synthesizer(settings)
    if cloud is not None:
        engines[EngineName.CLOUD] = CloudVoice(cloud)
    return SpeechSynthesizer(
        engines,
        TtsOptions(voice=settings.voice, speed=settings.speed),
        clock=clock or MonotonicClock(),
        budget=CloudBudget(settings.cloud_chars_per_day, settings.budget_file),
        phrases=Phrases(fixed),
    )
