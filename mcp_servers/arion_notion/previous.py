"""The values that properties had, in the form in which they can be set again."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import JsonValue

from arion_notion.api import NotionApi
from arion_notion.wire import Item, RawValue

_OPTIONS = frozenset({"select", "status"})
_LISTS = frozenset({"multi_select", "people", "relation"})
_TEXTS = frozenset({"title", "rich_text"})


async def previous_values(api: NotionApi, page: Item, names: Iterable[str]) -> dict[str, JsonValue]:
    """Notion's own property objects of a page, exact to the formatting of text.

    A relation of more than 25 pages is read whole; one that the page does not have is left out.
    """
    values: dict[str, JsonValue] = {}
    for name in names:
        raw = page.properties.get(name)
        if raw is None:
            continue
        if raw.get("has_more") is True:
            items = await api.property_items(page.id, str(raw["id"]))
            whole: list[JsonValue] = [item.get("relation") for item in items]
            raw = {**raw}
            raw["relation"] = whole
        values[name] = settable(raw)
    return values


def settable(raw: RawValue) -> dict[str, JsonValue]:
    """A property as Notion takes it, from one as Notion sends it."""
    kind = str(raw.get("type") or "")
    value = raw.get(kind)
    if kind in _OPTIONS and isinstance(value, dict):
        return {kind: _mention_by_id(value)}
    if kind in _LISTS and isinstance(value, list):
        return {kind: [_mention_by_id(item) for item in value if isinstance(item, dict)]}
    if kind in _TEXTS and isinstance(value, list):
        return {kind: [_text(item) for item in value if isinstance(item, dict)]}
    return {kind: value}


def _mention_by_id(item: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {"id": item["id"]} if item.get("id") else {"name": item.get("name")}


def _text(item: dict[str, JsonValue]) -> dict[str, JsonValue]:
    kind = str(item.get("type") or "text")
    head: dict[str, JsonValue] = {"type": kind}
    if "annotations" in item:
        head["annotations"] = item["annotations"]
    if kind in ("text", "equation"):
        return {**head, kind: item.get(kind)}
    mention = item.get("mention")
    target = str(mention.get("type") or "") if isinstance(mention, dict) else ""
    inner = mention.get(target) if isinstance(mention, dict) else None
    if target in ("page", "database", "user", "date") and isinstance(inner, dict):
        named: JsonValue = inner if target == "date" else {"id": inner.get("id")}
        return {**head, "mention": {"type": target, target: named}}
    return {"type": "text", "text": {"content": str(item.get("plain_text") or "")}}
