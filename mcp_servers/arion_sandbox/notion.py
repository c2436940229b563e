"""Notion's API of 2026-03-11: search, data sources, pages as Markdown, comments, users.

Paths, fields and types: the published types of Notion's own client (@notionhq/client 5.26.0).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.json_types import Json, JsonObject, as_object, as_text
from arion_sandbox.notion_databases import Databases
from arion_sandbox.notion_faults import (
    NotionError,
    field_object,
    field_text,
    invalid,
    misfit,
    not_found,
    only,
    page_size,
    read_body,
    refuse_body,
    refuse_query,
    unavailable,
)
from arion_sandbox.notion_pages import Pages
from arion_sandbox.notion_query import RowFilter, sort_rows
from arion_sandbox.notion_values import read_rich_text, text_items
from arion_sandbox.notion_workspace import (
    BOT_ID,
    COMMENTS,
    DATA_SOURCES,
    PAGES,
    USERS,
    Workspace,
    found_by_words,
    list_of,
    object_id,
)
from arion_sandbox.store import Store

TOKEN = "sandbox"  # noqa: S105 - the one token of a workspace that holds nothing private
VERSION = "2026-03-11"

SIZE = Parameter("page_size", "integer", minimum=1, maximum=100)
CURSOR = Parameter("start_cursor")
FILTERED = Parameter("filter_properties", repeated=True)
_SEARCHED: Mapping[str, str] = {"page": PAGES, "data_source": DATA_SOURCES}


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the workspace in a store."""
    workspace = Workspace(store, now)
    here, pages, databases = _Workspace(workspace), Pages(workspace), Databases(workspace)
    page, source = "/pages/{page_id}", "/data_sources/{data_source_id}"
    transcript = Parameter("include_transcript", "boolean")
    return Vendor(
        root="/v1",
        endpoints=(
            Endpoint("POST", "/search", here.search),
            Endpoint("POST", "/pages", pages.create, (FILTERED,)),
            Endpoint("GET", page, pages.get, (FILTERED,)),
            Endpoint("PATCH", page, pages.update, (FILTERED,)),
            Endpoint("POST", f"{page}/move", pages.move),
            Endpoint(
                "GET", f"{page}/properties/{{property_id:path}}", pages.get_property, (SIZE, CURSOR)
            ),
            Endpoint("GET", f"{page}/markdown", pages.get_markdown, (transcript,)),
            Endpoint("PATCH", f"{page}/markdown", pages.update_markdown),
            Endpoint("GET", source, here.get_data_source),
            Endpoint("POST", f"{source}/query", here.query, (FILTERED,)),
            Endpoint("POST", "/databases", databases.create),
            Endpoint("GET", "/databases/{database_id}", databases.get),
            Endpoint("PATCH", "/databases/{database_id}", databases.update),
            Endpoint(
                "GET",
                "/comments",
                here.list_comments,
                (Parameter("block_id", required=True), SIZE, CURSOR),
            ),
            Endpoint("POST", "/comments", here.create_comment),
            Endpoint("DELETE", "/comments/{comment_id}", here.delete_comment),
            Endpoint("GET", "/users", here.list_users, (SIZE, CURSOR)),
            Endpoint("GET", "/users/me", here.get_me),
            Endpoint("GET", "/users/{user_id}", here.get_user),
        ),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=unavailable,
    )


