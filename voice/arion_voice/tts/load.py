"""The synthesizer that the settings ask for."""

from __future__ import annotations

import os

from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.tts.synthesizer import SpeechSynthesizer, TtsOptions
from arion_voice.worker import Worker

_MOST_THREADS = 4
"""More do not make so small a model any faster."""


def load_synthesizer(settings: VoiceSettings, store: ModelStore) -> SpeechSynthesizer:
    """Return the synthesizer. Nothing is loaded before `warm` or the first use."""
    return SpeechSynthesizer(
        store,
        TtsOptions(
            korean_voice=settings.korean_voice,
            english_voice=settings.english_voice,
            speed=settings.speed,
            threads=settings.tts_threads or min(_MOST_THREADS, os.cpu_count() or 1),
            warm=settings.voice,
        ),
        Worker("speech synthesis"),
    )
