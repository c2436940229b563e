"""Pages of Notion's stand-in: made, read, changed, moved, trashed; their content as Markdown.

Content is kept as the Markdown it came as. Of the ways to insert, the old `after` selection is
left out.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from arion_sandbox.endpoints import Call
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.notion_faults import (
    NotionError,
    field_list,
    field_object,
    field_text,
    invalid,
    misfit,
    not_found,
    only,
    read_body,
)
from arion_sandbox.notion_values import empty_value, text_items, written_value
from arion_sandbox.notion_workspace import (
    BOT_ID,
    DATA_SOURCES,
    DATABASES,
    PAGES,
    Workspace,
    link_to,
    list_of,
    page_tag,
    title_of,
)

_CREATE = ("parent", "properties", "icon", "cover", "children", "markdown", "template", "position")
_UPDATE = ("properties", "icon", "cover", "is_locked", "in_trash", "erase_content")
_COMMANDS = ("insert_content", "update_content", "replace_content")
_LONGEST_MARKDOWN = 500_000
_TAG = re.compile(r"<(?:page|database) [^>]*url=\"[^\"]*\"[^>]*>")
_BOT: JsonObject = {"object": "user", "id": BOT_ID}


@dataclass(frozen=True)
class Pages:
    """The endpoints below /v1/pages."""

    workspace: Workspace

    def create(self, call: Call) -> JsonObject:
        """POST /v1/pages."""
        body = read_body(call.content)
        only(body, _CREATE)
        parent = self._parent(field_object(body, "parent"))
        if "children" in body and "markdown" in body:
            raise invalid("Cannot provide both children and markdown.")  # MEM
        markdown = _markdown(body, "markdown") if "markdown" in body else ""
        page_id, stamp = str(uuid.uuid4()), self.workspace.stamp()
        page: JsonObject = {
            "object": "page",
            "id": page_id,
            "created_time": stamp,
            "last_edited_time": stamp,
            "created_by": _BOT,
            "last_edited_by": _BOT,
            "cover": None,
            "icon": body.get("icon"),
            "parent": parent,
            "archived": False,
            "in_trash": False,
            "is_archived": False,
            "is_locked": False,
            "properties": self._blank(parent),
            "url": link_to(page_id),
            "public_url": None,
            "markdown": markdown,
        }
        self._write(page, as_object(body.get("properties")))
        self.workspace.save(PAGES, page)
        self._show_in_parent(page)
        return self.workspace.shown(page)

    def get(self, call: Call) -> JsonObject:
        """GET /v1/pages/{page_id}."""
        return self.workspace.shown(self.workspace.page(call.path["page_id"]))

    def update(self, call: Call) -> JsonObject:
        """PATCH /v1/pages/{page_id}."""
        body = read_body(call.content)
        only(body, _UPDATE)
        page = self.workspace.page(call.path["page_id"])
        for name in ("in_trash", "is_locked", "erase_content"):
            if name in body and not isinstance(body[name], bool):
                raise misfit(name, "a boolean", body[name])
        if page["in_trash"] and body.get("in_trash") is not False:
            raise invalid("Can't edit a page that is in the trash. You must restore it first.")
        if "in_trash" in body and body["in_trash"] is not page["in_trash"]:
            page |= {"in_trash": body["in_trash"], "archived": body["in_trash"]}
            self._show_in_parent(page)
        self._write(page, as_object(body.get("properties")))
        return self.workspace.shown(self._edited(page))

    def move(self, call: Call) -> JsonObject:
        """POST /v1/pages/{page_id}/move."""
        body = read_body(call.content)
        only(body, ("parent",))
        page = self.workspace.page(call.path["page_id"])
        parent = self._parent(field_object(body, "parent"))
        self._show_in_parent(page | {"in_trash": True})
        title = title_of(page)
        page |= {"parent": parent, "properties": self._blank(parent)}
        values = cast("dict[str, JsonObject]", page["properties"])
        name = next(key for key, value in values.items() if value["type"] == "title")
        values[name] |= {"title": text_items(title)}
        self._show_in_parent(page)
        return self.workspace.shown(self._edited(page))

    def get_property(self, call: Call) -> JsonObject:
        """GET /v1/pages/{page_id}/properties/{property_id}: relations and people, item by item."""
        page = self.workspace.shown(self.workspace.page(call.path["page_id"]))
        values = cast("dict[str, JsonObject]", page["properties"])
        wanted = call.path["property_id"]
        value = next((it for it in values.values() if it["id"] == wanted), None)
        if value is None:
            raise not_found("property", wanted)
        kind = as_text(value["type"])
        head: JsonObject = {"object": "property_item", "id": value["id"], "type": kind}
        if kind not in ("relation", "people", "title", "rich_text"):
            return head | {kind: value[kind]}
        items: list[JsonObject] = [head | {kind: item} for item in as_objects(value[kind])]
        size = call.query.number("page_size", 100)
        start = int(call.query.text("start_cursor") or 0)
        found = list_of(items[start : start + size], "property_item", None, size)
        more = start + size < len(items)
        described: JsonObject = {"id": value["id"], "type": kind, kind: {}, "next_url": None}
        found["property_item"] = described
        found["has_more"] = more
        found["next_cursor"] = str(start + size) if more else None
        return found

    def get_markdown(self, call: Call) -> JsonObject:
        """GET /v1/pages/{page_id}/markdown."""
        return _shown_markdown(self.workspace.page(call.path["page_id"]))

    def update_markdown(self, call: Call) -> JsonObject:
        """PATCH /v1/pages/{page_id}/markdown."""
        body = read_body(call.content)
        page = self.workspace.page(call.path["page_id"])
        if page["in_trash"]:
            raise invalid("Can't edit a page that is in the trash. You must restore it first.")
        command = field_text(body, "type")
        if command not in _COMMANDS:
            choices = ", ".join(f'`"{name}"`' for name in _COMMANDS)
            raise misfit("type", choices, command)
        only(body, ("type", command, "allow_async"))
        change = field_object(body, command)
        before = as_text(page["markdown"])
        after = {
            "insert_content": _inserted,
            "update_content": _updated,
            "replace_content": _replaced,
        }[command](before, change)
        if len(after) > _LONGEST_MARKDOWN:
            raise invalid("body failed validation: the page would be too long.")  # MEM
        if change.get("allow_deleting_content") is not True:
            _refuse_lost_pages(before, after)
        return _shown_markdown(self._edited(page | {"markdown": after}))

    def _parent(self, given: JsonObject) -> JsonObject:
        if given.get("workspace") is True:
            return {"type": "workspace", "workspace": True}
        if "page_id" in given:
            page = self.workspace.page(field_text(given, "page_id", "parent."))
            if page["in_trash"]:
                raise invalid("Can't edit a page that is in the trash. You must restore it first.")
            return {"type": "page_id", "page_id": page["id"]}
        if "data_source_id" in given:
            source = self.workspace.data_source(field_text(given, "data_source_id", "parent."))
            database_id = as_object(source["parent"])["database_id"]
            return {
                "type": "data_source_id",
                "data_source_id": source["id"],
                "database_id": database_id,
            }
        if "database_id" in given:
            database = self.workspace.get(DATABASES, field_text(given, "database_id", "parent."))
            if database is None:
                raise not_found("database", as_text(given["database_id"]))
            [source] = as_objects(database["data_sources"])
            return self._parent({"data_source_id": source["id"]})
        raise misfit("parent.page_id", "defined", None, missing=True)

    def _blank(self, parent: JsonObject) -> JsonObject:
        if parent["type"] != "data_source_id":
            return {"title": {"id": "title", "type": "title", "title": []}}
        source = self.workspace.data_source(as_text(parent["data_source_id"]))
        schema = cast("dict[str, JsonObject]", source["properties"])
        blank: JsonObject = {name: empty_value(prop) for name, prop in schema.items()}
        for name, prop in schema.items():
            if prop["type"] == "unique_id":
                number = len(self.workspace.rows(as_text(source["id"]))) + 1
                prefix = as_object(prop["unique_id"])["prefix"]
                unique: JsonObject = {"prefix": prefix, "number": number}
                blank[name] = {"id": prop["id"], "type": "unique_id", "unique_id": unique}
        return blank

    def _write(self, page: JsonObject, given: JsonObject) -> None:
        parent = as_object(page["parent"])
        schema: Mapping[str, JsonObject]
        source: JsonObject | None = None
        if parent["type"] == "data_source_id":
            source = self.workspace.data_source(as_text(parent["data_source_id"]))
            schema = cast("dict[str, JsonObject]", source["properties"])
        else:
            schema = {"title": {"id": "title", "name": "title", "type": "title", "title": {}}}
        values = cast("dict[str, Json]", page["properties"])
        for name, value in given.items():
            prop = _property(schema, name)
            values[as_text(prop["name"])] = written_value(name, prop, value, self.workspace.user)
        if source and given:
            self.workspace.save(DATA_SOURCES, source)

    def _edited(self, page: JsonObject) -> JsonObject:
        page |= {"last_edited_time": self.workspace.stamp(), "last_edited_by": _BOT}
        self.workspace.save(PAGES, page)
        return page

    def _show_in_parent(self, page: JsonObject) -> None:
        """Put the page's tag into its parent's content, or take it out of there."""
        parent_id = as_object(page["parent"]).get("page_id")
        parent = self.workspace.get(PAGES, as_text(parent_id)) if parent_id else None
        if parent is None:
            return
        tag = page_tag(page)
        lines = [line for line in as_text(parent["markdown"]).split("\n") if line != tag]
        if not page["in_trash"]:
            lines.append(tag)
        self.workspace.save(PAGES, parent | {"markdown": "\n".join(lines).strip("\n")})


def _property(schema: Mapping[str, JsonObject], name: str) -> JsonObject:
    for key, prop in schema.items():
        if name in (key, prop["id"]):
            return prop
    raise invalid(f"{name} is not a property that exists.")


def _shown_markdown(page: JsonObject) -> JsonObject:
    return {
        "object": "page_markdown",
        "id": page["id"],
        "markdown": page["markdown"],
        "truncated": False,
        "unknown_block_ids": [],
        "request_id": "5f3c1a52-0d6e-4c8e-9f0b-7f2f6d1c9a10",
    }


def _markdown(body: JsonObject, name: str, path: str = "") -> str:
    return field_text(body, name, path).strip("\n")


def _inserted(before: str, change: JsonObject) -> str:
    only(change, ("content", "position"), "insert_content.")
    content = _markdown(change, "content", "insert_content.")
    where = as_object(change.get("position")).get("type", "end")
    if where not in ("start", "end"):
        raise misfit("insert_content.position.type", '`"start"` or `"end"`', where)
    parts = [content, before] if where == "start" else [before, content]
    return "\n".join(part for part in parts if part)


def _updated(before: str, change: JsonObject) -> str:
    only(change, ("content_updates", "allow_deleting_content"), "update_content.")
    after = before
    for item in as_objects(field_list(change, "content_updates", "update_content.")):
        path = "update_content.content_updates."
        only(item, ("old_str", "new_str", "replace_all_matches"), path)
        old, new = field_text(item, "old_str", path), field_text(item, "new_str", path)
        if not old:
            raise misfit(f"{path}old_str.length", "≥ `1`", 0)
        found = after.count(old)
        if not found:
            raise invalid(
                f"String not found: <pattern>{old}</pattern> in current version of the page"
                f" <target>{after[:500]}</target>"
            )
        if found > 1 and item.get("replace_all_matches") is not True:
            raise invalid(f"Multiple matches ({found}) found for: <pattern>{old}</pattern>")  # MEM
        after = after.replace(old, new)
    return after.strip("\n")


def _replaced(_: str, change: JsonObject) -> str:
    only(change, ("new_str", "allow_deleting_content"), "replace_content.")
    return _markdown(change, "new_str", "replace_content.")


def _refuse_lost_pages(before: str, after: str) -> None:
    lost = set(_TAG.findall(before)) - set(_TAG.findall(after))
    if lost:
        raise NotionError(
            400,
            "validation_error",
            "This operation would delete child pages or databases. Set allow_deleting_content to"
            f" true to allow it: {', '.join(sorted(lost))}",  # MEM
        )
