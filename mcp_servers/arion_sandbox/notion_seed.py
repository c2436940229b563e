"""What the Notion workspace starts with: `data/notion.toml`, in days around the day of seeding."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import cast

from arion_sandbox.json_types import (
    Json,
    JsonObject,
    as_list,
    as_object,
    as_objects,
    as_text,
    as_texts,
)
from arion_sandbox.notion_values import empty_value, text_items
from arion_sandbox.notion_workspace import (
    BOT_ID,
    COMMENTS,
    DATA_SOURCES,
    DATABASES,
    PAGES,
    USERS,
    link_to,
    page_tag,
)
from arion_sandbox.store import SeedRow

_GROUPS = ("To-do", "In progress", "Complete")
_COLORS = ("default", "blue", "green", "yellow", "red")


def notion_rows(today: date) -> Iterator[SeedRow]:
    """Make all rows of the workspace for a day."""
    text = (files("arion_sandbox") / "data" / "notion.toml").read_text("utf-8")
    yield from _Seed(cast("JsonObject", tomllib.loads(text)), today).rows()


class _Seed:
    def __init__(self, data: JsonObject, today: date) -> None:
        self._data = data
        self._today = today
        self._users = {as_text(item["name"]): self._user(item) for item in as_objects(data["user"])}
        self._sources = {
            as_text(item["key"]): self._source(item) for item in as_objects(data["database"])
        }

    def rows(self) -> Iterator[SeedRow]:
        """Everything, users first."""
        for user in (*self._users.values(), self._bot()):
            yield _row(USERS, user)
        for item in as_objects(self._data["database"]):
            yield _row(DATA_SOURCES, self._sources[as_text(item["key"])])
            yield _row(DATABASES, self._database(item))
        numbers: dict[str, int] = {}
        for item in as_objects(self._data["row"]):
            key = as_text(item["database"])
            numbers[key] = numbers.get(key, 0) + 1
            yield _row(PAGES, self._task(item, numbers[key]))
        pages = {as_text(item["key"]): self._page(item) for item in as_objects(self._data["page"])}
        for page in pages.values():
            markdown = re.sub(
                r"\{page:(\w+)\}",
                lambda found: page_tag(pages[found[1]]),
                as_text(page["markdown"]),
            )
            yield _row(PAGES, page | {"markdown": markdown})
        for number, item in enumerate(as_objects(self._data["comment"])):
            yield _row(COMMENTS, self._comment(item, number))

    def _id(self, *parts: str) -> str:
        """An id that differs between days, so that no old one means something else."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "|".join((self._today.isoformat(), *parts))))

    def _stamp(self, days: Json, hour: int = 1) -> str:
        return f"{self._day(days)}T{hour:02}:00:00.000Z"

    def _day(self, days: Json) -> str:
        return (self._today + timedelta(days=cast("int", days))).isoformat()

    def _text(self, text: str) -> str:
        def spoken(found: re.Match[str]) -> str:
            day = self._today + timedelta(days=int(found[1]))
            return f"{day.month}월 {day.day}일"

        return re.sub(r"\{(-?\d+)\}", spoken, text).strip("\n")

    def _user(self, item: JsonObject) -> JsonObject:
        name = as_text(item["name"])
        # A person is the same one every day.
        user_id = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        return {
            "object": "user",
            "id": user_id,
            "name": name,
            "avatar_url": None,
            "type": "person",
            "person": {"email": item["email"]},
        }

    def _bot(self) -> JsonObject:
        return {
            "object": "user",
            "id": BOT_ID,
            "name": self._data["bot"],
            "avatar_url": None,
            "type": "bot",
            "bot": {
                "owner": {"type": "workspace", "workspace": True},
                "workspace_id": str(uuid.uuid5(uuid.NAMESPACE_URL, "workspace")),
                "workspace_limits": {"max_file_upload_size_in_bytes": 5_242_880},
                "workspace_name": self._data["workspace"],
            },
        }

    def _source(self, item: JsonObject) -> JsonObject:
        key = as_text(item["key"])
        source_id, database_id = self._id("source", key), self._id("database", key)
        properties: JsonObject = {
            as_text(prop["name"]): self._property(key, prop)
            for prop in as_objects(item["property"])
        }
        return {
            "object": "data_source",
            "id": source_id,
            "title": text_items(as_text(item["title"])),
            "description": [],
            "parent": {"type": "database_id", "database_id": database_id},
            "database_parent": {"type": "workspace", "workspace": True},
            "is_inline": False,
            "in_trash": False,
            "archived": False,
            **self._history(-90),
            "properties": properties,
            "icon": {"type": "emoji", "emoji": item["emoji"]},
            "cover": None,
            "url": link_to(database_id),
            "public_url": None,
        }

    def _database(self, item: JsonObject) -> JsonObject:
        source = self._sources[as_text(item["key"])]
        kept = ("title", "description", "is_inline", "in_trash", "created_time", "last_edited_time")
        return {
            "object": "database",
            "id": as_object(source["parent"])["database_id"],
            "parent": {"type": "workspace", "workspace": True},
            "is_locked": False,
            "archived": False,
            "data_sources": [{"id": source["id"], "name": item["title"]}],
            **{name: source[name] for name in (*kept, "icon", "cover", "url", "public_url")},
        }

    def _history(self, days: Json) -> dict[str, Json]:
        stamp = self._stamp(days)
        author: Json = {"object": "user", "id": self._users["김하늘"]["id"]}
        return {
            "created_time": stamp,
            "last_edited_time": stamp,
            "created_by": author,
            "last_edited_by": author,
        }

    def _property(self, database: str, item: JsonObject) -> JsonObject:
        name, kind = as_text(item["name"]), as_text(item["type"])
        return {
            "id": "title" if kind == "title" else _short_id(database, name),
            "name": name,
            "description": None,
            "type": kind,
            kind: self._settings(database, kind, item),
        }

    def _settings(self, database: str, kind: str, item: JsonObject) -> JsonObject:
        if kind in ("select", "multi_select", "status"):
            options: list[JsonObject] = [
                {
                    "id": _short_id(database, as_text(item["name"]), name),
                    "name": name,
                    "color": _COLORS[index % len(_COLORS)],
                    "description": None,
                }
                for index, name in enumerate(as_texts(item["options"]))
            ]
            groups: list[Json] = [
                {
                    "id": _short_id(database, group),
                    "name": group,
                    "color": option["color"],
                    "option_ids": [option["id"]],
                }
                for group, option in zip(_GROUPS, options, strict=False)
            ]
            shown: JsonObject = {"options": list[Json](options)}
            if kind == "status":
                shown["groups"] = groups
            return shown
        if kind == "relation":
            to = as_text(item["to"])
            return {
                "data_source_id": self._id("source", to),
                "database_id": self._id("database", to),
                "type": "single_property",
                "single_property": {},
            }
        if kind == "rollup":
            through, of = as_text(item["through"]), as_text(item["of"])
            return {
                "function": "percent_checked",
                "relation_property_name": through,
                "relation_property_id": _short_id(database, through),
                "rollup_property_name": of,
                "rollup_property_id": _short_id("tasks", of),
            }
        if kind == "formula":
            return {"expression": 'dateBetween(prop("마감"), now(), "days")'}
        if kind == "unique_id":
            return {"prefix": item["prefix"]}
        return {"format": item.get("format", "number")} if kind == "number" else {}

    def _task(self, item: JsonObject, number: int) -> JsonObject:
        source = self._sources[as_text(item["database"])]
        schema = cast("dict[str, JsonObject]", source["properties"])
        given = as_object(item["values"])
        values: JsonObject = {}
        for name, prop in schema.items():
            kind = as_text(prop["type"])
            value = empty_value(prop)
            if kind == "title":
                value |= {"title": text_items(as_text(item["title"]))}
            elif kind == "unique_id":
                prefix = as_object(prop["unique_id"])["prefix"]
                value |= {"unique_id": {"prefix": prefix, "number": number}}
            elif name in given:
                value |= {kind: self._value(prop, given[name])}
            values[name] = value
        parent: JsonObject = {
            "type": "data_source_id",
            "data_source_id": source["id"],
            "database_id": as_object(source["parent"])["database_id"],
        }
        return self._page_object(item, parent) | {"properties": values}

    def _value(self, prop: JsonObject, given: Json) -> Json:
        kind = as_text(prop["type"])
        if kind == "rich_text":
            return text_items(as_text(given))
        if kind == "date":
            return self._date(given)
        if kind in ("select", "status"):
            return _option(prop, given)
        if kind == "multi_select":
            return [_option(prop, name) for name in as_list(given)]
        if kind == "people":
            return [self._users[name] for name in as_texts(given)]
        if kind == "relation":
            return [{"id": self._id("row", name)} for name in as_texts(given)]
        return given

    def _date(self, given: Json) -> Json:
        if not isinstance(given, dict):
            return {"start": self._day(given), "end": None, "time_zone": None}
        if "at" in given:
            start = f"{self._day(given['day'])}T{given['at']}:00.000+09:00"
            return {"start": start, "end": None, "time_zone": None}
        return {
            "start": self._day(given["from"]),
            "end": self._day(given["to"]),
            "time_zone": None,
        }

    def _page(self, item: JsonObject) -> JsonObject:
        parent: JsonObject = {"type": "workspace", "workspace": True}
        if "parent" in item:
            parent = {"type": "page_id", "page_id": self._id("row", as_text(item["parent"]))}
        title = text_items(self._text(as_text(item["title"])))
        values: JsonObject = {"title": {"id": "title", "type": "title", "title": title}}
        return self._page_object(item, parent) | {"properties": values}

    def _page_object(self, item: JsonObject, parent: JsonObject) -> JsonObject:
        page_id = self._id("row", as_text(item["key"]))
        trashed = "trashed" in item
        icon: Json = {"type": "emoji", "emoji": item["emoji"]} if "emoji" in item else None
        return {
            "object": "page",
            "id": page_id,
            **self._history(item.get("day", -10)),
            "cover": None,
            "icon": icon,
            "parent": parent,
            "archived": trashed,
            "in_trash": trashed,
            "is_archived": False,
            "is_locked": False,
            "url": link_to(page_id),
            "public_url": None,
            "markdown": self._text(as_text(item.get("markdown"))),
        }

    def _comment(self, item: JsonObject, number: int) -> JsonObject:
        page = as_text(item["page"])
        stamp = self._stamp(item["day"], hour=3)
        name = as_text(item["by"])
        return {
            "object": "comment",
            "id": self._id("comment", str(number)),
            "parent": {"type": "page_id", "page_id": self._id("row", page)},
            "discussion_id": self._id("discussion", page),
            "created_time": stamp,
            "last_edited_time": stamp,
            "created_by": {"object": "user", "id": self._users[name]["id"]},
            "rich_text": text_items(as_text(item["text"])),
            "display_name": {"type": "user", "resolved_name": name},
        }


def _row(collection: str, item: JsonObject) -> SeedRow:
    return SeedRow(collection, as_text(item["id"]), item)


def _option(prop: JsonObject, name: Json) -> JsonObject:
    options = as_objects(as_object(prop[as_text(prop["type"])])["options"])
    found: Mapping[str, Json] = next(option for option in options if option["name"] == name)
    return {key: found[key] for key in ("id", "name", "color")}


def _short_id(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "|".join(parts)).hex[:4]