def authorize(headers: Mapping[str, str]) -> None:
    """Let `Authorization: Bearer sandbox` in, with the version of the API that is served here."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or token != TOKEN:
        raise NotionError(401, "unauthorized", "API token is invalid.")
    version = headers.get("notion-version")
    if not version:
        message = "Notion-Version header should be defined, instead was `undefined`."
        raise NotionError(
            400, "missing_version", f"Notion-Version header failed validation: {message}"
        )
    if version != VERSION:
        raise invalid(
            f'Notion-Version header failed validation: should be `"{VERSION}"`, '
            f'instead was `"{version}"`.'
        )


@dataclass(frozen=True)
class _Workspace:
    """The endpoints that are not about one page."""

    workspace: Workspace

    def search(self, call: Call) -> JsonObject:
        """POST /v1/search: by title; without words everything, the last edited first."""
        body = read_body(call.content)
        only(body, ("query", "filter", "sort", "start_cursor", "page_size"))
        chosen = as_object(body.get("filter"))
        only(chosen, ("property", "value", "in_trash"), "filter.")
        kind = chosen.get("value")
        if "property" in chosen and (chosen["property"] != "object" or kind not in _SEARCHED):
            raise misfit("filter.value", '`"page"` or `"data_source"`', kind)
        trashed = chosen.get("in_trash") is True
        items = [
            item
            for name, collection in _SEARCHED.items()
            if kind in (None, name)
            for item in self.workspace.store.all(collection)
            if item["in_trash"] is trashed
        ]
        direction = as_object(body.get("sort")).get("direction", "descending")
        items.sort(
            key=lambda item: as_text(item["last_edited_time"]), reverse=direction == "descending"
        )
        query = field_text(body, "query").strip() if "query" in body else ""
        found = found_by_words(items, query) if query else items
        shown = [self.workspace.shown(it) if it["object"] == "page" else it for it in found]
        return list_of(shown, "page_or_data_source", body.get("start_cursor"), page_size(body))

    def get_data_source(self, call: Call) -> JsonObject:
        """GET /v1/data_sources/{data_source_id}."""
        return self.workspace.data_source(call.path["data_source_id"])

    def query(self, call: Call) -> JsonObject:
        """POST /v1/data_sources/{data_source_id}/query."""
        body = read_body(call.content)
        only(body, ("filter", "sorts", "start_cursor", "page_size", "in_trash", "result_type"))
        source = self.workspace.data_source(call.path["data_source_id"])
        schema = cast("dict[str, JsonObject]", source["properties"])
        kept = call.query.texts("filter_properties")
        for name in kept:
            if not any(name in (key, prop["id"]) for key, prop in schema.items()):
                raise invalid(f"Could not find property with name or id: {name}")
        chosen = RowFilter(schema, self.workspace.now(), BOT_ID)
        trashed = body.get("in_trash") is True
        given = field_object(body, "filter") if "filter" in body else None
        rows = [
            row
            for row in self.workspace.rows(as_text(source["id"]))
            if row["in_trash"] is trashed and (given is None or chosen.matches(row, given))
        ]
        rows = sort_rows(rows, body.get("sorts"), schema)
        shown = [_with_properties(row, kept) for row in rows] if kept else rows
        return list_of(shown, "page_or_data_source", body.get("start_cursor"), page_size(body))

    def list_comments(self, call: Call) -> JsonObject:
        """GET /v1/comments: of one page, oldest first."""
        page = self.workspace.page(call.query.text("block_id") or "")
        comments = [
            comment
            for comment in self.workspace.store.all(COMMENTS)
            if as_object(comment["parent"])["page_id"] == page["id"] and "deleted" not in comment
        ]
        comments.sort(key=lambda comment: as_text(comment["created_time"]))
        size = call.query.number("page_size", 100)
        return list_of(comments, "comment", call.query.text("start_cursor"), size)

    def create_comment(self, call: Call) -> JsonObject:
        """POST /v1/comments: on a page, or into a discussion."""
        body = read_body(call.content)
        only(body, ("parent", "discussion_id", "rich_text", "markdown", "display_name"))
        if ("parent" in body) is ("discussion_id" in body):
            raise misfit("parent", "defined", body.get("parent"), missing="parent" not in body)
        text = text_items(field_text(body, "markdown")) if "markdown" in body else None
        items = read_rich_text(body, "rich_text") if text is None else text
        comment_id, stamp = str(uuid.uuid4()), self.workspace.stamp()
        comment: JsonObject = {
            "object": "comment",
            "id": comment_id,
            **self._discussion(body),
            "created_time": stamp,
            "last_edited_time": stamp,
            "created_by": {"object": "user", "id": BOT_ID},
            "rich_text": items,
            "display_name": {"type": "integration", "resolved_name": "아리온"},
        }
        self.workspace.save(COMMENTS, comment)
        return comment

    def delete_comment(self, call: Call) -> JsonObject:
        """DELETE /v1/comments/{comment_id}: one of the connection's own."""
        comment = self.workspace.get(COMMENTS, call.path["comment_id"])
        if comment is None or "deleted" in comment:
            raise not_found("comment", object_id(call.path["comment_id"]))
        if as_object(comment["created_by"])["id"] != BOT_ID:
            message = "Insufficient permissions for this endpoint."
            raise NotionError(403, "restricted_resource", message)
        self.workspace.save(COMMENTS, comment | {"deleted": True})
        return {"object": "comment", "id": comment["id"]}

    def list_users(self, call: Call) -> JsonObject:
        """GET /v1/users."""
        size = call.query.number("page_size", 100)
        users = self.workspace.store.all(USERS)
        return list_of(users, "user", call.query.text("start_cursor"), size)

    def get_me(self, call: Call) -> JsonObject:
        """GET /v1/users/me: the connection itself."""
        return self._user(BOT_ID)

    def get_user(self, call: Call) -> JsonObject:
        """GET /v1/users/{user_id}."""
        return self._user(call.path["user_id"])

    def _user(self, user_id: str) -> JsonObject:
        user = self.workspace.user(user_id)
        if user is None:
            raise not_found("user", object_id(user_id))
        return user

    def _discussion(self, body: JsonObject) -> dict[str, Json]:
        if "discussion_id" in body:
            wanted = object_id(field_text(body, "discussion_id"))
            for comment in self.workspace.store.all(COMMENTS):
                if comment["discussion_id"] == wanted:
                    return {"parent": comment["parent"], "discussion_id": wanted}
            raise not_found("discussion", wanted)
        parent = field_object(body, "parent")
        page = self.workspace.page(field_text(parent, "page_id", "parent."))
        return {
            "parent": {"type": "page_id", "page_id": page["id"]},
            "discussion_id": str(uuid.uuid4()),
        }


def _with_properties(row: JsonObject, kept: list[str]) -> JsonObject:
    """A row with the properties that were asked for, and its title."""
    values = cast("dict[str, JsonObject]", row["properties"])
    shown: JsonObject = {
        name: value
        for name, value in values.items()
        if name in kept or value["id"] in kept or value["type"] == "title"
    }
    return row | {"properties": shown}
