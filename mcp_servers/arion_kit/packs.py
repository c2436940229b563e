"""Loads a server's language pack and holds it against the server's tools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import yaml
from pydantic import JsonValue, ValidationError

from arion_kit.errors import SpecError
from arion_kit.signatures import Signature
from arion_kit.speech import Particle
from arion_kit.words import Intent, Language, LanguagePack, ReferenceSlot, Rendering, Slot

# The pure Python loader takes 40 ms for a large pack, libyaml's 6 ms; not every wheel has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_RENDERED = re.compile(r"('?)(?P<name>\w+)\1(?::(?:-|#.+|(?P<particle>\w+)))?")
_RULE = re.compile(r"<([^<>]+)>")
_RENDERINGS = "renderings.yaml"
"""File beside a pack that may hold its `things`, `renderings`, `labels` and `values`."""
_FRAMES = "frames.yaml"
"""File beside a pack that may hold more of its `intents`, `slots` and `rules`."""
_FIELDS: Mapping[str, frozenset[str]] = {
    "time": frozenset(
        {
            "start",
            "end",
            "start_date",
            "end_date",
            "at",
            "until",
            "to",
            "to_spoken",
            "spoken",
            "recurrence",
        }
    ),
    "choice": frozenset({"label"}),
    "number": frozenset({"label"}),
    "money": frozenset({"least", "most"}),
}
"""Fields of a slot by its type; a reference has those of the row it found."""


def load_pack(path: Path, tools: Mapping[str, Signature], reading: frozenset[str]) -> LanguagePack:
    """Reads the pack at `path`.

    Args:
        path: A YAML file. A `renderings.yaml` beside it holds more of its fields, a
            `frames.yaml` more intents, slots and rules.
        tools: Every tool of the server by name.
        reading: Names of those that only read.

    Raises:
        SpecError: The file cannot be read, or names a tool, parameter, slot or field that does
            not exist.
    """
    pack = _read(path)
    beside = path.with_name(_RENDERINGS)
    if beside.exists():
        more = _read(beside)
        fields = {name: getattr(more, name) for name in more.model_fields_set}
        pack = pack.model_copy(update=fields)
    if (beside := path.with_name(_FRAMES)).exists():
        pack = _joined(pack, _read(beside), beside)
    complaint = next(_complaints(pack, tools, reading), None)
    if complaint:
        raise SpecError(f"{path}: {complaint}.")
    return pack


def served_part(pack: LanguagePack, served: frozenset[str]) -> LanguagePack:
    """The pack without the intents and renderings that need a tool outside of `served`."""

    def needed(intent: Intent) -> set[str]:
        slots = (pack.slots[name] for name in _slots_of(intent, pack.rules))
        return {intent.tool, *(slot.tool for slot in slots if isinstance(slot, ReferenceSlot))}

    intents = tuple(intent for intent in pack.intents if needed(intent) <= served)
    used = {name for intent in intents for name in _slots_of(intent, pack.rules)}
    slots = {name: slot for name, slot in pack.slots.items() if name in used}
    renderings = {name: it for name, it in pack.renderings.items() if name in served}
    return pack.model_copy(update={"intents": intents, "slots": slots, "renderings": renderings})


def _read(path: Path) -> LanguagePack:
    try:
        content = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506 - either one is safe
        return LanguagePack.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SpecError(f"{path}: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SpecError(f"{path}: {where}: {first['msg']}.") from None


def _joined(pack: LanguagePack, more: LanguagePack, path: Path) -> LanguagePack:
    for what, ours, theirs in (("slot", pack.slots, more.slots), ("rule", pack.rules, more.rules)):
        for name in sorted(ours.keys() & theirs.keys()):
            raise SpecError(f"{path}: {what} {name} is in the other file, too.")
    return pack.model_copy(
        update={
            "slots": {**pack.slots, **more.slots},
            "rules": {**pack.rules, **more.rules},
            "intents": (*pack.intents, *more.intents),
        }
    )


def _complaints(
    pack: LanguagePack, tools: Mapping[str, Signature], reading: frozenset[str]
) -> Iterator[str]:
    for name, slot in pack.slots.items():
        if isinstance(slot, ReferenceSlot):
            where = f"slot {name}"
            if slot.tool in tools and slot.tool not in reading:
                yield f"{where}: {slot.tool} writes; a reference is found by reading"
            yield from _call_complaints(where, slot.tool, slot.arguments, tools)
            yield from _row_complaints(where, slot, tools)
    names = [intent.name for intent in pack.intents]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"intent {name} appears twice"
    for intent in pack.intents:
        where = f"intent {intent.name}"
        yield from _call_complaints(where, intent.tool, intent.arguments, tools)
        yield from _slot_complaints(where, intent, pack, tools)
    for tool, rendering in pack.renderings.items():
        if tool not in tools:
            yield f"rendering: there is no tool {tool}"
        else:
            yield from _rendering_complaints(tool, rendering, tools[tool])
    yield from _word_complaints(pack, tools)


def _rendering_complaints(tool: str, rendering: Rendering, signature: Signature) -> Iterator[str]:
    where = f"rendering {tool}"
    yield from _missing_languages(f"{where}, title", rendering.title)
    if rendering.sentence:
        yield from _missing_languages(f"{where}, sentence", rendering.sentence)
    places = [
        _RENDERED.fullmatch(found) or found
        for sentences in rendering.sentence.values()
        for text in sentences
        for found in _PLACEHOLDER.findall(text)
    ]
    parameters = signature.input_schema.get("properties", {})
    for place in places:
        if isinstance(place, str):
            yield f"{where}: {{{place}}} is no place for a value"
        elif place["particle"] and place["particle"] not in get_args(Particle):
            yield f"{where}: there is no particle {place['particle']}"
    named = [place["name"] for place in places if not isinstance(place, str)]
    for name in (*named, *rendering.said):
        if name not in parameters:
            yield f"{where}: there is no parameter {name}"


def _word_complaints(pack: LanguagePack, tools: Mapping[str, Signature]) -> Iterator[str]:
    """Of the words for parameters and their values."""
    parameters = {name for it in tools.values() for name in it.input_schema.get("properties", {})}
    for name in sorted({*pack.labels, *pack.values} - parameters):
        yield f"labels and values: no tool has a parameter {name}"
    for name, words in pack.labels.items():
        yield from _missing_languages(f"label {name}", words)
    for name, values in pack.values.items():
        for value, words in values.items():
            yield from _missing_languages(f"value {name} {value}", words)


def _missing_languages(where: str, words: Mapping[Language, object]) -> Iterator[str]:
    for language in get_args(Language):
        if not words.get(language):
            yield f"{where}: nothing in {language}"


def _call_complaints(
    where: str, tool: str, arguments: Mapping[str, JsonValue], tools: Mapping[str, Signature]
) -> Iterator[str]:
    if tool not in tools:
        yield f"{where}: there is no tool {tool}"
        return
    schema = tools[tool].input_schema
    for parameter in arguments:
        if parameter not in schema.get("properties", {}):
            yield f"{where}: {tool} has no parameter {parameter}"
    for parameter in schema.get("required", []):
        if parameter not in arguments:
            yield f"{where}: {tool} needs {parameter}"


def _row_complaints(
    where: str, slot: ReferenceSlot, tools: Mapping[str, Signature]
) -> Iterator[str]:
    if slot.tool not in tools:
        return
    fields = _row_fields(slot, tools)
    if not fields:
        yield f"{where}: {slot.tool} gives no list of rows {slot.items}"
    for name in (slot.value, slot.label, *slot.issued):
        if fields and name not in fields:
            yield f"{where}: the rows of {slot.tool} have no field {name}"


def _row_fields(slot: ReferenceSlot, tools: Mapping[str, Signature]) -> frozenset[str]:
    if slot.tool not in tools:
        return frozenset()
    rows = tools[slot.tool].output_schema["properties"].get(slot.items, {}).get("items", {})
    return frozenset(rows.get("properties", {}))


def _slot_complaints(
    where: str, intent: Intent, pack: LanguagePack, tools: Mapping[str, Signature]
) -> Iterator[str]:
    for rule in sorted(_rules_of(intent, pack.rules) - pack.rules.keys()):
        yield f"{where}: there is no rule {rule}"
    for name in sorted(_slots_of(intent, pack.rules) - pack.slots.keys()):
        yield f"{where}: there is no slot {name}"
    needed = {
        name.partition(":")[0] for it in intent.frames.values() for f in it for name in f.needs
    }
    asked = {name.partition(":")[0] for name in intent.asks}
    for name in sorted((needed | asked) - _slots_of(intent, pack.rules)):
        yield f"{where}: asks for {name}, which is no slot of it"
    for name, field in _filled_in(intent):
        if field and name in pack.slots and field not in _fields(pack.slots[name], tools):
            yield f"{where}: slot {name} has no field {field}"


def _fields(slot: Slot, tools: Mapping[str, Signature]) -> frozenset[str]:
    if not isinstance(slot, ReferenceSlot):
        return _FIELDS.get(slot.type, frozenset())
    return frozenset({"label", *_row_fields(slot, tools)})


def _slots_of(intent: Intent, rules: Mapping[str, str]) -> set[str]:
    """Names of the slots that the intent says or fills in."""
    texts = [*_sentences(intent), *(rules.get(name, "") for name in _rules_of(intent, rules))]
    # hassil writes {list} or {list:slot}.
    said = {found.split(":")[-1] for text in texts for found in _PLACEHOLDER.findall(text)}
    return said | {slot for slot, _ in _filled_in(intent)}


def _rules_of(intent: Intent, rules: Mapping[str, str]) -> set[str]:
    """Names of the rules that the intent's sentences use, also through other rules."""
    found: set[str] = set()
    new = {name for text in _sentences(intent) for name in _RULE.findall(text)}
    while new:
        found |= new
        new = {name for rule in new for name in _RULE.findall(rules.get(rule, ""))} - found
    return found


def _sentences(intent: Intent) -> Iterator[str]:
    for texts in intent.sentences.values():
        yield from texts
    for frames in intent.frames.values():
        for frame in frames:
            yield from (*frame.act, *frame.about, *frame.parts)


def _filled_in(intent: Intent) -> Iterator[tuple[str, str]]:
    """Slot and field of every `{slot.field}` in the arguments and the question before."""
    for text in (*_texts(intent.arguments), *intent.readback.values()):
        for found in _PLACEHOLDER.findall(text):
            slot, _, field = found.partition(".")
            yield slot, field


def _texts(value: JsonValue | Mapping[str, JsonValue]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
