"""Finds the page or data source that an id, an address or a name stands for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from arion_kit.errors import BadInput, ToolFailure
from arion_kit.words import ErrorKind
from arion_notion.api import NotionApi
from arion_notion.ids import find_id, read_id
from arion_notion.schema import Property, Schema, fold
from arion_notion.wire import Database, Item

Thing = TypeVar("Thing")

_SHOWN = 8

_TASKS = frozenset(
    {"할일", "할일목록", "투두", "투두리스트", "todo", "to-do", "todolist", "to-dolist", "tasks"}
    | {"task", "tasklist", "mytasks", "작업", "작업목록"}
)
"""What lists of things to do are called; spoken of by any of these, whichever it is is meant."""


async def find_page(api: NotionApi, text: str, parameter: str = "page_id") -> Item:
    """The page of an id or address.

    Raises:
        BadInput: It is none, or that of a data source; says what to use instead.
        ToolFailure: Of kind `not_found` when there is nothing shared with us under it.
    """
    page_id = read_id(text, parameter)
    try:
        return await api.page(page_id)
    except ToolFailure as failure:
        if failure.kind is not ErrorKind.NOT_FOUND:
            raise
        source = await _source(api, text)
        if source is None:
            raise
        raise BadInput(
            parameter, f"is the data source '{source.name}'; its rows come from notion_query"
        ) from None


async def find_page_or_database(api: NotionApi, text: str) -> Item | Database:
    """What can be in the trash: a page, or a database, which a data source of it stands for.

    Raises:
        BadInput: The text is no id or address.
        ToolFailure: Of kind `not_found` when there is nothing shared with us under it.
    """
    page_id = read_id(text, "page_id")
    try:
        return await api.page(page_id)
    except ToolFailure as failure:
        if failure.kind is not ErrorKind.NOT_FOUND:
            raise
        database = await _or_none(api.database(page_id))
        source = None if database else await _or_none(api.data_source(page_id))
        if source and source.parent.database_id:
            database = await _or_none(api.database(source.parent.database_id))
        if database is None:
            raise
        return database


async def find_data_source(api: NotionApi, text: str, parameter: str = "data_source_id") -> Item:
    """The data source of an id, an address or a name; a database with one counts as that one.

    Raises:
        BadInput: It is none; says which there are, or what to use instead.
        ToolFailure: Of kind `not_found` when there is nothing shared with us under it.
    """
    if find_id(text, container=True) is None:
        return await _by_name(api, text, parameter)
    found = await _source(api, text)
    if isinstance(found, Item):
        return found
    if found is not None:
        names = ", ".join(f"{it.name} ({it.id})" for it in found.data_sources) or "none"
        raise BadInput(parameter, f"is the database '{found.name}'; choose a data source: {names}")
    page = await api.page(read_id(text, parameter))
    raise BadInput(parameter, f"is the page '{page.name}'; read it with notion_read_page")


async def find_parent(api: NotionApi, text: str, parameter: str = "parent_id") -> Item:
    """What a new page goes into: a data source or a page.

    Raises:
        BadInput: It is neither.
        ToolFailure: Of kind `not_found` when there is nothing shared with us under it.
    """
    if find_id(text) is None:
        return await _by_name(api, text, parameter)
    page = (
        None if _looks_like_database(text) else await _or_none(api.page(read_id(text, parameter)))
    )
    return page or await find_data_source(api, text, parameter)


async def schema_of(api: NotionApi, page: Item) -> Schema:
    """The properties that `page` has: those of its data source, or a title alone."""
    container = page.parent.data_source_id or page.parent.database_id
    if container is None:
        return Schema((Property("title", "title", "title"),))
    return Schema.of(await find_data_source(api, container))


async def _source(api: NotionApi, text: str) -> Item | Database | None:
    """A data source; a database where it does not have just one; None where there is neither."""
    source_id = find_id(text, container=True)
    if source_id is None:
        return None
    if not _looks_like_database(text):
        source = await _or_none(api.data_source(source_id))
        if source:
            return source
    database = await _or_none(api.database(source_id))
    if database is None:
        return await _or_none(api.data_source(source_id)) if _looks_like_database(text) else None
    if len(database.data_sources) != 1:
        return database
    return await api.data_source(database.data_sources[0].id)


async def _by_name(api: NotionApi, text: str, parameter: str) -> Item:
    found = (await api.search(text.strip(), "data_source", size=50)).results
    same = [item for item in found if fold(item.name) == fold(text)]
    others = found
    if not same:
        others = (await api.search("", "data_source", size=50)).results
        if fold(text) in _TASKS:
            same = [item for item in others if fold(item.name) in _TASKS]
    if len(same) == 1:
        return await api.data_source(same[0].id)
    if same:
        raise BadInput(parameter, f"'{text}' is the name of several; give the id of one")
    others = found or others
    names = ", ".join(item.name for item in others[:_SHOWN] if item.name) or "none"
    raise BadInput(
        parameter,
        f"'{text}' is neither an id nor an address, and no data source is called that; "
        f"there are {names}",
    )


async def _or_none(asked: Awaitable[Thing]) -> Thing | None:
    try:
        return await asked
    except ToolFailure as failure:
        if failure.kind is not ErrorKind.NOT_FOUND:
            raise
        return None


def _looks_like_database(text: str) -> bool:
    """Addresses of databases name a view."""
    return "?v=" in text or "&v=" in text
