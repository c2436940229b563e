"""Speech over OpenAI's audio endpoints, which many other servers have too.

Sources: https://developers.openai.com/api/docs/guides/speech-to-text and .../text-to-speech.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from arion_voice.cloud.connection import Bounds, Connection, Site
from arion_voice.cloud.recognizer import CloudRecognizer, Heard, Piece, pcm16
from arion_voice.cloud.synthesizer import CloudSynthesizer
from arion_voice.engines import SAMPLE_RATE, Language, Samples, Stretch
from arion_voice.errors import SpeechError, VoiceErrorKind

OPENAI_URL = "https://api.openai.com/v1"

_MOST_CHARS = 4096
"""Longest text of a speech request."""

_SLOWEST, _FASTEST = 0.25, 4.0

_LISTS_LANGUAGES = "gpt-transcribe"
"""This family takes a list of `languages`, every other model one `language`."""

_TELLS_LOGPROBS = ("gpt-4o-transcribe", "gpt-4o-mini-transcribe")


@dataclass(frozen=True)
class OpenAIHearing:
    """How an OpenAI-compatible endpoint recognises speech."""

    model: str
    url: str = OPENAI_URL
    """Base URL, which ends in `/v1` as a rule."""
    key: SecretStr | None = None
    ahead: bool = False
    """Whether to ask already where an utterance may be over."""
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True)
class OpenAIVoice:
    """How an OpenAI-compatible endpoint speaks."""

    url: str
    """Base URL, which ends in `/v1` as a rule."""
    model: str
    voice: str
    key: SecretStr | None = None
    bounds: Bounds = field(default_factory=Bounds)


class _Logprob(BaseModel):
    logprob: float | None = None


class _Segment(BaseModel):
    text: str
    no_speech_prob: float | None = None
    avg_logprob: float | None = None


class _Language(BaseModel):
    code: str = ""


class _Transcription(BaseModel):
    text: str
    language: str | None = None
    languages: Sequence[_Language] | None = None
    logprobs: Sequence[_Logprob] | None = None
    segments: Sequence[_Segment] | None = None


class OpenAIRecognizer(CloudRecognizer):
    """Hears over `POST {url}/audio/transcriptions`."""

    def __init__(self, options: OpenAIHearing) -> None:
        """Connect to nothing yet."""
        super().__init__(
            Connection(_site(options.url, options.key), options.bounds), ahead=options.ahead
        )
        self._model = options.model

    async def _hear(self, stretch: Stretch) -> Heard:
        answer = await self._connection.text(
            "/audio/transcriptions",
            audio_s=stretch.audio_s,
            data=self._fields(stretch),
            files={"file": ("speech.wav", wav(stretch.samples), "audio/wav")},
        )
        try:
            return _heard(_Transcription.model_validate(answer))
        except ValidationError:
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED, "the transcription is not as described"
            ) from None

    def _fields(self, stretch: Stretch) -> Mapping[str, str | list[str]]:
        fields: dict[str, str | list[str]] = {"model": self._model}
        if self._model.startswith(_LISTS_LANGUAGES):
            fields["languages[]"] = [stretch.language] if stretch.language else ["ko", "en"]
        elif stretch.language:
            fields["language"] = stretch.language
        hint = _hint(stretch)
        if hint:
            fields["prompt"] = hint
        # The models that are no Whisper know no segments.
        if not self._model.startswith("gpt-"):
            fields["response_format"] = "verbose_json"
        else:
            fields["response_format"] = "json"
            if self._model.startswith(_TELLS_LOGPROBS):
                fields["include[]"] = ["logprobs"]
        return fields


class OpenAISynthesizer(CloudSynthesizer):
    """Speaks over `POST {url}/audio/speech`."""

    def __init__(self, options: OpenAIVoice) -> None:
        """Connect to nothing yet."""
        site = _site(options.url, options.key)
        super().__init__(site.name, Connection(site, options.bounds), most_chars=_MOST_CHARS)
        self._options = options

    def _request(self, text: str, language: Language, speed: float) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {
            "model": self._options.model,
            "voice": self._options.voice,
            "input": text,
            "response_format": "pcm",
        }
        pace = max(_SLOWEST, min(_FASTEST, speed))
        if pace != 1:
            body["speed"] = pace
        return "/audio/speech", {"json": body}


def wav(samples: Samples) -> bytes:
    """The samples as a WAV file: 16 kHz, mono, 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(SAMPLE_RATE)
        written.writeframes(pcm16(samples))
    return file.getvalue()


def _site(url: str, key: SecretStr | None) -> Site:
    return Site("speech endpoint", url, key, "/models", "Authorization", "Bearer ")


def _hint(stretch: Stretch) -> str:
    """The sentences in the language that is spoken; in all where that is not known."""
    if stretch.language:
        return stretch.hints.get(stretch.language, "")
    return " ".join(hint for hint in stretch.hints.values() if hint)


def _heard(answer: _Transcription) -> Heard:
    language = answer.language or (answer.languages[0].code if answer.languages else "")
    if answer.segments:
        pieces = [
            Piece(it.text, it.no_speech_prob or 0.0, it.avg_logprob or 0.0)
            for it in answer.segments
        ]
        return Heard(pieces, language)
    told = [it.logprob for it in answer.logprobs or () if it.logprob is not None]
    mean = sum(told) / len(told) if told else 0.0
    return Heard([Piece(answer.text, avg_logprob=mean)], language)
