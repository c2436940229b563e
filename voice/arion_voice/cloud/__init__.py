"""Speech with somebody else's machines: recognisers and voices behind HTTP APIs."""

from arion_voice.cloud.elevenlabs import (
    ElevenLabsHearing,
    ElevenLabsRecognizer,
    ElevenLabsSynthesizer,
    ElevenLabsVoice,
)
from arion_voice.cloud.load import cloud_recognizer, cloud_synthesizer
from arion_voice.cloud.openai_audio import (
    OpenAIHearing,
    OpenAIRecognizer,
    OpenAISynthesizer,
    OpenAIVoice,
)

__all__ = [
    "ElevenLabsHearing",
    "ElevenLabsRecognizer",
    "ElevenLabsSynthesizer",
    "ElevenLabsVoice",
    "OpenAIHearing",
    "OpenAIRecognizer",
    "OpenAISynthesizer",
    "OpenAIVoice",
    "cloud_recognizer",
    "cloud_synthesizer",
]
