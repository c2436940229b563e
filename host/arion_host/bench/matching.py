"""Whether a call that was made is the call that is right: pure, over canonical values.

The rules are those of `utterances/README.md`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

from pydantic import JsonValue

from arion_host.bench.items import GoldCall
from arion_host.bench.playing import MadeCall
from arion_host.bench.things import Things, reference

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d))?")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")
_ONE_OR_MORE: Mapping[str, tuple[str, ...]] = {
    "message_ids": ("message_id", "thread_id", "query"),
    "message_id": ("message_ids", "query"),
    "thread_id": ("message_id", "query"),
}
"""Parameters that may say the same thing."""
_LIST_ADD = "list_add"

Values = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Facts:
    """What references in the right calls mean in this conversation."""

    things: Things = field(default_factory=Things)
    made: frozenset[str] = frozenset()
    """Everything in the result of the last write before the utterance."""
    shown: tuple[frozenset[str], ...] = ()
    """Everything in each row of the last list before it."""

    def names_of(self, ref: Values) -> frozenset[str]:
        """What a reference may be called."""
        if "made" in ref:
            return self.made
        if "shown" in ref:
            number = int(cast("int", ref["shown"]))
            return self.shown[number - 1] if 0 < number <= len(self.shown) else frozenset()
        return self.things.names_of(reference(ref))


def matched(
    wanted: Sequence[GoldCall], made: Sequence[MadeCall], facts: Facts
) -> frozenset[int] | None:
    """Which of the made calls are the wanted ones, by their places; None where one is missing."""
    used: set[int] = set()
    for gold in wanted:
        fitting = _fitting(gold, made, facts, used)
        if not fitting:
            return None
        used |= fitting
    return frozenset(used)


def _fitting(gold: GoldCall, made: Sequence[MadeCall], facts: Facts, used: set[int]) -> set[int]:
    if gold.tool == _LIST_ADD:
        return _fitting_items(gold, made, facts)
    for number, call in enumerate(made):
        if number not in used and is_same(gold, call, facts):
            return {number}
    return _replaced(gold, made, facts)


def _fitting_items(gold: GoldCall, made: Sequence[MadeCall], facts: Facts) -> set[int]:
    """Things for the list may come in one call or in several."""
    calls = {at: call for at, call in enumerate(made) if call.tool.name == _LIST_ADD}
    if not calls:
        return set()
    for at, call in calls.items():
        if is_same(gold, call, facts):
            return {at}
    texts = ", ".join(str(call.arguments.get("text", "")) for call in calls.values())
    first = next(iter(calls.values()))
    together = replace(first, arguments={**first.arguments, "text": texts})
    return set(calls) if is_same(gold, together, facts) else set()


def _replaced(gold: GoldCall, made: Sequence[MadeCall], facts: Facts) -> set[int]:
    """A change of what was just made may as well be: it is taken back and made anew."""
    if not any(_names_made(value) for value in gold.arguments.values()):
        return set()
    changes = {n: v for n, v in gold.arguments.items() if not _names_made(v)}
    for back, undone in enumerate(made):
        if not undone.changed or not facts.made & set(leaves(undone.arguments)):
            continue
        for again, call in enumerate(made):
            anew = _with_tool(gold, call, changes)
            if again != back and call.changed and is_same(anew, call, facts):
                return {back, again}
    return set()


def _with_tool(gold: GoldCall, call: MadeCall, arguments: dict[str, JsonValue]) -> GoldCall:
    """The wanted values, on the tool of another call."""
    return gold.model_copy(update={"tool": call.tool.name, "arguments": arguments})


def _names_made(value: JsonValue) -> bool:
    ref = value.get("ref") if isinstance(value, dict) else None
    return isinstance(ref, dict) and "made" in ref


def is_same(gold: GoldCall, made: MadeCall, facts: Facts) -> bool:
    """Whether the tool is the same, and every argument that matters."""
    return (gold.server, gold.tool) == (made.tool.server, made.tool.name) and all(
        _fits_argument(name, wanted, made, facts) for name, wanted in gold.arguments.items()
    )


def _fits_argument(name: str, wanted: JsonValue, made: MadeCall, facts: Facts) -> bool:
    given = list(_given(name, made))
    if any(fits(wanted, value, facts) for value in given):
        return True
    if _refers(wanted):
        # A search, or a thread, that led to just that thing.
        other = [made.arguments[it] for it in _ONE_OR_MORE.get(name, ()) if it in made.arguments]
        return bool(given or other) and any(
            fits(wanted, value, facts) for value in (*other, *leaves(made.result))
        )
    return False


def _given(name: str, made: MadeCall) -> Iterator[JsonValue]:
    """The values of an argument: as it was given, by default, and as the server understood it."""
    if name in made.arguments:
        yield made.arguments[name]
    else:
        properties = made.tool.input_schema.get("properties")
        schema = properties.get(name) if isinstance(properties, dict) else None
        if isinstance(schema, dict) and "default" in schema:
            yield schema["default"]
    if name == "end" and "duration_min" in made.arguments:
        yield from _end(made.arguments)
    for row in (made.result, *(v for v in made.result.values() if isinstance(v, dict))):
        if name in row:
            yield row[name]


def _end(arguments: Values) -> Iterator[str]:
    start, minutes = arguments.get("start"), arguments["duration_min"]
    if isinstance(start, str) and "T" in start and isinstance(minutes, int | float):
        yield (datetime.fromisoformat(start) + timedelta(minutes=minutes)).isoformat()


def _refers(wanted: JsonValue) -> bool:
    if isinstance(wanted, list):
        return any(_refers(it) for it in wanted)
    return isinstance(wanted, dict) and "ref" in wanted


def fits(wanted: JsonValue, value: JsonValue, facts: Facts) -> bool:
    """Whether a value is what is wanted of it."""
    if isinstance(wanted, list):
        values = value if isinstance(value, list) else [value]
        return len(values) == len(wanted) and all(
            any(fits(one, it, facts) for it in values) for one in wanted
        )
    if isinstance(wanted, dict):
        return _fits_pattern(wanted, value, facts)
    return canonical(wanted) == canonical(value)


def _fits_pattern(wanted: Values, value: JsonValue, facts: Facts) -> bool:
    match wanted:
        case {"any": list(options)}:
            return any(fits(one, value, facts) for one in options)
        case {"has": list(words)}:
            return _has(words, value)
        case {"ignore": True}:
            return True
        case {"ref": dict(ref)}:
            return _is_thing(facts.names_of(ref), value)
        case _:
            return canonical(dict(wanted)) == canonical(value)


def _has(words: Iterable[JsonValue], value: JsonValue) -> bool:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    letters = _letters(text)
    return all(
        any(_letters(str(one)) in letters for one in (word if isinstance(word, list) else [word]))
        for word in words
    )


def _letters(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _is_thing(names: frozenset[str], value: JsonValue) -> bool:
    """Whether a value is an id, a name or an address of the thing, alone or as `Name <address>`."""
    known = {_plain(name) for name in names}
    for leaf in leaves(value):
        text = _plain(leaf)
        address = text.rpartition("<")[2].rstrip(">")
        if text in known or address in known:
            return True
    return False


def canonical(value: JsonValue) -> JsonValue:
    """A value so that equal ones are equal.

    Text is without case, spaces and width, numbers count by value, times as moments, and lists in
    any order.
    """
    if value is None:
        return value
    if isinstance(value, bool):
        # To Python, true is 1.
        return str(value).casefold()
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        return _canonical_text(value)
    if isinstance(value, list):
        return cast("JsonValue", sorted((canonical(it) for it in value), key=repr))
    return {name: canonical(value[name]) for name in sorted(value)}


def _canonical_text(text: str) -> JsonValue:
    if _TIME.fullmatch(text):
        if "T" not in text:
            return text
        return f"@{datetime.fromisoformat(text).timestamp()}"
    plain = _plain(text)
    return float(plain) if re.fullmatch(r"\d{1,15}(\.\d+)?", plain) else plain


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def leaves(value: JsonValue | Values) -> Iterator[str]:
    """Every text and number within, as text."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
