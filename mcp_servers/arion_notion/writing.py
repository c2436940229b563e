"""Plain values as property values for Notion, by the schema of the data source."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from urllib.parse import unquote

from pydantic import JsonValue

from arion_kit.errors import BadInput
from arion_notion.dates import read_date
from arion_notion.lookups import Lookups
from arion_notion.schema import DONE_WORDS, READ_ONLY, Property, Schema, fold
from arion_notion.wire import RawValue

LONGEST_TEXT = 2_000
"""Characters of one piece of rich text (developers.notion.com/reference/request-limits)."""

MOST_ITEMS = 100
"""Items of one list."""

_YES = frozenset({"true", "yes", "y", "o", "1", "예", "네", "응", "on", "checked"}) | DONE_WORDS
_NO = frozenset(
    {"false", "no", "n", "x", "0", "아니오", "아니요", "아니", "off", "미완료", "unchecked"}
)

_WEB = re.compile(r"https?://(?P<host>[^/?#\s]+)(?:[^?#\s]*/)?(?P<name>[^/?#\s]*)\S*")

_EMPTY: Mapping[str, JsonValue] = {
    "title": [],
    "rich_text": [],
    "multi_select": [],
    "people": [],
    "relation": [],
    "files": [],
    "checkbox": False,
}


class Writer:
    """Turns what people write into what Notion takes."""

    def __init__(self, schema: Schema, lookups: Lookups, now: datetime) -> None:
        self._schema = schema
        self._lookups = lookups
        self._now = now
        self._writers: Mapping[str, Callable[[Property, JsonValue, str], Awaitable[JsonValue]]] = {
            "people": self._people,
            "relation": self._relation,
        }

    async def properties(self, given: Mapping[str, JsonValue]) -> dict[str, RawValue]:
        """Property objects by the name of the property.

        Raises:
            BadInput: A name or a value does not fit; says what there is.
        """
        written: dict[str, RawValue] = {}
        for name, value in given.items():
            prop = self._schema.find(name, "properties")
            written[prop.name] = await self.value(prop, value)
        return written

    async def value(self, prop: Property, value: JsonValue) -> RawValue:
        """One property object.

        Raises:
            BadInput: The value does not fit.
        """
        where = f"properties.{prop.name}"
        if prop.type in READ_ONLY:
            raise BadInput(where, f"is filled in by Notion ({prop.type})")
        if isinstance(value, dict) and prop.type in value:
            return {prop.type: value[prop.type]}
        if value is None or value == "" or value == []:
            return {prop.type: _EMPTY.get(prop.type)}
        write = self._writers.get(prop.type)
        if write:
            return {prop.type: await write(prop, value, where)}
        if prop.type == "date":
            period = read_date(value, self._now, where)
            return {"date": {"start": period["start"], "end": period["end"]}}
        plain = _PLAIN.get(prop.type)
        if plain is None:
            raise BadInput(where, f"cannot be written here ({prop.type})")
        return {prop.type: plain(prop, value, where)}

    async def _people(self, _: Property, value: JsonValue, where: str) -> JsonValue:
        texts = listed(value, where)
        return [{"id": await self._lookups.person(text, where)} for text in texts]

    async def _relation(self, prop: Property, value: JsonValue, where: str) -> JsonValue:
        texts = listed(value, where)
        return [{"id": await self._lookups.related_page(prop, it, where)} for it in texts]


def rich_text(text: str, where: str) -> list[JsonValue]:
    """Text as rich text, in pieces that Notion takes.

    Raises:
        BadInput: It is too long.
    """
    # Notion counts UTF-16 units, of which an emoji has two.
    size = LONGEST_TEXT if text.isascii() or max(text) < "\U00010000" else LONGEST_TEXT // 2
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    if len(pieces) > MOST_ITEMS:
        raise BadInput(where, f"must have at most {size * MOST_ITEMS} characters")
    return [{"type": "text", "text": {"content": piece}} for piece in pieces]


def listed(value: JsonValue, where: str) -> list[str]:
    """One text, several with commas, or a list, as a list of texts.

    Raises:
        BadInput: It is none of these, or too long.
    """
    if isinstance(value, str):
        texts = [part.strip() for part in value.split(",") if part.strip()]
    elif isinstance(value, list):
        texts = [as_text(item, where) for item in value]
    else:
        texts = [as_text(value, where)]
    if len(texts) > MOST_ITEMS:
        raise BadInput(where, f"must have at most {MOST_ITEMS} items")
    return texts


def as_text(value: JsonValue, where: str) -> str:
    """A text, or a number as text.

    Raises:
        BadInput: It is neither.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadInput(where, "must be text")
    return str(value)


def as_number(value: JsonValue, where: str) -> int | float:
    """A number, also one that is written with commas or a unit behind it.

    Raises:
        BadInput: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadInput(where, "must be a number")
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*\D{0,4}", value.strip())
    if not found:
        raise BadInput(where, f"{value!r} is no number")
    bare = found[1].replace(",", "")
    return float(bare) if "." in bare else int(bare)


def as_bool(value: JsonValue, where: str) -> bool:
    """Yes or no, also in words.

    Raises:
        BadInput: It is neither.
    """
    if isinstance(value, bool):
        return value
    word = fold(str(value))
    if word in _YES or word in _NO:
        return word in _YES
    raise BadInput(where, "must be true or false")


def as_option(prop: Property, value: JsonValue, where: str) -> str:
    """The choice that is meant.

    Raises:
        BadInput: There is none such.
    """
    if isinstance(value, bool) and prop.stages:
        value = prop.stages[-1 if value else 0]
    text = as_text(value, where)
    found = prop.choice(text)
    if found is None:
        choices = ", ".join(prop.option_names) or "none yet"
        raise BadInput(where, f"'{text}' is no choice; there are {choices}")
    return found


def _text(_: Property, value: JsonValue, where: str) -> JsonValue:
    return rich_text(as_text(value, where), where)


def _option(prop: Property, value: JsonValue, where: str) -> JsonValue:
    return {"name": as_option(prop, value, where)}


def _options(prop: Property, value: JsonValue, where: str) -> JsonValue:
    if isinstance(value, str) and prop.choice(value):
        value = [value]
    return [{"name": as_option(prop, text, where)} for text in listed(value, where)]


def _files(_: Property, value: JsonValue, where: str) -> JsonValue:
    files: list[JsonValue] = []
    for address in listed(value, where):
        found = _WEB.fullmatch(address)
        if found is None:
            raise BadInput(where, f"{address!r} is no web address")
        name = unquote(found["name"] or found["host"])
        files.append({"type": "external", "name": name[:100], "external": {"url": address}})
    return files


_PLAIN: Mapping[str, Callable[[Property, JsonValue, str], JsonValue]] = {
    "title": _text,
    "rich_text": _text,
    "number": lambda _, value, where: as_number(value, where),
    "checkbox": lambda _, value, where: as_bool(value, where),
    "select": _option,
    "status": _option,
    "multi_select": _options,
    "url": lambda _, value, where: as_text(value, where),
    "email": lambda _, value, where: as_text(value, where),
    "phone_number": lambda _, value, where: as_text(value, where),
    "files": _files,
}
