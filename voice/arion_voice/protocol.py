"""The wire format `arion.voice.v1`: events as JSON text frames, audio as binary frames.

A client says `hello` and is answered with `ready`. Then it streams what the microphone hears;
the server finds the utterances in it. `speech_started` and `speech_ended` frame an utterance.
Then either `nothing_heard` says that it held no words, or a final `transcript` opens a turn that
`turn_ended` closes. In between, `answer` events carry pieces of the answer in order, and what is
spoken arrives as audio between `audio_started` and `audio_ended` (or `interrupted`, after which
the client drops what it has not played yet). Speech meanwhile pauses it (`audio_paused`) until its
words are known. Typed text opens a turn in the same way.
The binary frames are those of `frames`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from arion_voice.engines import SAMPLE_RATE, Language, VoiceName
from arion_voice.errors import ProtocolError, VoiceErrorKind

SUBPROTOCOL = "arion.voice.v1"
"""The WebSocket subprotocol, and the version a client names in `hello`."""

MAX_EVENT_CHARACTERS = 16_384
"""Largest text frame that is read from a client."""

EventT = TypeVar("EventT")


def _require_type(schema: dict[str, Any]) -> None:
    # Its default serves constructors here; on the wire it is what tells the events apart.
    schema["required"] = ["type", *schema.get("required", [])]


class _Event(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, json_schema_extra=_require_type
    )


# From the client


class Hello(_Event):
    """The first frame of a connection."""

    type: Literal["hello"] = "hello"
    protocol: str
    """`arion.voice.v1`."""
    codecs: tuple[str, ...]
    """What the client can play and record; `pcm16` has to be among them."""
    language: Language | None = None
    """Language of the speech; None: it is found out."""
    timezone: str | None = Field(default=None, max_length=64)
    """IANA name of the person's time zone."""
    voice: VoiceName | None = None
    session: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,64}$")
    """A session to go on with."""


class Listen(_Event):
    """Push to talk: on while the button is held; off ends the utterance at once.

    Without it, utterances are found by their silences. Off alone ends one of these early, and
    does nothing where none was heard.
    """

    type: Literal["listen"] = "listen"
    on: bool


MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""Chosen by the client: a message that is sent again under the same id is the same turn."""


class Text(_Event):
    """A typed utterance."""

    type: Literal["text"] = "text"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    id: MessageId | None = None


class Confirm(_Event):
    """The answer to a question, given with a button."""

    type: Literal["confirm"] = "confirm"
    answer: bool
    question: str | None = Field(default=None, pattern=r"^[a-z0-9]{1,64}$")
    """Id of the question that is answered, so that no other is; None: whichever is open."""
    id: MessageId | None = None


class Interrupt(_Event):
    """Ends the turn that is being answered."""

    type: Literal["interrupt"] = "interrupt"


class Played(_Event):
    """How much of a turn's answer was played when it was interrupted.

    Without it, that is reckoned from when the audio was sent.
    """

    type: Literal["played"] = "played"
    turn: int = Field(ge=0)
    ms: int = Field(ge=0)


class Voice(_Event):
    """Changes the voice from the next turn on."""

    type: Literal["voice"] = "voice"
    voice: VoiceName


ClientEvent = Annotated[
    Hello | Listen | Text | Confirm | Interrupt | Played | Voice, Field(discriminator="type")
]


# From the server


class Ready(_Event):
    """The connection is open; microphone frames are welcome."""

    type: Literal["ready"] = "ready"
    session: str
    """Name under which the conversation can be continued later."""
    codec: Literal["pcm16"] = "pcm16"
    sample_rate: int = SAMPLE_RATE
    """Rate the microphone's samples are expected at, in Hz."""


class SpeechStarted(_Event):
    """Someone began to speak."""

    type: Literal["speech_started"] = "speech_started"


class SpeechEnded(_Event):
    """The utterance is over and is being recognised."""

    type: Literal["speech_ended"] = "speech_ended"


class NothingHeard(_Event):
    """The utterance held no words: no turn follows."""

    type: Literal["nothing_heard"] = "nothing_heard"


