"""Property values as plain values: what a person sees in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue

from arion_notion.dates import show_date
from arion_notion.wire import RawValue

Plain = dict[str, JsonValue]
"""Values by the name of their property."""


_MOST_ITEMS = 50


def read_values(properties: Mapping[str, RawValue], titles: Mapping[str, str]) -> Plain:
    """The values of a page by name, empty ones and its title left out.

    Args:
        properties: As Notion sends them.
        titles: Titles of related pages by id, and names of people by id, as far as known; the
            rest stay ids.
    """
    read = {
        name: read_value(raw, titles)
        for name, raw in properties.items()
        if raw.get("type") != "title"
    }
    return {name: value for name, value in read.items() if value not in (None, "", [])}


def read_value(raw: RawValue, titles: Mapping[str, str]) -> JsonValue:
    """One property as text, a number, a yes or no, or a list of texts; None where it is empty."""
    kind = str(raw.get("type") or "")
    value = raw.get(kind)
    read = _READERS.get(kind)
    if value is None or read is None:
        return None if read else value
    return read(value, titles)


def related(properties: Mapping[str, RawValue]) -> Iterator[str]:
    """Ids of the pages that relations of a page lead to."""
    for raw in properties.values():
        items = raw.get("relation") if raw.get("type") == "relation" else None
        yield from _ids(items)


def mentioned(properties: Mapping[str, RawValue]) -> Iterator[str]:
    """Ids of people of whom a page says no more than that."""
    for raw in properties.values():
        kind = str(raw.get("type") or "")
        if kind not in ("people", "created_by", "last_edited_by"):
            continue
        value = raw.get(kind)
        for person in value if isinstance(value, list) else [value]:
            if isinstance(person, dict) and not person.get("name"):
                yield from _ids([person])


def shortened(values: Plain, longest: int) -> Plain:
    """The values with texts of at most `longest` characters and lists of at most 50 items."""
    return {name: _short(value, longest) for name, value in values.items()}


def _short(value: JsonValue, longest: int) -> JsonValue:
    if isinstance(value, str) and len(value) > longest:
        return value[:longest] + "…"
    if isinstance(value, list):
        return [_short(item, longest) for item in value[:_MOST_ITEMS]]
    return value


def rich_plain(value: JsonValue) -> str:
    """Rich text as plain text."""
    texts = value if isinstance(value, list) else []
    return "".join(str(text.get("plain_text") or "") for text in texts if isinstance(text, dict))


def _ids(items: JsonValue) -> Iterator[str]:
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield str(item["id"])


def _text(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    return rich_plain(value)


def _same(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    return value


def _date(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    return show_date(value)


def _option(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    return value.get("name") if isinstance(value, dict) else None


def _options(value: JsonValue, titles: Mapping[str, str]) -> JsonValue:
    return [_option(item, titles) for item in value] if isinstance(value, list) else None


def _person(value: JsonValue, titles: Mapping[str, str]) -> JsonValue:
    if not isinstance(value, dict):
        return None
    person_id = str(value.get("id") or "")
    return value.get("name") or titles.get(person_id) or person_id


def _people(value: JsonValue, titles: Mapping[str, str]) -> JsonValue:
    return [_person(item, titles) for item in value] if isinstance(value, list) else None


def _relation(value: JsonValue, titles: Mapping[str, str]) -> JsonValue:
    return [titles.get(page_id) or page_id for page_id in _ids(value)]


def _files(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    files = value if isinstance(value, list) else []
    return [file.get("name") for file in files if isinstance(file, dict)]


def _unique_id(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    if not isinstance(value, dict) or value.get("number") is None:
        return None
    prefix = value.get("prefix")
    return f"{prefix}-{value['number']}" if prefix else str(value["number"])


def _inner(value: JsonValue, titles: Mapping[str, str]) -> JsonValue:
    """What a formula or a rollup came to."""
    if not isinstance(value, dict):
        return None
    kind = str(value.get("type") or "")
    result = value.get(kind)
    if kind == "date":
        return show_date(result)
    if kind == "array" and isinstance(result, list):
        return [read_value(item, titles) for item in result if isinstance(item, dict)]
    if isinstance(result, float):
        return round(result, 6)
    return result if isinstance(result, (str, int, bool)) else None


def _place(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    if not isinstance(value, dict):
        return None
    return value.get("name") or value.get("address") or f"{value.get('lat')}, {value.get('lon')}"


def _verification(value: JsonValue, _: Mapping[str, str]) -> JsonValue:
    return value.get("state") if isinstance(value, dict) else None


_READERS: Mapping[str, Callable[[JsonValue, Mapping[str, str]], JsonValue]] = {
    "title": _text,
    "rich_text": _text,
    "number": _same,
    "checkbox": _same,
    "url": _same,
    "email": _same,
    "phone_number": _same,
    "created_time": _same,
    "last_edited_time": _same,
    "date": _date,
    "select": _option,
    "status": _option,
    "multi_select": _options,
    "people": _people,
    "created_by": _person,
    "last_edited_by": _person,
    "relation": _relation,
    "files": _files,
    "unique_id": _unique_id,
    "formula": _inner,
    "rollup": _inner,
    "place": _place,
    "verification": _verification,
    "button": lambda _value, _titles: None,
}
