"""The cloud engines that the settings choose."""

from __future__ import annotations

from arion_voice.cloud.elevenlabs import (
    ElevenLabsHearing,
    ElevenLabsRecognizer,
    ElevenLabsSynthesizer,
    ElevenLabsVoice,
)
from arion_voice.cloud.openai_audio import (
    OPENAI_URL,
    OpenAIHearing,
    OpenAIRecognizer,
    OpenAISynthesizer,
    OpenAIVoice,
)
from arion_voice.settings import VoiceSettings


def cloud_recognizer(settings: VoiceSettings) -> OpenAIRecognizer | ElevenLabsRecognizer | None:
    """The recogniser in the cloud that is chosen; None: speech is recognised here."""
    match settings.stt:
        case "local":
            return None
        case "openai":
            return OpenAIRecognizer(
                OpenAIHearing(
                    model=settings.stt_model,
                    url=settings.stt_url or OPENAI_URL,
                    key=settings.stt_key,
                    ahead=settings.stt_ahead,
                )
            )
        case "elevenlabs":
            return ElevenLabsRecognizer(
                ElevenLabsHearing(
                    key=settings.elevenlabs_key,
                    model=settings.elevenlabs_stt_model,
                    url=settings.elevenlabs_url,
                    ahead=settings.stt_ahead,
                )
            )


def cloud_synthesizer(
    settings: VoiceSettings,
) -> ElevenLabsSynthesizer | OpenAISynthesizer | None:
    """The voice in the cloud that is set up; None where there is none."""
    if settings.elevenlabs_key and settings.elevenlabs_voice:
        return ElevenLabsSynthesizer(
            ElevenLabsVoice(
                key=settings.elevenlabs_key,
                voice=settings.elevenlabs_voice,
                model=settings.elevenlabs_model,
                url=settings.elevenlabs_url,
            )
        )
    if settings.tts_url:
        return OpenAISynthesizer(
            OpenAIVoice(
                url=settings.tts_url,
                model=settings.tts_model,
                voice=settings.tts_voice,
                key=settings.tts_key,
            )
        )
    return None
