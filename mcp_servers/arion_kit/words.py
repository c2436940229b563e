"""The words that a tool server and a host share on the wire.

The one module of the kit that a host may import: error kinds, effect classes, the `_meta` keys
that carry them, and the language resource (`arion://language`) from which a host learns how
people ask for the tools of a server.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

Language = Literal["ko", "en"]
"""The languages Arion speaks, as BCP 47 primary tags."""

LANGUAGE_URI = "arion://language"
"""Resource that holds a server's `LanguagePack` as JSON."""

META_EFFECT = "dev.arion/effect"
"""Key in a tool's `_meta`: its `Effect`. Present on every tool that writes."""

META_LANGUAGE = "dev.arion/language"
"""Key in a request's `_meta`: the language `say` should be in."""

META_TIMEZONE = "dev.arion/timezone"
"""Key in a request's `_meta`: the person's IANA time zone."""

META_KEY = "dev.arion/key"
"""Key in a request's `_meta`: the id of this write, so that a repeated request is known as one."""

META_MAX_CHARS = "dev.arion/max_chars"
"""Key in a request's `_meta`: how many characters of result the client has room for."""

META_UNTRUSTED = "dev.arion/untrusted"
"""Key in a result's `_meta`: it holds text that others than the person wrote."""

TOOLSETS_HEADER = "X-MCP-Toolsets"
"""HTTP header of `tools/list`: which toolsets to list, `all` or names with commas."""

META_NOW = "dev.arion/now"
"""Key in a request's `_meta`: the moment to count as now (RFC 3339), if not the clock's."""


CONFIRM_TOKEN = "confirm_token"  # noqa: S105 - the name of a field
"""Field of a result that only asks, and parameter of the call that agrees."""


