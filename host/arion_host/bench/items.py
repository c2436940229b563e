"""The utterances that understanding is measured with, as `utterances/README.md` describes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from arion_host.errors import RequestRefused
from arion_host.language.detect import detect_language
from arion_kit.words import ErrorKind, Language

_OWN = (
    "ko.jsonl",
    "en.jsonl",
    "tuning_ko.jsonl",
    "tuning_en.jsonl",
    "tuning_ko2.jsonl",
    "tuning_en2.jsonl",
)
_NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")

_TURN = TypeAdapter(dict[str, object])

Part = Literal["tuning", "test"]
Wanted = Literal["calls", "ask", "refuse"]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class GoldCall(_Line):
    """A call that is right; `arguments` are those that matter."""

    server: str
    tool: str
    arguments: dict[str, JsonValue] = {}


class Gold(_Line):
    """What is right to do."""

    calls: tuple[GoldCall, ...] = ()
    others: tuple[tuple[GoldCall, ...], ...] = Field(default=(), alias="or")
    """Further sets of calls that are as right."""
    confirm: bool = False
    """A question before the write is right."""
    ask: str | tuple[str, ...] | None = None
    """What is missing; any of several."""
    refuse: str | None = None

    @property
    def wanted(self) -> Wanted:
        """What kind of turn is right."""
        return "refuse" if self.refuse else "ask" if self.ask else "calls"

    @property
    def sets(self) -> tuple[tuple[GoldCall, ...], ...]:
        """Each right set of calls; none where nothing is to be done."""
        return (self.calls, *self.others) if self.calls else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What may be asked for."""
        return (self.ask,) if isinstance(self.ask, str) else self.ask or ()


class Item(_Line):
    """One utterance and what it means. Fields that are not known here are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    part: Part = "test"
    language: Language
    utterance: str
    history: tuple[str, ...] = ()
    state: tuple[GoldCall, ...] = ()
    """Calls that bring the accounts into the state in which it is said."""
    now: AwareDatetime = _NOW
    gold: Gold
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, line: object) -> object:
        """Write out what another set may leave out or put more shortly."""
        if not isinstance(line, dict):
            return line
        fields = cast("dict[str, object]", line)
        fields.setdefault("utterance", fields.get("text"))
        if isinstance(said := fields["utterance"], str):
            fields.setdefault("language", detect_language(said))
        before = fields.get("history")
        if isinstance(before, list):
            turns = cast("list[object]", before)
            fields["history"] = [_words_of(turn) for turn in turns if not _is_answer(turn)]
        fields["gold"] = _gold_in_full(fields.get("gold"))
        return fields

    @property
    def kind(self) -> str:
        """How it is said: in one go, after something else, or as several things at once."""
        if self.gold.wanted != "calls":
            return self.gold.wanted
        if self.history:
            return "follow_up"
        return "compound" if len(self.gold.calls) > 1 else "single"

    @cached_property
    def subject(self) -> str:
        """The middle of the id: `cal` of `ko-cal-001`."""
        return self.id.split("-")[1] if self.id.count("-") > 1 else self.id


def _words_of(turn: object) -> object:
    """What was said, of a turn that is an object: `{"role": "user", "content": …}`."""
    said = _TURN.validate_python(turn) if isinstance(turn, dict) else {"text": turn}
    return next((said[it] for it in ("utterance", "text", "content") if it in said), None)


def _is_answer(turn: object) -> bool:
    return isinstance(turn, dict) and cast("dict[str, object]", turn).get("role") == "assistant"


def _gold_in_full(gold: object) -> object:
    """`{"calls": …}` of a list of calls or of one, `{"refuse": …}` of a plain true."""
    if isinstance(gold, list):
        return {"calls": cast("list[object]", gold)}
    if not isinstance(gold, dict):
        return gold
    fields = cast("dict[str, object]", gold)
    if "tool" in fields:
        return {"calls": [fields]}
    if fields.get("refuse") is True:
        return {**fields, "refuse": "no_tool"}
    return fields


def chosen_items(path: Path | None, part: Part | Literal["all"]) -> list[Item]:
    """The items of one part of a set; without a file, of Arion's own.

    Raises:
        RequestRefused: the set cannot be read, or holds nothing of that part.
    """
    items = own_items() if path is None else read_items(path)
    chosen = [item for item in items if part in ("all", item.part)]
    if not chosen:
        raise RequestRefused(ErrorKind.BAD_INPUT, f"The set has no items of the part {part}.")
    return chosen


def own_items() -> list[Item]:
    """The set that comes with Arion."""
    folder = files("arion_host.bench") / "utterances"
    return [item for name in _OWN for item in _items(name, (folder / name).read_text("utf-8"))]


def read_items(path: Path) -> list[Item]:
    """Another set of the same form.

    Raises:
        RequestRefused: the file cannot be read or a line is not of that form.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestRefused(
            ErrorKind.BAD_INPUT, f"{path} cannot be read: {error}.", next_step="Give another file."
        ) from error
    return list(_items(str(path), text))


def _items(name: str, text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield Item.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise RequestRefused(
                ErrorKind.BAD_INPUT,
                f"Line {number} of {name} is no item: {where}: {first['msg']}.",
                next_step="The form is described in arion_host/bench/utterances/README.md.",
            ) from error
