"""The workspace behind Notion's stand-in: its objects by id, pages of lists, computed values."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text
from arion_sandbox.notion_faults import invalid, not_found
from arion_sandbox.notion_query import SEOUL, day_of
from arion_sandbox.notion_values import empty_value, plain_text
from arion_sandbox.store import Store

PAGES = "notion/pages"
DATA_SOURCES = "notion/data_sources"
DATABASES = "notion/databases"
COMMENTS = "notion/comments"
USERS = "notion/users"

BOT_ID = "b07a51ab-0f1c-4d7e-8a2b-3c9d5e6f7a81"
"""The connection itself; what it makes was made by this user."""

_ID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAYS_LEFT = 'dateBetween(prop("마감"), now(), "days")'
"""The one formula that the stand-in can compute."""


@dataclass(frozen=True)
class Workspace:
    """Objects by id, in a store."""

    store: Store
    now: Callable[[], datetime]

    def stamp(self) -> str:
        """The present moment as Notion writes it: in UTC, to the minute."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00.000Z")

    def get(self, collection: str, text: str) -> JsonObject | None:
        """Find an object by its id, with dashes or without."""
        return self.store.get(collection, object_id(text))

    def page(self, text: str) -> JsonObject:
        """Find a page, or refuse."""
        page = self.get(PAGES, text)
        if page is None:
            raise not_found("page", object_id(text))
        return page

    def data_source(self, text: str) -> JsonObject:
        """Find a data source, or refuse."""
        source = self.get(DATA_SOURCES, text)
        if source is None:
            kind = "database" if self.get(DATABASES, text) is None else "data_source"
            raise not_found(kind, object_id(text))
        return source

    def save(self, collection: str, item: JsonObject) -> None:
        """Keep an object."""
        self.store.put(collection, as_text(item["id"]), item)

    def user(self, user_id: str) -> JsonObject | None:
        """Find a user."""
        return self.get(USERS, user_id)

    def shown(self, page: JsonObject) -> JsonObject:
        """A page as responses show it, computed values included."""
        visible = {name: value for name, value in page.items() if name != "markdown"}
        parent = as_object(page["parent"])
        if parent["type"] != "data_source_id":
            return visible
        source = self.data_source(as_text(parent["data_source_id"]))
        schema = cast("dict[str, JsonObject]", as_object(source["properties"]))
        kept = as_object(page["properties"])
        values = {name: as_object(kept.get(name)) or empty_value(it) for name, it in schema.items()}
        for name, prop in schema.items():
            if (computed := self._computed(page, prop, values)) is not None:
                values[name] = computed
        return visible | {"properties": cast("JsonObject", values)}

    def rows(self, source_id: str) -> list[JsonObject]:
        """The pages of a data source, as they are shown, newest first."""
        rows = [
            self.shown(page)
            for page in self.store.all(PAGES)
            if as_object(page["parent"]).get("data_source_id") == source_id
        ]
        return sorted(rows, key=lambda page: as_text(page["created_time"]), reverse=True)

    def _computed(
        self, page: JsonObject, prop: JsonObject, values: Mapping[str, JsonObject]
    ) -> JsonObject | None:
        kind = as_text(prop["type"])
        head: JsonObject = {"id": prop["id"], "type": kind}
        if kind in ("created_time", "last_edited_time", "created_by", "last_edited_by"):
            return head | {kind: page[kind]}
        if kind == "formula":
            due = as_object(as_object(values.get("마감")).get("date")).get("start")
            day, today = day_of(due), self.now().astimezone(SEOUL).date()
            known = day is not None and as_object(prop["formula"])["expression"] == _DAYS_LEFT
            left = (day - today).days if known and day else None
            formula: JsonObject = {"type": "number", "number": left}
            return head | {"formula": formula}
        if kind == "rollup":
            rollup = as_object(prop["rollup"])
            return head | {"rollup": self._checked(rollup, values)}
        return None

    def _checked(self, rollup: JsonObject, values: Mapping[str, JsonObject]) -> JsonObject:
        """The share of related rows whose checkbox is set."""
        related = as_objects(values[as_text(rollup["relation_property_name"])]["relation"])
        boxes = [
            as_object(as_object(page["properties"])[as_text(rollup["rollup_property_name"])])
            for item in related
            if (page := self.get(PAGES, as_text(item["id"])))
        ]
        share = sum(box["checkbox"] is True for box in boxes) / len(boxes) if boxes else None
        return {"type": "number", "number": share, "function": rollup["function"]}


def object_id(text: str) -> str:
    """An id with its dashes; refuses what is none."""
    if not re.fullmatch(
        r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text
    ):
        raise invalid(
            f'path failed validation: path.id should be a valid uuid, instead was `"{text}"`.'
        )
    return str(uuid.UUID(text))


def title_of(item: JsonObject) -> str:
    """The title of a page or data source."""
    if item["object"] != "page":
        return plain_text(item["title"])
    properties = as_object(item["properties"]).values()
    return next(
        (plain_text(value["title"]) for value in as_objects(list(properties)) if "title" in value),
        "",
    )


def link_to(page_id: str) -> str:
    """The address of a page."""
    return f"https://app.notion.com/p/{page_id.replace('-', '')}"


def page_tag(page: JsonObject) -> str:
    """How a page shows in the Markdown of the page it lies in."""
    return f'<page url="{page["url"]}">{title_of(page)}</page>'


def list_of(items: Sequence[JsonObject], kind: str, start_cursor: Json, size: int) -> JsonObject:
    """One page of a list; a cursor is the id of the item that comes next."""
    ids = [as_text(item["id"]) for item in items]
    if start_cursor is not None and start_cursor not in ids:
        raise invalid(f"The start_cursor provided is invalid: {start_cursor}")
    start = ids.index(start_cursor) if isinstance(start_cursor, str) else 0
    rest = ids[start + size : start + size + 1]
    return {
        "object": "list",
        "results": list[Json](items[start : start + size]),
        "next_cursor": rest[0] if rest else None,
        "has_more": bool(rest),
        "type": kind,
        kind: {},
        "request_id": "5f3c1a52-0d6e-4c8e-9f0b-7f2f6d1c9a10",
    }


def found_by_words(items: Iterable[JsonObject], query: str) -> list[JsonObject]:
    """Items whose title holds every word of a search; those that start with it first."""
    words = query.casefold().split()
    found: list[tuple[int, JsonObject]] = []
    for item in items:
        title = title_of(item).casefold()
        bare = title.replace(" ", "")
        if all(word in title or word in bare for word in words):
            rank = (
                0 if title == query.casefold() else 1 if title.startswith(query.casefold()) else 2
            )
            found.append((rank, item))
    found.sort(key=lambda pair: pair[0])
    return [item for _, item in found]
