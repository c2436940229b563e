"""Making databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, JsonValue

from arion_kit.errors import BadInput
from arion_kit.spec import Call
from arion_kit.words import Language
from arion_notion.api import NotionApi
from arion_notion.finding import find_page
from arion_notion.journal import Note, Write
from arion_notion.models import MadeDatabase
from arion_notion.page_tools import PageId
from arion_notion.probing import begun_now, find_database
from arion_notion.say import SPEAKERS
from arion_notion.wire import Database
from arion_notion.writing import listed, rich_text

_TYPES = (
    "title",
    "rich_text",
    "number",
    "select",
    "multi_select",
    "status",
    "date",
    "people",
    "files",
    "checkbox",
    "url",
    "email",
    "phone_number",
    "unique_id",
    "created_time",
    "created_by",
    "last_edited_time",
    "last_edited_by",
)
"""Types that need no settings."""

_ALIASES = {"text": "rich_text", "phone": "phone_number", "person": "people", "file": "files"}
_TITLES: Mapping[Language, str] = {"ko": "이름", "en": "Name"}


async def notion_create_database(
    call: Call[NotionApi],
    parent_id: PageId,
    title: str,
    properties: Annotated[
        dict[str, JsonValue],
        Field(description='{"마감":"date","상태":["할 일","완료"]}: a type, or choices'),
    ],
) -> MadeDatabase:
    """Create a database in a page."""
    if not title.strip():
        raise BadInput("title", "must not be empty")
    parent = await find_page(call.api, parent_id, "parent_id")
    body: dict[str, JsonValue] = {
        "parent": {"type": "page_id", "page_id": parent.id},
        "title": rich_text(title, "title"),
        "initial_data_source": {"properties": {**_schema(properties, call.language)}},
    }
    fresh: list[Database] = []

    async def act() -> str:
        fresh.append(await call.api.create_database(body))
        return fresh[0].id

    async def probe(note: Note) -> str | None:
        return await find_database(call.api, parent, title, note)

    write = Write.of(call.key, "database", parent.id, title, properties)
    outcome = await call.api.journal.once(write, act, note=begun_now, probe=probe)
    database = fresh[0] if fresh else await call.api.database(outcome.result)
    return MadeDatabase(
        say=SPEAKERS[call.language].made_database(title, parent.name, existed=outcome.existed),
        id=database.data_sources[0].id if database.data_sources else database.id,
        database_id=database.id,
        url=database.url,
        title=title,
        already_existed=outcome.existed,
    )


def _schema(
    properties: Mapping[str, JsonValue], language: Language
) -> dict[str, dict[str, JsonValue]]:
    schema = {name: _property(name, given) for name, given in properties.items()}
    titles = [name for name, prop in schema.items() if "title" in prop]
    if len(titles) > 1:
        raise BadInput("properties", f"only one can be the title, not {' and '.join(titles)}")
    if not titles:
        if _TITLES[language] in schema:
            raise BadInput(f"properties.{_TITLES[language]}", "must be of type title")
        first: dict[str, dict[str, JsonValue]] = {_TITLES[language]: {"title": {}}}
        schema = {**first, **schema}
    return schema


def _property(name: str, given: JsonValue) -> dict[str, JsonValue]:
    where = f"properties.{name}"
    if isinstance(given, dict):
        return given
    if isinstance(given, list):
        return {"select": {"options": [{"name": option} for option in listed(given, where)]}}
    kind = _ALIASES.get(str(given), str(given))
    if kind not in _TYPES:
        raise BadInput(
            where, f"{given!r} is no type; there are {', '.join(_TYPES)}, or a list of choices"
        )
    return {kind: {}}
