"""Speech with ElevenLabs.

Sources: https://elevenlabs.io/docs/api-reference/speech-to-text/convert and
.../text-to-speech/stream. An answer is spoken clause by clause, each a request of its own whose
sound is streamed: the WebSocket for text that is still being written would gain nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, SecretStr, ValidationError

from arion_voice.cloud.connection import Bounds, Connection, Site
from arion_voice.cloud.recognizer import CloudRecognizer, Heard, Piece, pcm16
from arion_voice.cloud.synthesizer import SAMPLE_RATE, CloudSynthesizer
from arion_voice.engines import Language, Stretch
from arion_voice.errors import SpeechError, VoiceErrorKind

ELEVENLABS_URL = "https://api.elevenlabs.io"

_NAME = "ElevenLabs"

_MOST_CHARS = 5000
"""Longest text that every one of its models takes."""

_SLOWEST, _FASTEST = 0.7, 1.2

_KNOWS_NO_LANGUAGE = "multilingual_v2"
"""Models of this name find the language out, and take none."""


@dataclass(frozen=True)
class ElevenLabsHearing:
    """How ElevenLabs recognises speech."""

    key: SecretStr | None
    model: str
    url: str = ELEVENLABS_URL
    ahead: bool = False
    """Whether to ask already where an utterance may be over."""
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True)
class ElevenLabsVoice:
    """How ElevenLabs speaks."""

    key: SecretStr | None
    voice: str
    """Id of a voice."""
    model: str
    url: str = ELEVENLABS_URL
    bounds: Bounds = field(default_factory=Bounds)


class _Word(BaseModel):
    text: str
    type: str
    logprob: float | None = None


class _Transcription(BaseModel):
    text: str
    language_code: str = ""
    words: Sequence[_Word] = ()


class ElevenLabsRecognizer(CloudRecognizer):
    """Hears over `POST /v1/speech-to-text`."""

    def __init__(self, options: ElevenLabsHearing) -> None:
        """Connect to nothing yet."""
        super().__init__(
            Connection(_site(options.url, options.key), options.bounds), ahead=options.ahead
        )
        self._model = options.model

    async def _hear(self, stretch: Stretch) -> Heard:
        fields = {
            "model_id": self._model,
            # It is answered sooner than a file.
            "file_format": "pcm_s16le_16",
            "tag_audio_events": "false",
        }
        if stretch.language:
            fields["language_code"] = stretch.language
        answer = await self._connection.text(
            "/v1/speech-to-text",
            audio_s=stretch.audio_s,
            data=fields,
            files={"file": ("speech.pcm", pcm16(stretch.samples), "application/octet-stream")},
        )
        try:
            return _heard(_Transcription.model_validate(answer))
        except ValidationError:
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED, f"{_NAME}: the transcript is not as described"
            ) from None


class ElevenLabsSynthesizer(CloudSynthesizer):
    """Speaks over `POST /v1/text-to-speech/{voice}/stream`."""

    def __init__(self, options: ElevenLabsVoice) -> None:
        """Connect to nothing yet."""
        super().__init__(
            _NAME,
            Connection(_site(options.url, options.key), options.bounds),
            most_chars=_MOST_CHARS,
        )
        self._options = options

    def _request(self, text: str, language: Language, speed: float) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {"text": text, "model_id": self._options.model}
        if _KNOWS_NO_LANGUAGE not in self._options.model:
            body["language_code"] = language
        pace = max(_SLOWEST, min(_FASTEST, speed))
        if pace != 1:
            body["voice_settings"] = {"speed": pace}
        path = f"/v1/text-to-speech/{quote(self._options.voice, safe='')}/stream"
        return path, {"params": {"output_format": f"pcm_{SAMPLE_RATE}"}, "json": body}


def _site(url: str, key: SecretStr | None) -> Site:
    return Site(_NAME, url, key, "/v1/models", "xi-api-key")


def _heard(answer: _Transcription) -> Heard:
    words = [it for it in answer.words if it.type == "word"]
    # It tells the likelihood of words, and the guards know that of tokens: in Korean about one a
    # character.
    length = sum(len(it.text) for it in words)
    mean = sum(it.logprob or 0.0 for it in words) / length if length else 0.0
    return Heard([Piece(answer.text, avg_logprob=mean)], answer.language_code)
