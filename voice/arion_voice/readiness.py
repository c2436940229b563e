"""What speech still needs, found out without loading any of it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from arion_voice.errors import ModelsError
from arion_voice.models.manifest import KOKORO, Model
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings

_LIBRARIES = ("numpy", "onnxruntime", "faster_whisper", "espeakng_loader")


def missing(settings: VoiceSettings) -> tuple[str, ...]:
    """What is not there, as sentences that say what to do. Empty when speech can start.

    What the cloud does needs no model; the models are for the case that it fails.
    """
    if not settings.enabled:
        return ("Speech is switched off: set ARION_VOICE_ENABLED=true.",)
    if not all(find_spec(library) for library in _LIBRARIES):
        return ("Speech is not installed: pip install 'arion-hub[all]'.",)
    store = ModelStore(settings)
    sentences = list(_missing_keys(settings))
    for model in _needed(settings, store):
        try:
            store.require(model)
        except ModelsError as error:
            sentences.append(f"{error.message}.")
    return tuple(sentences)


def _needed(settings: VoiceSettings, store: ModelStore) -> Iterator[Model]:
    for model in store.wanted:
        if model is store.whisper and settings.stt != "local":
            continue
        if model is KOKORO and settings.has_cloud_voice and settings.voice != "natural":
            continue
        yield model


def _missing_keys(settings: VoiceSettings) -> Iterator[str]:
    if settings.stt == "elevenlabs" and not settings.elevenlabs_key:
        yield "ElevenLabs has no key: set ARION_VOICE_ELEVENLABS_KEY."
    if settings.stt == "openai" and not (settings.stt_key or settings.stt_url):
        yield "OpenAI has no key: set ARION_VOICE_STT_KEY."
