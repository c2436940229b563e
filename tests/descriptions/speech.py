"""The vendors' own types as judges of requests and answers about speech.

OpenAI's come with its Python package. ElevenLabs' come with its JavaScript package
(`scripts/specs`), where fields are written in camel case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Required, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from tests.descriptions import prepared

Json = Any
Pairs = Sequence[tuple[str, str]]

_ELEVENLABS = "elevenlabs-2.73.0.d.ts"
_SPOKEN = re.compile(r"/v1/text-to-speech/[^/]+/stream")
_PLAIN = {"string": str, "boolean": bool, "number": (int, float)}


def check_openai(method: str, path: str, query: Pairs, body: Json) -> list[str]:
    """What OpenAI's types object to in a request; nothing means it is right."""
    # Importing it takes a second, and most tests that judge requests have none of these.
    from openai.types.audio.speech_create_params import SpeechCreateParams
    from openai.types.audio.transcription_create_params import (
        TranscriptionCreateParamsBase,
        TranscriptionCreateParamsStreaming,
    )

    found = [f"{name}: unknown query parameter" for name, _ in query]
    if (method, path) == ("GET", "/v1/models"):
        return found
    if (method, path) == ("POST", "/v1/audio/transcriptions"):
        described = [TranscriptionCreateParamsBase, TranscriptionCreateParamsStreaming]
        given: dict[str, Json] = {name.removesuffix("[]"): text for name, text in _form(body)}
    elif (method, path) == ("POST", "/v1/audio/speech"):
        described, given = [SpeechCreateParams], body
    else:
        return [f"{method} {path}: no such method"]
    known: dict[str, Json] = {}
    required: set[str] = set()
    for params in described:
        known |= get_type_hints(params)
        hints = get_type_hints(params, include_extras=True)
        required |= {name for name, hint in hints.items() if get_origin(hint) is Required}
    required -= {"stream"}
    found += [f"{name}: unknown" for name in given if name not in known]
    found += [f"{name}: required" for name in required if name not in given]
    for name, value in given.items():
        choices = get_args(known.get(name)) if get_origin(known.get(name)) is Literal else ()
        if choices and value not in choices:
            found.append(f"{name}: {value!r} is not one of {choices}")
    return found


def check_openai_transcript(answer: Json, *, verbose: bool) -> list[str]:
    """Where an answer departs from OpenAI's types. `task` is only in the reference."""
    from openai.types.audio import Transcription, TranscriptionVerbose

    shown = {name: value for name, value in answer.items() if name != "task"}
    read = (TranscriptionVerbose if verbose else Transcription).model_validate(shown)
    return [*_extra("$", read)]


def check_elevenlabs(method: str, path: str, query: Pairs, body: Json) -> list[str]:
    """What ElevenLabs' types object to in a request; nothing means it is right."""
    if (method, path) == ("GET", "/v1/models"):
        return [f"{name}: unknown query parameter" for name, _ in query]
    if (method, path) == ("POST", "/v1/speech-to-text"):
        given = {name: _value(text) for name, text in (*query, *_form(body))}
        return list(_faults("BodySpeechToTextV1SpeechToTextPost", given))
    if method == "POST" and _SPOKEN.fullmatch(path):
        return list(_faults("StreamTextToSpeechRequest", {**dict(query), **body}))
    return [f"{method} {path}: no such method"]


def check_elevenlabs_transcript(answer: Json) -> list[str]:
    """Where an answer departs from ElevenLabs' types."""
    return list(_faults("SpeechToTextChunkResponseModel", answer))


def check_elevenlabs_models(answer: Json) -> list[str]:
    """Where a list of models departs from ElevenLabs' types."""
    return [fault for model in answer for fault in _faults("Model", model)]


@dataclass(frozen=True)
class _Field:
    kind: str
    required: bool


@cache
def _types() -> tuple[dict[str, dict[str, _Field]], dict[str, set[str]]]:
    """The interfaces with their fields, and the enumerations with their values."""
    text = prepared(_ELEVENLABS).read_text("utf-8")
    interfaces = {
        name: {
            re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", field): _Field(
                kind.removesuffix(" | undefined"), not optional
            )
            for field, optional, kind in re.findall(
                r"^    (\w+)(\?)?: (.+);$", fields, re.MULTILINE
            )
        }
        for name, fields in re.findall(
            r"^export interface (\w+) \{$(.*?)^\}$", text, re.MULTILINE | re.DOTALL
        )
    }
    choices = {
        name: set(re.findall(r'"([^"]+)"', values))
        for name, values in re.findall(
            r"^export declare const (\w+): \{$(.*?)^\};$", text, re.MULTILINE | re.DOTALL
        )
    }
    return interfaces, choices


def _faults(name: str, value: Json, where: str = "$") -> Iterator[str]:
    """What a type objects to in a value; types that are not among those prepared object to none."""
    interfaces, choices = _types()
    if name in choices and value not in choices[name]:
        yield f"{where}: {value!r} is not one of {sorted(choices[name])}"
    elif name in _PLAIN and not isinstance(value, _PLAIN[name]):
        yield f"{where}: {value!r} is no {name}"
    elif name in interfaces and not isinstance(value, dict):
        yield f"{where}: {value!r} is no object"
    elif name in interfaces:
        yield from _field_faults(interfaces[name], value, where)


def _field_faults(fields: dict[str, _Field], value: Json, where: str) -> Iterator[str]:
    for field, item in value.items():
        if field not in fields:
            yield f"{where}.{field}: unknown"
            continue
        kind = fields[field].kind.removeprefix("ElevenLabs.")
        for one in item if kind.endswith("[]") else [item]:
            yield from _faults(kind.removesuffix("[]"), one, f"{where}.{field}")
    for field, described in fields.items():
        if described.required and field not in value:
            yield f"{where}.{field}: required"


def _extra(where: str, read: BaseModel) -> Iterator[str]:
    yield from (f"{where}.{name}: unknown" for name in read.model_extra or {})
    for name in type(read).model_fields:
        value = getattr(read, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from _extra(f"{where}.{name}", item)


def _form(body: Json) -> list[tuple[str, str]]:
    """The fields of a multipart body as the sandbox recorded it, those of files without content."""
    if not isinstance(body, str):
        return []
    boundary = body.partition("\r\n")[0]
    fields: list[tuple[str, str]] = []
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.removeprefix("\r\n").partition("\r\n\r\n")
        [name] = re.findall(r'\bname="([^"]*)"', head)
        fields.append((name, "" if "filename=" in head else content.removesuffix("\r\n")))
    return fields


def _value(text: str) -> Json:
    return {"true": True, "false": False}.get(text, text)
