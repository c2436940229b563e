"""The recogniser that the settings ask for."""

from __future__ import annotations

from arion_voice.cloud import cloud_recognizer
from arion_voice.engines import WarmRecognizer
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.stt.fallback import FallbackRecognizer
from arion_voice.stt.whisper import WhisperRecognizer
from arion_voice.timing import Clock, MonotonicClock


def load_recognizer(
    settings: VoiceSettings, store: ModelStore, *, clock: Clock | None = None
) -> WarmRecognizer:
    """Return the recogniser. Nothing is loaded before `warm` or the first use.

    Args:
        settings: which one.
        store: where the Whisper model is; it may come there later.
        clock: else the machine's.
    """
    local = WhisperRecognizer(
        store,
        threads=settings.stt_threads,
        workers=settings.stt_workers,
        device=settings.stt_device,
    )
    chosen = cloud_recognizer(settings)
    if chosen is None:
        return local
    return FallbackRecognizer(chosen, local, clock=clock or MonotonicClock())
