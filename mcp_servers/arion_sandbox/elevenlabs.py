"""ElevenLabs: speech to text and streamed text to speech.

Parameters and answers: ElevenLabs' API reference and the types of its JavaScript package.
Refusals: its help pages on the errors 400, 401 and 429; those of fields are FastAPI's. Sound is
made as PCM only, and read as PCM or WAV.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from arion_sandbox import speech
from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Reply, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject, as_object, as_text
from arion_sandbox.speech import Form, Sound
from arion_sandbox.store import Store

KEY = "sandbox"
VOICES = ("JBFqnCBsd6RMkjVDRZzb", "21m00Tcm4TlvDq8ikWAM")

HEARING = ("scribe_v1", "scribe_v2")
SPEAKING = {
    "eleven_flash_v2_5": 40_000,
    "eleven_turbo_v2_5": 40_000,
    "eleven_multilingual_v2": 10_000,
    "eleven_v3": 5_000,
}
"""Models that speak, and the longest text of each, in characters."""

FORMATS = ("pcm_8000", "pcm_16000", "pcm_22050", "pcm_24000", "pcm_32000", "pcm_44100", "pcm_48000")
"""The vendor has encoded ones beside them."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "model_id": HEARING,
    "language_code": (),
    "tag_audio_events": ("true", "false"),
    "num_speakers": (),
    "timestamps_granularity": ("none", "word", "character"),
    "diarize": ("true", "false"),
    "file_format": ("pcm_s16le_16", "other"),
    "temperature": (),
    "seed": (),
    "no_verbatim": ("true", "false"),
    "keyterms": (),
}
"""Fields of a transcription, and what each may be; empty: anything."""


