"""Tools for comments."""

from __future__ import annotations

from pydantic import JsonValue

from arion_kit.errors import BadInput
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call
from arion_notion.api import NotionApi
from arion_notion.finding import find_page
from arion_notion.ids import read_id
from arion_notion.journal import Note, Write
from arion_notion.lookups import Lookups
from arion_notion.models import Comments, Deleted, MadeComment, comment_row
from arion_notion.page_tools import PageId
from arion_notion.paging import read_part
from arion_notion.probing import begun_now, find_comment
from arion_notion.say import SPEAKERS
from arion_notion.search_tools import Cursor, Size
from arion_notion.wire import CommentList
from arion_notion.writing import rich_text

_FRAME = 1_000
"""Characters of a result besides its rows."""


async def notion_list_comments(
    call: Call[NotionApi], page_id: PageId, page_size: Size = 20, cursor: Cursor = None
) -> Comments:
    """List the open comments on a page, oldest first."""
    page = await find_page(call.api, page_id)

    async def fetch(start: str | None, size: int) -> CommentList:
        return await call.api.comments(page.id, size=size, cursor=start)

    part = await read_part(cursor, page_size, fetch)
    names = await Lookups(call.api).authors(part.rows)
    rows = [comment_row(comment, names) for comment in part.rows]
    shown = rows[: rows_that_fit(rows, call.max_chars - _FRAME)]
    following = part.cursor(len(shown))
    say = SPEAKERS[call.language].comments(
        page.name, [(row.author, row.text) for row in shown], more=following is not None
    )
    return Comments(say=say, comments=shown, next_cursor=following)


async def notion_comment(
    call: Call[NotionApi],
    page_id: PageId,
    text: str,
    discussion_id: str | None = None,
) -> MadeComment:
    """Comment on a page, or answer in a discussion on it."""
    if not text.strip():
        raise BadInput("text", "must not be empty")
    page = await find_page(call.api, page_id)
    place: dict[str, JsonValue] = (
        {"discussion_id": read_id(discussion_id, "discussion_id")}
        if discussion_id
        else {"parent": {"type": "page_id", "page_id": page.id}}
    )
    body: dict[str, JsonValue] = {**place, "rich_text": rich_text(text, "text")}

    async def act() -> str:
        return (await call.api.comment(body)).id

    async def probe(note: Note) -> str | None:
        return await find_comment(call.api, page.id, text, note)

    write = Write.of(call.key, "comment", page.id, text, discussion_id)
    outcome = await call.api.journal.once(write, act, note=begun_now, probe=probe)
    return MadeComment(
        say=SPEAKERS[call.language].commented(page.name, existed=outcome.existed),
        id=outcome.result,
        already_existed=outcome.existed,
    )


async def notion_delete_comment(call: Call[NotionApi], comment_id: str) -> Deleted:
    """Delete a comment that this connection wrote."""
    wanted = read_id(comment_id, "comment_id")
    await call.api.delete_comment(wanted)
    return Deleted(say=SPEAKERS[call.language].uncommented(), id=wanted)
