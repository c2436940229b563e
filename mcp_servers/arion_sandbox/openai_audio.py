"""OpenAI's audio endpoints: transcriptions and speech.

Fields, answers and models: OpenAI's API reference and the types of its Python package. That
`gpt-transcribe` refuses `language` is guessed; the guide says that it takes `languages` instead.
Sound is read and made as WAV and PCM only.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from typing import cast

from arion_sandbox import speech
from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Reply, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject, as_text
from arion_sandbox.speech import Form, Sound
from arion_sandbox.store import Store

KEY = "sandbox"
SPOKEN_RATE = 24_000
"""Of speech, in Hz."""
MOST_CHARS = 4096

HEARING = ("gpt-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "whisper-1")
SPEAKING = ("tts-1", "tts-1-hd", "gpt-4o-mini-tts")
VOICES = (
    "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse",
    "marin", "cedar",
)  # fmt: skip

FIELDS = frozenset(
    {
        "model", "chunking_strategy", "include[]", "keywords[]", "language", "languages[]",
        "prompt", "response_format", "stream", "temperature", "timestamp_granularities[]",
    }
)  # fmt: skip
"""Fields of a transcription, beside the file."""


class OpenAIError(VendorError):
    """`{"error": {"message", "type", "param", "code"}}`."""

    def __init__(
        self,
        status: int,
        code: str | None,
        message: str,
        *,
        param: str | None = None,
        kind: str = "invalid_request_error",
    ) -> None:
        error: JsonObject = {"message": message, "type": kind, "param": param, "code": code}
        super().__init__(status, code or kind, message, {"error": error}, {})


def vendor(store: Store) -> Vendor:
    """Serve the endpoints; a store holds what is to be heard."""
    return Vendor(
        root="/v1",
        endpoints=(
            Endpoint("GET", "/models", lambda _: _models()),
            Endpoint("POST", "/audio/transcriptions", lambda call: _transcribe(store, call)),
            Endpoint(
                "POST",
                "/audio/speech",
                _speak,
                body={
                    "model": "string",
                    "input": "string",
                    "voice": "string",
                    "instructions": "string",
                    "response_format": "string",
                    "speed": "number",
                    "stream_format": "string",
                },
            ),
        ),
        authorize=_authorize,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: OpenAIError(
            503,
            None,
            "The engine is currently overloaded, please try again later",
            kind="server_error",
        ),
    )


def _authorize(headers: Mapping[str, str]) -> None:
    given = headers.get("authorization", "")
    if not given:
        raise OpenAIError(401, None, "You didn't provide an API key.")
    if given != f"Bearer {KEY}":
        shown = given.removeprefix("Bearer ")[-4:]
        raise OpenAIError(401, "invalid_api_key", f"Incorrect API key provided: ***{shown}.")


def _models() -> JsonObject:
    listed: list[Json] = [
        {"id": name, "object": "model", "created": 1_790_000_000, "owned_by": "openai"}
        for name in (*HEARING, *SPEAKING)
    ]
    return {"object": "list", "data": listed}


def _transcribe(store: Store, call: Call) -> JsonObject | Reply:
    form = speech.read_form(call.headers, call.content)
    if form is None:
        raise OpenAIError(400, None, "Could not parse multipart form")
    sound = _checked(form)
    text = speech.hear(store, sound)
    model, shape = form.text("model"), form.text("response_format") or "json"
    if shape == "text":
        return Reply(f"{text}\n", media_type="text/plain; charset=utf-8")
    if shape == "verbose_json":
        return _verbose(text, sound)
    usage: JsonObject = {"type": "duration", "seconds": sound.seconds}
    answer: JsonObject = {"text": text, "usage": usage}
    if model == "gpt-transcribe":
        found: list[Json] = [{"code": speech.language_of(text)}] if text else []
        answer["languages"] = found
    if ("include[]", "logprobs") in form.texts:
        answer["logprobs"] = [
            {"token": word, "logprob": -0.05, "bytes": list(word.encode())} for word in text.split()
        ]
    return answer


def _checked(form: Form) -> Sound:
    for name, _ in form.texts:
        if name not in FIELDS:
            raise OpenAIError(400, "unknown_parameter", f"Unknown parameter: '{name}'.", param=name)
    model = form.text("model")
    if not model:
        raise OpenAIError(400, None, "you must provide a model parameter")
    if model not in HEARING:
        raise _no_such_model(model)
    _check_model(model, form)
    return _sound(form)


def _check_model(model: str, form: Form) -> None:
    shape = form.text("response_format") or "json"
    if shape not in (
        ("json", "text", "verbose_json") if model == "whisper-1" else ("json", "text")
    ):
        raise OpenAIError(
            400,
            "unsupported_value",
            f"response_format '{shape}' is not compatible with model '{model}'.",
            param="response_format",
        )
    lists = model == "gpt-transcribe"
    fitting = {
        "language": not lists,
        "languages[]": lists,
        "keywords[]": lists,
        "include[]": model.startswith("gpt-4o"),
    }
    for name, fits in fitting.items():
        if form.text(name) and not fits:
            raise OpenAIError(
                400, "unsupported_parameter", f"'{name}' is not supported by {model}.", param=name
            )


def _sound(form: Form) -> Sound:
    if "file" not in form.files:
        raise OpenAIError(400, None, "file is required", param="file")
    sound = speech.read_wav(form.files["file"].content)
    if sound is None or not form.files["file"].name.endswith(".wav"):
        raise OpenAIError(400, None, "Audio file might be corrupted or unsupported", param="file")
    if sound.seconds < speech.SHORTEST_S:
        raise OpenAIError(
            400,
            "audio_too_short",
            "Audio file is too short. Minimum audio length is 0.1 seconds.",
            param="file",
        )
    return sound


def _verbose(text: str, sound: Sound) -> JsonObject:
    name = {"ko": "korean", "en": "english"}[speech.language_of(text)]
    segment: JsonObject = {
        "id": 0,
        "seek": 0,
        "start": 0.0,
        "end": sound.seconds,
        "text": f" {text}",
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": -0.2,
        "compression_ratio": 1.0,
        "no_speech_prob": 0.02,
    }
    segments: list[Json] = [segment] if text else []
    return {
        "task": "transcribe",
        "language": name,
        "duration": sound.seconds,
        "text": text,
        "segments": segments,
        "usage": {"type": "duration", "seconds": sound.seconds},
    }


def _speak(call: Call) -> Reply:
    _check_speech(call.body)
    speed = cast("float", call.body.get("speed", 1))
    pcm = speech.speak(as_text(call.body["input"]), SPOKEN_RATE, speed)
    match as_text(call.body.get("response_format")):
        case "pcm":
            return Reply(pcm, media_type="audio/pcm")
        case "wav":
            return Reply(_wav(pcm), media_type="audio/wav")
        case _:
            raise OpenAIError(
                400, "invalid_value", "Only pcm and wav are made here.", param="response_format"
            )


def _check_speech(body: JsonObject) -> None:
    for name in ("model", "input", "voice"):
        if not as_text(body.get(name)):
            raise OpenAIError(
                400,
                "missing_required_parameter",
                f"Missing required parameter: '{name}'.",
                param=name,
            )
    if as_text(body["model"]) not in SPEAKING:
        raise _no_such_model(as_text(body["model"]))
    if as_text(body["voice"]) not in VOICES:
        raise OpenAIError(400, "invalid_value", "Invalid value: 'voice'.", param="voice")
    if len(as_text(body["input"])) > MOST_CHARS:
        raise OpenAIError(
            400, "string_above_max_length", "Invalid 'input': string too long.", param="input"
        )
    if not 0.25 <= cast("float", body.get("speed", 1)) <= 4:
        raise OpenAIError(400, "invalid_value", "Invalid value: 'speed'.", param="speed")


def _wav(pcm: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(SPOKEN_RATE)
        written.writeframes(pcm)
    return file.getvalue()


def _no_such_model(name: str) -> OpenAIError:
    return OpenAIError(
        404,
        "model_not_found",
        f"The model `{name}` does not exist or you do not have access to it.",
    )


def _refuse_query(fault: Fault) -> VendorError:
    return OpenAIError(
        400, "unknown_parameter", f"Unknown query parameter: '{fault.name}'.", param=fault.name
    )


def _refuse_body(fault: BodyFault) -> VendorError:
    if fault.problem == "unknown":
        return OpenAIError(
            400, "unknown_parameter", f"Unknown parameter: '{fault.path}'.", param=fault.path
        )
    if fault.problem == "kind":
        return OpenAIError(
            400, "invalid_type", f"Invalid type for '{fault.path}'.", param=fault.path
        )
    return OpenAIError(400, None, "We could not parse the JSON body of your request.")
