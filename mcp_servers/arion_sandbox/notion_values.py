"""Property values of pages: what a request writes and what a response shows.

Types and fields: the published types of Notion's own client (@notionhq/client 5.26.0).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeAlias, cast

from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.notion_faults import (
    LONGEST_TEXT,
    field_list,
    field_object,
    field_text,
    invalid,
    misfit,
)

Users: TypeAlias = "Callable[[str], JsonObject | None]"
"""Finds a person by id."""

_PLAIN: JsonObject = {
    "bold": False,
    "italic": False,
    "strikethrough": False,
    "underline": False,
    "code": False,
    "color": "default",
}
_LENGTHS = {"url": 2_000, "email": 200, "phone_number": 200}
_EMPTY: Mapping[str, Json] = {
    "title": [],
    "rich_text": [],
    "multi_select": [],
    "people": [],
    "relation": [],
    "files": [],
    "checkbox": False,
}
COMPUTED = frozenset(
    {"formula", "rollup", "created_time", "created_by", "last_edited_time", "last_edited_by"}
    | {"unique_id"}
)
"""Types that nobody writes."""


def text_items(text: str) -> list[Json]:
    """Show text as rich text."""
    return [_shown_text({"text": {"content": text}}, "rich_text")] if text else []


def plain_text(items: Json) -> str:
    """Read rich text as plain text."""
    return "".join(as_text(item["plain_text"]) for item in as_objects(items))


def read_rich_text(body: Mapping[str, Json], name: str, path: str = "") -> list[Json]:
    """Take rich text from a request."""
    items = field_list(body, name, path)
    return [_shown_text(item, f"{path}{name}[{index}]") for index, item in enumerate(items)]


def _shown_text(item: Json, path: str) -> JsonObject:
    if not isinstance(item, dict):
        raise misfit(path, "an object", item)
    text = field_object(item, "text", f"{path}.")
    content = field_text(text, "content", f"{path}.text.")
    if len(content) > LONGEST_TEXT:
        raise misfit(f"{path}.text.content.length", f"≤ `{LONGEST_TEXT}`", len(content))
    link = text.get("link")
    return {
        "type": "text",
        "text": {"content": content, "link": link},
        "annotations": _PLAIN | as_object(item.get("annotations")),
        "plain_text": content,
        "href": as_text(link["url"]) if isinstance(link, dict) else None,
    }


def empty_value(prop: JsonObject) -> JsonObject:
    """Show a property that nobody filled in."""
    kind = as_text(prop["type"])
    return {"id": prop["id"], "type": kind, kind: _EMPTY.get(kind)}


def written_value(name: str, prop: JsonObject, given: Json, users: Users) -> JsonObject:
    """Take one property from a request, as responses show it from then on."""
    kind, path = as_text(prop["type"]), f"properties.{name}."
    value = as_object(given) if isinstance(given, dict) else {}
    if kind in COMPUTED:
        raise invalid(f"{name} is a computed property and cannot be updated.")  # MEM
    if kind not in value or value.get("type", kind) != kind:
        raise invalid(f"{name} is expected to be {kind}.")
    write = _WRITERS[kind]
    return {"id": prop["id"], "type": kind, kind: write(value, prop, path, users)}


def _write_text(value: JsonObject, prop: JsonObject, path: str, _: Users) -> Json:
    return read_rich_text(value, as_text(prop["type"]), path)


def _write_number(value: JsonObject, _: JsonObject, path: str, __: Users) -> Json:
    number = value["number"]
    if isinstance(number, bool) or not isinstance(number, (int, float, type(None))):
        raise misfit(f"{path}number", "a number or `null`", number)
    return number


def _write_checkbox(value: JsonObject, _: JsonObject, path: str, __: Users) -> Json:
    if not isinstance(value["checkbox"], bool):
        raise misfit(f"{path}checkbox", "a boolean", value["checkbox"])
    return value["checkbox"]


def _write_line(value: JsonObject, prop: JsonObject, path: str, _: Users) -> Json:
    kind = as_text(prop["type"])
    line = value[kind]
    if line is None:
        return None
    if not isinstance(line, str) or not line:
        raise misfit(path + kind, "a non-empty string or `null`", line)
    if len(line) > _LENGTHS[kind]:
        raise misfit(f"{path}{kind}.length", f"≤ `{_LENGTHS[kind]}`", len(line))
    return line


def _write_date(value: JsonObject, _: JsonObject, path: str, __: Users) -> Json:
    if value["date"] is None:
        return None
    given = field_object(value, "date", path)
    start, end = field_text(given, "start", f"{path}date."), given.get("end")
    for name, moment in (("start", start), ("end", end)):
        if moment is not None and not is_moment(moment):
            raise misfit(f"{path}date.{name}", "a valid ISO 8601 date string", moment)
    if isinstance(end, str) and end[:10] < start[:10]:
        raise invalid("Start date must be before end date.")  # MEM
    return {"start": start, "end": end, "time_zone": given.get("time_zone")}


def is_moment(value: Json) -> bool:
    """Check for an ISO 8601 date, or date and time."""
    if not isinstance(value, str):
        return False
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def _write_option(value: JsonObject, prop: JsonObject, path: str, _: Users) -> Json:
    kind = as_text(prop["type"])
    return None if value[kind] is None else _option(field_object(value, kind, path), prop)


def _write_options(value: JsonObject, prop: JsonObject, path: str, _: Users) -> Json:
    items = field_list(value, "multi_select", path)
    return [_option(as_object(item), prop) for item in items]


def _option(given: JsonObject, prop: JsonObject) -> Json:
    kind = as_text(prop["type"])
    options = as_objects(as_object(prop[kind])["options"])
    for option in options:
        if given.get("id") == option["id"] or given.get("name") == option["name"]:
            return {name: option[name] for name in ("id", "name", "color")}
    name = given.get("name")
    if kind == "status" or not isinstance(name, str):
        raise invalid(f'Status option "{given.get("name")}" does not exist.')  # MEM
    if "," in name or not name.strip():
        raise invalid("Invalid select option, commas not allowed.")
    # Select and multi-select grow by being written to.
    option: JsonObject = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        "name": name,
        "color": "default",
    }
    cast("list[Json]", as_object(prop[kind])["options"]).append(option | {"description": None})
    return option


def _write_people(value: JsonObject, _: JsonObject, path: str, users: Users) -> Json:
    people: list[Json] = []
    for item in field_list(value, "people", path):
        user_id = field_text(as_object(item), "id", f"{path}people.")
        user = users(user_id)
        if user is None:
            raise invalid(f"Could not find user with ID: {user_id}.")  # MEM
        people.append(user)
    return people


def _write_relation(value: JsonObject, _: JsonObject, path: str, __: Users) -> Json:
    items = field_list(value, "relation", path)
    return [{"id": field_text(as_object(item), "id", f"{path}relation.")} for item in items]


_WRITERS: Mapping[str, Callable[[JsonObject, JsonObject, str, Users], Json]] = {
    "title": _write_text,
    "rich_text": _write_text,
    "number": _write_number,
    "checkbox": _write_checkbox,
    "url": _write_line,
    "email": _write_line,
    "phone_number": _write_line,
    "date": _write_date,
    "select": _write_option,
    "status": _write_option,
    "multi_select": _write_options,
    "people": _write_people,
    "relation": _write_relation,
}
