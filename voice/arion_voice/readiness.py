"""What speech still needs, found out without loading any of it."""

from __future__ import annotations

from importlib.util import find_spec

from arion_voice.errors import ModelsError
from arion_voice.models.manifest import MODELS
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings

_LIBRARIES = ("numpy", "onnxruntime", "faster_whisper", "espeakng_loader")


def missing(settings: VoiceSettings) -> tuple[str, ...]:
    """What is not there, as sentences that say what to do. Empty when speech can start."""
    if not settings.enabled:
        return ("Speech is switched off: set ARION_VOICE_ENABLED=true.",)
    if not all(find_spec(library) for library in _LIBRARIES):
        return ("Speech is not installed: pip install 'arion-hub[all]'.",)
    store = ModelStore(settings)
    sentences: list[str] = []
    for model in MODELS:
        try:
            store.require(model)
        except ModelsError as error:
            sentences.append(f"{error.message}.")
    return tuple(sentences)
