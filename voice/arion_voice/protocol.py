"""The wire format `arion.voice.v1`: events as JSON text frames, audio as binary frames.

A client says `hello` and is answered with `ready`. Then it streams what the microphone hears;
the server finds the utterances in it. `speech_started` and `speech_ended` frame an utterance.
Then either `nothing_heard` says that it held no words, or a final `transcript` opens a turn that
`turn_ended` closes. In between, `answer` events carry pieces of the answer in order, and what is
spoken arrives as audio between `audio_started` and `audio_ended` (or `interrupted`, after which
the client drops what it has not played yet). Speech meanwhile pauses it (`audio_paused`) until its
words are known. Typed text opens a turn in the same way. A session outlives a connection that
drops: `ready` hands out a token for it, events and microphone frames are numbered and acknowledged.
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

_LONGEST_MS = 24 * 3_600_000
"""Of any answer."""

EventT = TypeVar("EventT")


def _require_type(schema: dict[str, Any]) -> None:
    # Its default serves constructors here; on the wire it is what tells the events apart.
    schema["required"] = ["type", *schema.get("required", [])]


class _Event(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, json_schema_extra=_require_type
    )


# From the client


Speed = Annotated[float, Field(ge=0.5, le=2)]
"""Pace of the voice, times the usual."""


class Hello(_Event):
    """The first frame of a connection."""

    type: Literal["hello"] = "hello"
    protocol: str
    """`arion.voice.v1`."""
    codecs: tuple[str, ...]
    """What the client can play and record: `pcm16`, which has to be among them, and `opus`."""
    language: Language | None = None
    """Language of the speech; None: it is found out."""
    timezone: str | None = Field(default=None, max_length=64)
    """IANA name of the person's time zone."""
    voice: VoiceName | None = None
    speed: Speed | None = None
    session: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,64}$")
    """A conversation to go on with."""
    token: str | None = Field(default=None, max_length=64, repr=False)
    """Of the session whose connection dropped, from its `ready`."""
    seen: int = Field(default=0, ge=0)
    """The highest `seq` that came of that session."""
    turn: int | None = Field(default=None, ge=0)
    """The turn whose answer was played last there; 0: none was. None: nobody keeps count."""
    played_ms: int = Field(default=0, ge=0, le=_LONGEST_MS)
    """How much of its sound was played: the position in it."""


class Ack(_Event):
    """What came up to an event need not be kept for a connection that drops."""

    type: Literal["ack"] = "ack"
    seq: int = Field(ge=0)


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
    ms: int = Field(ge=0, le=_LONGEST_MS)


class Voice(_Event):
    """Changes the voice or its pace from the next turn on; what is not named stays as it is."""

    type: Literal["voice"] = "voice"
    voice: VoiceName | None = None
    speed: Speed | None = None


ClientEvent = Annotated[
    Hello | Ack | Listen | Text | Confirm | Interrupt | Played | Voice, Field(discriminator="type")
]


# From the server


Codec = Literal["pcm16", "opus"]
"""How sound is written in binary frames."""


class _Told(_Event):
    seq: int = 0
    """Number of the event in its session, from 1, without gaps. 0: it is not counted, and does not
    come again after a drop."""


class Ready(_Told):
    """The connection is open; microphone frames are welcome."""

    type: Literal["ready"] = "ready"
    session: str
    """Name under which the conversation can be continued later."""
    token: str | None = Field(default=None, repr=False)
    """Opens the session again where this connection drops; None: it ends with the connection."""
    resumed: bool = False
    """Whether the session of the token that `hello` brought goes on."""
    heard: int | None = None
    """Number of the last microphone frame that was taken of it; None: none was."""
    codec: Codec = "pcm16"
    """What the microphone is best sent in; `pcm16` is taken too."""
    sample_rate: int = SAMPLE_RATE
    """Rate the microphone's samples are expected at, in Hz."""
    answer_codec: Codec = "pcm16"
    """What answers come in."""


class HeardUpTo(_Told):
    """Microphone frames have been taken; the client need not keep them any longer."""

    type: Literal["heard"] = "heard"
    sequence: int
    """Number of the last of them."""


class SpeechStarted(_Told):
    """Someone began to speak."""

    type: Literal["speech_started"] = "speech_started"


class SpeechEnded(_Told):
    """The utterance is over and is being recognised."""

    type: Literal["speech_ended"] = "speech_ended"


class NothingHeard(_Told):
    """The utterance held no words: no turn follows."""

    type: Literal["nothing_heard"] = "nothing_heard"


class TranscriptEvent(_Told):
    """What was heard or typed. A final one opens the turn; others tell what is being said."""

    type: Literal["transcript"] = "transcript"
    turn: int
    """0 where it is not final."""
    text: str
    final: bool
    language: Language
    stable: int = 0
    """Characters at the beginning of one that is not final which are unlikely to change."""
    id: MessageId | None = None
    """Of the `text` or `confirm` that opened the turn."""


class Answer(_Told):
    """A piece of the answer."""

    type: Literal["answer"] = "answer"
    turn: int
    text: str
    """To be appended to what came before; empty where only `detail` is new."""
    language: Language
    detail: dict[str, JsonValue] | None = None
    """What was done, for showing."""


class AudioStarted(_Told):
    """Audio of the turn follows. Comes again where the rate changes."""

    type: Literal["audio_started"] = "audio_started"
    turn: int
    codec: Codec = "pcm16"
    sample_rate: int
    """In Hz."""
    from_ms: int = 0
    """Where in the turn's audio this begins: more than 0 after a change of the rate, and where a
    sentence is said again after a drop."""


class AudioEnded(_Told):
    """All audio of the turn was sent."""

    type: Literal["audio_ended"] = "audio_ended"
    turn: int


class AudioPaused(_Told):
    """Someone speaks: the player stops where it is, until what they say is known.

    `audio_resumed` follows where it was nothing that interrupts, else `interrupted`.
    """

    type: Literal["audio_paused"] = "audio_paused"
    turn: int


class AudioResumed(_Told):
    """The player goes on where it was paused."""

    type: Literal["audio_resumed"] = "audio_resumed"
    turn: int


class Interrupted(_Told):
    """The turn's audio was cut off: what is not played yet is to be dropped."""

    type: Literal["interrupted"] = "interrupted"
    turn: int


class TurnEnded(_Told):
    """The turn is over."""

    type: Literal["turn_ended"] = "turn_ended"
    turn: int
    timings_ms: dict[str, float]
    """Counted from the end of the speech (or the typed text's arrival): `endpoint` utterance
    seen to be over, `stt` text known, `respond` first piece of the answer, `first_audio` first
    audio sent, `total` everything sent. A step that did not happen is left out."""


class Error(_Told):
    """Something failed. The connection stays open unless `fatal`."""

    type: Literal["error"] = "error"
    kind: VoiceErrorKind
    message: str
    """One sentence for the person."""
    next_step: str
    """What to do next."""
    fatal: bool = False
    retry_after_s: float | None = None
    """With `busy`: when there is room again, as far as can be told."""


ServerEvent = Annotated[
    Ready
    | HeardUpTo
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