class Frozen(BaseModel):
    """Immutable and closed: an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorKind(StrEnum):
    """What went wrong, for machines. People get the message beside it."""

    BAD_INPUT = "bad_input"
    NOT_SIGNED_IN = "not_signed_in"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    BAD_RESPONSE = "bad_response"
    DECLINED = "declined"
    """The person was asked and did not want it."""
    INTERNAL = "internal"


class Failure(Frozen):
    """Why a tool call failed; `structuredContent` of the error result, under `error`."""

    kind: ErrorKind
    message: str
    """One sentence for the person, in their language where the server knows it."""
    next_step: str | None = None
    """What to do next, as a sentence."""
    retry_after_s: float | None = None
    """Seconds to wait before the same call may succeed."""
    may_have_happened: bool = False
    """The call was to change something, and nobody knows whether it did."""


class EffectClass(StrEnum):
    """What protects a write from happening twice."""

    KEYED = "keyed"
    """The upstream takes our id, so a retry meets the same object."""
    PROBE = "probe"
    """After a crash, look upstream for our marker and retry only if it is absent."""
    ASK = "ask"
    """Neither is possible: a person has to say whether it happened."""


class Inverse(Frozen):
    """The call that takes a write back.

    `arguments` maps each parameter of `tool` to a path into the finished call:
    `arguments.calendar_id` or `result.event.id`.
    """

    tool: str
    arguments: dict[str, str]


class Effect(Frozen):
    """How a writing tool behaves when it is retried or taken back."""

    effect_class: EffectClass
    key_parameter: str | None = None
    """The parameter that takes the action id, where it is one; else it goes in `_meta`."""
    inverse: Inverse | None = None
    """None when the write cannot be undone."""
    outward: bool = True
    """Of a write in an open world: the server does not always ask before others see of it."""
    previews: bool = False
    """A call without a confirm token changes nothing: it shows what would happen and asks, or
    finds that there is nothing to do."""


class TimeSlot(Frozen):
    """A time expression.

    It fills `start`, `end` (RFC 3339 with offset, the end exclusive), `start_date`, `end_date`
    (the same as dates), `at` (a date when only days were named, the usual hour for a part of a
    day, else the start), `until` (as `at`, only when an end was named), `to` (as `at`, but
    `15:00` where no day was named), `recurrence` (RFC 5545, `FREQ=WEEKLY;BYDAY=MO`, only of a
    series; the other fields are then its first time), `spoken` and `to_spoken`.
    """

    type: Literal["time"] = "time"
    past: bool = False
    """A date without a year is the latest that has been, not the next to come."""
    grains: tuple[str, ...] = ()
    """How exactly it has to be named (`minute`, `hour`, `part`, `day`, `weekend`, `week`, `month`,
    `year`); nothing, however. Frames alone look at it."""
    aside: bool = False
    """It is said and not meant ("five, not four"), so no argument takes it."""


class TextSlot(Frozen):
    """Free words, taken as they were said."""

    type: Literal["text"] = "text"
    sentence: bool = False
    """It takes whole sentences, as a message does: a verb or a time in them is part of it."""
    points: str = ""
    """Field of a row of this server that words such as "that one" mean, if that was shown or made
    before; nothing, where such words are taken as they are."""
    holds: dict[Language, tuple[str, ...]] = {}
    """Words of which one has to be among its own. Frames alone look at it, as at `lacks`."""
    lacks: dict[Language, tuple[str, ...]] = {}
    """Words of which none may be among its own; `=집` is what they may not be as a whole, and
    `짜리$` how Korean ones may not end."""
    begins: dict[Language, tuple[str, ...]] = {}
    """What its first word has to be one of, where nothing before it tells that it begins."""
    ends: dict[Language, tuple[str, ...]] = {}
    """What its words have to end in, where the next letters are no word of their own: 늦는다고."""


class NumberSlot(Frozen):
    """A whole number, in digits or as a number word."""

    type: Literal["number"] = "number"
    minimum: int = 1
    maximum: int = 100
    minutes: bool = False
    """It is a length of time ("half an hour", 한 시간 반) and fills its minutes, of which there may
    be more than the maximum. Frames alone read it."""
    which: bool = False
    """It tells which one ("number twelve", 십이 번), not how many: 한 번 is none, and alone it is
    said in digits. Frames alone look at it."""


class MoneySlot(Frozen):
    """What something may cost, in won: "오만 원 이하", "between forty and eighty thousand won".

    It fills `least` and `most`, of which one may be open. Frames alone read it.
    """

    type: Literal["money"] = "money"


class ChoiceSlot(Frozen):
    """One of a few values, each with the words people use for it."""

    type: Literal["choice"] = "choice"
    values: dict[str, dict[Language, tuple[str, ...]]]


class ReferenceSlot(Frozen):
    """Words that name something the person already has, found with a reading tool.

    The host calls `tool` with `arguments` (`{text}` stands for the words) and takes `value` of
    the one row under `items`. No row: the person is told. Several: the person is asked.
    """

    type: Literal["reference"] = "reference"
    tool: str
    arguments: dict[str, JsonValue]
    items: str
    """Field of the tool's structured content that holds the rows."""
    value: str
    """Field of a row that fills `{slot}`."""
    label: str
    """Field of a row that a person would recognise it by; fills `{slot.label}`."""
    pick: Literal["only", "first"] = "only"
    issued: tuple[str, ...] = ()
    """Fields of a row that the service made itself, such as an id: no text that others wrote."""
    words: dict[Language, tuple[str, ...]] = {}
    """Said with exactly one of these ("일정"), where something else tells which; else freely."""
    holds: dict[Language, tuple[str, ...]] = {}
    """As of free words."""
    lacks: dict[Language, tuple[str, ...]] = {}
    shown: bool = False
    """Its words only point at what was shown before ("그", "the second"). Frames alone look at
    it."""


Slot = Annotated[
    TimeSlot | TextSlot | NumberSlot | MoneySlot | ChoiceSlot | ReferenceSlot,
    Field(discriminator="type"),
]


def _flat(given: object) -> object:
    """Lists inside of a list spelled out, so that a YAML anchor can stand for several pieces."""
    if not isinstance(given, list | tuple):
        return given
    flat: list[object] = []
    for item in cast("list[object] | tuple[object, ...]", given):
        flat += cast("list[object]", item) if isinstance(item, list) else [item]
    return flat