class TranscriptEvent(_Event):
    """What was heard or typed. A final one opens the turn; others tell what is being said."""

    type: Literal["transcript"] = "transcript"
    turn: int
    """0 where it is not final."""
    text: str
    final: bool
    language: Language
    stable: int = 0
    """Characters at the beginning of one that is not final which are unlikely to change."""


class Answer(_Event):
    """A piece of the answer."""

    type: Literal["answer"] = "answer"
    turn: int
    text: str
    """To be appended to what came before; empty where only `detail` is new."""
    language: Language
    detail: dict[str, JsonValue] | None = None
    """What was done, for showing."""


class AudioStarted(_Event):
    """Audio of the turn follows. Comes again where the rate changes."""

    type: Literal["audio_started"] = "audio_started"
    turn: int
    codec: Literal["pcm16"] = "pcm16"
    sample_rate: int
    """In Hz."""


class AudioEnded(_Event):
    """All audio of the turn was sent."""

    type: Literal["audio_ended"] = "audio_ended"
    turn: int


class AudioPaused(_Event):
    """Someone speaks: the player stops where it is, until what they say is known.

    `audio_resumed` follows where it was nothing that interrupts, else `interrupted`.
    """

    type: Literal["audio_paused"] = "audio_paused"
    turn: int


class AudioResumed(_Event):
    """The player goes on where it was paused."""

    type: Literal["audio_resumed"] = "audio_resumed"
    turn: int


class Interrupted(_Event):
    """The turn's audio was cut off: what is not played yet is to be dropped."""

    type: Literal["interrupted"] = "interrupted"
    turn: int


class TurnEnded(_Event):
    """The turn is over."""

    type: Literal["turn_ended"] = "turn_ended"
    turn: int
    timings_ms: dict[str, float]
    """Counted from the end of the speech (or the typed text's arrival): `endpoint` utterance
    seen to be over, `stt` text known, `respond` first piece of the answer, `first_audio` first
    audio sent, `total` everything sent. A step that did not happen is left out."""


class Error(_Event):
    """Something failed. The connection stays open unless `fatal`."""

    type: Literal["error"] = "error"
    kind: VoiceErrorKind
    message: str
    """One sentence for the person."""
    next_step: str
    """What to do next."""
    fatal: bool = False


ServerEvent = Annotated[
    Ready
    | SpeechStarted
    | SpeechEnded
    | NothingHeard
    | TranscriptEvent
    | Answer
    | AudioStarted
    | AudioEnded
    | AudioPaused
    | AudioResumed
    | Interrupted
    | TurnEnded
    | Error,
    Field(discriminator="type"),
]

_CLIENT: TypeAdapter[ClientEvent] = TypeAdapter(ClientEvent)
_SERVER: TypeAdapter[ServerEvent] = TypeAdapter(ServerEvent)


def encode_event(event: ClientEvent | ServerEvent) -> str:
    """The text frame of an event."""
    return event.model_dump_json()


def decode_client_event(data: str) -> ClientEvent:
    """Read a text frame from a client.

    Raises:
        ProtocolError: `too_large`, or `bad_frame` naming the field.
    """
    if len(data) > MAX_EVENT_CHARACTERS:
        raise ProtocolError(
            VoiceErrorKind.TOO_LARGE,
            f"an event of {len(data)} characters; at most {MAX_EVENT_CHARACTERS} are read",
        )
    return _decode(_CLIENT, data)


def decode_server_event(data: str) -> ServerEvent:
    """Read a text frame from a server. An answer may be of any length.

    Raises:
        ProtocolError: `bad_frame` naming the field.
    """
    return _decode(_SERVER, data)


def _decode(adapter: TypeAdapter[EventT], data: str) -> EventT:
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "event"
        raise ProtocolError(VoiceErrorKind.BAD_FRAME, f"{where}: {first['msg']}") from error


def json_schema() -> dict[str, JsonValue]:
    """The events of both directions as one JSON Schema (draft 2020-12)."""
    events, definitions = TypeAdapter.json_schemas(
        [("ClientEvent", "validation", _CLIENT), ("ServerEvent", "serialization", _SERVER)],
        ref_template="#/$defs/{model}",
    )
    unions = {name: schema for (name, _), schema in events.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SUBPROTOCOL,
        "$defs": definitions["$defs"] | unions,
    }
