"""What a Realtime client sends, as far as it is understood."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from arion_voice.errors import ProtocolError, VoiceErrorKind

MAX_CHARACTERS = 1_048_576
"""Largest event that is read: sixteen seconds of sound."""


class _Part(BaseModel):
    """Fields that are not understood are passed over, as new ones are added to the API."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Format(_Part):
    """How sound is written."""

    type: Literal["audio/pcm"] = "audio/pcm"
    rate: Literal[24_000] = 24_000


class Transcription(_Part):
    """How speech is recognised."""

    language: str | None = None
    """ISO 639-1."""


class TurnDetection(_Part):
    """Utterances are found by their silences."""

    type: Literal["server_vad", "semantic_vad"] = "server_vad"


class AudioInput(_Part):
    """What comes from the microphone."""

    format: Format | None = None
    transcription: Transcription | None = None
    turn_detection: TurnDetection | None = None


class AudioOutput(_Part):
    """What is spoken."""

    format: Format | None = None
    voice: JsonValue = None
    """A name; some clients send an object, which names none of ours."""


class Audio(_Part):
    """Both directions."""

    input: AudioInput | None = None
    output: AudioOutput | None = None


class Session(_Part):
    """What a client sets."""

    audio: Audio | None = None


class Content(_Part):
    """A part of a message."""

    type: str
    text: str | None = None


class Item(_Part):
    """A message of the person."""

    type: str
    id: str | None = Field(default=None, max_length=64)
    role: str | None = None
    content: list[Content] = Field(default_factory=list[Content], max_length=16)


class _Event(_Part):
    event_id: str | None = None


class SessionUpdate(_Event):
    """Changes settings."""

    type: Literal["session.update"]
    session: Session


class Append(_Event):
    """Sound from the microphone, base64."""

    type: Literal["input_audio_buffer.append"]
    audio: str


class Commit(_Event):
    """The utterance is over."""

    type: Literal["input_audio_buffer.commit"]


class Clear(_Event):
    """Forget the sound so far."""

    type: Literal["input_audio_buffer.clear"]


class ItemCreate(_Event):
    """Something typed."""

    type: Literal["conversation.item.create"]
    item: Item


class ItemTruncate(_Event):
    """Only so much of an answer was played."""

    type: Literal["conversation.item.truncate"]
    item_id: str
    content_index: int = 0
    audio_end_ms: int = Field(ge=0)


class ItemRetrieve(_Event):
    """Asks for an item."""

    type: Literal["conversation.item.retrieve"]
    item_id: str


class ItemDelete(_Event):
    """Drops an item."""

    type: Literal["conversation.item.delete"]
    item_id: str


class ResponseCreate(_Event):
    """Asks for an answer."""

    type: Literal["response.create"]


class ResponseCancel(_Event):
    """Ends the answer."""

    type: Literal["response.cancel"]


class OutputClear(_Event):
    """Ends what is being spoken."""

    type: Literal["output_audio_buffer.clear"]


ClientMessage = Annotated[
    SessionUpdate
    | Append
    | Commit
    | Clear
    | ItemCreate
    | ItemTruncate
    | ItemRetrieve
    | ItemDelete
    | ResponseCreate
    | ResponseCancel
    | OutputClear,
    Field(discriminator="type"),
]

_MESSAGE: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)


def decode(data: str) -> ClientMessage:
    """Read a text frame.

    Raises:
        ProtocolError: `too_large`, or `bad_frame` naming the field.
    """
    if len(data) > MAX_CHARACTERS:
        raise ProtocolError(
            VoiceErrorKind.TOO_LARGE,
            f"an event of {len(data)} characters; at most {MAX_CHARACTERS} are read",
        )
    try:
        return _MESSAGE.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "event"
        raise ProtocolError(VoiceErrorKind.BAD_FRAME, f"{where}: {first['msg']}") from error
