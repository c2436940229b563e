"""Databases of Notion's stand-in: made with their first data source, trashed with all of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from arion_sandbox.endpoints import Call
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.notion_faults import (
    field_object,
    field_text,
    invalid,
    misfit,
    not_found,
    only,
    read_body,
)
from arion_sandbox.notion_values import plain_text, read_rich_text
from arion_sandbox.notion_workspace import (
    BOT_ID,
    DATA_SOURCES,
    DATABASES,
    PAGES,
    Workspace,
    link_to,
    object_id,
)

_CREATE = ("parent", "title", "description", "is_inline", "initial_data_source", "icon", "cover")
_UPDATE = ("title", "in_trash", "is_locked", "is_inline")
_CHOICES = ("select", "multi_select", "status")
_STATUS = ("Not started", "In progress", "Done")
_GROUPS = ("To-do", "In progress", "Complete")
_PLAIN = frozenset(
    {"title", "rich_text", "date", "people", "files", "checkbox", "url", "email", "phone_number"}
    | {"created_time", "created_by", "last_edited_time", "last_edited_by"}
)


@dataclass(frozen=True)
class Databases:
    """The endpoints below /v1/databases."""

    workspace: Workspace

    def create(self, call: Call) -> JsonObject:
        """POST /v1/databases: in a page."""
        body = read_body(call.content)
        only(body, _CREATE)
        parent = field_object(body, "parent")
        page = self.workspace.page(field_text(parent, "page_id", "parent."))
        first = as_object(body.get("initial_data_source"))
        title = read_rich_text(body, "title") if "title" in body else []
        database_id, source_id = str(uuid.uuid4()), str(uuid.uuid4())
        database: JsonObject = {
            "object": "database",
            "id": database_id,
            "title": title,
            "description": [],
            "parent": {"type": "page_id", "page_id": page["id"]},
            "is_inline": body.get("is_inline", False),
            "in_trash": False,
            "archived": False,
            "is_locked": False,
            "created_time": self.workspace.stamp(),
            "last_edited_time": self.workspace.stamp(),
            "data_sources": [{"id": source_id, "name": plain_text(title)}],
            "icon": None,
            "cover": None,
            "url": link_to(database_id),
            "public_url": None,
        }
        self.workspace.save(
            DATA_SOURCES, _source(source_id, database, as_object(first.get("properties")))
        )
        self.workspace.save(DATABASES, database)
        self._show_in_page(database)
        return database

    def get(self, call: Call) -> JsonObject:
        """GET /v1/databases/{database_id}."""
        return self._database(call)

    def update(self, call: Call) -> JsonObject:
        """PATCH /v1/databases/{database_id}."""
        body = read_body(call.content)
        only(body, _UPDATE)
        database = self._database(call)
        trashed = body.get("in_trash", database["in_trash"])
        if not isinstance(trashed, bool):
            raise misfit("in_trash", "a boolean", trashed)
        if database["in_trash"] and trashed:
            raise invalid("Can't edit a page that is in the trash. You must restore it first.")
        database |= {"in_trash": trashed, "archived": trashed}
        if "title" in body:
            database["title"] = read_rich_text(body, "title")
        for item in as_objects(database["data_sources"]):
            source = self.workspace.data_source(as_text(item["id"]))
            source |= {"in_trash": trashed, "archived": trashed, "title": database["title"]}
            self.workspace.save(DATA_SOURCES, source)
        self.workspace.save(DATABASES, database)
        self._show_in_page(database)
        return database

    def _database(self, call: Call) -> JsonObject:
        database = self.workspace.get(DATABASES, call.path["database_id"])
        if database is None:
            raise not_found("database", object_id(call.path["database_id"]))
        return database

    def _show_in_page(self, database: JsonObject) -> None:
        """Put the database's tag into the content of its page, or take it out of there."""
        page_id = as_object(database["parent"]).get("page_id")
        page = self.workspace.get(PAGES, as_text(page_id)) if page_id else None
        if page is None:
            return
        name = plain_text(database["title"])
        tag = f'<database url="{database["url"]}">{name}</database>'
        lines = [line for line in as_text(page["markdown"]).split("\n") if line != tag]
        if not database["in_trash"]:
            lines.append(tag)
        self.workspace.save(PAGES, page | {"markdown": "\n".join(lines).strip("\n")})


def _source(source_id: str, database: JsonObject, given: JsonObject) -> JsonObject:
    author: JsonObject = {"object": "user", "id": BOT_ID}
    properties: JsonObject = {name: _property(name, as_object(it)) for name, it in given.items()}
    kinds = [as_object(prop)["type"] for prop in properties.values()]
    if not given:
        properties = {"Name": _property("Name", {"title": {}})}
    elif kinds.count("title") != 1:
        raise invalid("A database must have exactly one title property.")  # MEM
    kept = ("title", "description", "is_inline", "in_trash", "archived", "created_time")
    shown: JsonObject = {name: database[name] for name in (*kept, "icon", "cover", "public_url")}
    parent: JsonObject = {"type": "database_id", "database_id": database["id"]}
    return {
        **shown,
        "object": "data_source",
        "id": source_id,
        "parent": parent,
        "database_parent": database["parent"],
        "last_edited_time": database["last_edited_time"],
        "created_by": author,
        "last_edited_by": author,
        "properties": properties,
        "url": database["url"],
    }


def _property(name: str, given: JsonObject) -> JsonObject:
    kinds = [kind for kind in given if kind not in ("type", "description")]
    if len(kinds) != 1:
        raise misfit(f"initial_data_source.properties.{name}", "of one type", given)
    [kind] = kinds
    settings = as_object(given[kind])
    if kind in _CHOICES:
        settings = _choices(kind, settings)
    elif kind == "number":
        settings["format"] = settings.get("format", "number")
    elif kind == "unique_id":
        settings["prefix"] = settings.get("prefix")
    elif kind not in _PLAIN:
        raise invalid(f"{name}: {kind} is not made here.")  # stricter than Notion
    return {
        "id": "title" if kind == "title" else uuid.uuid4().hex[:4],
        "name": name,
        "description": None,
        "type": kind,
        kind: settings,
    }


def _choices(kind: str, settings: JsonObject) -> JsonObject:
    names: list[Json] = [option["name"] for option in as_objects(settings.get("options"))]
    if kind == "status" and not names:
        names = list(_STATUS)
    options: list[JsonObject] = [
        {"id": uuid.uuid4().hex[:4], "name": name, "color": "default", "description": None}
        for name in names
    ]
    shown: JsonObject = {"options": list[Json](options)}
    if kind == "status":
        shown["groups"] = [
            {
                "id": uuid.uuid4().hex[:4],
                "name": group,
                "color": "default",
                "option_ids": [options[index]["id"]] if index < len(options) else [],
            }
            for index, group in enumerate(_GROUPS)
        ]
    return shown
