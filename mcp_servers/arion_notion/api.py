"""Notion's API of 2026-03-11, as far as the tools need it.

Source of paths and fields: the published types of Notion's own client (@notionhq/client 5.26.0).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import JsonValue

from arion_kit.changes import current_changes, watched_changes
from arion_kit.credentials import Bearer
from arion_kit.errors import ToolFailure
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind
from arion_notion.journal import Journal
from arion_notion.refusals import SERVICE, translate
from arion_notion.settings import NOTION, NotionSettings
from arion_notion.titles import Titles
from arion_notion.wire import (
    Comment,
    CommentList,
    Database,
    Item,
    ItemList,
    Markdown,
    PropertyItems,
    RawValue,
    User,
    UserList,
)

VERSION = "2026-03-11"

Kind = Literal["page", "data_source"]
Body = Mapping[str, JsonValue]

_MOST_PARTS = 10
"""Parts of a long page that are fetched one by one."""

_MOST_USERS = 1_000
_UNKNOWN = re.compile(r"<unknown\b[^<>]*>(?:</unknown>)?")
_QUOTA = Quota(units_per_s=3, burst=30)
"""The pace that every plan allows; Notion's own limit counts requests of a whole minute."""


class NotionApi:
    """Typed calls; failures leave as the kit's errors. Ids have their dashes."""

    def __init__(self, upstream: Upstream, journal: Journal) -> None:
        self._upstream = upstream
        self.journal = journal
        """What was begun under the ids that clients give their writes."""
        self.titles = Titles()
        """Titles of pages that came along with something else."""

    async def me(self) -> User:
        """The connection itself."""
        return self._upstream.parse(User, await self._upstream.get("/v1/users/me"))

    async def users(self) -> tuple[User, ...]:
        """Everybody in the workspace, connections too."""
        users: list[User] = []
        cursor: str | None = None
        while len(users) < _MOST_USERS:
            page = await self.users_page(size=100, cursor=cursor)
            users += page.results
            cursor = page.next_cursor if page.has_more else None
            if cursor is None:
                break
        return tuple(users)

    async def users_page(self, *, size: int, cursor: str | None = None) -> UserList:
        """Some of them."""
        params = {"page_size": size, "start_cursor": cursor}
        return self._upstream.parse(UserList, await self._upstream.get("/v1/users", params=params))

    async def search(
        self,
        query: str,
        kind: Kind | None,
        *,
        size: int,
        cursor: str | None = None,
        in_trash: bool = False,
    ) -> ItemList:
        """Pages and data sources by their title; without words the last edited first."""
        body: dict[str, JsonValue] = {"page_size": size}
        if query:
            body["query"] = query
        else:
            body["sort"] = {"timestamp": "last_edited_time", "direction": "descending"}
        chosen: dict[str, JsonValue] = {"property": "object", "value": kind} if kind else {}
        if in_trash:
            chosen["in_trash"] = True
        if chosen:
            body["filter"] = chosen
        if cursor:
            body["start_cursor"] = cursor
        found = self._upstream.parse(ItemList, await self._ask("/v1/search", body))
        self.titles.remember(found.results)
        return found

    async def page(self, page_id: str) -> Item:
        """A page and its properties."""
        page = self._upstream.parse(Item, await self._upstream.get(f"/v1/pages/{page_id}"))
        self.titles.remember([page])
        return page

    async def create_page(self, body: Body) -> Item:
        """Makes a page. Notion takes no id of ours: sent twice, it makes two."""
        answer = await self._upstream.send("POST", "/v1/pages", json=dict(body))
        return self._upstream.parse(Item, answer)

    async def update_page(self, page_id: str, body: Body) -> Item:
        """Sets properties of a page or trashes it; the same once more changes nothing."""
        answer = await self._upstream.send(
            "PATCH", f"/v1/pages/{page_id}", json=dict(body), retry=True
        )
        page = self._upstream.parse(Item, answer)
        self.titles.remember([page])
        return page

    async def bin_page(self, page_id: str, *, in_trash: bool) -> None:
        """Puts a page into the trash or takes it out; the same once more changes nothing."""
        try:
            await self.update_page(page_id, {"in_trash": in_trash})
        except ToolFailure as failure:
            # Notion edits nothing in the trash: an attempt whose answer was lost has done it.
            done = failure.kind is ErrorKind.BAD_INPUT and in_trash
            if not (done and (await self.page(page_id)).in_trash):
                raise

    async def bin_database(self, database_id: str, *, in_trash: bool) -> None:
        """As `bin_page`, a database with all its rows."""
        path, body = f"/v1/databases/{database_id}", {"in_trash": in_trash}
        try:
            await self._upstream.send("PATCH", path, json={**body}, retry=True)
        except ToolFailure as failure:
            done = failure.kind is ErrorKind.BAD_INPUT and in_trash
            if not (done and (await self.database(database_id)).in_trash):
                raise

    async def move_page(self, page_id: str, parent: Body) -> Item:
        """Puts a page elsewhere; the same once more changes nothing."""
        answer = await self._upstream.send(
            "POST", f"/v1/pages/{page_id}/move", json={"parent": dict(parent)}, retry=True
        )
        return self._upstream.parse(Item, answer)

    async def markdown(self, page_id: str) -> Markdown:
        """The content of a page. Parts that Notion left out for its length are fetched as well.

        `truncated` says whether something is still missing.
        """
        body = await self._upstream.get(f"/v1/pages/{page_id}/markdown")
        page = self._upstream.parse(Markdown, body)
        if not page.unknown_block_ids:
            return page
        wanted = page.unknown_block_ids[:_MOST_PARTS]
        parts = await asyncio.gather(*(self._part(block_id) for block_id in wanted))
        return _whole(page, dict(zip(wanted, parts, strict=True)))

    async def change_markdown(self, page_id: str, change: Body, *, retry: bool = False) -> Markdown:
        """Changes the content of a page; gives what it is then."""
        answer = await self._upstream.send(
            "PATCH", f"/v1/pages/{page_id}/markdown", json=dict(change), retry=retry
        )
        page = self._upstream.parse(Markdown, answer)
        # Compared with what it was before, it has to be as whole.
        return await self.markdown(page_id) if page.unknown_block_ids else page

    async def property_items(self, page_id: str, property_id: str) -> tuple[RawValue, ...]:
        """All items of a relation or of people; a page itself shows the first 25."""
        items: list[RawValue] = []
        cursor: str | None = None
        while True:
            body = await self._upstream.get(
                f"/v1/pages/{page_id}/properties/{property_id}",
                params={"page_size": 100, "start_cursor": cursor},
            )
            page = self._upstream.parse(PropertyItems, body)
            items += page.results
            cursor = page.next_cursor if page.has_more else None
            if cursor is None:
                return tuple(items)

    async def data_source(self, source_id: str) -> Item:
        """A data source and its schema."""
        body = await self._upstream.get(f"/v1/data_sources/{source_id}")
        return self._upstream.parse(Item, body)

    async def database(self, database_id: str) -> Database:
        """A database and the names of its data sources."""
        body = await self._upstream.get(f"/v1/databases/{database_id}")
        return self._upstream.parse(Database, body)

    async def create_database(self, body: Body) -> Database:
        """Makes a database. Notion takes no id of ours: sent twice, it makes two."""
        answer = await self._upstream.send("POST", "/v1/databases", json=dict(body))
        return self._upstream.parse(Database, answer)

    async def query(self, source_id: str, body: Body, property_ids: Sequence[str] = ()) -> ItemList:
        """Rows of a data source; with `property_ids` only those properties of them."""
        path = f"/v1/data_sources/{source_id}/query"
        found = self._upstream.parse(ItemList, await self._ask(path, body, property_ids))
        self.titles.remember(found.results)
        return found

    async def comments(self, page_id: str, *, size: int, cursor: str | None = None) -> CommentList:
        """The open comments on a page, oldest first."""
        params = {"block_id": page_id, "page_size": size, "start_cursor": cursor}
        body = await self._upstream.get("/v1/comments", params=params)
        return self._upstream.parse(CommentList, body)

    async def comment(self, body: Body) -> Comment:
        """Adds a comment. Notion takes no id of ours: sent twice, it makes two."""
        answer = await self._upstream.send("POST", "/v1/comments", json=dict(body))
        return self._upstream.parse(Comment, answer)

    async def delete_comment(self, comment_id: str) -> None:
        """Takes one of our own comments away; the same once more is `not_found`."""
        await self._upstream.send("DELETE", f"/v1/comments/{comment_id}", retry=True)

    async def _part(self, block_id: str) -> str | None:
        """The content of one block; None where it is gone or not shared with us."""
        try:
            body = await self._upstream.get(f"/v1/pages/{block_id}/markdown")
        except ToolFailure as failure:
            if failure.kind not in (ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN, ErrorKind.BAD_INPUT):
                raise
            return None
        part = self._upstream.parse(Markdown, body)
        return None if part.unknown_block_ids else part.markdown

    async def _ask(self, path: str, body: Body, property_ids: Sequence[str] = ()) -> JsonValue:
        """Sends a question, which changes nothing although it goes with POST."""
        current_changes().asked = True
        with watched_changes():
            if not property_ids:
                return await self._upstream.send("POST", path, json=dict(body), retry=True)
            params = {"filter_properties": list(property_ids)}
            return await self._upstream.send(
                "POST", path, params=params, json=dict(body), retry=True
            )


def upstream_options(settings: NotionSettings) -> UpstreamOptions:
    """How to reach Notion with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        credentials=Bearer(settings.token, "ARION_NOTION_TOKEN"),
        headers={"Notion-Version": VERSION},
        translate=translate,
        quota=_QUOTA if settings.base_url == NOTION else None,  # a stand-in has none
        # Long pages take Notion a while to render.
        timeout_s=20.0,
        patience_s=20.0,
    )


def _whole(page: Markdown, parts: Mapping[str, str | None]) -> Markdown:
    """A page with its parts in the places that Notion marked as unknown."""
    missing = [block_id for block_id in page.unknown_block_ids if not parts.get(block_id)]
    given = {block_id.replace("-", ""): text for block_id, text in parts.items() if text}
    placed: set[str] = set()

    def filled(found: re.Match[str]) -> str:
        for bare, text in given.items():
            if bare in found[0].replace("-", ""):
                placed.add(bare)
                return text
        return found[0]

    markdown = _UNKNOWN.sub(filled, page.markdown)
    rest = [text for bare, text in given.items() if bare not in placed]
    return Markdown(
        markdown="\n".join([markdown, *rest]),
        truncated=bool(missing),
        unknown_block_ids=tuple(missing),
    )
