"""Looks in Notion whether a write that never reported back has happened."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.words import ErrorKind
from arion_notion.api import NotionApi
from arion_notion.ids import find_id
from arion_notion.journal import Note
from arion_notion.refusals import SERVICE
from arion_notion.schema import Schema
from arion_notion.wire import Item, Markdown, plain

_MARGIN = timedelta(minutes=2)
"""Notion's times are whole minutes, and its clock is not ours."""

_MOST_CHILDREN = 20
_CHILD = re.compile(r"<page\b[^<>]*\burl=\"([^\"<>]*)\"[^<>]*>([^<]*)</page>")
_DATABASE = re.compile(r"<database\b[^<>]*\burl=\"([^\"<>]*)\"[^<>]*>([^<]*)</database>")


async def begun_now() -> Note:
    """The moment before a write goes out."""
    return {"at": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")}


async def find_made(api: NotionApi, parent: Item, title: str, note: Note) -> str | None:
    """The page of this title that we have made in `parent` since the write began.

    Pages that other writes are known to have made are not taken for it.
    """
    since = _since(note)
    if parent.is_data_source:
        made = await _rows(api, parent, title, since)
    else:
        made = await _children(api, parent, title)
    me, known = await api.me(), api.journal.results()
    for item in made:
        ours = item.created_by is not None and item.created_by.id == me.id
        if ours and item.id not in known and _moment(item.created_time) >= since:
            return item.id
    return None


async def find_database(api: NotionApi, parent: Item, title: str, note: Note) -> str | None:
    """The database of this title that we have made in a page since the write began."""
    me, known, since = await api.me(), api.journal.results(), _since(note)
    for database_id in _inside(await api.markdown(parent.id), _DATABASE, title):
        database = await api.database(database_id)
        sources = [await api.data_source(it.id) for it in database.data_sources]
        ours = [it for it in sources if it.created_by is not None and it.created_by.id == me.id]
        if ours and database.id not in known and _moment(ours[0].created_time) >= since:
            return database.id
    return None


async def find_comment(api: NotionApi, page_id: str, text: str, note: Note) -> str | None:
    """The comment of this text that we have written on a page since the write began."""
    me, known, since = await api.me(), api.journal.results(), _since(note)
    cursor: str | None = None
    while True:
        page = await api.comments(page_id, size=100, cursor=cursor)
        for comment in page.results:
            ours = comment.created_by is not None and comment.created_by.id == me.id
            same = plain(comment.rich_text) == text and comment.id not in known
            if ours and same and _moment(comment.created_time) >= since:
                return comment.id
        cursor = page.next_cursor if page.has_more else None
        if cursor is None:
            return None


def changed_since() -> UpstreamFailure:
    """The failure of a repeated write when nobody can tell whether it has happened."""
    return UpstreamFailure(
        ErrorKind.CONFLICT,
        "The page has changed since this write was first tried, so that it may be done already.",
        service=SERVICE,
        next_steps={
            "ko": "페이지를 읽어 보고, 빠졌으면 새로 말씀해 주세요.",
            "en": "Read the page first; if it is missing there, ask anew.",
        },
    )


async def _rows(api: NotionApi, parent: Item, title: str, since: datetime) -> list[Item]:
    name = Schema.of(parent).title.name
    stamp = since.isoformat(timespec="seconds")
    body: dict[str, JsonValue] = {
        "filter": {
            "and": [
                {"property": name, "title": {"equals": title}},
                {"timestamp": "created_time", "created_time": {"on_or_after": stamp}},
            ]
        },
        "page_size": 100,
    }
    return list((await api.query(parent.id, body)).results)


async def _children(api: NotionApi, parent: Item, title: str) -> list[Item]:
    """Pages of this title that lie in a page."""
    ids = _inside(await api.markdown(parent.id), _CHILD, title)
    return [await api.page(page_id) for page_id in ids]


def _inside(content: Markdown, tag: re.Pattern[str], title: str) -> list[str]:
    """Ids of the last things of this title that lie in a page."""
    found = [it for it in tag.finditer(content.markdown) if it[2].strip() == title.strip()]
    return [thing_id for it in found[-_MOST_CHILDREN:] if (thing_id := find_id(it[1]))]


def _since(note: Note) -> datetime:
    return datetime.fromisoformat(note["at"]) - _MARGIN


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