class ElevenLabsError(VendorError):
    """`{"detail": {"status", "message"}}`."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        detail: JsonObject = {"status": reason, "message": message}
        super().__init__(status, reason, message, {"detail": detail}, {})


class ElevenLabsFieldError(VendorError):
    """`{"detail": [{"loc", "msg", "type"}]}` with 422."""

    def __init__(self, place: str, name: str, message: str, kind: str) -> None:
        detail: list[Json] = [{"loc": [place, name], "msg": message, "type": kind}]
        super().__init__(422, kind, message, {"detail": detail}, {})


def vendor(store: Store) -> Vendor:
    """Serve the endpoints; a store holds what is to be heard."""
    return Vendor(
        root="/v1",
        endpoints=(
            Endpoint("GET", "/models", lambda _: _models()),
            Endpoint(
                "POST",
                "/speech-to-text",
                lambda call: _transcribe(store, call),
                (Parameter("enable_logging", "boolean"),),
            ),
            Endpoint(
                "POST",
                "/text-to-speech/{voice}/stream",
                _speak,
                (
                    Parameter("enable_logging", "boolean"),
                    Parameter("optimize_streaming_latency", "integer", minimum=0, maximum=4),
                    Parameter("output_format", choices=FORMATS, required=True),
                ),
                body={
                    "text": "string",
                    "model_id": "string",
                    "language_code": "string",
                    "voice_settings": {
                        "stability": "number",
                        "use_speaker_boost": "boolean",
                        "similarity_boost": "number",
                        "style": "number",
                        "speed": "number",
                    },
                    "seed": "int32",
                    "previous_text": "string",
                    "next_text": "string",
                    "previous_request_ids": ["string"],
                    "next_request_ids": ["string"],
                    "apply_text_normalization": "string",
                    "apply_language_text_normalization": "boolean",
                },
            ),
        ),
        authorize=_authorize,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: ElevenLabsError(503, "system_busy", "The system is busy."),
    )


def _authorize(headers: Mapping[str, str]) -> None:
    given = headers.get("xi-api-key", "")
    if not given:
        raise ElevenLabsError(401, "needs_authorization", "Neither authorization header nor key.")
    if given != KEY:
        raise ElevenLabsError(401, "invalid_api_key", "Invalid API key")


def _models() -> list[Json]:
    return [
        {
            "model_id": name,
            "name": name,
            "can_do_text_to_speech": True,
            "languages": [{"language_id": code, "name": code} for code in ("en", "ko")],
        }
        for name in SPEAKING
    ]


def _transcribe(store: Store, call: Call) -> JsonObject:
    form = speech.read_form(call.headers, call.content)
    if form is None:
        raise ElevenLabsFieldError("body", "model_id", "Field required", "missing")
    sound = _checked(form)
    text = speech.hear(store, sound)
    language = form.text("language_code") or speech.language_of(text)
    return {
        "language_code": {"ko": "kor", "en": "eng"}.get(language, language),
        "language_probability": 0.98,
        "text": text,
        "words": _words(text, sound) if form.text("timestamps_granularity") != "none" else [],
        "transcription_id": "sandbox",
        "audio_duration_secs": sound.seconds,
    }


def _checked(form: Form) -> Sound:
    for name, text in form.texts:
        if name in FIELDS and FIELDS[name] and text not in FIELDS[name]:
            if name == "model_id":
                raise ElevenLabsError(400, "invalid_model_id", f"'{text}' is not a valid model_id.")
            expected = " or ".join(f"'{choice}'" for choice in FIELDS[name])
            raise ElevenLabsFieldError("body", name, f"Input should be {expected}", "enum")
    if not form.text("model_id"):
        raise ElevenLabsFieldError("body", "model_id", "Field required", "missing")
    if "file" not in form.files:
        raise ElevenLabsError(400, "invalid_parameters", "Must provide either file or URL.")
    content = form.files["file"].content
    is_plain = form.text("file_format") == "pcm_s16le_16"
    sound = Sound(content) if is_plain and len(content) % 2 == 0 else speech.read_wav(content)
    if sound is None:
        raise ElevenLabsError(400, "invalid_content", "File upload is corrupted.")
    if sound.seconds < speech.SHORTEST_S:
        raise ElevenLabsError(400, "audio_too_short", "Audio is too short.")
    return sound


def _words(text: str, sound: Sound) -> list[Json]:
    """The words and the spaces between them, evenly over the sound."""
    pieces: list[str] = []
    for word in text.split():
        pieces += [" ", word] if pieces else [word]
    each = sound.seconds / max(1, len(pieces))
    return [
        {
            "text": piece,
            "start": round(index * each, 3),
            "end": round((index + 1) * each, 3),
            "type": "spacing" if piece == " " else "word",
            "speaker_id": "speaker_0",
            "logprob": 0.0 if piece == " " else -0.1,
        }
        for index, piece in enumerate(pieces)
    ]


def _speak(call: Call) -> Reply:
    voice, text = call.path["voice"], as_text(call.body.get("text"))
    if voice not in VOICES:
        raise ElevenLabsError(
            404, "voice_not_found", f"A voice with the voice_id {voice} was not found."
        )
    if "text" not in call.body:
        raise ElevenLabsFieldError("body", "text", "Field required", "missing")
    model = as_text(call.body.get("model_id")) or "eleven_multilingual_v2"
    if model not in SPEAKING:
        raise ElevenLabsError(400, "model_not_found", f"A model with model ID {model} is unknown.")
    if len(text) > SPEAKING[model]:
        raise ElevenLabsError(
            400, "max_character_limit_exceeded", f"This request's text has {len(text)} characters."
        )
    if "language_code" in call.body and model == "eleven_multilingual_v2":
        raise ElevenLabsError(400, "unsupported_language", f"{model} takes no language_code.")
    settings = as_object(call.body.get("voice_settings"))
    speed = cast("float", settings.get("speed", 1.0))
    if not 0.7 <= speed <= 1.2:
        raise ElevenLabsError(400, "invalid_voice_settings", "speed is from 0.7 to 1.2.")
    rate = int((call.query.text("output_format") or "").removeprefix("pcm_"))
    return Reply(speech.speak(text, rate, speed), media_type="audio/pcm")


def _refuse_query(fault: Fault) -> VendorError:
    expected = ", ".join(fault.parameter.choices) if fault.parameter else "nothing of this name"
    return ElevenLabsFieldError("query", fault.name, f"Input should be {expected}", fault.problem)


def _refuse_body(fault: BodyFault) -> VendorError:
    return ElevenLabsFieldError("body", fault.path, "Input should be as described", fault.problem)