Templates = Annotated[tuple[str, ...], BeforeValidator(_flat)]


class Frame(Frozen):
    """A way of asking for something whose parts may come in any order.

    Pieces are templates as in `Intent.sentences`, with at most one `{slot}`, which stands outside
    of every bracket but its own: `{person}(한테|에게)`, `about {topic}`, `[{mail}] 메일`. A piece
    that is nothing but the slot of free words takes what is left. In Korean, a piece that ends in
    다 is a verb, and stands for all the ways of asking for it (옮기다: 옮겨줘, 옮길래, 옮기자); one
    that ends in 다? stands for all the ways of asking about it (있다?: 있어, 있나요). Particles
    behind nouns and times, articles and fillers need not be written.
    """

    act: Templates
    """What asks for it: one of these has to be said."""
    about: Templates = ()
    """What it is done to: one of these has to be said as well, where there are any."""
    parts: Templates = ()
    """What else may be said."""
    needs: tuple[str, ...] = ()
    """Slots that are asked for, in this order, where they were not said; `when:hour` is a time
    with an hour."""


class Intent(Frozen):
    """One thing people ask for, and the tool call it becomes.

    Sentences are hassil templates whose `{names}` are slots of the pack. Values of `arguments`
    are literals, or `{slot}` / `{slot.field}`; a parameter whose slot was not said is left out.
    """

    name: str
    tool: str
    arguments: dict[str, JsonValue] = {}
    sentences: dict[Language, tuple[str, ...]] = {}
    frames: dict[Language, tuple[Frame, ...]] = {}
    """For what no sentence fits."""
    asks: dict[str, dict[Language, str]] = {}
    """The question for a slot that a frame needs, by slot: "몇 시로 잡을까요?"."""
    examples: dict[Language, tuple[str, ...]] = {}
    """Whole utterances a person would say: what Arion offers when it did not understand."""
    readback: dict[Language, str] = {}
    """The question asked before a destructive call, with the same `{slot.field}` names."""


class Rendering(Frozen):
    """How a call is said before it is made.

    In a sentence `{parameter}` stands for the argument's value as people say it, and

    - `{'parameter'}` for it in quotation marks;
    - `{parameter:을를}`, `{'parameter':을를}` for it with the Korean particle that fits;
    - `{parameter:#email/emails}`, `{parameter:#통}` for how many values it holds;
    - `{parameter:-}` for nothing: the sentence is for calls with this parameter.

    What the sentence does not say is listed behind it.
    """

    title: dict[Language, str]
    """What the tool does, in a few words: "일정 만들기"."""
    sentence: dict[Language, tuple[str, ...]] = {}
    """Questions: "{start} '{summary}' 일정을 만들까요?". The first whose parameters are all given
    is asked; none, for a call that its title and its arguments say well enough."""
    said: tuple[str, ...] = ()
    """Parameters that take ids: an id says nothing to a person, so it is left out, and the
    sentence that is then asked names the thing in another way. What is no id is said."""


class Things(Frozen):
    """What people call rows of results: "that email", 그 일정."""

    fields: tuple[str, ...]
    """Of a result, under which they stand; or, where the result is itself the row, one it has."""
    names: dict[Language, tuple[str, ...]]
    """The first few are what pointing words are read as; all of them mean such a row."""


class LanguagePack(Frozen):
    """How people ask for the tools of one server, in Korean and English."""

    version: Literal[1] = 1
    name: dict[Language, str] = {}
    """What people call the service, for sentences about it."""
    slots: dict[str, Slot] = {}
    rules: dict[str, str] = {}
    """Pieces of templates by name, used in sentences as `<name>` (hassil's expansion rules)."""
    intents: tuple[Intent, ...] = ()
    things: tuple[Things, ...] = ()
    renderings: dict[str, Rendering] = {}
    """By tool."""
    labels: dict[str, dict[Language, str]] = {}
    """What people call a parameter, by its name."""
    values: dict[str, dict[str, dict[Language, str]]] = {}
    """What people call a value that only the service uses, by parameter and value."""
