"""Tools that find things: pages, data sources, their rows, people."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call
from arion_notion.api import Kind, NotionApi
from arion_notion.filters import FilterReader, read_sorts
from arion_notion.finding import find_data_source
from arion_notion.lookups import Lookups
from arion_notion.models import (
    DataSource,
    Found,
    Row,
    Rows,
    Users,
    found_row,
    property_row,
    user_row,
)
from arion_notion.paging import read_part
from arion_notion.reading import read_values, shortened
from arion_notion.say import SPEAKERS
from arion_notion.schema import Schema
from arion_notion.wire import Item, ItemList, UserList

_LONGEST_VALUE = 500
"""Characters of one property in a list of rows; notion_read_page gives more of it."""
_FRAME = 1_000
"""Characters of a result besides its rows."""

Size = Annotated[int, Field(ge=1, le=100)]
Cursor = str | None


async def notion_search(
    call: Call[NotionApi],
    query: str = "",
    type: Kind | None = None,
    in_trash: bool = False,
    page_size: Size = 10,
    cursor: Cursor = None,
) -> Found:
    """Find pages and data sources by title; without query the last edited."""

    async def fetch(start: str | None, size: int) -> ItemList:
        return await call.api.search(
            query.strip(), type, size=size, cursor=start, in_trash=in_trash
        )

    part = await read_part(cursor, page_size, fetch)
    rows = [found_row(item) for item in part.rows]
    shown = rows[: rows_that_fit(rows, call.max_chars - _FRAME)]
    following = part.cursor(len(shown))
    titles = [row.title for row in shown]
    say = SPEAKERS[call.language].found(titles, query.strip(), more=following is not None)
    return Found(say=say, results=shown, next_cursor=following)


async def notion_get_data_source(
    call: Call[NotionApi],
    id: Annotated[str, Field(min_length=1)],
) -> DataSource:
    """Read the schema of a data source (id, URL or name)."""
    source = await find_data_source(call.api, id, "id")
    properties = Schema.of(source).properties
    names = [prop.name for prop in properties]
    rows = [property_row(prop) for prop in properties]
    shown = rows[: rows_that_fit(rows, call.max_chars - _FRAME)]
    return DataSource(
        say=SPEAKERS[call.language].schema(source.name, names),
        id=source.id,
        title=source.name,
        url=source.url,
        properties=shown,
        left_out=names[len(shown) :] or None,
    )


async def notion_query(
    call: Call[NotionApi],
    data_source_id: str,
    filter: Annotated[
        dict[str, JsonValue] | None,
        Field(description='{"상태":"완료","마감":{"before":"2026-12-01"}} or Notion\'s own'),
    ] = None,
    sorts: Annotated[tuple[str, ...], Field(description="-name descends")] = (),
    page_size: Size = 20,
    cursor: Cursor = None,
    properties: Annotated[tuple[str, ...], Field(description="Only these")] = (),
) -> Rows:
    """List rows of a data source (id, URL or name)."""
    source = await find_data_source(call.api, data_source_id)
    schema, lookups = Schema.of(source), Lookups(call.api)
    body: dict[str, JsonValue] = {}
    reader = FilterReader(schema, lookups, call.now)
    wanted = await reader.read(filter) if filter else None
    if wanted:
        body["filter"] = wanted
    if sorts:
        body["sorts"] = read_sorts(sorts, schema)
    kept = [schema.find(name, "properties") for name in properties]
    ids = [prop.id for prop in (schema.title, *kept)] if kept else []

    async def fetch(start: str | None, size: int) -> ItemList:
        place: dict[str, JsonValue] = {"start_cursor": start} if start else {}
        return await call.api.query(source.id, {**body, "page_size": size, **place}, ids)

    part = await read_part(cursor, page_size, fetch)
    titles = await lookups.titles(part.rows)
    names = {prop.name for prop in kept}
    rows = [_row(item, names, titles) for item in part.rows]
    shown = rows[: rows_that_fit(rows, call.max_chars - _FRAME)]
    following = part.cursor(len(shown))
    say = SPEAKERS[call.language].rows(
        source.name,
        [row.title for row in shown],
        filtered=wanted is not None,
        more=following is not None,
    )
    return Rows(say=say, rows=shown, next_cursor=following)


async def notion_list_users(
    call: Call[NotionApi], page_size: Size = 50, cursor: Cursor = None
) -> Users:
    """List the people and connections of the workspace."""

    async def fetch(start: str | None, size: int) -> UserList:
        return await call.api.users_page(size=size, cursor=start)

    part = await read_part(cursor, page_size, fetch)
    rows = [user_row(user) for user in part.rows]
    shown = rows[: rows_that_fit(rows, call.max_chars - _FRAME)]
    following = part.cursor(len(shown))
    people = [row.name for row in shown if row.type != "bot"]
    say = SPEAKERS[call.language].users(people, more=following is not None)
    return Users(say=say, users=shown, next_cursor=following)


def _row(item: Item, names: set[str], titles: dict[str, str]) -> Row:
    chosen = {name: value for name, value in item.properties.items() if not names or name in names}
    values = shortened(read_values(chosen, titles), _LONGEST_VALUE)
    return Row(id=item.id, title=item.name, url=item.url, properties=values)
